package invoke

import (
	"sync"

	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/native"
)

// Answer calls a handler and gives an outcome, once: when the handler and all goroutines that belong to the invocation have ended, or
// as soon as one of them fails. It returns when all have ended.
func Answer(handler api.Handler, payload []byte, context *native.Context, give func(Outcome)) {
	ended := make(chan struct{})
	answer := &answer{context: context, give: give, running: 1, atEnd: []func(){func() { close(ended) }}}
	var outcome Outcome
	// Deferred, because the handler may end its goroutine.
	defer func() {
		answer.settle(&outcome)
		<-ended
	}()
	Call(&outcome, handler, payload, &api.Context{Native: context, Goroutines: answer})
}

type answer struct {
	context *native.Context
	give    func(Outcome)

	mutex sync.Mutex
	// The handler, until it ends, and goroutines that belong to the invocation.
	running int
	isGiven bool
	outcome Outcome
	atEnd   []func()
}

// Add tells that there is one more goroutine.
func (a *answer) Add() {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.running++
}

// AtEnd has something done when the handler and all goroutines have ended.
func (a *answer) AtEnd(do func()) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.atEnd = append(a.atEnd, do)
}

// Done tells that a goroutine has ended; with a failure if it panicked.
func (a *answer) Done(failure *native.Failure) {
	if failure == nil {
		a.settle(nil)
		return
	}
	a.settle(&Outcome{Failure: failure})
}

// settle is called when the handler or a goroutine ends, with the outcome that it leaves, if any. What fails too late is logged.
func (a *answer) settle(left *Outcome) {
	// Held until the outcome is given: the last one to settle ends the invocation.
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.running--
	if left != nil {
		a.outcome = *left
	}
	hasFailed := left != nil && left.Failure != nil
	if !a.isGiven && (hasFailed || a.running == 0) {
		a.isGiven = true
		a.give(a.outcome)
	} else if hasFailed {
		a.context.Log(native.LevelError, logged(left.Failure))
	}
	if a.running > 0 {
		return
	}
	for _, do := range a.atEnd {
		do()
	}
	a.atEnd = nil
}

// Go runs work in a goroutine that belongs to the invocation of ctx: the answer waits for it, and a panic in it is the invocation's
// failure, of which failed is told then. Outside of invocations it is the statement go.
func Go(ctx api.RuntimeContext, work, failed func()) {
	request, ok := ctx.(*api.Context)
	if !ok || request.Goroutines == nil {
		go work()
		return
	}
	request.Goroutines.Add()
	go func() {
		var failure *native.Failure
		defer func() {
			// First of all, or what the others make of it would be the answer.
			request.Goroutines.Done(failure)
			if failure != nil {
				failed()
			}
		}()
		defer func() {
			if recovered := recover(); recovered != nil {
				failure = panicked(recovered).Failure
			}
		}()
		work()
	}()
}

// AtEnd has something done when the handler and all goroutines of the invocation of ctx have ended; false outside of invocations.
func AtEnd(ctx api.RuntimeContext, do func()) bool {
	request, ok := ctx.(*api.Context)
	if !ok || request.Goroutines == nil {
		return false
	}
	request.Goroutines.AtEnd(do)
	return true
}
