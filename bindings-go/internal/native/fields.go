package native

/*
#include "fields.h"

typedef struct {
    fg_status status;
    fg_error *error;
    fg_event *event;
    fgo_fields fields;
} fgo_reading;

// One crossing for an event with all its fields, and the findings after them: those of what is decoded on demand come then.
static fgo_reading fgo_read(fg_kind kind, const void *payload, size_t len) {
    fgo_reading reading;
    size_t i, count;
    memset(&reading, 0, sizeof reading);
    reading.status = fg_event_parse_as(kind, fg_bytes_of(payload, len), NULL, &reading.event, &reading.error);
    if (reading.status != FG_OK) return reading;
    fgo_fields_of(&reading.fields, reading.event);
    count = fgo_count(&reading.fields, fg_event_finding_count(reading.event));
    for (i = 0; i < count; i++) {
        fg_finding finding = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
        fg_event_finding(reading.event, i, &finding, NULL);
        fgo_text(&reading.fields, finding.path);
        fgo_text(&reading.fields, finding.found);
        fgo_text(&reading.fields, finding.read);
    }
    if (reading.fields.is_out_of_memory) reading.status = FG_STATUS_OUT_OF_MEMORY;
    return reading;
}

static void fgo_forget(fg_event *event, fg_str *values) {
    fg_event_free(event);
    free(values);
}
*/
import "C"

import (
	"encoding/json"
	"time"
	"unsafe"
)

// Fields are those of an event, to be taken in the order of its table, with the findings at the end. They are to be closed once.
// Nothing that they give points into them.
type Fields struct {
	event  *C.fg_event
	values *C.fg_str
	// What has not been taken.
	rest []C.fg_str
}

// ReadFields reads a payload as an event of a kind that has a table.
func ReadFields(kind int, payload []byte) (*Fields, *Error) {
	first := unsafe.Pointer(&empty[0])
	if len(payload) > 0 {
		first = unsafe.Pointer(&payload[0])
	}
	reading := C.fgo_read(C.fg_kind(kind), first, C.size_t(len(payload)))
	fields := &Fields{event: reading.event, values: reading.fields.values}
	if err := taken(reading.status, reading.error); err != nil {
		fields.Close()
		return nil, err
	}
	count := reading.fields.count
	fields.rest = (*[1 << 32]C.fg_str)(unsafe.Pointer(reading.fields.values))[:count:count]
	return fields, nil
}

// Close frees the fields.
func (f *Fields) Close() {
	C.fgo_forget(f.event, f.values)
	*f = Fields{}
}

func (f *Fields) take() C.fg_str {
	value := f.rest[0]
	f.rest = f.rest[1:]
	return value
}

// Text takes a text; absent is empty.
func (f *Fields) Text() string { return text(f.take()) }

// Optional takes a text that may be absent.
func (f *Fields) Optional() *string {
	view := f.take()
	if view.ptr == nil {
		return nil
	}
	copied := text(view)
	return &copied
}

// Bytes takes bytes; nil if they are absent.
func (f *Fields) Bytes() []byte {
	view := f.take()
	if view.ptr == nil {
		return nil
	}
	return C.GoBytes(unsafe.Pointer(view.ptr), C.int(view.len))
}

// JSON takes a text of JSON; nil if it is absent.
func (f *Fields) JSON() json.RawMessage { return f.Bytes() }

// Bool takes a truth value.
func (f *Fields) Bool() bool { return f.number() == 1 }

// Number takes a number; zero for one that is not known.
func (f *Fields) Number() int64 {
	if number := f.number(); number != unknown {
		return number
	}
	return 0
}

// Time takes a time; the zero time for one that is not known.
func (f *Fields) Time() time.Time {
	milliseconds := f.number()
	if milliseconds == unknown {
		return time.Time{}
	}
	return time.Unix(milliseconds/1000, milliseconds%1000*int64(time.Millisecond)).UTC()
}

// unknown is what C gives for a number or a time that is not known.
const unknown = int64(C.INT64_MIN)

func (f *Fields) number() int64 { return int64(f.take().len) }

// Count takes how many elements follow.
func (f *Fields) Count() int { return int(f.take().len) }

// Texts takes a list of texts.
func (f *Fields) Texts() []string {
	texts := make([]string, f.Count())
	for i := range texts {
		texts[i] = f.Text()
	}
	return texts
}

// Pair is a name and a text of a map.
type Pair struct {
	Name, Text string
}

// Pairs takes a map; nil if there is none in it.
func (f *Fields) Pairs() []Pair {
	count := f.Count()
	if count == 0 {
		return nil
	}
	pairs := make([]Pair, count)
	for i := range pairs {
		pairs[i] = Pair{f.Text(), f.Text()}
	}
	return pairs
}

// Findings takes the findings, which are the last.
func (f *Fields) Findings() []Finding {
	count := f.Count()
	if count == 0 {
		return nil
	}
	findings := make([]Finding, count)
	for i := range findings {
		findings[i] = Finding{f.Text(), f.Text(), f.Text()}
	}
	return findings
}
