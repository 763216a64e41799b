// The peer of functions that are called: the same function behind Go's own net/rpc server, with encoding/json, by the rules of the
// platform's own SDK.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/rpc"
	"os"

	"bench/plain"
)

const maxResponse = 6 << 20

// touched keeps the compiler from leaving out what nobody looks at.
var touched any

func hello() plain.Response {
	return plain.Response{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/plain"}, Body: "hello, world"}
}

func request(payload []byte) (any, error) {
	var event plain.Request
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
	var event plain.Batch
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

type InvokeRequest struct {
	Payload []byte
	Header  http.Header
}

type InvokeResponse struct {
	StatusCode int
	Payload    []byte
}

type HealthCheckRequest struct{}

type HealthCheckResponse struct{}

type Function struct {
	handler func([]byte) (any, error)
}

func (*Function) HealthCheck(*HealthCheckRequest, *HealthCheckResponse) error {
	return nil
}

func (f *Function) Invoke(request *InvokeRequest, response *InvokeResponse) (failure error) {
	if request.Payload == nil {
		return errors.New("bad request parameters")
	}
	defer func() {
		if recovered := recover(); recovered != nil {
			failure = fmt.Errorf("%+v", recovered)
		}
	}()
	result, err := f.handler(request.Payload)
	if err != nil {
		return err
	}
	response.StatusCode = 200
	if request.Header.Get("X-Cff-Invoke-Type") == "async" {
		return nil
	}
	response.Payload, err = json.Marshal(result)
	if err == nil && len(response.Payload) > maxResponse {
		return errors.New("the response is too large")
	}
	return err
}

func main() {
	handler := request
	if os.Args[1] == "batch" {
		handler = batch
	}
	if err := rpc.Register(&Function{handler}); err != nil {
		log.Fatal(err)
	}
	rpc.HandleHTTP()
	log.Fatal(http.ListenAndServe(os.Getenv("RUNTIME_API_ADDR"), nil))
}
