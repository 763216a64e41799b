package invoke

import (
	"runtime"
	"strconv"
	"strings"
	"sync"

	"huaweicloud.com/go-runtime/internal/native"
)

const (
	// For all goroutines' stacks; what is beyond is not looked at.
	firstBuffer = 1 << 16
	mostBuffer  = 1 << 26
)

// watch knows which goroutine runs which invocation, so that it can tell where those are stuck that take too long.
type watch struct {
	mutex sync.Mutex
	// The goroutines by the id of their request, the oldest first; nil where nobody tells of timeouts.
	goroutines map[string][]string
}

// watchFor logs, as long as the process lives, where handlers are that have taken too long.
func watchFor(timeouts *native.Runtime) *watch {
	w := &watch{goroutines: map[string][]string{}}
	go func() {
		for {
			context := timeouts.NextTimedOut()
			if context == nil {
				w.close()
				return
			}
			w.tell(context)
		}
	}()
	return w
}

func (w *watch) close() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.goroutines = nil
}

// tell logs the stack of the goroutine that has run longest for this request.
func (w *watch) tell(context *native.Context) {
	goroutine, ok := w.take(context.Text(native.RequestID))
	if !ok {
		return
	}
	if stack := stackOf(goroutine, allStacks()); len(stack) > 0 {
		context.Log(native.LevelError, "the handler that takes too long is here:"+indented(stack))
	}
}

// enter tells that this goroutine runs a request, until the result is called.
func (w *watch) enter(context *native.Context) func() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.goroutines == nil {
		return func() {}
	}
	requestID, goroutine := context.Text(native.RequestID), currentGoroutine()
	w.goroutines[requestID] = append(w.goroutines[requestID], goroutine)
	return func() { w.leave(requestID, goroutine) }
}

func (w *watch) leave(requestID, goroutine string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for i, running := range w.goroutines[requestID] {
		if running == goroutine {
			w.remove(requestID, i)
			return
		}
	}
}

// take gives the oldest goroutine of a request, once.
func (w *watch) take(requestID string) (string, bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	running := w.goroutines[requestID]
	if len(running) == 0 {
		return "", false
	}
	w.remove(requestID, 0)
	return running[0], true
}

func (w *watch) remove(requestID string, i int) {
	running := w.goroutines[requestID]
	if len(running) == 1 {
		delete(w.goroutines, requestID)
		return
	}
	w.goroutines[requestID] = append(append([]string{}, running[:i]...), running[i+1:]...)
}

// currentGoroutine gives the number that stands in the traces of this goroutine.
func currentGoroutine() string {
	var head [64]byte
	fields := strings.Fields(string(head[:runtime.Stack(head[:], false)]))
	return fields[1]
}

// allStacks gives the traces of all goroutines, with an empty line between them.
func allStacks() string {
	for size := firstBuffer; ; size *= 2 {
		stacks := make([]byte, size)
		if length := runtime.Stack(stacks, true); length < size || size >= mostBuffer {
			return string(stacks[:length])
		}
	}
}

// stackOf gives the user's frames of one goroutine out of the traces of all.
func stackOf(goroutine, stacks string) []string {
	for _, one := range strings.Split(stacks, "\n\n") {
		if lines := strings.Split(one, "\n"); strings.HasPrefix(lines[0], "goroutine "+goroutine+" ") {
			return framesIn(lines[1:])
		}
	}
	return nil
}

// framesIn reads a trace: for each frame a line `package.function(arguments)`, and one with tab, file, colon, line and offset.
func framesIn(lines []string) []string {
	var users trace
	for len(lines) >= 2 {
		frame, ok := frameIn(lines[0], lines[1])
		if !ok {
			// A line that stands alone: so many frames are left out.
			lines = lines[1:]
			continue
		}
		if !users.add(frame) {
			break
		}
		lines = lines[2:]
	}
	return users
}

func frameIn(call, place string) (runtime.Frame, bool) {
	arguments, colon := strings.LastIndexByte(call, '('), strings.LastIndexByte(place, ':')
	if arguments < 0 || colon < 0 || !strings.HasPrefix(place, "\t") {
		return runtime.Frame{}, false
	}
	name := call[:arguments]
	if name == "panic" {
		// Under this name traces show it.
		name = "runtime.gopanic"
	}
	number := strings.SplitN(place[colon+1:], " ", 2)[0]
	line, err := strconv.Atoi(number)
	return runtime.Frame{Function: name, File: place[1:colon], Line: line}, err == nil
}
