// Package runtime runs a function.
package runtime

import (
	"huaweicloud.com/go-runtime/internal/invoke"
	"huaweicloud.com/go-runtime/pkg/runtime/fnhandler"
)

// Register calls handler for every event of the function until the process is told to stop (SIGTERM or SIGINT), and lets those
// that are running finish. A second signal ends the process at once.
//
//	func Handler(payload []byte, ctx context.RuntimeContext) (interface{}, error)
//
// Something else that is registered answers every event with an error that says so. The process ends with status 1 where there is no
// platform to serve, or if something has been registered before: a process has one handler.
func Register(handler interface{}) {
	RegisterHandler(fnhandler.NewHandler(handler))
}

// RegisterHandler is Register for a handler that is an object.
func RegisterHandler(handler fnhandler.IRequestHandler) {
	invoke.RunOrExit(handler)
}
