//go:build go1.24
// +build go1.24

package tests

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"
)

type errorObject struct {
	ErrorMessage string   `json:"errorMessage"`
	ErrorType    string   `json:"errorType"`
	StackTrace   []string `json:"stackTrace"`
}

func failure(t *testing.T, reply reply) errorObject {
	t.Helper()
	var object errorObject
	if reply.outcome != "error" || json.Unmarshal(reply.body, &object) != nil {
		t.Fatalf("%s: %s", reply.outcome, reply.body)
	}
	return object
}

func TestResults(t *testing.T) {
	f := start(t, "plain", nil)
	for _, one := range []struct{ event, contentType, body string }{
		{"nil", "", ""},
		{"bytes", "application/octet-stream", "\x00\xff"},
		{"no bytes", "application/octet-stream", ""},
		{"text", "text/plain; charset=utf-8", "größe <b>&"},
		{"no text", "text/plain; charset=utf-8", ""},
		{"not UTF-8", "application/octet-stream", "\xff"},
		{"struct", "application/json", `{"name":"\u003cAda\u003e \u0026 Grace"}`},
		{"nil pointer", "application/json", "null"},
	} {
		reply := f.ask(one.event)
		contentType := ""
		if reply.contentType != nil {
			contentType = *reply.contentType
		}
		if reply.outcome != "response" || string(reply.body) != one.body || contentType != one.contentType {
			t.Errorf("%s: %s %q %q", one.event, reply.outcome, contentType, reply.body)
		}
	}
	f.stop()
}

func TestErrors(t *testing.T) {
	f := start(t, "plain", nil)
	for _, one := range []struct{ event, kind, message string }{
		{"error", "FunctionReturnError", "no such table in /src/go-runtime"},
		{"result and error", "FunctionReturnError", "it broke"},
		{"error that panics", "panic", "runtime error: invalid memory address or nil pointer dereference"},
		{"JSON that panics", "panic", "in MarshalJSON"},
		{"channel", "FunctionResultInvalid", "the result of type chan int cannot be written as JSON: json: unsupported type: chan int"},
		{"panic", "panic", "went too far"},
		{"index", "panic", "runtime error: index out of range [1] with length 1"},
		{"panic with an error", "panic", "wrapped: file does not exist"},
		{"goexit", "panic", "the handler has ended its goroutine, by runtime.Goexit or panic(nil)"},
	} {
		object := failure(t, f.ask(one.event))
		if object.ErrorType != one.kind || object.ErrorMessage != one.message {
			t.Errorf("%s: %+v", one.event, object)
		}
	}
	if kind := failure(t, f.ask("panic nil")).ErrorType; kind != "panic" {
		t.Error(kind)
	}
	if reply := f.ask("nil"); reply.outcome != "response" {
		t.Error("the process does not live on")
	}
	lines := regexp.MustCompile(`.*no such table in .*`).FindAllString(f.stop(), -1)
	if len(lines) != 1 || !strings.HasSuffix(lines[0], "Z r1 ERROR FunctionReturnError: no such table in /src/go-runtime") {
		t.Error(lines)
	}
}

func TestStacks(t *testing.T) {
	f := start(t, "plain", nil)
	stack := failure(t, f.ask("panic")).StackTrace
	wanted := regexp.MustCompile(`^tests\.deeper\(\)\n    .*functions_test\.go:\d+\ntests\.handle\(\)\n    .*functions_test\.go:\d+$`)
	if joined := strings.Join(stack, "\n"); !wanted.MatchString(joined) {
		t.Error(joined)
	}
	stack = failure(t, f.ask("in the library of Go")).StackTrace
	if !regexp.MustCompile(`^    strings/strings\.go:\d+$`).MatchString(stack[1]) {
		t.Error(stack)
	}
	f.stop()
	root := regexp.MustCompile(`    (.*)/functions_test\.go`).FindStringSubmatch(strings.Join(failure(t, start(t, "plain", nil).ask("panic")).StackTrace, "\n"))[1]
	stack = failure(t, start(t, "plain", map[string]string{"RUNTIME_CODE_ROOT": root}).ask("panic")).StackTrace
	if !strings.HasPrefix(stack[1], "    functions_test.go:") {
		t.Error(stack)
	}
}

