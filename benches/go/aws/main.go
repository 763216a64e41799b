// The peer: the same function in Go on AWS' own runtime, which reads events with encoding/json.
package main

import (
	"context"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

type answer struct {
	StatusCode      int               `json:"statusCode"`
	Headers         map[string]string `json:"headers"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// Touched keeps the compiler from leaving out what nobody looks at.
var Touched any

func hello() answer {
	return answer{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(_ context.Context, event map[string]any) (answer, error) {
	Touched = event["httpMethod"]
	Touched = event["path"]
	Touched = event["headers"].(map[string]any)["user-agent"]
	Touched = event["queryStringParameters"].(map[string]any)["name"]
	Touched = event["body"]
	return hello(), nil
}

func batch(_ context.Context, event map[string]any) (answer, error) {
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

func main() {
	handler := request
	if os.Args[1] == "batch" {
		handler = batch
	}
	lambda.Start(handler)
}
