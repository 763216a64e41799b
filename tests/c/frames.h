/* How the programs that answer for C write what they were asked: frames of `LENGTH\n` and bytes, a name and then its value. */
#ifndef FRAMES_H
#define FRAMES_H

#include "fgruntime.h"

/* Grows; its bytes are to be freed by whoever has it. */
struct frames {
    char *bytes;
    size_t len;
    size_t room;
};

static inline void add_bytes(struct frames *frames, const char *bytes, size_t len) {
    if (frames->room - frames->len < len) {
        frames->room = 2 * (frames->len + len);
        frames->bytes = realloc(frames->bytes, frames->room);
        if (frames->bytes == NULL) {
            exit(EXIT_FAILURE);
        }
    }
    if (len > 0) {
        memcpy(frames->bytes + frames->len, bytes, len);
        frames->len += len;
    }
}

static inline void add(struct frames *frames, fg_str text) {
    char line[32];
    add_bytes(frames, line, (size_t)snprintf(line, sizeof line, "%lu\n", (unsigned long)text.len));
    add_bytes(frames, text.ptr, text.len);
}

static inline void add_named(struct frames *frames, const char *name, fg_str value) {
    add(frames, fg_str_from(name));
    add(frames, value);
}

static inline void add_number(struct frames *frames, const char *name, int64_t value) {
    char digits[32];
    add_named(frames, name, fg_str_of(digits, (size_t)snprintf(digits, sizeof digits, "%lld", (long long)value)));
}

/* Absent views are said to be so, since empty ones are something else. */
static inline void add_maybe(struct frames *frames, const char *name, fg_str value) {
    if (value.ptr == NULL) {
        add_named(frames, "absent", fg_str_from(name));
    } else {
        add_named(frames, name, value);
    }
}

#endif
