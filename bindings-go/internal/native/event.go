package native

/*
#include <fgruntime.h>

// The limits are the default ones.
static fg_status fgo_parse(fg_kind kind, const void *payload, size_t len, fg_event **event, fg_error **error) {
    if (kind < 0) return fg_event_parse(fg_bytes_of(payload, len), event, error);
    return fg_event_parse_as(kind, fg_bytes_of(payload, len), NULL, event, error);
}
*/
import "C"

import "unsafe"

// Event is a trigger event, to be closed once. Nothing that it gives points into it.
type Event struct {
	event *C.fg_event
}

// Finding says where a payload was not what the documents promise, and how it was read.
type Finding struct {
	// Path is where, as a JSON Pointer; empty for the whole payload.
	Path string
	// Found is what was there: a type, never a value, since events carry credentials.
	Found string
	// Read is how it was read; "unset" when it could not be.
	Read string
}

// KindByShape asks for the kind that the payload's shape shows.
const KindByShape = -1

// KindNamed gives the kind of a name; false if there is none.
func KindNamed(name string) (int, bool) {
	for kind := C.fg_kind(0); ; kind++ {
		known := C.fg_kind_str(kind)
		if known.ptr == nil {
			return 0, false
		}
		if text(known) == name {
			return int(kind), true
		}
	}
}

// ParseEvent reads a payload as an event of a kind.
func ParseEvent(kind int, payload []byte) (*Event, *Error) {
	first := unsafe.Pointer(&empty[0])
	if len(payload) > 0 {
		first = unsafe.Pointer(&payload[0])
	}
	var event *C.fg_event
	var failure *C.fg_error
	if err := taken(C.fgo_parse(C.fg_kind(kind), first, C.size_t(len(payload)), &event, &failure), failure); err != nil {
		return nil, err
	}
	return &Event{event}, nil
}

// Close frees the event.
func (e *Event) Close() {
	C.fg_event_free(e.event)
	e.event = nil
}

// KindName gives the kind's name.
func (e *Event) KindName() string { return text(C.fg_kind_str(C.fg_event_kind(e.event))) }

// Canonical gives canonical JSON.
func (e *Event) Canonical() []byte { return []byte(text(C.fg_event_canonical(e.event))) }

// Findings gives the findings, without those of what nobody has asked to decode.
func (e *Event) Findings() []Finding {
	count := int(C.fg_event_finding_count(e.event))
	if count == 0 {
		return nil
	}
	findings := make([]Finding, count)
	for i := range findings {
		var finding C.fg_finding
		C.fg_event_finding(e.event, C.size_t(i), &finding, nil)
		findings[i] = Finding{text(finding.path), text(finding.found), text(finding.read)}
	}
	return findings
}
