// Package timer has the events of timers.
package timer

import "huaweicloud.com/go-runtime/internal/lenient"

// TimerTriggerEvent is one tick; UserEvent is the text given when the trigger was made.
type TimerTriggerEvent struct {
	Version     string `json:"version"`
	Time        string `json:"time"`
	TriggerType string `json:"trigger_type"`
	TriggerName string `json:"trigger_name"`
	UserEvent   string `json:"user_event"`
}

// String gives compact JSON.
func (e *TimerTriggerEvent) String() string { return lenient.JSON(e) }