func TestWhatIsNoHandler(t *testing.T) {
	for name, wanted := range map[string]errorObject{
		"nil":       {ErrorType: "FunctionReturnError", ErrorMessage: "handler is nil"},
		"nil func":  {ErrorType: "FunctionReturnError", ErrorMessage: "handler is nil"},
		"text":      {ErrorType: "FunctionReturnError", ErrorMessage: "handler kind string is not func"},
		"signature": {ErrorType: "panic", ErrorMessage: "handler is a func(string), not a func([]byte, context.RuntimeContext) (interface{}, error)"},
	} {
		object := failure(t, start(t, name, nil).ask("nil"))
		if object.ErrorType != wanted.ErrorType || object.ErrorMessage != wanted.ErrorMessage || len(object.StackTrace) > 0 {
			t.Errorf("%s: %+v", name, object)
		}
	}
}

func TestWaysToRegister(t *testing.T) {
	for _, name := range []string{"plain", "oldest", "object", "other types"} {
		f := start(t, name, nil)
		if reply := f.ask("payload"); string(reply.body) != "payload" {
			t.Errorf("%s: %s", name, reply.body)
		}
		f.stop()
	}
	f := start(t, "twice", nil)
	if f.wait() == nil || !strings.Contains(f.stderr.String(), "a handler is registered already") {
		t.Error(f.stderr.String())
	}
}

func TestContext(t *testing.T) {
	f := start(t, "plain", nil)
	reply := f.ask("context", header{"X-CFF-Security-Token", "a-secret-token"}, header{"X-Cff-Origin-Version-Tag", "!prod"})
	if wanted := "r1,test,orders,,a-secret-token,prod,128 300 30,true,context of request r1"; string(reply.body) != wanted {
		t.Errorf("%s", reply.body)
	}
	f.ask("later", header{"X-CFF-Security-Token", "a-secret-token"})
	f.ask("slow")
	if printed := f.stop(); !strings.Contains(printed, "Z r2 later: r2 orders ********\n") {
		t.Error(printed)
	}
}

func TestIdsAreNeverMixed(t *testing.T) {
	const invocations = 1000
	f := start(t, "plain", nil)
	for n := 0; n < invocations; n++ {
		f.send(fmt.Sprintf("id-%d", n), []byte(fmt.Sprintf("event-%d", n)))
	}
	for n := 0; n < invocations; n++ {
		if reply := f.reply(t); string(reply.body) != reply.requestID {
			t.Fatalf("%s: %s", reply.requestID, reply.body)
		}
	}
	var given, wanted []string
	for _, line := range strings.Split(strings.TrimSpace(f.stop()), "\n") {
		given = append(given, line[len("2031-04-05T06:07:08.009Z "):])
	}
	for n := 0; n < invocations; n++ {
		for line := 0; line < 10; line++ {
			wanted = append(wanted, fmt.Sprintf("id-%d line %d of event-%d", n, line, n))
		}
	}
	sort.Strings(given)
	sort.Strings(wanted)
	if strings.Join(given, "\n") != strings.Join(wanted, "\n") {
		t.Errorf("%d lines", len(given))
	}
}

func TestStopping(t *testing.T) {
	f := start(t, "plain", nil)
	f.ask("nil")
	f.send("last", []byte("slow"))
	time.Sleep(100 * time.Millisecond)
	f.cmd.Process.Signal(syscall.SIGTERM)
	if reply := f.reply(t); string(reply.body) != "finished" {
		t.Errorf("%s", reply.body)
	}
	if err := f.wait(); err != nil {
		t.Error(err)
	}
	f = start(t, "plain", nil)
	f.ask("nil")
	f.send("last", []byte("slow"))
	time.Sleep(100 * time.Millisecond)
	f.cmd.Process.Signal(syscall.SIGINT)
	// Sooner it would be the same one.
	time.Sleep(200 * time.Millisecond)
	f.cmd.Process.Signal(syscall.SIGINT)
	if err := f.wait(); err == nil || f.cmd.ProcessState.ExitCode() != 1 {
		t.Error(err)
	}
}

