package invoke

import (
	"sync"

	"huaweicloud.com/go-runtime/internal/native"
)

// loop has every invocation answered, any number at once. Whoever fetched one answers it, and somebody else may fetch meanwhile: what
// is answered soon costs no change of goroutines, which would be a sixth of a small invocation's processor time.
type loop struct {
	runtime *native.Runtime
	answer  func(*native.Invocation)
	watch   *watch
	// Goroutines that have not ended.
	running sync.WaitGroup

	mutex      sync.Mutex
	handedOver *sync.Cond
	isFetching bool
	// How many goroutines wait until they may fetch.
	waiting int
	// Why nobody fetches any more.
	end *native.Error
}

// serve returns when the process has been told to stop, and all invocations are answered.
func serve(runtime *native.Runtime, answer func(*native.Invocation)) error {
	l := &loop{runtime: runtime, answer: answer, watch: watchFor(runtime)}
	l.handedOver = sync.NewCond(&l.mutex)
	l.running.Add(1)
	go l.run()
	l.running.Wait()
	if l.end.Status == native.StatusStopped {
		return nil
	}
	return l.end
}

func (l *loop) run() {
	defer l.running.Done()
	for l.mayFetch() {
		invocation, failure := l.runtime.Next()
		l.handOver(failure)
		if failure == nil {
			l.handle(invocation)
		}
	}
}

// mayFetch waits until nobody else fetches; false if there is nothing more to fetch.
func (l *loop) mayFetch() bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.waiting++
	for l.isFetching && l.end == nil {
		l.handedOver.Wait()
	}
	l.waiting--
	l.isFetching = true
	return l.end == nil
}

// handOver has somebody else fetch, because this goroutine's handler may take its time, or may end the goroutine; nobody if there was a
// failure.
func (l *loop) handOver(failure *native.Error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.isFetching, l.end = false, failure
	switch {
	case failure != nil:
		l.handedOver.Broadcast()
	case l.waiting > 0:
		l.handedOver.Signal()
	default:
		l.running.Add(1)
		go l.run()
	}
}

func (l *loop) handle(invocation *native.Invocation) {
	defer l.watch.enter(invocation.Context)()
	label(invocation.Context.Text(native.RequestID))
	l.answer(invocation)
}
