// Package maps is the function under measurement with plain maps, which encoding/json reads: it touches five fields of its event and
// answers about 100 bytes.
package maps

import "context"

// Answer is what API Gateway accepts.
type Answer struct {
	StatusCode      int               `json:"statusCode"`
	Headers         map[string]string `json:"headers"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// Touched keeps the compiler from leaving out what nobody looks at.
var Touched any

func hello() Answer {
	return Answer{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

// Handler is the function for the events that come: request or batch.
func Handler(events string) func(context.Context, map[string]any) (Answer, error) {
	if events == "batch" {
		return batch
	}
	return request
}

func request(_ context.Context, event map[string]any) (Answer, error) {
	Touched = event["httpMethod"]
	Touched = event["path"]
	Touched = event["headers"].(map[string]any)["user-agent"]
	Touched = event["queryStringParameters"].(map[string]any)["name"]
	Touched = event["body"]
	return hello(), nil
}

func batch(_ context.Context, event map[string]any) (Answer, error) {
	Touched = event["event_time"]
	Touched = event["region"]
	Touched = event["instance_id"]
	for _, record := range event["records"].([]any) {
		record := record.(map[string]any)
		Touched = record["topic_id"]
		for _, message := range record["messages"].([]any) {
			Touched = message
		}
	}
	return hello(), nil
}
