//go:build go1.24
// +build go1.24

package fgruntime

import (
	"context"

	"huaweicloud.com/go-runtime/internal/api"
)

// RuntimeContext is what a handler may ask about its invocation and its function.
type RuntimeContext = api.RuntimeContext

type requestKey struct{}

// NewContext makes a context that carries an invocation's; for tests of handlers, too.
func NewContext(parent context.Context, request RuntimeContext) context.Context {
	return context.WithValue(parent, requestKey{}, request)
}

// FromContext gives the invocation's context; false outside of invocations.
func FromContext(ctx context.Context) (RuntimeContext, bool) {
	request, ok := ctx.Value(requestKey{}).(RuntimeContext)
	return request, ok
}
