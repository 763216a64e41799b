package fnhandler

import (
	"encoding/json"
	"net/http"

	"huaweicloud.com/go-runtime/internal/invoke"
	"huaweicloud.com/go-runtime/internal/native"
	"huaweicloud.com/go-runtime/pkg/runtime/common"
)

// Function calls a handler without a platform, for tests.
type Function struct {
	handler IRequestHandler
}

// NewFunction makes a function of a handler.
func NewFunction(handler IRequestHandler) *Function {
	return &Function{handler}
}

// Invoke calls the handler with a context made of the request's headers. The error's text is the error object as JSON.
func (fn *Function) Invoke(req *common.InvokeRequest, resp *common.InvokeResponse) error {
	var headers []string
	for name, values := range req.Header {
		for _, value := range values {
			headers = append(headers, name, value)
		}
	}
	context, err := native.NewContext(native.ContextOptions{RequestID: req.Header.Get("X-Cff-Request-Id"), Headers: headers})
	if err != nil {
		return err
	}
	var outcome invoke.Outcome
	invoke.Answer(fn.handler, req.Payload, context, func(given invoke.Outcome) { outcome = given })
	if outcome.Failure != nil {
		return &invokeError{outcome.Failure}
	}
	resp.StatusCode, resp.Payload = http.StatusOK, outcome.Bytes()
	return nil
}

// HealthCheck always succeeds.
func (fn *Function) HealthCheck(_ *common.HealthCheckRequest, _ *common.HealthCheckResponse) error {
	return nil
}

type invokeError struct {
	failure *native.Failure
}

func (e *invokeError) Error() string {
	object := struct {
		Message string   `json:"errorMessage,omitempty"`
		Type    string   `json:"errorType,omitempty"`
		Stack   []string `json:"stackTrace,omitempty"`
	}{Message: e.failure.Message, Type: "FunctionReturnError", Stack: e.failure.Stack}
	if e.failure.Type != nil {
		object.Type = *e.failure.Type
	}
	text, _ := json.MarshalIndent(object, "", "    ")
	return string(text)
}
