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
	log.Fatal(fgruntime.Start(handler))
}
