// Package plain has a function with structures of events without methods: encoding/json reads all of them itself.
package plain

// Request is an event of API Gateway.
type Request struct {
	IsBase64Encoded       bool              `json:"isBase64Encoded"`
	HttpMethod            string            `json:"httpMethod"`
	Path                  string            `json:"path"`
	Body                  string            `json:"body"`
	PathParameters        map[string]string `json:"pathParameters"`
	RequestContext        RequestContext    `json:"requestContext"`
	Headers               map[string]string `json:"headers"`
	QueryStringParameters map[string]string `json:"queryStringParameters"`
	UserData              string            `json:"user_data"`
}

// RequestContext says how the request came.
type RequestContext struct {
	ApiId     string `json:"apiId"`
	RequestId string `json:"requestId"`
	Stage     string `json:"stage"`
	SourceIp  string `json:"sourceIp"`
}

// Response is the answer to a request.
type Response struct {
	Body            string            `json:"body"`
	Headers         map[string]string `json:"headers"`
	StatusCode      int               `json:"statusCode"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// Batch is an event of Kafka.
type Batch struct {
	InstanceId   string   `json:"instance_id"`
	Records      []Record `json:"records"`
	TriggerType  string   `json:"trigger_type"`
	Region       string   `json:"region"`
	EventTime    int64    `json:"event_time"`
	EventVersion string   `json:"event_version"`
}

// Record is the messages of a topic.
type Record struct {
	Messages []string `json:"messages"`
	TopicId  string   `json:"topic_id"`
}
