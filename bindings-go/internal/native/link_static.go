//go:build cgo && !fgruntime_dynamic
// +build cgo,!fgruntime_dynamic

package native

// The archive by its path: with -lfgruntime, linkers take a shared library that lies beside it.

/*
#cgo CFLAGS: -I${SRCDIR}/../../lib/include
#cgo linux,amd64 LDFLAGS: ${SRCDIR}/../../lib/linux_amd64/libfgruntime.a -lgcc_s -lutil -lrt -lpthread -lm -ldl
#cgo linux,arm64 LDFLAGS: ${SRCDIR}/../../lib/linux_arm64/libfgruntime.a -lgcc_s -lutil -lrt -lpthread -lm -ldl
#cgo darwin,amd64 LDFLAGS: ${SRCDIR}/../../lib/darwin_amd64/libfgruntime.a
#cgo darwin,arm64 LDFLAGS: ${SRCDIR}/../../lib/darwin_arm64/libfgruntime.a
*/
import "C"
