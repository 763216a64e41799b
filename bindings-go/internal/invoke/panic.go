package invoke

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"huaweicloud.com/go-runtime/internal/native"
)

const (
	maxFrames       = 32
	defaultCodeRoot = "/opt/function/code"
	// What calls the handler: no frame from here on is the user's.
	caller = "huaweicloud.com/go-runtime/internal/invoke.call"
)

// panicked makes an outcome of a panic. It is called by the deferred function that recovers, while the stack is still there.
func panicked(recovered interface{}) Outcome {
	kind := "panic"
	message := "the handler has ended its goroutine, by runtime.Goexit or panic(nil)"
	if recovered != nil {
		message = fmt.Sprintf("%+v", recovered)
	}
	return Outcome{Failure: &native.Failure{Type: &kind, Message: message, Stack: userStack()}}
}

// userStack gives the frames between the panic and the call of the handler, two lines each.
func userStack() []string {
	counters := make([]uintptr, 256)
	frames := runtime.CallersFrames(counters[:runtime.Callers(1, counters)])
	var lines trace
	for {
		frame, more := frames.Next()
		if !lines.add(frame) || !more {
			return lines
		}
	}
}

// trace is the user's frames of a stack, two lines each.
type trace []string

// add takes the next frame, if it is the user's, and tells whether there may be more.
func (t *trace) add(frame runtime.Frame) bool {
	if frame.Function == caller || len(*t) == 2*maxFrames {
		return false
	}
	if isUsers(frame) {
		*t = append(*t, shortName(frame.Function)+"()", fmt.Sprintf("    %s:%d", relative(frame), frame.Line))
	}
	return true
}

// notUsers begin the names of functions that no user wrote.
var notUsers = []string{
	"runtime.", "reflect.", "huaweicloud.com/go-runtime/internal/", "huaweicloud.com/go-runtime/pkg/", "huaweicloud.com/go-runtime/fgruntime.",
}

func isUsers(frame runtime.Frame) bool {
	for _, prefix := range notUsers {
		if strings.HasPrefix(frame.Function, prefix) {
			return false
		}
	}
	return !strings.HasSuffix(frame.File, ".s")
}

// shortName is without the folders of the package.
func shortName(function string) string {
	return function[strings.LastIndexByte(function, '/')+1:]
}

// relative gives a file as it is below the function's code or the sources of Go.
func relative(frame runtime.Frame) string {
	root := os.Getenv("RUNTIME_CODE_ROOT")
	if root == "" {
		root = defaultCodeRoot
	}
	root = strings.TrimSuffix(root, "/") + "/"
	if strings.HasPrefix(frame.File, root) {
		return frame.File[len(root):]
	}
	// The sources of Go are in a folder src that has the package's name.
	slash := strings.LastIndexByte(frame.Function, '/')
	end := slash + 1 + strings.IndexByte(frame.Function[slash+1:], '.')
	if end > slash {
		if start := strings.Index(frame.File, "/src/"+frame.Function[:end]+"/"); start >= 0 {
			return frame.File[start+len("/src/"):]
		}
	}
	return frame.File
}
