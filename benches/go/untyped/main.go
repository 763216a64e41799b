// The function under measurement, in Go: reads its event with encoding/json into maps, touches five of its fields, answers about 100
// bytes, logs nothing. Its argument says which events will come: request or batch.
package main

import (
	"context"
	"log"
	"os"

	"huaweicloud.com/go-runtime/fgruntime"
)

type answer struct {
	StatusCode      int               `json:"statusCode"`
	Headers         map[string]string `json:"headers"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// touched keeps the compiler from leaving out what nobody looks at.
var touched any

func hello() answer {
	return answer{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(_ context.Context, event map[string]any) (answer, error) {
	touched = event["httpMethod"]
	touched = event["path"]
	touched = event["headers"].(map[string]any)["user-agent"]
	touched = event["queryStringParameters"].(map[string]any)["name"]
	touched = event["body"]
	return hello(), nil
}

func batch(_ context.Context, event map[string]any) (answer, error) {
	touched = event["event_time"]
	touched = event["region"]
	touched = event["instance_id"]
	for _, record := range event["records"].([]any) {
		record := record.(map[string]any)
		touched = record["topic_id"]
		for _, message := range record["messages"].([]any) {
			touched = message
		}
	}
	return hello(), nil
}

func main() {
	handler := request
	if os.Args[1] == "batch" {
		handler = batch
	}
	log.Fatal(fgruntime.Start(handler))
}
