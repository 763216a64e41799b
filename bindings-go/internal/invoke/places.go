package invoke

import (
	"os"
	"runtime"
)

// makeRoom has Go run two threads at once where it has one processor, unless the environment says how many: one of them waits in the
// library for the next invocation, and Go takes its place away and gives it back for each, which is a third of a small invocation's
// processor time. Go itself takes two in containers with less than two processors.
func makeRoom() {
	if os.Getenv("GOMAXPROCS") == "" && runtime.GOMAXPROCS(0) == 1 {
		runtime.GOMAXPROCS(2)
	}
}
