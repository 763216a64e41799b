//go:build go1.24
// +build go1.24

package tests

import (
	stdcontext "context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	goruntime "runtime"
	"strings"
	"time"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/fgruntime"
	"huaweicloud.com/go-runtime/go-api/context"
	"huaweicloud.com/go-runtime/pkg/runtime"
	"huaweicloud.com/go-runtime/pkg/runtime/fnhandler"
)

type someone struct {
	Name string `json:"name"`
}

type nilError struct{ text string }

func (e *nilError) Error() string { return e.text }

// handle does what the event names.
func handle(payload []byte, ctx context.RuntimeContext) (interface{}, error) {
	switch word := string(payload); word {
	case "nil":
		return nil, nil
	case "bytes":
		return []byte{0, 0xFF}, nil
	case "no bytes":
		return []byte{}, nil
	case "text":
		return "größe <b>&", nil
	case "no text":
		return "", nil
	case "not UTF-8":
		return "\xff", nil
	case "struct":
		return someone{"<Ada> & Grace"}, nil
	case "nil pointer":
		return (*someone)(nil), nil
	case "channel":
		return make(chan int), nil
	case "error":
		return nil, errors.New("no such table in /src/go-runtime")
	case "result and error":
		return "half", errors.New("it broke")
	case "error that panics":
		return nil, (*nilError)(nil)
	case "JSON that panics":
		return panicking{}, nil
	case "panic":
		return deeper(nil)
	case "index":
		return deeper([]int{1})
	case "panic with an error":
		panic(fmt.Errorf("wrapped: %w", os.ErrNotExist))
	case "panic nil":
		panic(nil)
	case "goexit":
		goruntime.Goexit()
		return nil, nil
	case "in the library of Go":
		return strings.Repeat("x", -1), nil
	case "context":
		return strings.Join([]string{ctx.GetRequestID(), ctx.GetFunctionName(), ctx.GetUserData("table"), ctx.GetUserData("missing"),
			ctx.GetSecurityToken(), ctx.GetAlias2(), fmt.Sprint(ctx.GetMemorySize(), ctx.GetCPUNumber(), ctx.GetRunningTimeInSeconds()),
			fmt.Sprint(ctx.GetRemainingTimeInMilliSeconds() > 0), fmt.Sprint(ctx)}, ","), nil
	case "later":
		go func() {
			time.Sleep(50 * time.Millisecond)
			goruntime.GC()
			ctx.GetLogger().Logf("later: %s %s %s", ctx.GetRequestID(), ctx.GetUserData("table"), ctx.GetSecurityToken())
		}()
		return nil, nil
	case "slow":
		time.Sleep(600 * time.Millisecond)
		return "finished", nil
	case "payload":
		return string(payload), nil
	default:
		return lines(word, ctx)
	}
}

type panicking struct{}

func (panicking) MarshalJSON() ([]byte, error) { panic("in MarshalJSON") }

//go:noinline
func deeper(numbers []int) (interface{}, error) {
	if numbers == nil {
		panic("went too far")
	}
	return numbers[len(numbers)], nil
}

// lines logs ten lines from goroutines of its own.
func lines(word string, ctx context.RuntimeContext) (interface{}, error) {
	done := make(chan bool)
	for n := 0; n < 10; n++ {
		go func() {
			ctx.GetLogger().Logf("line %d of %s", n, word)
			done <- true
		}()
	}
	for n := 0; n < 10; n++ {
		<-done
	}
	return ctx.GetRequestID(), nil
}

