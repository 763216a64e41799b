package invoke

import (
	"errors"
	"log"
	"os"
	"os/signal"
	goruntime "runtime"
	"sync"
	"sync/atomic"
	"syscall"

	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/native"
)

var isRegistered int32

var errRegistered = errors.New("a handler is registered already: a process has one, call Register or Start once")

// RunOrExit runs a handler; it ends the process with status 1 if that is not possible.
func RunOrExit(handler api.Handler) {
	if err := Run(handler, nil); err != nil {
		log.Fatal("fgruntime: ", err)
	}
}

// Run calls a handler for every invocation until the process is told to stop, and waits for those that are running. The
// initializer, which may be nil, is called with the context of the first invocation, before that.
func Run(handler api.Handler, initializer func(api.RuntimeContext) error) error {
	isInitialized := initializer == nil
	return serve(func(invocation *native.Invocation) error {
		ctx := &api.Context{Native: invocation.Context}
		if !isInitialized {
			if outcome := initialize(initializer, ctx); outcome.Failure != nil {
				Finish(invocation, outcome)
				return errors.New("the initializer failed: " + outcome.Failure.Message)
			}
			isInitialized = true
		}
		return nil
	}, func(invocation *native.Invocation) {
		var outcome Outcome
		defer func() { Finish(invocation, outcome) }()
		Call(&outcome, handler, invocation.Payload, &api.Context{Native: invocation.Context})
	})
}

// initialize gives an outcome that is a failure if the initializer returned an error, or panicked.
func initialize(initializer func(api.RuntimeContext) error, ctx api.RuntimeContext) (outcome Outcome) {
	Call(&outcome, function(func([]byte, api.RuntimeContext) (interface{}, error) { return nil, initializer(ctx) }), nil, ctx)
	if outcome.Failure != nil {
		kind := "FunctionInitError"
		outcome.Failure.Type = &kind
	}
	return outcome
}

// Finish logs a failure, as the platform's own SDK does, and answers.
func Finish(invocation *native.Invocation, outcome Outcome) {
	if outcome.Failure != nil {
		invocation.Context.Log(native.LevelNone, logged(outcome.Failure))
	}
	outcome.reply(invocation)
}

func logged(failure *native.Failure) string {
	text := failure.Message
	for _, line := range failure.Stack {
		text += "\n" + line
	}
	return text
}

// serve hands out every invocation until the process is told to stop: first to prepare, one after another, which ends the loop with its
// error; then to answer, each in a goroutine of its own.
func serve(prepare func(*native.Invocation) error, answer func(*native.Invocation)) error {
	if !atomic.CompareAndSwapInt32(&isRegistered, 0, 1) {
		return errRegistered
	}
	runtime, err := native.NewRuntime()
	if err != nil {
		return err
	}
	defer stopOnSignal(runtime)()
	var running sync.WaitGroup
	defer running.Wait()
	for {
		invocation, failure := runtime.Next()
		if failure != nil && failure.Status == native.StatusStopped {
			return nil
		}
		if failure != nil {
			return failure
		}
		if err := prepare(invocation); err != nil {
			return err
		}
		running.Add(1)
		go func() {
			defer running.Done()
			answer(invocation)
		}()
		// It runs now: Next does not give its place back before the scheduler notices that it waits, which is late where Go has one
		// processor.
		goruntime.Gosched()
	}
}

// stopOnSignal stops the runtime with the first signal and the process with the second. The result undoes it.
func stopOnSignal(runtime *native.Runtime) func() {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		if _, ok := <-signals; !ok {
			return
		}
		runtime.Stop()
		if _, ok := <-signals; ok {
			os.Exit(1)
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}
