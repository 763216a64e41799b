// A function of the platform's Go 1.x runtime, which does what RUNTIME_HANDLER says. It serves calls as the official SDK does: with
// net/rpc over HTTP, and answers as that.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/rpc"
	"os"
	"time"
)

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

type Function struct{}

func (*Function) HealthCheck(*HealthCheckRequest, *HealthCheckResponse) error {
	return nil
}

func (*Function) Invoke(request *InvokeRequest, response *InvokeResponse) error {
	if request.Payload == nil {
		return errors.New("bad request parameters")
	}
	id := request.Header.Get("X-Cff-Request-Id")
	fmt.Printf("handling %s\n", id)
	response.StatusCode = 200
	switch os.Getenv("RUNTIME_HANDLER") {
	case "fail":
		return errors.New("{\n    \"errorMessage\": \"no luck\",\n    \"errorType\": \"FunctionReturnError\"\n}")
	case "exit":
		os.Exit(7)
	case "hang":
		time.Sleep(time.Minute)
	case "too_much":
		response.Payload = bytes.Repeat([]byte("x"), 6<<20+1)
	case "much_too_much":
		response.Payload = bytes.Repeat([]byte("x"), 20<<20)
	case "context":
		response.Payload, _ = json.Marshal(map[string]any{"id": id, "header": request.Header, "pid": os.Getpid()})
	case "slowly":
		// The later, the sooner.
		if shortage := 300 - len(request.Payload); shortage > 0 {
			time.Sleep(time.Duration(shortage) * time.Millisecond)
		}
		response.Payload = request.Payload
	default:
		response.Payload = request.Payload
	}
	return nil
}

func main() {
	switch os.Getenv("RUNTIME_HANDLER") {
	case "exit_at_once":
		fmt.Println("no database")
		os.Exit(3)
	case "never_listens":
		time.Sleep(time.Minute)
	case "other_protocol":
		log.Fatal(http.ListenAndServe(os.Getenv("RUNTIME_API_ADDR"), nil))
	case "slow_start":
		time.Sleep(1500 * time.Millisecond)
	}
	if err := rpc.Register(&Function{}); err != nil {
		log.Fatal(err)
	}
	rpc.HandleHTTP()
	log.Fatal(http.ListenAndServe(os.Getenv("RUNTIME_API_ADDR"), nil))
}
