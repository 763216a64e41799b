package native

/*
#include "failure.h"
*/
import "C"

import "strings"

// Failure is an error object.
type Failure struct {
	// Type is nil where the function says none.
	Type    *string
	Message string
	Stack   []string
}

// flat gives the type, the message and the lines of the stack trace as one text, and how long each is. What is no UTF-8 becomes U+FFFD.
func (f *Failure) flat() (isTyped C.int, texts string, lens []C.size_t) {
	kind := ""
	if f.Type != nil {
		isTyped, kind = 1, *f.Type
	}
	var all strings.Builder
	for _, text := range append([]string{kind, f.Message}, f.Stack...) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		lens = append(lens, C.size_t(len(text)))
		all.WriteString(text)
	}
	return isTyped, all.String(), lens
}
