/* What the tests share that are driven from outside, with a platform that follows a script. */
#ifndef SCRIPTED_H
#define SCRIPTED_H

#include "check.h"

/* A runtime of the platform that RUNTIME_API_ADDR names. */
static inline fg_runtime *connected(void) {
    fg_runtime *runtime = NULL;
    SUCCEEDS(fg_runtime_new(NULL, &runtime, &err));
    return runtime;
}

/* The next invocation of the script, which has this id. */
static inline fg_invocation *next(const fg_runtime *runtime, const char *id) {
    fg_invocation *invocation = NULL;
    SUCCEEDS(fg_runtime_next(runtime, -1, &invocation, &err));
    CHECK(fg_str_equal(fg_context_request_id(fg_invocation_context(invocation)), fg_str_from(id)));
    return invocation;
}

static inline fg_bytes bytes(const char *text) {
    return fg_bytes_of(text, strlen(text));
}

#endif
