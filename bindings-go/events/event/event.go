// Package event reads trigger events of every kind through the core, which tells where a payload is not what the documents
// promise. The packages beside it do the same for one kind, with a field for each member.
package event

import "huaweicloud.com/go-runtime/internal/native"

// Finding says where a payload was not what the documents promise, and how it was read.
type Finding = native.Finding

// Error is why a payload could not be read: it is not JSON, nests too deep or is too large.
type Error struct {
	// Reason is "not_json", "too_deep" or "too_large".
	Reason string
	// Offset is where, in bytes; of what is too large the limit.
	Offset int64
	// Message says what was wrong.
	Message string
}

func (e *Error) Error() string { return e.Message }

// FunctionErrorType is the type of the error object that it becomes if a handler returns it.
func (e *Error) FunctionErrorType() string { return "EventInvalid" }

// Event is a trigger event of any kind.
type Event struct {
	// Kind is the kind's name, for example "kafka"; "unknown" for JSON of no known trigger.
	Kind string
	// Canonical is the event as compact JSON: known fields first, of the documented types, and `<field>_epoch_ms` beside every time.
	Canonical []byte
	// Findings are in the order of the payload.
	Findings []Finding
}

// Parse reads a payload as an event of the kind that its shape shows.
func Parse(payload []byte) (*Event, error) {
	return read(native.KindByShape, payload)
}

// ParseAs reads a payload as an event of the kind of that name, whatever its shape.
func ParseAs(kind string, payload []byte) (*Event, error) {
	number, ok := native.KindNamed(kind)
	if !ok {
		return nil, &Error{Reason: "kind", Offset: -1, Message: "there is no kind of events named " + kind}
	}
	return read(number, payload)
}

func read(kind int, payload []byte) (*Event, error) {
	parsed, failure := native.ParseEvent(kind, payload)
	if failure != nil {
		return nil, errorOf(failure)
	}
	defer parsed.Close()
	return &Event{Kind: parsed.KindName(), Canonical: parsed.Canonical(), Findings: parsed.Findings()}, nil
}

// Read is for the packages of one kind: it gives the fields to take, which are closed afterwards.
func Read(kind int, payload []byte, take func(*native.Fields)) error {
	fields, failure := native.ReadFields(kind, payload)
	if failure != nil {
		return errorOf(failure)
	}
	defer fields.Close()
	take(fields)
	return nil
}

func errorOf(failure *native.Error) *Error {
	return &Error{Reason: reason(failure.Status), Offset: failure.Offset, Message: failure.Message}
}

func reason(status int) string {
	switch status {
	case native.StatusNotJSON:
		return "not_json"
	case native.StatusTooDeep:
		return "too_deep"
	case native.StatusTooLarge:
		return "too_large"
	}
	return "other"
}

// UnmarshalPayload reads a payload, for handlers that ask for events of any kind.
func (e *Event) UnmarshalPayload(payload []byte) error {
	read, err := Parse(payload)
	if err == nil {
		*e = *read
	}
	return err
}

// Value is a name and one of its texts.
type Value = native.Pair

// Values are names with one or several texts each, in the order of the payload.
type Values []Value

// Get gives the first text of a name: of the name written exactly so if there is one, else of any that differs only in the
// case of letters of ASCII; "" if there is none.
func (v Values) Get(name string) string {
	text, _ := v.Lookup(name)
	return text
}

// Lookup is Get that tells an empty text from none.
func (v Values) Lookup(name string) (string, bool) {
	other, isThere := "", false
	for _, value := range v {
		if value.Name == name {
			return value.Text, true
		}
		if !isThere && equal(value.Name, name) {
			other, isThere = value.Text, true
		}
	}
	return other, isThere
}

// All gives every text of a name, whatever the case of its letters of ASCII.
func (v Values) All(name string) []string {
	var texts []string
	for _, value := range v {
		if equal(value.Name, name) {
			texts = append(texts, value.Text)
		}
	}
	return texts
}

// equal tells names that differ in the case of letters of ASCII only, as the core does: the rules of HTTP know no other letters.
func equal(one, other string) bool {
	if len(one) != len(other) {
		return false
	}
	for i := 0; i < len(one); i++ {
		if small(one[i]) != small(other[i]) {
			return false
		}
	}
	return true
}

func small(letter byte) byte {
	if 'A' <= letter && letter <= 'Z' {
		return letter + 'a' - 'A'
	}
	return letter
}