func notStarted(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// functions are what the test binary can be.
var functions = map[string]func(){
	"plain":     func() { runtime.Register(handle) },
	"oldest":    func() { context.Register(handle) },
	"object":    func() { runtime.RegisterHandler(fnhandler.HandlerFunc(handle)) },
	"nil":       func() { runtime.Register(nil) },
	"nil func":  func() { runtime.Register((func([]byte, context.RuntimeContext) (interface{}, error))(nil)) },
	"text":      func() { runtime.Register("handler") },
	"signature": func() { runtime.Register(func(string) {}) },
	"other types": func() {
		runtime.Register(func(payload interface{}, _ context.RuntimeContext) (string, error) {
			return string(payload.([]byte)), nil
		})
	},
	"twice": func() {
		go func() {
			time.Sleep(100 * time.Millisecond)
			runtime.Register(handle)
		}()
		runtime.Register(handle)
	},
	"typed": func() {
		slog.SetDefault(slog.New(&fgruntime.LogHandler{}))
		notStarted(fgruntime.Start(typed))
	},
	"struct": func() {
		notStarted(fgruntime.Start(func(_ stdcontext.Context, event someone) (someone, error) { return event, nil }))
	},
	"kafka": func() {
		notStarted(fgruntime.Start(func(_ stdcontext.Context, event *kafka.Event) ([]kafka.Record, error) { return event.Records, nil }))
	},
	"initializer": func() {
		notStarted(fgruntime.Start(typed, fgruntime.WithInitializer(func(ctx stdcontext.Context) error {
			fgruntime.Logger(ctx).Warn("initializing")
			if os.Getenv("FAIL") != "" {
				return errors.New("no database")
			}
			return nil
		})))
	},
	"goroutines":       func() { notStarted(fgruntime.Start(goroutines)) },
	"together":         func() { notStarted(fgruntime.Start(together)) },
	"stuck":            func() { notStarted(fgruntime.Start(stuck)) },
	"requests":         func() { notStarted(fgruntime.Start(echo)) },
	"until SIGTERM":    func() { notStarted(fgruntime.Start(untilSIGTERM, fgruntime.WithShutdown(lastWords))) },
	"shutdown":         func() { notStarted(fgruntime.Start(stuck, fgruntime.WithShutdown(shutdown))) },
	"slow initializer": func() { notStarted(fgruntime.Start(stuck, fgruntime.WithInitializer(waitForFile))) },
	"vectors":          answerVectors,
	"replies":          giveReplies,
}

func typed(ctx stdcontext.Context, event *apig.Event) (*apig.Response, error) {
	deadline, _ := ctx.Deadline()
	slog.With("a", 1).WithGroup("g").InfoContext(ctx, "asked for", "path", event.Path, "msg", "two words", slog.Group("t", "in", 30 > time.Until(deadline).Seconds()))
	slog.DebugContext(ctx, "dropped")
	slog.Error("of no request")
	switch event.Path {
	case "/error":
		return nil, &fgruntime.Error{Type: "NotFound", Message: "nothing there"}
	case "/nil":
		return nil, nil
	case "/panic":
		panic("typed")
	}
	encoded, err := json.Marshal(event.Findings)
	return apig.Text(0, string(event.RawBody)+string(encoded)), err
}

// goroutines does what the event names in goroutines of its own.
func goroutines(ctx stdcontext.Context, word string) (string, error) {
	request, _ := fgruntime.FromContext(ctx)
	start := func(work func(stdcontext.Context)) { fgruntime.Go(ctx, work) }
	switch word {
	case "work":
		start(func(ctx stdcontext.Context) {
			time.Sleep(50 * time.Millisecond)
			fgruntime.Logger(ctx).Info(fmt.Sprint("worked: ", ctx.Err()))
		})
	case "panic":
		start(func(stdcontext.Context) { deeper(nil) })
		<-ctx.Done()
		fgruntime.Logger(ctx).Info(fmt.Sprint("ended: ", stdcontext.Cause(ctx) == fgruntime.ErrPanic))
		return "too late", errors.New("failed too late")
	case "panic after the handler":
		start(func(stdcontext.Context) {
			time.Sleep(50 * time.Millisecond)
			panic("after the handler")
		})
	case "two panics":
		ready := make(chan bool)
		for range 2 {
			start(func(stdcontext.Context) {
				<-ready
				panic("one of two")
			})
		}
		close(ready)
	case "goexit":
		start(func(stdcontext.Context) { goruntime.Goexit() })
	case "in the oldest way":
		fgruntime.Go(fgruntime.NewContext(stdcontext.Background(), request), func(stdcontext.Context) { panic("oldest") })
	case "bare":
		go func() { panic("nobody recovers this") }()
		time.Sleep(patience)
	}
	return "answer", nil
}
