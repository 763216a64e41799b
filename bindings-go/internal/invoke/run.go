package invoke

import (
	"errors"
	"log"
	"sync/atomic"

	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/native"
)

var isRegistered int32

var errRegistered = errors.New("a handler is registered already: a process has one, call Register or Start once")

// Function is a handler with what goes with it; that may be nil.
type Function struct {
	Handler api.Handler
	// Initializer runs once, before the first invocation.
	Initializer func(api.RuntimeContext) error
	// Shutdown runs once, after the last invocation.
	Shutdown Shutdown
}

// RunOrExit runs a handler; it ends the process with status 1 if that is not possible.
func RunOrExit(handler api.Handler) {
	if err := Run(Function{Handler: handler}); err != nil {
		log.Fatal("fgruntime: ", err)
	}
}

// Run calls the handler for every invocation until the process is told to stop, and waits for those that are running.
func Run(function Function) error {
	if !atomic.CompareAndSwapInt32(&isRegistered, 0, 1) {
		return errRegistered
	}
	// Before anybody can know that the process is there.
	signals, release := catchSignals()
	defer release()
	runtime, err := native.NewRuntime()
	if err != nil {
		return err
	}
	go stopOn(signals, runtime)
	if function.Initializer != nil {
		if err := initialize(runtime, function.Initializer); err != nil {
			return err
		}
	}
	showLabels()
	makeRoom()
	if err := serve(runtime, func(invocation *native.Invocation) {
		finish := func(outcome Outcome) { outcome.reply(invocation) }
		Answer(function.Handler, invocation.Payload, invocation.Context, finish)
	}); err != nil {
		return err
	}
	if function.Shutdown != nil {
		return shutDown(runtime, function.Shutdown)
	}
	return nil
}

// initialize refuses the first invocation if the initializer returns an error, or panics.
func initialize(runtime *native.Runtime, initializer func(api.RuntimeContext) error) error {
	context, err := runtime.InitializerContext()
	if err != nil {
		return err
	}
	failure := (<-callOutside(initializer, context)).Failure
	if failure == nil {
		return nil
	}
	kind, message := "FunctionInitError", failure.Message
	failure.Type, failure.Message = &kind, "function initialization exception, error: "+message
	context.Log(native.LevelError, logged(failure))
	runtime.Refuse(failure)
	return errors.New("the initializer failed: " + message)
}

// callOutside calls what is no handler, in a goroutine of its own, which it may end. It gives what comes of it.
func callOutside(function func(api.RuntimeContext) error, context *native.Context) <-chan Outcome {
	ended := make(chan Outcome, 1)
	go func() {
		var outcome Outcome
		defer func() { ended <- outcome }()
		Call(&outcome, errorOnly(function), nil, &api.Context{Native: context})
	}()
	return ended
}

type errorOnly func(api.RuntimeContext) error

func (f errorOnly) Handle(_ []byte, ctx api.RuntimeContext) (interface{}, error) { return nil, f(ctx) }

// logged is how the library writes the failure of an invocation.
func logged(failure *native.Failure) string {
	text := failure.Message + indented(failure.Stack)
	if failure.Type != nil {
		text = *failure.Type + ": " + text
	}
	return text
}

func indented(stack []string) string {
	text := ""
	for _, line := range stack {
		text += "\n    " + line
	}
	return text
}
