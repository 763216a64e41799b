// The function under measurement as existing ones are: with the SDK's structures, which encoding/json reads.
package main

import (
	"encoding/json"
	"os"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/go-api/context"
	"huaweicloud.com/go-runtime/pkg/runtime"
)

// Touched keeps the compiler from leaving out what nobody looks at.
var Touched any

func hello() apig.APIGTriggerResponse {
	return apig.APIGTriggerResponse{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(payload []byte, _ context.RuntimeContext) (interface{}, error) {
	var event apig.APIGTriggerEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	Touched = event.HttpMethod
	Touched = event.Path
	Touched = event.Headers["user-agent"]
	Touched = event.QueryStringParameters["name"]
	Touched = event.Body
	return hello(), nil
}

func batch(payload []byte, _ context.RuntimeContext) (interface{}, error) {
	var event kafka.KAFKATriggerEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	Touched = event.EventTime
	Touched = event.Region
	Touched = event.InstanceId
	for _, record := range event.Records {
		Touched = record.TopicId
		for _, message := range record.Messages {
			Touched = message
		}
	}
	return hello(), nil
}

func main() {
	if os.Args[1] == "batch" {
		runtime.Register(batch)
		return
	}
	runtime.Register(request)
}
