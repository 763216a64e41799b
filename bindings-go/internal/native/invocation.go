package native

/*
#include "failure.h"

typedef struct {
    fg_status status;
    fg_error *error;
    // Whether the invocation still waits for its reply, so that another may be tried.
    int still_waits;
} fgo_reply;

// The invocation ends with its reply, whether that gets through or not, but for a reply that is refused for what it is; what went
// wrong has been logged.
static fgo_reply fgo_ended(fg_invocation *invocation, fgo_reply reply) {
    reply.still_waits =
        reply.status == FG_STATUS_UTF8 || reply.status == FG_STATUS_NOT_JSON || reply.status == FG_STATUS_RANGE;
    if (!reply.still_waits) fg_invocation_free(invocation);
    return reply;
}

static fgo_reply fgo_respond(fg_invocation *invocation, fg_output output, const void *body, size_t len) {
    fgo_reply reply;
    reply.error = NULL;
    reply.status = fg_invocation_respond(invocation, output, fg_bytes_of(body, len), &reply.error);
    return fgo_ended(invocation, reply);
}

static fgo_reply fgo_respond_string(fg_invocation *invocation, fg_output output, _GoString_ body) {
    return fgo_respond(invocation, output, _GoStringPtr(body), _GoStringLen(body));
}

static fgo_reply fgo_fail(fg_invocation *invocation, int is_typed, _GoString_ texts, const size_t *lens, size_t count) {
    fgo_failure failure = fgo_failure_of(is_typed, _GoStringPtr(texts), lens, count);
    fgo_reply reply;
    reply.error = NULL;
    reply.status =
        fg_invocation_fail(invocation, failure.type, failure.message, failure.stack, failure.count, &reply.error);
    free(failure.stack);
    return fgo_ended(invocation, reply);
}
*/
import "C"

import (
	"unicode/utf8"
	"unsafe"
)

// Invocation is one payload with its context, to be answered once.
type Invocation struct {
	invocation *C.fg_invocation
	// Context outlives the invocation.
	Context *Context
	// Payload is the event; a copy.
	Payload []byte
}

// RespondNone answers with nothing.
func (i *Invocation) RespondNone() *Error {
	return i.ended(C.fgo_respond(i.invocation, C.FG_OUTPUT_NONE, nil, 0))
}

// RespondBytes answers with bytes.
func (i *Invocation) RespondBytes(body []byte) *Error {
	return i.respond(C.FG_OUTPUT_BYTES, body)
}

// RespondJSON answers with JSON; what is none leaves the invocation waiting.
func (i *Invocation) RespondJSON(body []byte) *Error {
	return i.respond(C.FG_OUTPUT_JSON, body)
}

// RespondText answers with a text, or with its bytes where it is no UTF-8.
func (i *Invocation) RespondText(body string) *Error {
	output := C.fg_output(C.FG_OUTPUT_TEXT)
	if !utf8.ValidString(body) {
		output = C.FG_OUTPUT_BYTES
	}
	if body == "" {
		return i.respond(output, []byte{})
	}
	return i.ended(C.fgo_respond_string(i.invocation, output, body))
}

var empty [1]byte

func (i *Invocation) respond(output C.fg_output, body []byte) *Error {
	// An empty body has no first byte to point to, and is not the same as none.
	first := unsafe.Pointer(&empty[0])
	if len(body) > 0 {
		first = unsafe.Pointer(&body[0])
	}
	return i.ended(C.fgo_respond(i.invocation, output, first, C.size_t(len(body))))
}

// Fail answers with an error. What is no UTF-8 in it becomes U+FFFD.
func (i *Invocation) Fail(failure *Failure) *Error {
	isTyped, texts, lens := failure.flat()
	return i.ended(C.fgo_fail(i.invocation, isTyped, texts, &lens[0], C.size_t(len(lens))))
}

// ended forgets the invocation unless it still waits for its reply.
func (i *Invocation) ended(reply C.fgo_reply) *Error {
	if reply.still_waits == 0 {
		i.invocation = nil
	}
	return taken(reply.status, reply.error)
}

// StillWaits tells that it has no reply yet, so that another may be tried.
func (i *Invocation) StillWaits() bool { return i.invocation != nil }
