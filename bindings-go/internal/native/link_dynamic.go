//go:build cgo && fgruntime_dynamic
// +build cgo,fgruntime_dynamic

package native

// #cgo pkg-config: fgruntime
import "C"
