//go:build go1.24
// +build go1.24

package tests

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/fgruntime"
)

// Variables that tell functions what to do.
const (
	// How many invocations wait for each other.
	partySize = "PARTY"
	// What the shutdown function does.
	lastAct = "LAST_ACT"
	// Which file the initializer waits for.
	awaitedFile = "AWAITED_FILE"
)

// party is complete when as many as PARTY says have come.
var party struct {
	sync.Mutex
	here     int
	complete chan bool
}

func waitForAll() {
	party.Lock()
	if party.here == 0 {
		party.complete = make(chan bool)
	}
	party.here++
	complete := party.complete
	if fmt.Sprint(party.here) == os.Getenv(partySize) {
		party.here = 0
		close(complete)
	}
	party.Unlock()
	<-complete
}

// together answers when PARTY invocations run at once, with its id, what it was sent, and the hundreds of seconds that it has.
func together(ctx context.Context, word string) (string, error) {
	waitForAll()
	request, _ := fgruntime.FromContext(ctx)
	for n := 0; n < 3; n++ {
		request.GetLogger().Logf("line %d of %s", n, word)
	}
	deadline, _ := ctx.Deadline()
	hundreds := time.Until(deadline).Round(100*time.Second) / (100 * time.Second)
	return fmt.Sprint(request.GetRequestID(), " ", word, " ", int(hundreds)), nil
}

var released = make(chan bool)

// stuck does what the event names.
func stuck(ctx context.Context, word string) (string, error) {
	switch word {
	case "wait":
		waiting{}.deeper(90)
		return "too late", nil
	case "release":
		released <- true
		return "released", nil
	case "spin":
		spin[int](ctx)
	case "forever":
		select {}
	case "deadline":
		<-ctx.Done()
		fgruntime.Logger(ctx).Info("ended: " + ctx.Err().Error())
	}
	return word, nil
}

type waiting struct{}

//go:noinline
func (w waiting) deeper(levels int) {
	if levels == 0 {
		<-released
		return
	}
	w.deeper(levels - 1)
}

// spin never waits for anything.
//
//go:noinline
func spin[T any](ctx context.Context) {
	var turns atomic.Int64
	for {
		turns.Add(1)
	}
}

// echo answers with what it is asked for.
func echo(ctx context.Context, event *apig.Event) (*apig.Response, error) {
	if event.HTTPMethod == http.MethodPost {
		return apig.Binary(201, "application/x-twice", append(event.RawBody, event.RawBody...)), nil
	}
	names := strings.Join(event.QueryStringParameters.All("name"), "+")
	return apig.Text(200, event.HTTPMethod+" "+event.Path+" "+names), nil
}

var ended atomic.Int32

// untilSIGTERM answers when the process is told to stop.
func untilSIGTERM(ctx context.Context, word string) (string, error) {
	stopping := stopped()
	fgruntime.Logger(ctx).Info("waiting")
	<-stopping
	ended.Add(1)
	return word, nil
}

var stopped = sync.OnceValue(func() <-chan bool {
	signals, stopped := make(chan os.Signal, 1), make(chan bool)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		<-signals
		close(stopped)
	}()
	return stopped
})

func lastWords(ctx context.Context) error {
	fgruntime.Logger(ctx).Info(fmt.Sprint("last words after ", ended.Load()))
	return nil
}

// shutdown does what LAST_ACT names.
func shutdown(ctx context.Context) error {
	request, _ := fgruntime.FromContext(ctx)
	fgruntime.Logger(ctx).Info(fmt.Sprintf("shutting down %s of %s", request.GetFunctionName(), request.GetUserData("table")))
	switch os.Getenv(lastAct) {
	case "error":
		return errors.New("no database")
	case "panic":
		deeper(nil)
	case "never ends":
		select {}
	case "until the end":
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

func waitForFile(ctx context.Context) error {
	for {
		if _, err := os.Stat(os.Getenv(awaitedFile)); err == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
}
