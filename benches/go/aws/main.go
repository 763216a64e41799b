// The peer: the same function in Go on AWS' own runtime, which reads events with encoding/json.
package main

import (
	"os"

	"bench/internal/maps"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(maps.Handler(os.Args[1]))
}
