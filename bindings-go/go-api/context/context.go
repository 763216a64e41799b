// Package context has what handlers are given beside the event.
package context

import (
	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/invoke"
)

// RuntimeContext is what a handler may ask about its invocation and its function.
type RuntimeContext = api.RuntimeContext

// Register runs a handler, as runtime.Register does. Functions for the oldest SDK call it here.
func Register(handler interface{}) {
	invoke.RunOrExit(invoke.NewHandler(handler))
}
