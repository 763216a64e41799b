package invoke

import (
	"errors"
	"fmt"
	"reflect"

	"huaweicloud.com/go-runtime/internal/api"
)

type function func([]byte, api.RuntimeContext) (interface{}, error)

func (f function) Handle(payload []byte, ctx api.RuntimeContext) (interface{}, error) {
	return f(payload, ctx)
}

var (
	typeOfPayload = reflect.TypeOf([]byte(nil))
	typeOfContext = reflect.TypeOf((*api.RuntimeContext)(nil)).Elem()
	typeOfError   = reflect.TypeOf((*error)(nil)).Elem()
)

// NewHandler makes a handler of a function. What is none answers every event with an error, and a function of another signature
// with a panic, as the platform's own SDK does.
func NewHandler(handler interface{}) api.Handler {
	if handler == nil {
		return failing(errors.New("handler is nil"))
	}
	if plain, ok := handler.(func([]byte, api.RuntimeContext) (interface{}, error)); ok {
		return plainOrNil(plain)
	}
	kind := reflect.TypeOf(handler)
	if kind.Kind() != reflect.Func {
		return failing(fmt.Errorf("handler kind %s is not %s", kind.Kind(), reflect.Func))
	}
	if reflect.ValueOf(handler).IsNil() {
		return failing(errors.New("handler is nil"))
	}
	if !isCallable(kind) {
		return function(func([]byte, api.RuntimeContext) (interface{}, error) {
			panic(fmt.Sprintf("handler is a %s, not a func([]byte, context.RuntimeContext) (interface{}, error)", kind))
		})
	}
	return reflected(reflect.ValueOf(handler))
}

func plainOrNil(plain function) api.Handler {
	if plain == nil {
		return failing(errors.New("handler is nil"))
	}
	return plain
}

func failing(err error) api.Handler {
	return function(func([]byte, api.RuntimeContext) (interface{}, error) { return nil, err })
}

// isCallable tells whether a function of this type can be called like a handler.
func isCallable(kind reflect.Type) bool {
	return kind.NumIn() == 2 && !kind.IsVariadic() && typeOfPayload.AssignableTo(kind.In(0)) && typeOfContext.AssignableTo(kind.In(1)) &&
		kind.NumOut() == 2 && kind.Out(1).Implements(typeOfError)
}

// reflected calls a function whose parameters or results are of other types than a handler's, but fit.
func reflected(handler reflect.Value) api.Handler {
	return function(func(payload []byte, ctx api.RuntimeContext) (interface{}, error) {
		results := handler.Call([]reflect.Value{reflect.ValueOf(payload), reflect.ValueOf(ctx)})
		err, _ := results[1].Interface().(error)
		return results[0].Interface(), err
	})
}
