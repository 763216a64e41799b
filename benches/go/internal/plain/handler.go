package plain

import "encoding/json"

// Handler is the function under measurement, whoever runs it.
type Handler func(payload []byte) (any, error)

// HandlerOf gives the one for events of that kind, request or batch.
func HandlerOf(events string) Handler {
	if events == "batch" {
		return batch
	}
	return request
}

// touched keeps the compiler from leaving out what nobody looks at.
var touched any

func hello() Response {
	return Response{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(payload []byte) (any, error) {
	var event Request
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

func batch(payload []byte) (any, error) {
	var event Batch
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
