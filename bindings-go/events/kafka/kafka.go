// Package kafka has the events of Kafka, hosted or self-hosted.
package kafka

import "huaweicloud.com/go-runtime/internal/lenient"

// KAFKATriggerEvent is some messages; EventTime is in seconds.
type KAFKATriggerEvent struct {
	InstanceId   string        `json:"instance_id"`
	Records      []KAFKARecord `json:"records"`
	TriggerType  string        `json:"trigger_type"`
	Region       string        `json:"region"`
	EventTime    int64         `json:"event_time"`
	EventVersion string        `json:"event_version"`
}

// String gives compact JSON.
func (e *KAFKATriggerEvent) String() string { return lenient.JSON(e) }

// KAFKARecord is the messages of a topic.
type KAFKARecord struct {
	Messages []string `json:"messages"`
	TopicId  string   `json:"topic_id"`
}

// UnmarshalJSON accepts messages that are no texts, as their JSON.
func (r *KAFKARecord) UnmarshalJSON(data []byte) error { return lenient.Object(data, r) }

// String gives compact JSON.
func (r *KAFKARecord) String() string { return lenient.JSON(r) }
