package native

/*
#include "failure.h"

typedef struct {
    fg_status status;
    fg_error *error;
    fg_invocation *invocation;
    fg_context *context;
    fg_bytes payload;
} fgo_arrival;

// One crossing for all that an invocation needs. The context is a copy: handlers may use theirs after the reply.
static fgo_arrival fgo_next(const fg_runtime *runtime) {
    fgo_arrival arrival;
    memset(&arrival, 0, sizeof arrival);
    arrival.status = fg_runtime_next(runtime, -1, &arrival.invocation, &arrival.error);
    if (arrival.status != FG_OK) return arrival;
    arrival.status = fg_context_clone(fg_invocation_context(arrival.invocation), &arrival.context, &arrival.error);
    if (arrival.status != FG_OK) {
        fg_invocation_fail_with(arrival.invocation, arrival.error, NULL);
        fg_invocation_free(arrival.invocation);
        return arrival;
    }
    arrival.payload = fg_invocation_payload(arrival.invocation);
    return arrival;
}

static void fgo_refuse(const fg_runtime *runtime, int is_typed, _GoString_ texts, const size_t *lens, size_t count) {
    fgo_failure failure = fgo_failure_of(is_typed, _GoStringPtr(texts), lens, count);
    fg_runtime_refuse(runtime, failure.type, failure.message, failure.stack, failure.count, NULL);
    free(failure.stack);
}

static fg_status fgo_runtime_new(_GoString_ address, uint32_t transport, fg_runtime **runtime, fg_error **error) {
    fg_runtime_options options = fg_runtime_options_default();
    options.default_transport = transport;
    if (_GoStringLen(address) > 0) options.api_address = fg_str_of(_GoStringPtr(address), _GoStringLen(address));
    return fg_runtime_new(&options, runtime, error);
}
*/
import "C"

import (
	"os"
	"path/filepath"
	"unsafe"
)

// bootstrap is what the program of a custom runtime is called.
const bootstrap = "bootstrap"

// Runtime is the connection to the platform. It is never freed: one serves as long as the process.
type Runtime struct {
	runtime *C.fg_runtime
}

// NewRuntime makes a runtime for the function that the environment describes.
func NewRuntime() (*Runtime, error) {
	return newRuntime("")
}

// newRuntime is where the options are made. Signals are left to Go: its runtime demands that handlers use its signal stacks, and
// functions may wait for signals themselves.
func newRuntime(address string) (*Runtime, error) {
	var runtime *C.fg_runtime
	var failure *C.fg_error
	if err := taken(C.fgo_runtime_new(address, defaultTransport(), &runtime, &failure), failure); err != nil {
		return nil, err
	}
	return &Runtime{runtime}, nil
}

// defaultTransport is that of the Go 1.x runtime, whose programs may have any name but one.
func defaultTransport() C.uint32_t {
	if len(os.Args) > 0 && filepath.Base(os.Args[0]) == bootstrap {
		return C.FG_TRANSPORT_POLL
	}
	return C.FG_TRANSPORT_GO_RPC
}

// InitializerContext makes a context of the function, outside any invocation.
func (r *Runtime) InitializerContext() (*Context, error) {
	var context *C.fg_context
	var failure *C.fg_error
	if err := taken(C.fg_runtime_initializer_context(r.runtime, &context, &failure), failure); err != nil {
		return nil, err
	}
	return newContext(context), nil
}

// Refuse waits for the first invocation and answers it with the reason why there is no function. The process must end then.
func (r *Runtime) Refuse(failure *Failure) {
	isTyped, texts, lens := failure.flat()
	C.fgo_refuse(r.runtime, isTyped, texts, &lens[0], C.size_t(len(lens)))
}

// Next waits for an invocation, and until it may run. It fails with StatusStopped, for good, and with others, after which it may be called again.
func (r *Runtime) Next() (*Invocation, *Error) {
	arrival := C.fgo_next(r.runtime)
	if err := taken(arrival.status, arrival.error); err != nil {
		return nil, err
	}
	return &Invocation{
		invocation: arrival.invocation,
		Context:    newContext(arrival.context),
		Payload:    bytes(arrival.payload),
	}, nil
}

// Stop ends every Next, now and from now on. Invocations already received may still be answered.
func (r *Runtime) Stop() {
	C.fg_runtime_stop(r.runtime)
}

// GiveUp answers what has no answer yet, because the process ends at once.
func (r *Runtime) GiveUp() {
	C.fg_runtime_give_up(r.runtime, nil)
}

// NextTimedOut waits for an invocation whose handler has taken too long, and whose caller has been told so. Nil once there will be no
// more, and at once where the platform sees to timeouts.
func (r *Runtime) NextTimedOut() *Context {
	var context *C.fg_context
	if C.fg_runtime_next_timed_out(r.runtime, &context, nil) != C.FG_OK {
		return nil
	}
	return newContext(context)
}

// bytes copies a view; it is never nil, because an empty payload is one.
func bytes(view C.fg_bytes) []byte {
	if view.len == 0 {
		return []byte{}
	}
	return C.GoBytes(unsafe.Pointer(view.ptr), C.int(view.len))
}
