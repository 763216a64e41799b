// Package native is the only place that speaks C. It gives invocations, contexts and events of libfgruntime, with everything that
// Go keeps copied into its own memory.
package native
