// Package smn has the events of Simple Message Notification.
package smn

import "huaweicloud.com/go-runtime/internal/lenient"

// SMNTriggerEvent is some notifications.
type SMNTriggerEvent struct {
	Record []SMNRecord `json:"record"`
}

// String gives compact JSON in which credentials are masked.
func (e *SMNTriggerEvent) String() string {
	shown := make([]SMNRecord, len(e.Record))
	for i := range e.Record {
		shown[i] = e.Record[i].shown()
	}
	return lenient.JSON(SMNTriggerEvent{shown})
}

// SMNRecord is one notification, and the subscription that it comes through.
type SMNRecord struct {
	EventVersion         string  `json:"event_version"`
	EventSubscriptionUrn string  `json:"event_subscription_urn"`
	EventSource          string  `json:"event_source"`
	Smn                  SMNBody `json:"smn"`
}

// UnmarshalJSON accepts what is no text.
func (r *SMNRecord) UnmarshalJSON(data []byte) error { return lenient.Object(data, r) }

// String gives compact JSON in which credentials are masked.
func (r *SMNRecord) String() string { return lenient.JSON(r.shown()) }

func (r *SMNRecord) shown() SMNRecord {
	shown := *r
	shown.Smn.MessageAttributes = lenient.Mask(r.Smn.MessageAttributes)
	return shown
}

// SMNBody is a notification.
type SMNBody struct {
	TopicUrn          string            `json:"topic_urn"`
	TimeStamp         string            `json:"timestamp"`
	MessageAttributes map[string]string `json:"message_attributes"`
	Message           string            `json:"message"`
	Type              string            `json:"type"`
	MessageId         string            `json:"message_id"`
	Subject           string            `json:"subject"`
}

// UnmarshalJSON accepts attributes that are no texts, and none at all where there is a text for them.
func (b *SMNBody) UnmarshalJSON(data []byte) error { return lenient.Object(data, b) }

// String gives compact JSON in which credentials are masked.
func (b *SMNBody) String() string {
	shown := *b
	shown.MessageAttributes = lenient.Mask(b.MessageAttributes)
	return lenient.JSON(shown)
}