func TestNoPlatform(t *testing.T) {
	f := startWith(t, "plain", map[string]string{"RUNTIME_API_ADDR": ""})
	if f.wait() == nil || !strings.Contains(f.stderr.String(), "RUNTIME_API_ADDR") {
		t.Error(f.stderr.String())
	}
}

func TestTyped(t *testing.T) {
	f := start(t, "typed", nil)
	for _, one := range []struct{ event, wanted string }{
		{`{"httpMethod":"GET","path":"/","body":"aGk","isBase64Encoded":true,"headers":{"x":1}}`,
			`{"statusCode":200,"headers":{"Content-Type":"text/plain; charset=utf-8"},"body":"hi[{\"Path\":\"/headers/x\"`},
		{`{"path":"/nil"}`, ``},
	} {
		if reply := f.ask(one.event); reply.outcome != "response" || !strings.HasPrefix(string(reply.body), one.wanted) {
			t.Errorf("%s: %s", one.event, reply.body)
		}
	}
	for event, wanted := range map[string]errorObject{
		`{"path":"/error"}`: {ErrorType: "NotFound", ErrorMessage: "nothing there"},
		`{"path":"/panic"}`: {ErrorType: "panic", ErrorMessage: "typed"},
		`{"path":`:          {ErrorType: "EventInvalid"},
	} {
		object := failure(t, f.ask(event))
		if object.ErrorType != wanted.ErrorType || wanted.ErrorMessage != "" && object.ErrorMessage != wanted.ErrorMessage {
			t.Errorf("%s: %+v", event, object)
		}
		if event == `{"path":"/panic"}` && (len(object.StackTrace) != 2 || object.StackTrace[0] != "tests.typed()") {
			t.Error(object.StackTrace)
		}
	}
	printed := f.stop()
	for _, line := range []string{`Z r1 INFO asked for a=1 g.path=/ g.msg="two words" g.t.in=true` + "\n", "Z - ERROR of no request\n"} {
		if !strings.Contains(printed, line) {
			t.Errorf("%s is not in\n%s", line, printed)
		}
	}
}

func TestOtherTypedHandlers(t *testing.T) {
	f := start(t, "struct", nil)
	if reply := f.ask(`{"name":"Ada","more":1}`); string(reply.body) != `{"name":"Ada"}` {
		t.Errorf("%s", reply.body)
	}
	if kind := failure(t, f.ask(`[]`)).ErrorType; kind != "EventInvalid" {
		t.Error(kind)
	}
	f = start(t, "kafka", nil)
	if reply := f.ask(`{"messages":["a"],"topic_id":"t"}`); string(reply.body) != `[{"Messages":["a"],"TopicID":"t","InstanceID":""}]` {
		t.Errorf("%s", reply.body)
	}
}

func TestInitializer(t *testing.T) {
	f := start(t, "initializer", nil)
	f.ask(`{"path":"/nil"}`)
	f.ask(`{"path":"/nil"}`)
	if printed := f.stop(); strings.Count(printed, "WARN initializing") != 1 {
		t.Error(printed)
	}
	f = start(t, "initializer", map[string]string{"FAIL": "1"})
	if object := failure(t, f.ask("{}")); object.ErrorType != "FunctionInitError" || object.ErrorMessage != "function initialization exception, error: no database" {
		t.Error(object)
	}
	if f.wait() == nil || f.cmd.ProcessState.ExitCode() != 1 {
		t.Error("the process lives on")
	}
}
