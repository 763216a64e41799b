//go:build go1.24
// +build go1.24

package kafka

import (
	"time"

	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/internal/native"
)

// Event is some messages as the core reads them. A text that is not there is empty.
type Event struct {
	EventVersion string
	TriggerType  string
	Region       string
	InstanceID   string
	// EventTime is as it came.
	EventTime string
	// At is EventTime as a time; the zero time if it is none.
	At       time.Time
	Records  []Record
	Findings []event.Finding
}

// Record is the messages of a topic. Keys, headers and offsets are not sent.
type Record struct {
	TopicID    string
	InstanceID string
	Messages   []string
}

// Parse reads a payload, whatever its shape; only what is no JSON, or too large, is an error.
func Parse(payload []byte) (*Event, error) {
	read := new(Event)
	return read, read.UnmarshalPayload(payload)
}

// UnmarshalPayload is Parse for handlers that ask for this type.
func (e *Event) UnmarshalPayload(payload []byte) error {
	return event.Read(native.KindKafka, payload, func(parsed *native.Event) {
		fields := parsed.Kafka()
		*e = Event{
			EventVersion: fields.EventVersion,
			TriggerType:  fields.TriggerType,
			Region:       fields.Region,
			InstanceID:   fields.InstanceID,
			EventTime:    fields.EventTime,
			At:           fields.At,
			Findings:     parsed.Findings(),
		}
		for _, record := range fields.Records {
			e.Records = append(e.Records, Record(record))
		}
	})
}
