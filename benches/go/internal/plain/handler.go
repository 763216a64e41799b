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

// Touched keeps the compiler from leaving out what nobody looks at.
var Touched any

func hello() Response {
	return Response{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(payload []byte) (any, error) {
	var event Request
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

func batch(payload []byte) (any, error) {
	var event Batch
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
