// Package fgruntimetest is for unit tests of handlers: sample events, contexts, and the log that a handler wrote.
//
//	func TestGreets(t *testing.T) {
//		var log fgruntimetest.Log
//		payload := fgruntimetest.Sample("apig", fgruntimetest.Set{"queryStringParameters.name": "Ada"})
//		answer, err := Handler(payload, fgruntimetest.NewContext(fgruntimetest.Options{Log: &log}))
//		// …
//	}
package fgruntimetest

import (
	"fmt"
	"strconv"
	"time"

	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/native"
)

// Options are what a context says. What is empty has a value that a test seldom cares for.
type Options struct {
	// RequestID is `test-request` unless it is said.
	RequestID string
	// FunctionName is `test` unless it is said.
	FunctionName string
	// Version is `latest` unless it is said.
	Version string
	// Package is `default` unless it is said.
	Package string
	// ProjectID is `test-project` unless it is said.
	ProjectID string
	// Timeout is how long the invocation may take, in whole seconds; 30 unless it is said.
	Timeout time.Duration
	// MemorySize is in MB, 256 unless it is said.
	MemorySize int
	// UserData are the user's own variables.
	UserData map[string]string
	// Headers are those of the invocation, such as X-CFF-Security-Access-Key.
	Headers map[string]string
	// Variables stand for the environment, such as RUNTIME_CPU; nothing is read from the real one.
	Variables map[string]string
	// Log keeps what is logged, of every level; nil drops it.
	Log *Log
}

// NewContext makes a context for calling a handler in a test; fgruntime.NewContext makes a context.Context with it. It panics if a
// text in the options is not UTF-8.
func NewContext(options Options) api.RuntimeContext {
	log := options.Log
	if log == nil {
		log = new(Log)
	}
	context, err := native.NewContext(native.ContextOptions{
		RequestID: or(options.RequestID, "test-request"),
		Headers:   pairs(options.Headers),
		UserData:  pairs(options.UserData),
		Variables: append(options.settings(), pairs(options.Variables)...),
		Log:       log.add,
	})
	if err != nil {
		panic(fmt.Sprintf("fgruntimetest: %v", err))
	}
	context.SetLevel(native.LevelDebug)
	return &api.Context{Native: context}
}

func (o Options) settings() []string {
	timeout, memory := o.Timeout, o.MemorySize
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	if memory == 0 {
		memory = 256
	}
	return []string{
		"RUNTIME_FUNC_NAME", or(o.FunctionName, "test"),
		"RUNTIME_FUNC_VERSION", or(o.Version, "latest"),
		"RUNTIME_PACKAGE", or(o.Package, "default"),
		"RUNTIME_PROJECT_ID", or(o.ProjectID, "test-project"),
		"RUNTIME_TIMEOUT", strconv.Itoa(int(timeout / time.Second)),
		"RUNTIME_MEMORY", strconv.Itoa(memory),
	}
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func pairs(texts map[string]string) []string {
	var pairs []string
	for name, text := range texts {
		pairs = append(pairs, name, text)
	}
	return pairs
}
