// What single calls cost from Go: one line `name nanoseconds` each. Its arguments are the files of the three events.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"

	"bench/internal/plain"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/kafka"
)

const (
	samples    = 25
	sampleTime = 4 * time.Millisecond
)

// Kept keeps the compiler from leaving out what nobody looks at.
var Kept any

func timeOf(call func() error, calls int) time.Duration {
	start := time.Now()
	for range calls {
		if err := call(); err != nil {
			log.Fatal(err)
		}
	}
	return time.Since(start)
}

// report prints the best of several samples, each long enough for the clock to matter little. What the collector does meanwhile is in
// it.
func report(name string, call func() error) {
	calls := 1
	for timeOf(call, calls) < sampleTime {
		calls *= 2
	}
	best := timeOf(call, calls)
	for range samples {
		best = min(best, timeOf(call, calls))
	}
	fmt.Printf("%s %.1f\n", name, float64(best.Nanoseconds())/float64(calls))
}

// unmarshal is what functions with structures of events do.
func unmarshal[E any](payload []byte) func() error {
	return func() error {
		event := new(E)
		Kept = event
		return json.Unmarshal(payload, event)
	}
}

// parse gives every field in Go's own memory.
func parse[E any](payload []byte, read func([]byte) (*E, error)) func() error {
	return func() error {
		event, err := read(payload)
		Kept = event
		return err
	}
}

func read(file string) []byte {
	payload, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	return payload
}

func main() {
	for at, size := range []string{"0.9 KB", "132 KB"} {
		payload := read(os.Args[1+at])
		report("Go: Parse, all fields, "+size, parse(payload, apig.Parse))
		report("Go: json.Unmarshal into a plain structure, "+size, unmarshal[plain.Request](payload))
		report("Go: json.Unmarshal into the SDK's structure, "+size, unmarshal[apig.APIGTriggerEvent](payload))
	}
	payload := read(os.Args[3])
	report("Go: Parse, all fields, 1.27 MB", parse(payload, kafka.Parse))
	report("Go: json.Unmarshal into a plain structure, 1.27 MB", unmarshal[plain.Batch](payload))
	report("Go: json.Unmarshal into the SDK's structure, 1.27 MB", unmarshal[kafka.KAFKATriggerEvent](payload))
}
