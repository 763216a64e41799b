//go:build go1.24
// +build go1.24

package tests

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestEventsOverHTTP(t *testing.T) {
	f := serve(t, "plain", nil)
	if init := f.must("POST", "/init", ""); init.status != 200 {
		t.Error(init)
	}
	if health := f.get("/healthz"); health.status != 200 {
		t.Error(health)
	}
	for _, one := range []struct{ event, contentType, body string }{
		{"nil", "", ""},
		{"bytes", "application/octet-stream", "\x00\xff"},
		{"text", "text/plain; charset=utf-8", "größe <b>&"},
		{"struct", "application/json", `{"name":"\u003cAda\u003e \u0026 Grace"}`},
	} {
		got := f.invoke(one.event, header{"X-CFF-Request-Id", "id of " + one.event})
		if got.status != 200 || got.body != one.body || got.header.Get("Content-Type") != one.contentType ||
			got.header.Get("X-Cff-Request-Id") != "id of "+one.event {
			t.Errorf("%s: %+v", one.event, got)
		}
	}
	if got := f.invoke("panic"); got.status != 500 || !strings.Contains(got.body, `"errorType": "panic"`) || !strings.Contains(got.body, "tests.deeper()") {
		t.Error(got)
	}
	if got := f.get("/nowhere"); got.status != 404 {
		t.Error(got)
	}
	if got := f.get("/shutdown"); got.status != 200 {
		t.Error(got)
	}
	f.exitsWith(0)
}

func TestRequestsOverHTTP(t *testing.T) {
	f := serve(t, "requests", map[string]string{"FGRUNTIME_HTTP_MODE": "apig"})
	if got := f.get("/some/where?name=Ada&other=1"); got.status != 200 || got.body != "GET /some/where Ada" {
		t.Error(got)
	}
	got := f.must("POST", "/", "\x00\xff\r\n")
	if got.status != 201 || got.body != "\x00\xff\r\n\x00\xff\r\n" || got.header.Get("Content-Type") != "application/x-twice" {
		t.Error(got)
	}
	f.stop()
}

func TestFailingInitializerOverHTTP(t *testing.T) {
	f := serve(t, "initializer", map[string]string{"FAIL": "1"})
	got := f.must("POST", "/init", "")
	if got.status != 500 || !strings.Contains(got.body, "FunctionInitError") || !strings.Contains(got.body, "no database") {
		t.Error(got)
	}
	f.exitsWith(1)
}

func TestInitializerOverHTTP(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ready")
	f := serve(t, "slow initializer", map[string]string{awaitedFile: file})
	if health := f.get("/healthz"); health.status != 503 {
		t.Error(health)
	}
	initialized, written := make(chan answered), make(chan bool)
	go func() {
		got, err := f.request("POST", "/init", "", func() { close(written) })
		if err != nil {
			t.Error(err)
		}
		initialized <- got
	}()
	<-written
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := <-initialized; got.status != 200 {
		t.Error(got)
	}
	if got := f.invoke("word"); got.body != "word" {
		t.Error(got)
	}
	f.stop()
}

func TestTimeoutOverHTTP(t *testing.T) {
	f := serve(t, "stuck", map[string]string{"FGRUNTIME_CONCURRENCY": "3"})
	soon := header{"X-CFF-Timeout", "1"}
	// It ends as its time does, so that either answer may be the first.
	f.invoke("deadline", soon, header{"X-CFF-Request-Id", "r0"})
	f.prints("Z r0 INFO ended: context deadline exceeded\n")
	waiting := f.later("wait", soon, header{"X-CFF-Request-Id", "r1"})
	for _, got := range []answered{<-waiting, f.invoke("spin", soon, header{"X-CFF-Request-Id", "r2"})} {
		if got.status != http.StatusGatewayTimeout || !strings.Contains(got.body, "FunctionTimeout") {
			t.Error(got)
		}
	}
	f.prints("Z r2 ERROR the handler that takes too long")
	if got := f.invoke("release"); got.body != "released" {
		t.Error(got)
	}
	if got := f.invoke("afterwards"); got.body != "afterwards" {
		t.Error(got)
	}
	f.prints("Z r1 ERROR the outcome came after the timeout")
	printed := f.stdout.String()
	for _, wanted := range []string{
		`Z r1 ERROR the handler that takes too long is here:\n(    tests\.waiting\.deeper\(\)\n        .*waiting_functions_test\.go:\d+\n){32}`,
		`Z r2 ERROR the handler that takes too long is here:\n(    atomic\..*\n        .*\n)?    tests\.spin\[\.\.\.\]\(\)\n        .*waiting_functions_test\.go:\d+\n    tests\.stuck\(\)\n        .*:\d+\n`,
	} {
		if !regexp.MustCompile(wanted).MatchString(printed) {
			t.Errorf("%s is not in\n%s", wanted, printed)
		}
	}
}

func TestEveryHandlerStuck(t *testing.T) {
	f := serve(t, "stuck", nil)
	if got := f.invoke("forever", header{"X-CFF-Timeout", "1"}); got.status != http.StatusGatewayTimeout {
		t.Error(got)
	}
	f.exitsWith(1)
	if !strings.Contains(f.stdout.String(), "the handler that takes too long is here:\n    tests.stuck()\n") ||
		!strings.Contains(f.stderr.String(), "every handler that may run at once") {
		t.Error(f.stdout.String(), f.stderr.String())
	}
}

func TestStoppingUnderLoad(t *testing.T) {
	const requests = 40
	f := serve(t, "until SIGTERM", map[string]string{"FGRUNTIME_CONCURRENCY": "10"})
	answers := make([]<-chan answered, requests)
	for n := range answers {
		answers[n] = f.later(fmt.Sprint("event ", n))
	}
	f.until(func() bool { return strings.Count(f.stdout.String(), "INFO waiting\n") == 10 })
	f.cmd.Process.Signal(syscall.SIGTERM)
	for n := range answers {
		if got := <-answers[n]; got.status != 200 || got.body != fmt.Sprint("event ", n) {
			t.Errorf("%d: %+v", n, got)
		}
	}
	f.exitsWith(0)
	if printed := f.stdout.String(); strings.Count(printed, "last words") != 1 || !strings.Contains(printed, "Z - INFO last words after 40\n") {
		t.Error(printed)
	}
}

func TestSecondSignalOverHTTP(t *testing.T) {
	f := serve(t, "shutdown", nil)
	stuck := f.later("forever", header{"X-CFF-Request-Id", "the-lost-one"})
	f.cmd.Process.Signal(syscall.SIGTERM)
	f.until(func() bool { return !f.isListening() })
	// Those that come soon are the same one.
	f.cmd.Process.Signal(syscall.SIGINT)
	time.Sleep(200 * time.Millisecond)
	select {
	case got := <-stuck:
		t.Fatal("one signal ended it", got)
	default:
	}
	f.cmd.Process.Signal(syscall.SIGTERM)
	if got := <-stuck; got.status != 503 {
		t.Error(got)
	}
	f.exitsWith(1)
	if !strings.Contains(f.stderr.String(), "the-lost-one") || strings.Contains(f.stdout.String(), "shutting down") {
		t.Error(f.stdout.String(), f.stderr.String())
	}
}
