package native

/*
#include <fgruntime.h>
*/
import "C"

// Error is why a call of the library failed.
type Error struct {
	// Status is one of the library's numbers.
	Status int
	// Message says what was wrong, where, and what to do.
	Message string
	// Offset is where in the payload, in bytes; -1 where that means nothing.
	Offset int64
}

func (e *Error) Error() string { return e.Message }

// What callers tell apart.
const (
	StatusStopped  = int(C.FG_STATUS_STOPPED)
	StatusNotJSON  = int(C.FG_STATUS_NOT_JSON)
	StatusTooDeep  = int(C.FG_STATUS_TOO_DEEP)
	StatusTooLarge = int(C.FG_STATUS_TOO_LARGE)
)

// taken makes an Error of what a call gave, which is freed; nil if the call succeeded.
func taken(status C.fg_status, err *C.fg_error) *Error {
	if status == C.FG_OK {
		return nil
	}
	taken := &Error{Status: int(status), Message: text(C.fg_status_str(status)), Offset: -1}
	if err != nil {
		taken.Message = text(C.fg_error_message(err))
		taken.Offset = int64(C.fg_error_offset(err))
		C.fg_error_free(err)
	}
	return taken
}

// text copies a view; absent is empty.
func text(view C.fg_str) string {
	return C.GoStringN(view.ptr, C.int(view.len))
}
