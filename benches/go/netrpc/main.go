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

	"bench/internal/plain"
)

const maxResponse = 6 << 20

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
	handler plain.Handler
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
	if err := rpc.Register(&Function{plain.HandlerOf(os.Args[1])}); err != nil {
		log.Fatal(err)
	}
	rpc.HandleHTTP()
	log.Fatal(http.ListenAndServe(os.Getenv("RUNTIME_API_ADDR"), nil))
}
