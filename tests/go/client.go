// Calls the function that listens at the address in the first argument, which returns its events, with Go's own net/rpc; ends with
// status 0 if everything came back as it must.
package main

import (
	"bytes"
	"log"
	"net/http"
	"net/rpc"
	"os"
	"strings"
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

func invoke(client *rpc.Client, payload []byte, header http.Header) InvokeResponse {
	var response InvokeResponse
	request := InvokeRequest{Payload: payload, Header: header}
	if err := client.Call("Function.Invoke", &request, &response); err != nil {
		log.Fatal("invoke: ", err)
	}
	return response
}

func refused(client *rpc.Client, method string, arguments any, reason string) {
	err := client.Call(method, arguments, &InvokeResponse{})
	if _, answered := err.(rpc.ServerError); !answered || !strings.Contains(err.Error(), reason) {
		log.Fatalf("%s: %v, expected %q", method, err, reason)
	}
}

func main() {
	client, err := rpc.DialHTTP("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := client.Call("Function.HealthCheck", &HealthCheckRequest{}, &HealthCheckResponse{}); err != nil {
		log.Fatal("health check: ", err)
	}
	header := http.Header{}
	header.Set("X-Cff-Request-Id", "go-1")
	calls := make([]*rpc.Call, 64)
	for i := range calls {
		payload := bytes.Repeat([]byte{byte(i)}, 1+i*i*100)
		calls[i] = client.Go("Function.Invoke", &InvokeRequest{payload, header}, &InvokeResponse{}, nil)
	}
	for i, call := range calls {
		<-call.Done
		response := call.Reply.(*InvokeResponse)
		if call.Error != nil || response.StatusCode != 200 || !bytes.Equal(response.Payload, bytes.Repeat([]byte{byte(i)}, 1+i*i*100)) {
			log.Fatalf("call %d: %v, %d bytes", i, call.Error, len(response.Payload))
		}
	}
	if got := invoke(client, nil, nil); got.StatusCode != 200 || got.Payload != nil {
		log.Fatalf("an empty event: %+v", got)
	}
	header.Set("X-CFF-Invoke-Type", "async")
	if got := invoke(client, []byte("{}"), header); got.StatusCode != 200 || got.Payload != nil {
		log.Fatalf("an asynchronous invocation: %+v", got)
	}
	refused(client, "Function.Nothing", &InvokeRequest{}, "rpc: can't find method Function.Nothing")
	refused(client, "Nothing.Invoke", &InvokeRequest{}, "rpc: can't find service Nothing.Invoke")
	refused(client, "Nothing", &InvokeRequest{}, "rpc: service/method request ill-formed: Nothing")
	refused(client, "Function.Invoke", &struct{ Payload int }{1}, "EventInvalid")
	refused(client, "Function.Invoke", &InvokeRequest{make([]byte, 6<<20+1), nil}, "6291457 bytes exceeds the limit of 6291456")
	refused(client, "Function.Invoke", &InvokeRequest{make([]byte, 9<<20), nil}, "exceeds the limit of 6291456")
	if got := invoke(client, []byte("still here"), nil); string(got.Payload) != "still here" {
		log.Fatalf("afterwards: %+v", got)
	}
}
