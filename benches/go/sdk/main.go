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

// touched keeps the compiler from leaving out what nobody looks at.
var touched any

func hello() apig.APIGTriggerResponse {
	return apig.APIGTriggerResponse{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(payload []byte, _ context.RuntimeContext) (interface{}, error) {
	var event apig.APIGTriggerEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	touched = event.HttpMethod
	touched = event.Path
	touched = event.Headers["user-agent"]
	touched = event.QueryStringParameters["name"]
	touched = event.Body
	return hello(), nil
}

func batch(payload []byte, _ context.RuntimeContext) (interface{}, error) {
	var event kafka.KAFKATriggerEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	touched = event.EventTime
	touched = event.Region
	touched = event.InstanceId
	for _, record := range event.Records {
		touched = record.TopicId
		for _, message := range record.Messages {
			touched = message
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
