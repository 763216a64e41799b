// The function under measurement with structures of its own, which encoding/json reads: the same as behind Go's own server.
package main

import (
	"os"

	"bench/internal/plain"

	"huaweicloud.com/go-runtime/go-api/context"
	"huaweicloud.com/go-runtime/pkg/runtime"
)

func main() {
	handler := plain.HandlerOf(os.Args[1])
	runtime.Register(func(payload []byte, _ context.RuntimeContext) (interface{}, error) {
		return handler(payload)
	})
}
