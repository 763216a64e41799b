package native

/*
#include <fgruntime.h>
*/
import "C"

import (
	"sync"
	"unsafe"
)

// logs are what takes the records of contexts, by numbers that C may keep.
var logs = struct {
	sync.Mutex
	last uintptr
	take map[uintptr]func(record []byte)
}{take: map[uintptr]func([]byte){}}

// addLog gives the number of a log; 0 for none.
func addLog(take func(record []byte)) uintptr {
	if take == nil {
		return 0
	}
	logs.Lock()
	defer logs.Unlock()
	logs.last++
	logs.take[logs.last] = take
	return logs.last
}

//export fgoLogRecord
func fgoLogRecord(log unsafe.Pointer, record C.fg_str) {
	logs.Lock()
	take := logs.take[uintptr(log)]
	logs.Unlock()
	take(C.GoBytes(unsafe.Pointer(record.ptr), C.int(record.len)))
}

//export fgoLogEnd
func fgoLogEnd(log unsafe.Pointer) {
	logs.Lock()
	defer logs.Unlock()
	delete(logs.take, uintptr(log))
}
