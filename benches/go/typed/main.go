// The function under measurement, in Go with typed events, which the core reads.
package main

import (
	"context"
	"log"
	"os"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/fgruntime"
)

// Touched keeps the compiler from leaving out what nobody looks at.
var Touched any

func hello() *apig.Response {
	return &apig.Response{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(_ context.Context, event *apig.Event) (*apig.Response, error) {
	Touched = event.HTTPMethod
	Touched = event.Path
	Touched = event.Headers.Get("User-Agent")
	Touched = event.QueryStringParameters.Get("name")
	Touched = event.Body
	return hello(), nil
}

func batch(_ context.Context, event *kafka.Event) (*apig.Response, error) {
	Touched = event.At
	Touched = event.Region
	Touched = event.InstanceID
	for _, record := range event.Records {
		Touched = record.TopicID
		for _, message := range record.Messages {
			Touched = message
		}
	}
	return hello(), nil
}

func main() {
	if os.Args[1] == "batch" {
		log.Fatal(fgruntime.Start(batch))
	}
	log.Fatal(fgruntime.Start(request))
}
