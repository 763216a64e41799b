//go:build go1.24
// +build go1.24

package tests

import (
	stdcontext "context"
	goruntime "runtime"
	"strings"
	"testing"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/fgruntime"
	"huaweicloud.com/go-runtime/pkg/runtime/common"
	"huaweicloud.com/go-runtime/pkg/runtime/fnhandler"
)

func TestGoroutinesBelongToTheInvocation(t *testing.T) {
	f := start(t, "goroutines", nil)
	for _, event := range []string{"work", "goexit", "nothing"} {
		if reply := f.ask(event); reply.outcome != "response" || string(reply.body) != "answer" {
			t.Errorf("%s: %s %s", event, reply.outcome, reply.body)
		}
	}
	for event, message := range map[string]string{
		"panic":                   "went too far",
		"panic after the handler": "after the handler",
		"two panics":              "one of two",
		"in the oldest way":       "oldest",
	} {
		object := failure(t, f.ask(event))
		if object.ErrorType != "panic" || object.ErrorMessage != message {
			t.Errorf("%s: %+v", event, object)
		}
		if event == "panic" && !strings.HasPrefix(strings.Join(object.StackTrace, "\n"), "tests.deeper()\n") {
			t.Error(object.StackTrace)
		}
	}
	printed := f.stop()
	for line, times := range map[string]int{
		"worked: <nil>\n": 1,
		"ended: true\n":   1,
		" ERROR FunctionReturnError: failed too late\n": 1,
		// That which was answered, and the other one.
		" ERROR panic: one of two\n": 2,
	} {
		if strings.Count(printed, line) != times {
			t.Errorf("not %d times %q in\n%s", times, line, printed)
		}
	}
}

func TestGoroutinesInTests(t *testing.T) {
	handler := fgruntime.Wrap(func(ctx stdcontext.Context, _ *apig.Event) (string, error) {
		fgruntime.Go(ctx, func(stdcontext.Context) { panic("in a test") })
		return "", nil
	})
	err := fnhandler.NewFunction(handler).Invoke(&common.InvokeRequest{Payload: []byte("{}")}, new(common.InvokeResponse))
	if err == nil || !strings.Contains(err.Error(), "in a test") {
		t.Error(err)
	}
	done := make(chan bool)
	fgruntime.Go(t.Context(), func(stdcontext.Context) { close(done) })
	<-done
}

// A panic that nobody recovers: what was logged is there, and the trace names the request.
func TestPanicOutsideOfTheInvocation(t *testing.T) {
	f := start(t, "goroutines", nil)
	f.ask("work")
	f.send("crash-id", []byte("bare"))
	if f.wait() == nil || f.cmd.ProcessState.ExitCode() != 2 {
		t.Error("the process lives on")
	}
	if !strings.Contains(f.stdout.String(), "Z r1 INFO worked") {
		t.Error(f.stdout.String())
	}
	trace := f.stderr.String()
	if !strings.Contains(trace, "panic: nobody recovers this") {
		t.Error(trace)
	}
	if hasLabels := goruntime.Version() >= "go1.26"; hasLabels && !strings.Contains(trace, `labels:{"request": "crash-id"}`) {
		t.Error(trace)
	}
}
