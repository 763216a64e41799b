// What the library is told of a failure.

#include <fgruntime.h>

typedef struct {
    fg_str type, message;
    fg_str *stack;
    size_t count;
} fgo_failure;

// The type, the message and the lines of the stack trace are one text, each as long as lens says. The stack is the caller's to free.
static inline fgo_failure fgo_failure_of(int is_typed, const char *text, const size_t *lens, size_t count) {
    fgo_failure failure;
    size_t i;
    failure.type = is_typed ? fg_str_of(lens[0] == 0 ? "" : text, lens[0]) : fg_str_of(NULL, 0);
    text += lens[0];
    failure.message = fg_str_of(lens[1] == 0 ? "" : text, lens[1]);
    text += lens[1];
    failure.count = count - 2;
    failure.stack = failure.count == 0 ? NULL : (fg_str *)malloc(failure.count * sizeof(fg_str));
    if (failure.stack == NULL) failure.count = 0;
    for (i = 0; i < failure.count; i++) {
        failure.stack[i] = fg_str_of(lens[i + 2] == 0 ? "" : text, lens[i + 2]);
        text += lens[i + 2];
    }
    return failure;
}
