//go:build go1.24
// +build go1.24

// Package tests holds the module against the vectors of all languages, and runs functions with a platform.
package tests

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	next     = "/v1/runtime/invocation/request"
	patience = 30 * time.Second
	// Names the function that the test binary is to be, instead of running tests.
	functionVariable = "GO_TEST_FUNCTION"
)

type header struct{ name, value string }

type reply struct {
	// "response" or "error".
	outcome, requestID string
	// Nil where there is none.
	contentType *string
	body        []byte
}

type sent struct {
	headers []header
	payload []byte
}

// platform is the other side of a custom runtime. Events wait until they are asked for, requests until there is an event.
type platform struct {
	listener net.Listener
	events   chan sent
	replies  chan reply
}

func newPlatform(t testing.TB) *platform {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &platform{listener, make(chan sent, 4096), make(chan reply, 4096)}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go p.serve(connection)
		}
	}()
	return p
}

// serve writes by hand, so that headers go out as they are.
func (p *platform) serve(connection net.Conn) {
	defer connection.Close()
	reader := bufio.NewReader(connection)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return
		}
		var answer sent
		if request.URL.Path == next {
			answer = <-p.events
		} else {
			p.replies <- replyOf(request, body)
		}
		var head strings.Builder
		head.WriteString("HTTP/1.1 200 OK\r\n")
		for _, header := range answer.headers {
			fmt.Fprintf(&head, "%s: %s\r\n", header.name, header.value)
		}
		fmt.Fprintf(&head, "Content-Length: %d\r\n\r\n", len(answer.payload))
		if _, err := connection.Write(append([]byte(head.String()), answer.payload...)); err != nil {
			return
		}
	}
}

func replyOf(request *http.Request, body []byte) reply {
	parts := strings.Split(request.URL.Path, "/")
	reply := reply{outcome: parts[4], requestID: parts[5], body: body}
	if types, ok := request.Header["Content-Type"]; ok {
		reply.contentType = &types[0]
	}
	return reply
}

func (p *platform) send(requestID string, payload []byte, headers ...header) {
	p.events <- sent{append([]header{{"X-Cff-Request-Id", requestID}}, headers...), payload}
}

func (p *platform) reply(t testing.TB) reply {
	select {
	case reply := <-p.replies:
		return reply
	case <-time.After(patience):
		t.Fatal("no reply")
		panic("unreachable")
	}
}

// function is a function that runs as a process of its own, with its platform.
type function struct {
	*platform
	t      testing.TB
	stdout output
	stderr output
	cmd    *exec.Cmd
	ended  chan error
	count  int
}

// output is what a process has written so far.
type output struct {
	mutex sync.Mutex
	bytes bytes.Buffer
}

func (o *output) Write(piece []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.bytes.Write(piece)
}

func (o *output) String() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.bytes.String()
}

// settings are those that the runtime warns of where they are missing.
var settings = map[string]string{
	"RUNTIME_PROJECT_ID":         "project-1",
	"RUNTIME_FUNC_NAME":          "test",
	"RUNTIME_FUNC_VERSION":       "latest",
	"RUNTIME_PACKAGE":            "default",
	"RUNTIME_HANDLER":            "handler",
	"RUNTIME_TIMEOUT":            "30",
	"RUNTIME_USERDATA":           `{"table":"orders"}`,
	"RUNTIME_CPU":                "300",
	"RUNTIME_MEMORY":             "128",
	"RUNTIME_MAX_RESP_BODY_SIZE": "6291456",
	"RUNTIME_ROOT":               "/home/snuser/runtime",
	"RUNTIME_CODE_ROOT":          "/opt/function/code",
	"RUNTIME_LOG_DIR":            "/home/snuser/log",
}

// start runs the function of that name with the settings and further variables.
func start(t testing.TB, name string, variables map[string]string) *function {
	all := map[string]string{}
	for _, some := range []map[string]string{settings, variables} {
		for name, value := range some {
			all[name] = value
		}
	}
	return startWith(t, name, all)
}

// startWith runs the function with these variables and no others that mean something to it.
func startWith(t testing.TB, name string, variables map[string]string) *function {
	f := &function{platform: newPlatform(t), t: t, ended: make(chan error, 1)}
	f.cmd = exec.Command(os.Args[0])
	f.cmd.Env = []string{functionVariable + "=" + name, "RUNTIME_API_ADDR=" + f.listener.Addr().String(), "FGRUNTIME_TRANSPORT=poll"}
	for name, value := range variables {
		f.cmd.Env = append(f.cmd.Env, name+"="+value)
	}
	f.cmd.Stdout, f.cmd.Stderr = &f.stdout, &f.stderr
	if err := f.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { f.ended <- f.cmd.Wait() }()
	t.Cleanup(func() { f.cmd.Process.Kill() })
	return f
}

func (f *function) ask(payload string, headers ...header) reply {
	f.count++
	f.send(fmt.Sprintf("r%d", f.count), []byte(payload), headers...)
	return f.reply(f.t)
}

// stop ends the function, which must succeed, and gives what it wrote to standard output.
func (f *function) stop() string {
	f.cmd.Process.Signal(syscall.SIGTERM)
	if err := f.wait(); err != nil {
		f.t.Fatalf("%v\n%s", err, f.stderr.String())
	}
	return f.stdout.String()
}

func (f *function) wait() error {
	select {
	case err := <-f.ended:
		return err
	case <-time.After(patience):
		f.t.Fatal("the function does not end")
		return nil
	}
}

func TestMain(m *testing.M) {
	name, ok := os.LookupEnv(functionVariable)
	if !ok {
		os.Exit(m.Run())
	}
	functions[name]()
}
