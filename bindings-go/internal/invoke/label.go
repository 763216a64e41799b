package invoke

import (
	"context"
	"os"
	"runtime/pprof"
	"strings"
)

// label has the traces of this goroutine, and of all that it starts, say which request they belong to: nobody else can when one of them
// panics and ends the process.
func label(requestID string) {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("request", requestID)))
}

// showLabels has Go 1.26 and newer write labels to traces; older ones do not know the setting.
func showLabels() {
	const variable, setting = "GODEBUG", "tracebacklabels"
	settings := os.Getenv(variable)
	if strings.Contains(settings, setting) {
		return
	}
	os.Setenv(variable, strings.TrimPrefix(settings+","+setting+"=1", ","))
}
