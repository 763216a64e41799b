//go:build go1.24
// +build go1.24

package timer

import (
	"time"

	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/internal/native"
)

// Event is one tick as the core reads it. A text that is not there is empty, or nil where that means something else.
type Event struct {
	Version     string
	TriggerType string
	TriggerName string
	// Time is as it came.
	Time string
	// At is Time as one; the zero time if it is none.
	At time.Time
	// UserEvent is the text given when the trigger was made; nil in some test events.
	UserEvent *string
	Findings  []event.Finding
}

// Parse reads a payload, whatever its shape; only what is no JSON, or too large, is an error.
func Parse(payload []byte) (*Event, error) {
	read := new(Event)
	return read, read.UnmarshalPayload(payload)
}

// UnmarshalPayload is Parse for handlers that ask for this type.
func (e *Event) UnmarshalPayload(payload []byte) error {
	return event.Read(native.KindTimer, payload, func(parsed *native.Event) {
		fields := parsed.Timer()
		*e = Event{
			Version:     fields.Version,
			TriggerType: fields.TriggerType,
			TriggerName: fields.TriggerName,
			Time:        fields.Time,
			At:          fields.At,
			UserEvent:   fields.UserEvent,
			Findings:    parsed.Findings(),
		}
	})
}
