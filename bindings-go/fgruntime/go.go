//go:build go1.24
// +build go1.24

package fgruntime

import (
	"context"
	"errors"

	"huaweicloud.com/go-runtime/internal/invoke"
)

// ErrPanic is why the context of an invocation has ended of which a goroutine panicked (context.Cause).
var ErrPanic = errors.New("a goroutine of the invocation has panicked")

// failKey is what ends the context of an invocation with a cause.
type failKey struct{}

// Go runs work in a goroutine that belongs to the invocation of ctx. The answer waits for it, and a panic in it does not end the
// process, as it does after the statement go, but fails the invocation, as a panic in its handler: the error is answered at once, and ctx
// ends with ErrPanic. A panic after the answer is written to the log. Outside of invocations it is the statement go.
func Go(ctx context.Context, work func(ctx context.Context)) {
	request, _ := FromContext(ctx)
	invoke.Go(request, func() { work(ctx) }, func() {
		if fail, ok := ctx.Value(failKey{}).(context.CancelCauseFunc); ok {
			fail(ErrPanic)
		}
	})
}
