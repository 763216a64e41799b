//go:build go1.24
// +build go1.24

package tests

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"
)

// served is a function that serves HTTP.
type served struct {
	*function
	url string
}

// serve starts a function over HTTP and waits until it listens.
func serve(t testing.TB, name string, variables map[string]string) *served {
	address := freeAddress(t)
	all := map[string]string{"FGRUNTIME_TRANSPORT": "http", "FGRUNTIME_HTTP_ADDR": address}
	for name, value := range variables {
		all[name] = value
	}
	f := &served{start(t, name, all), "http://" + address}
	f.until(func() bool { return f.isListening() })
	return f
}

func freeAddress(t testing.TB) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func (f *served) isListening() bool {
	connection, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
	if err != nil {
		return false
	}
	connection.Close()
	return true
}

// until waits for something that must come.
func (f *function) until(isSo func() bool) {
	f.t.Helper()
	for deadline := time.Now().Add(patience); !isSo(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			f.t.Fatalf("it does not happen\n%s%s", f.stdout.String(), f.stderr.String())
		}
	}
}

// prints waits until the log has a text.
func (f *function) prints(text string) {
	f.t.Helper()
	f.until(func() bool { return strings.Contains(f.stdout.String(), text) })
}

type answered struct {
	status int
	header http.Header
	body   string
}

// request sends a request over a connection of its own, and tells when it has been written.
func (f *served) request(method, path, body string, isWritten func(), headers ...header) (answered, error) {
	request, err := http.NewRequest(method, f.url+path, bytes.NewReader([]byte(body)))
	if err != nil {
		f.t.Error(err)
		return answered{}, err
	}
	request.Close = true
	for _, header := range headers {
		request.Header.Set(header.name, header.value)
	}
	trace := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { isWritten() }}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	response, err := client.Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	if err != nil {
		return answered{}, err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	return answered{response.StatusCode, response.Header, string(read)}, err
}

func (f *served) get(path string) answered {
	f.t.Helper()
	return f.must("GET", path, "")
}

func (f *served) invoke(event string, headers ...header) answered {
	f.t.Helper()
	return f.must("POST", "/invoke", event, headers...)
}

func (f *served) must(method, path, body string, headers ...header) answered {
	f.t.Helper()
	got, err := f.request(method, path, body, func() {}, headers...)
	if err != nil {
		f.t.Fatalf("%s %s: %v\n%s%s", method, path, err, f.stdout.String(), f.stderr.String())
	}
	return got
}

// later sends an event from a goroutine of its own; it is on its way when this returns.
func (f *served) later(event string, headers ...header) <-chan answered {
	answers, written := make(chan answered, 1), make(chan bool)
	go func() {
		got, err := f.request("POST", "/invoke", event, func() { close(written) }, headers...)
		if err != nil {
			f.t.Errorf("%s: %v", event, err)
		}
		answers <- got
	}()
	<-written
	return answers
}

func (f *served) exitsWith(status int) {
	f.t.Helper()
	f.wait()
	if code := f.cmd.ProcessState.ExitCode(); code != status {
		f.t.Fatalf("status %d\n%s%s", code, f.stdout.String(), f.stderr.String())
	}
}
