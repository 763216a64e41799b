// Runs at every tick of a timer and answers nothing.
//
//	fgruntime invoke -e timer ./timer
package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"

	"huaweicloud.com/go-runtime/events/timer"
	"huaweicloud.com/go-runtime/fgruntime"
)

func handle(ctx context.Context, event *timer.Event) (any, error) {
	// Go's own logging goes to the log of the request, too.
	slog.InfoContext(ctx, fmt.Sprintf("%s at %s", event.TriggerName, event.Time))
	// The text given when the trigger was made; encoding/json reads it if it is JSON.
	if event.UserEvent != nil {
		slog.InfoContext(ctx, "user event: "+*event.UserEvent)
	}
	return nil, nil
}

func main() {
	slog.SetDefault(slog.New(&fgruntime.LogHandler{}))
	if err := fgruntime.Start(handle); err != nil {
		log.Fatal(err)
	}
}
