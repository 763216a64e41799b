// Handles the messages of a Kafka trigger one by one and says how many there were.
//
//	fgruntime invoke -e kafka ./kafka
package main

import (
	"context"
	"fmt"
	"log"

	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/fgruntime"
)

type summary struct {
	Received int `json:"received"`
}

func handle(ctx context.Context, event *kafka.Event) (summary, error) {
	logger := fgruntime.Logger(ctx)
	var done summary
	for _, record := range event.Records {
		for _, message := range record.Messages {
			logger.Info(fmt.Sprintf("%s: %s", record.TopicID, message))
			done.Received++
		}
	}
	return done, nil
}

func main() {
	if err := fgruntime.Start(handle); err != nil {
		log.Fatal(err)
	}
}
