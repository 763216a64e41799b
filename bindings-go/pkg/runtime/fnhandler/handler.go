// Package fnhandler makes handlers of functions, and calls them without a platform.
package fnhandler

import (
	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/invoke"
)

// IRequestHandler is called for every event.
type IRequestHandler interface {
	Handle(payload []byte, ctx api.RuntimeContext) (interface{}, error)
}

// HandlerFunc is a handler that is a function.
type HandlerFunc func([]byte, api.RuntimeContext) (interface{}, error)

// Handle calls the function.
func (handler HandlerFunc) Handle(payload []byte, ctx api.RuntimeContext) (interface{}, error) {
	return handler(payload, ctx)
}

// NewHandler makes a handler of a function. What is none gives a handler that answers every event with an error that says so.
func NewHandler(handlerFunc interface{}) IRequestHandler {
	return invoke.NewHandler(handlerFunc)
}
