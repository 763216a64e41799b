//go:build go1.24
// +build go1.24

package fgruntime

import (
	"context"
	"encoding/json"
	"reflect"
	"time"

	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/invoke"
)

// Handler is called for every event, each in a goroutine that it has to itself. An event may be
//
//   - *apig.Event, *obs.Event, … or *event.Event: what the core reads, with findings,
//   - []byte or string: the payload as it came, or
//   - any other type: what encoding/json makes of the payload.
//
// A result that is nil answers with nothing, []byte and string with themselves, *apig.Response with what API Gateway accepts,
// and everything else with its JSON.
type Handler[E, R any] func(ctx context.Context, event E) (R, error)

// Option changes how Start runs a handler.
type Option func(*options)

type options struct {
	initializer, shutdown func(context.Context) error
}

// WithInitializer has something run once, at the start of the process. If it fails, the first event is answered with the error
// FunctionInitError (over HTTP, POST /init is) and Start returns it. FromContext gives what may be asked about the function.
func WithInitializer(initializer func(context.Context) error) Option {
	return func(o *options) { o.initializer = initializer }
}

// WithShutdown has something run once, after the last event, when the process has been told to stop. The context ends after
// PRE_STOP_TIMEOUT seconds, if the environment says so, and nobody waits longer. An error is logged; Start returns nil nevertheless.
func WithShutdown(shutdown func(context.Context) error) Option {
	return func(o *options) { o.shutdown = shutdown }
}

// Start calls handler for every event of the function until the process is told to stop (SIGTERM or SIGINT), and lets those that
// are running finish. A second signal ends the process at once. It fails where there is no platform to serve, and if something has
// been started before: a process has one handler.
func Start[E, R any](handler Handler[E, R], with ...Option) error {
	var options options
	for _, option := range with {
		option(&options)
	}
	function := invoke.Function{Handler: adapt(handler)}
	if options.initializer != nil {
		function.Initializer = func(request api.RuntimeContext) error {
			return options.initializer(NewContext(context.Background(), request))
		}
	}
	if options.shutdown != nil {
		function.Shutdown = func(ctx context.Context, request api.RuntimeContext) error {
			return options.shutdown(NewContext(ctx, request))
		}
	}
	return invoke.Run(function)
}

// Wrap makes a handler that fnhandler.NewFunction and runtime.RegisterHandler take.
func Wrap[E, R any](handler Handler[E, R]) interface {
	Handle(payload []byte, ctx api.RuntimeContext) (interface{}, error)
} {
	return adapt(handler)
}

type adapted[E, R any] struct {
	handler Handler[E, R]
}

func adapt[E, R any](handler Handler[E, R]) api.Handler {
	if handler == nil {
		return invoke.NewHandler(nil)
	}
	return adapted[E, R]{handler}
}

// Handle reads the event, calls the handler with a context that ends with the time that is left, and gives its result.
func (a adapted[E, R]) Handle(payload []byte, request api.RuntimeContext) (any, error) {
	read, err := readEvent[E](payload)
	if err != nil {
		return nil, err
	}
	left := time.Duration(request.GetRemainingTimeInMilliSeconds()) * time.Millisecond
	invocation, fail := context.WithCancelCause(NewContext(context.Background(), request))
	ctx, cancel := context.WithTimeout(context.WithValue(invocation, failKey{}, fail), left)
	// Goroutines that belong to the invocation may go on with it when the handler has returned.
	if !invoke.AtEnd(request, cancel) {
		defer cancel()
	}
	result, err := a.handler(ctx, read)
	if err != nil {
		return nil, err
	}
	return output(result), nil
}

type payloadReader interface {
	UnmarshalPayload(payload []byte) error
}

func readEvent[E any](payload []byte) (E, error) {
	var read E
	switch target := any(&read).(type) {
	case *[]byte:
		*target = payload
		return read, nil
	case *string:
		*target = string(payload)
		return read, nil
	}
	if reader, ok := newOf(&read).(payloadReader); ok {
		return read, reader.UnmarshalPayload(payload)
	}
	if err := json.Unmarshal(payload, &read); err != nil {
		return read, &event.Error{Reason: "not_json", Offset: -1, Message: "the event is not what the handler asks for: " + err.Error()}
	}
	return read, nil
}

// newOf gives a new value for a type that is a pointer, and the place of the value otherwise.
func newOf[E any](read *E) any {
	if kind := reflect.TypeFor[E](); kind.Kind() == reflect.Pointer {
		*read = reflect.New(kind.Elem()).Interface().(E)
		return *read
	}
	return read
}

// output is nothing for a pointer to nothing.
func output(result any) any {
	value := reflect.ValueOf(result)
	if !value.IsValid() || value.Kind() == reflect.Pointer && value.IsNil() {
		return nil
	}
	if answer, ok := result.(interface{ FunctionOutput() any }); ok {
		return answer.FunctionOutput()
	}
	return result
}

// Error is an error with a type of one's own for the error object.
type Error struct {
	Type, Message string
}

func (e *Error) Error() string { return e.Message }

// FunctionErrorType gives the type.
func (e *Error) FunctionErrorType() string { return e.Type }
