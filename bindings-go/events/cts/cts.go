// Package cts has the events of Cloud Trace Service.
package cts

import "huaweicloud.com/go-runtime/internal/lenient"

// CTSTriggerEvent is an operation that was traced.
type CTSTriggerEvent struct {
	Cts CTS `json:"cts"`
}

// String gives compact JSON in which credentials are masked.
func (e *CTSTriggerEvent) String() string { return lenient.JSON(CTSTriggerEvent{e.Cts.shown()}) }

// CTS is the trace. Times are as they came, in seconds, milliseconds or as a date; what the operation was asked and answered are
// texts, JSON where they were more than that.
type CTS struct {
	Time         string            `json:"time"`
	User         User              `json:"user"`
	Request      map[string]string `json:"request"`
	Response     map[string]string `json:"response"`
	Code         int               `json:"code"`
	ServiceType  string            `json:"service_type"`
	ResourceType string            `json:"resource_type"`
	ResourceName string            `json:"resource_name"`
	ResourceId   string            `json:"resource_id"`
	TraceName    string            `json:"trace_name"`
	TraceType    string            `json:"trace_type"`
	RecordTime   string            `json:"record_time"`
	TraceId      string            `json:"trace_id"`
	TraceStatus  string            `json:"trace_status"`
}

// UnmarshalJSON accepts all forms of times, and requests and answers that are JSON in a text.
func (c *CTS) UnmarshalJSON(data []byte) error { return lenient.Object(data, c) }

// String gives compact JSON in which credentials are masked.
func (c *CTS) String() string { return lenient.JSON(c.shown()) }

func (c *CTS) shown() CTS {
	shown := *c
	shown.Request, shown.Response = lenient.Mask(c.Request), lenient.Mask(c.Response)
	return shown
}

// User is who asked for the operation.
type User struct {
	Name   string `json:"name"`
	Id     string `json:"id"`
	Domain Domain `json:"domain"`
}

// UnmarshalJSON accepts what is no text.
func (u *User) UnmarshalJSON(data []byte) error { return lenient.Object(data, u) }

// String gives compact JSON.
func (u *User) String() string { return lenient.JSON(u) }

// Domain is the account of a user.
type Domain struct {
	Name string `json:"name"`
	Id   string `json:"id"`
}

// UnmarshalJSON accepts what is no text.
func (d *Domain) UnmarshalJSON(data []byte) error { return lenient.Object(data, d) }

// String gives compact JSON.
func (d *Domain) String() string { return lenient.JSON(d) }
