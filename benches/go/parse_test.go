package main

import (
	"encoding/json"
	"os/exec"
	"testing"

	"huaweicloud.com/go-runtime/events/apig"
)

// What reading a request costs, all of its fields, beside encoding/json with the SDK's structure.
func BenchmarkReading(b *testing.B) {
	payload, err := exec.Command("fgruntime", "event", "print", "apig").Output()
	if err != nil {
		b.Skip("the command fgruntime is not on the path: ", err)
	}
	b.Run("Parse", func(b *testing.B) {
		for b.Loop() {
			if _, err := apig.Parse(payload); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Unmarshal", func(b *testing.B) {
		for b.Loop() {
			var event apig.APIGTriggerEvent
			if err := json.Unmarshal(payload, &event); err != nil {
				b.Fatal(err)
			}
		}
	})
}
