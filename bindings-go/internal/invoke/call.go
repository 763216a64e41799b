// Package invoke calls handlers and answers with what they give.
package invoke

import (
	"encoding/json"
	"errors"
	"fmt"

	"huaweicloud.com/go-runtime/internal/api"
	"huaweicloud.com/go-runtime/internal/native"
)

// Outcome is what a handler produced.
type Outcome struct {
	// Failure is set if it failed; then nothing else matters.
	Failure *native.Failure
	output  output
	body    []byte
	text    string
}

type output int

const (
	none output = iota
	bytes
	text
	jsonText
)

// Bytes gives the body.
func (o Outcome) Bytes() []byte {
	if o.output == text {
		return []byte(o.text)
	}
	return append([]byte{}, o.body...)
}

// Call calls a handler and writes to outcome whatever it does, but for ending the process. It does not return if the handler ends
// its goroutine; what is deferred runs.
func Call(outcome *Outcome, handler api.Handler, payload []byte, ctx api.RuntimeContext) {
	isDone := false
	defer func() {
		// Not done and nothing recovered: the handler has ended its goroutine.
		if recovered := recover(); !isDone {
			*outcome = panicked(recovered)
		}
	}()
	*outcome = call(handler, payload, ctx)
	isDone = true
}

// call is where stack traces end. Errors' texts and what is made into JSON are the user's code too.
func call(handler api.Handler, payload []byte, ctx api.RuntimeContext) Outcome {
	result, err := handler.Handle(payload, ctx)
	if err != nil {
		return failed(errorType(err), err.Error())
	}
	return encode(result)
}

// errorType is what the error says of itself, if it does.
func errorType(err error) string {
	var typed interface{ FunctionErrorType() string }
	if errors.As(err, &typed) {
		return typed.FunctionErrorType()
	}
	return "FunctionReturnError"
}

func encode(result interface{}) Outcome {
	switch result := result.(type) {
	case nil:
		return Outcome{output: none}
	case []byte:
		return Outcome{output: bytes, body: result}
	case string:
		return Outcome{output: text, text: result}
	}
	body, err := json.Marshal(result)
	if err != nil {
		return failed("FunctionResultInvalid", fmt.Sprintf("the result of type %T cannot be written as JSON: %v", result, err))
	}
	return Outcome{output: jsonText, body: body}
}

func failed(kind, message string) Outcome {
	return Outcome{Failure: &native.Failure{Type: &kind, Message: message}}
}

// reply answers an invocation. What the library refuses for what it is becomes an error.
func (o Outcome) reply(invocation *native.Invocation) {
	if err := o.respond(invocation); err != nil && invocation.StillWaits() {
		invocation.Fail(failed("FunctionResultInvalid", err.Error()).Failure)
	}
}

func (o Outcome) respond(invocation *native.Invocation) *native.Error {
	if o.Failure != nil {
		return invocation.Fail(o.Failure)
	}
	switch o.output {
	case bytes:
		return invocation.RespondBytes(o.body)
	case text:
		return invocation.RespondText(o.text)
	case jsonText:
		return invocation.RespondJSON(o.body)
	default:
		return invocation.RespondNone()
	}
}
