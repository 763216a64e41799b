package invoke

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/native"
)

// Shutdown is what runs after the last invocation. The context ends when the platform gives it no more time.
type Shutdown func(context.Context, api.RuntimeContext) error

// shutDown waits no longer than the platform. What fails is logged: there is nobody to be told.
func shutDown(runtime *native.Runtime, shutdown Shutdown) error {
	request, err := runtime.InitializerContext()
	if err != nil {
		return err
	}
	ctx, cancel := endingAfter(request.Number(native.PreStopTimeoutSeconds))
	defer cancel()
	select {
	case outcome := <-callOutside(func(request api.RuntimeContext) error { return shutdown(ctx, request) }, request):
		if outcome.Failure != nil {
			request.Log(native.LevelError, "what was to run at the end failed: "+logged(outcome.Failure))
		}
	case <-ctx.Done():
		request.Log(native.LevelError, fmt.Sprintf("what was to run at the end did not end within %d s (PRE_STOP_TIMEOUT); the process "+
			"ends without it", request.Number(native.PreStopTimeoutSeconds)))
	}
	return nil
}

// endingAfter gives a context that ends after so many seconds; after 0 never.
func endingAfter(seconds int) (context.Context, context.CancelFunc) {
	if seconds == 0 {
		return context.WithCancel(context.Background())
	}
	return context.WithTimeout(context.Background(), time.Duration(seconds)*time.Second)
}

// catchSignals gives the signals that tell the process to stop, from now on. The second result undoes it.
func catchSignals() (<-chan os.Signal, func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	return signals, func() {
		signal.Stop(signals)
		close(signals)
	}
}

// So long after a signal another one may be the same: a terminal sends it to a whole group of processes, and those in it hand it on.
const oneSignal = 100 * time.Millisecond

// stopOn stops the runtime with the first signal and the process with the second.
func stopOn(signals <-chan os.Signal, runtime *native.Runtime) {
	if _, ok := <-signals; !ok {
		return
	}
	first := time.Now()
	runtime.Stop()
	for range signals {
		if time.Since(first) > oneSignal {
			runtime.GiveUp()
			os.Exit(1)
		}
	}
}
