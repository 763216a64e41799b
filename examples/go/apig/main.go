// Answers an API Gateway event: greets whoever the query names.
//
//	fgruntime invoke -e apig --set queryStringParameters.name=Ada ./apig
package main

import (
	"context"
	"fmt"
	"log"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/fgruntime"
)

func handle(ctx context.Context, event *apig.Event) (*apig.Response, error) {
	name, ok := event.QueryStringParameters.Lookup("name")
	if !ok {
		name = "world"
	}
	fgruntime.Logger(ctx).Info("greeting " + name)
	return apig.Text(200, fmt.Sprintf("Hello, %s!\n", name)), nil
}

func main() {
	if err := fgruntime.Start(handle); err != nil {
		log.Fatal(err)
	}
}
