//go:build go1.24
// +build go1.24

package tests

import (
	"fmt"
	"net/http"
	"net/rpc"
	"strings"
	"testing"

	"huaweicloud.com/go-runtime/pkg/runtime/common"
)

// So many invocations wait for each other.
const atOnce = 64

var waitForEachOther = map[string]string{partySize: fmt.Sprint(atOnce), "FGRUNTIME_CONCURRENCY": fmt.Sprint(atOnce)}

// sentTogether is one of them: its id, its event, and hundreds of seconds of its own.
func sentTogether(n int) (id, event string, headers []header) {
	id = fmt.Sprint("id-", n)
	return id, fmt.Sprint("event-", n), []header{{"X-Cff-Request-Id", id}, {"X-Cff-Timeout", fmt.Sprint(100 * (n + 1))}}
}

// checkTogether looks at what came back for each id, and at the log.
func checkTogether(t *testing.T, answers map[string]string, printed string) {
	t.Helper()
	for n := 0; n < atOnce; n++ {
		id, event, _ := sentTogether(n)
		if wanted := fmt.Sprint(id, " ", event, " ", n+1); answers[id] != wanted {
			t.Errorf("%q, not %q", answers[id], wanted)
		}
		for line := 0; line < 3; line++ {
			if wanted := fmt.Sprintf("Z %s line %d of %s\n", id, line, event); strings.Count(printed, wanted) != 1 {
				t.Errorf("%q is not in\n%s", wanted, printed)
			}
		}
	}
	if lines := strings.Count(printed, " of event-"); len(answers) != atOnce || lines != 3*atOnce {
		t.Error(len(answers), "answers", lines, "lines")
	}
}

func TestTogetherOverPolling(t *testing.T) {
	f := start(t, "together", waitForEachOther)
	for n := 0; n < atOnce; n++ {
		id, event, headers := sentTogether(n)
		f.send(id, []byte(event), headers[1:]...)
	}
	answers := map[string]string{}
	for n := 0; n < atOnce; n++ {
		reply := f.reply(t)
		answers[reply.requestID] = string(reply.body)
	}
	checkTogether(t, answers, f.stop())
}

func TestTogetherOverHTTP(t *testing.T) {
	f := serve(t, "together", waitForEachOther)
	var waiting [atOnce]<-chan answered
	for n := range waiting {
		_, event, headers := sentTogether(n)
		waiting[n] = f.later(event, headers...)
	}
	answers := map[string]string{}
	for n := range waiting {
		got := <-waiting[n]
		answers[got.header.Get("X-Cff-Request-Id")] = got.body
	}
	checkTogether(t, answers, f.stop())
}

func TestTogetherOverGoRPC(t *testing.T) {
	f := start(t, "together", goRPC(t, waitForEachOther))
	client := f.dial()
	var calls [atOnce]*rpc.Call
	for n := range calls {
		_, event, headers := sentTogether(n)
		request := common.InvokeRequest{Payload: []byte(event), Header: http.Header{}}
		for _, header := range headers {
			request.Header.Set(header.name, header.value)
		}
		calls[n] = client.Go("Function.Invoke", &request, &common.InvokeResponse{}, nil)
	}
	answers := map[string]string{}
	for n, call := range calls {
		if <-call.Done; call.Error != nil {
			t.Fatal(call.Error)
		}
		id, _, _ := sentTogether(n)
		answers[id] = string(call.Reply.(*common.InvokeResponse).Payload)
	}
	client.Close()
	checkTogether(t, answers, f.stop())
}

// goRPC has a function serve calls of Go's net/rpc.
func goRPC(t testing.TB, variables map[string]string) map[string]string {
	all := map[string]string{"FGRUNTIME_TRANSPORT": "go-rpc", "RUNTIME_API_ADDR": freeAddress(t)}
	for name, value := range variables {
		all[name] = value
	}
	return all
}

// dial waits until the function listens.
func (f *function) dial() *rpc.Client {
	var client *rpc.Client
	f.until(func() (isOpen bool) {
		var err error
		client, err = rpc.DialHTTP("tcp", f.variable("RUNTIME_API_ADDR"))
		return err == nil
	})
	return client
}

func (f *function) variable(name string) (value string) {
	for _, variable := range f.cmd.Env {
		if strings.HasPrefix(variable, name+"=") {
			value = variable[len(name)+1:]
		}
	}
	return value
}
