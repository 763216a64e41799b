// The function under measurement, in Go: reads its event with encoding/json into maps, touches five of its fields, answers about 100
// bytes, logs nothing. Its argument says which events will come: request or batch.
package main

import (
	"log"
	"os"

	"bench/internal/maps"

	"huaweicloud.com/go-runtime/fgruntime"
)

func main() {
	log.Fatal(fgruntime.Start(maps.Handler(os.Args[1])))
}
