// Package common holds what the packages of the runtime share.
package common

import "net/http"

// RuntimeLogger writes to the log of one request.
type RuntimeLogger interface {
	// Logf writes one record, `time request-id text`, with the text made as by fmt.Sprintf.
	Logf(format string, args ...interface{})
}

// InvokeRequest is an event with its headers, as a Function is called with it.
type InvokeRequest struct {
	Payload []byte
	Header  http.Header
}

// InvokeResponse is what a Function gives.
type InvokeResponse struct {
	StatusCode int
	Payload    []byte
}

// HealthCheckRequest asks whether a Function is alive.
type HealthCheckRequest struct{}

// HealthCheckResponse says that it is.
type HealthCheckResponse struct{}
