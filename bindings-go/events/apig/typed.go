//go:build go1.24
// +build go1.24

package apig

import (
	"encoding/base64"

	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/internal/native"
)

// Event is a request as the core reads it. A text that is not there is empty, or nil where that means something else.
type Event struct {
	HTTPMethod string
	// Path is the path as it was called.
	Path string
	// Body is as it came, and nil if there is none.
	Body            *string
	IsBase64Encoded bool
	// RawBody is the body without its base64. A body that is none although the event says so is as it came, with a finding.
	RawBody               []byte
	PathParameters        event.Values
	QueryStringParameters event.Values
	Headers               event.Values
	RequestContext        APIGRequestContext
	// UserData is what a custom authorizer said of the caller, if there is one.
	UserData *string
	Findings []event.Finding
}

// Parse reads a payload, whatever its shape; only what is no JSON, or too large, is an error.
func Parse(payload []byte) (*Event, error) {
	read := new(Event)
	return read, read.UnmarshalPayload(payload)
}

// UnmarshalPayload is Parse for handlers that ask for this type.
func (e *Event) UnmarshalPayload(payload []byte) error {
	return event.Read(native.KindAPIG, payload, func(parsed *native.Event) {
		fields := parsed.APIG()
		*e = Event{
			HTTPMethod:            fields.HTTPMethod,
			Path:                  fields.Path,
			Body:                  fields.Body,
			IsBase64Encoded:       fields.IsBase64Encoded,
			RawBody:               fields.RawBody,
			PathParameters:        fields.PathParameters,
			QueryStringParameters: fields.QueryStringParameters,
			Headers:               fields.Headers,
			RequestContext:        APIGRequestContext{fields.APIID, fields.RequestID, fields.Stage, fields.SourceIP},
			UserData:              fields.UserData,
			Findings:              parsed.Findings(),
		}
	})
}

// Response is the answer to a request. The status is 200 unless it is said.
type Response struct {
	StatusCode      int               `json:"statusCode"`
	Headers         map[string]string `json:"headers"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// Text makes an answer of a text.
func Text(status int, body string) *Response {
	return &Response{StatusCode: status, Headers: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, Body: body}
}

// Binary makes an answer of bytes.
func Binary(status int, contentType string, body []byte) *Response {
	return &Response{status, map[string]string{"Content-Type": contentType}, base64.StdEncoding.EncodeToString(body), true}
}

// FunctionOutput gives the JSON that API Gateway accepts.
func (r *Response) FunctionOutput() any {
	answer := *r
	if answer.StatusCode == 0 {
		answer.StatusCode = 200
	}
	if answer.Headers == nil {
		answer.Headers = map[string]string{}
	}
	return answer
}
