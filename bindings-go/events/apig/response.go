package apig

import "encoding/base64"

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
func (r *Response) FunctionOutput() interface{} {
	answer := *r
	if answer.StatusCode == 0 {
		answer.StatusCode = 200
	}
	if answer.Headers == nil {
		answer.Headers = map[string]string{}
	}
	return answer
}
