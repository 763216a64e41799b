// Package fgruntime runs functions whose handlers ask for typed events, with the context and the logging that are usual in Go.
// It needs Go 1.24 or newer; the other packages do not.
package fgruntime
