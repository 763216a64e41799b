// The function under measurement, in Go: reads its event, touches five of its fields, answers about 100 bytes, logs nothing. Its argument says
// which events will come: request or batch.
package main

import (
	"context"
	"log"
	"os"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/fgruntime"
)

// touched keeps the compiler from leaving out what nobody looks at.
var touched int

func answer() *apig.Response {
	return &apig.Response{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(_ context.Context, event *apig.Event) (*apig.Response, error) {
	touched = len(event.HTTPMethod) + len(event.Path) + len(event.Headers.Get("user-agent")) + len(event.QueryStringParameters.Get("name"))
	if event.Body != nil {
		touched += len(*event.Body)
	}
	return answer(), nil
}

func batch(_ context.Context, event *kafka.Event) (*apig.Response, error) {
	touched = len(event.Region) + len(event.InstanceID)
	for _, record := range event.Records {
		touched += len(record.TopicID)
		for _, message := range record.Messages {
			touched += len(message)
		}
	}
	return answer(), nil
}

func main() {
	err := error(nil)
	if len(os.Args) > 1 && os.Args[1] == "batch" {
		err = fgruntime.Start(batch)
	} else {
		err = fgruntime.Start(request)
	}
	if err != nil {
		log.Fatal(err)
	}
}
