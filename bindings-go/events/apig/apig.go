// Package apig has the events and answers of API Gateway.
package apig

import (
	"encoding/base64"

	"huaweicloud.com/go-runtime/internal/lenient"
)

// APIGTriggerEvent is a request.
type APIGTriggerEvent struct {
	IsBase64Encoded       bool               `json:"isBase64Encoded"`
	HttpMethod            string             `json:"httpMethod"`
	Path                  string             `json:"path"`
	Body                  string             `json:"body"`
	PathParameters        map[string]string  `json:"pathParameters"`
	RequestContext        APIGRequestContext `json:"requestContext"`
	Headers               map[string]string  `json:"headers"`
	QueryStringParameters map[string]string  `json:"queryStringParameters"`
	UserData              string             `json:"user_data"`
}

// GetRawBody gives the body without its base64. A body that is none although the event says so is given as it came.
func (e *APIGTriggerEvent) GetRawBody() string {
	if !e.IsBase64Encoded {
		return e.Body
	}
	if decoded, ok := lenient.Base64(e.Body); ok {
		return string(decoded)
	}
	return e.Body
}

// String gives compact JSON in which credentials are masked.
func (e *APIGTriggerEvent) String() string {
	shown := *e
	shown.Headers = lenient.Mask(e.Headers)
	shown.QueryStringParameters = lenient.Mask(e.QueryStringParameters)
	shown.UserData = lenient.MaskText(e.UserData)
	return lenient.JSON(shown)
}

// APIGRequestContext says how the request came.
type APIGRequestContext struct {
	ApiId     string `json:"apiId"`
	RequestId string `json:"requestId"`
	Stage     string `json:"stage"`
	SourceIp  string `json:"sourceIp"`
}

// UnmarshalJSON accepts what is no text.
func (c *APIGRequestContext) UnmarshalJSON(data []byte) error { return lenient.Object(data, c) }

// String gives compact JSON.
func (c APIGRequestContext) String() string { return lenient.JSON(c) }

// APIGTriggerResponse is the answer to a request.
type APIGTriggerResponse struct {
	Body            string            `json:"body"`
	Headers         map[string]string `json:"headers"`
	StatusCode      int               `json:"statusCode"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// SetBase64EncodedBody sets the body to the base64 of body, and says so.
func (r *APIGTriggerResponse) SetBase64EncodedBody(body string) {
	r.Body, r.IsBase64Encoded = base64.StdEncoding.EncodeToString([]byte(body)), true
}

// String gives compact JSON in which credentials are masked.
func (r *APIGTriggerResponse) String() string {
	shown := *r
	shown.Headers = lenient.Mask(r.Headers)
	return lenient.JSON(shown)
}
