/* Over HTTP with a loop of one's own: as many threads as invocations may run at once, and one that hears of those that take too long. */
#include "scripted.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 16 };

static fg_runtime *runtime;

static int begins_with(fg_bytes payload, const char *word) {
    return payload.len >= strlen(word) && memcmp(payload.ptr, word, strlen(word)) == 0;
}

/* The event is "late", and a file that is waited for. */
static void wait_for_gate(fg_bytes payload) {
    const struct timespec moment = {0, 2000000};
    char gate[512];
    snprintf(gate, sizeof gate, "%.*s", (int)payload.len - 5, (const char *)payload.ptr + 5);
    while (access(gate, F_OK) != 0) {
        nanosleep(&moment, NULL);
    }
}

static void handle(fg_invocation *invocation) {
    fg_bytes payload = fg_invocation_payload(invocation);
    const fg_context *context = fg_invocation_context(invocation);
    fg_str id = fg_context_request_id(context);
    fg_logf(fg_context_logger(context), FG_LEVEL_INFO, "began %.*s", (int)id.len, id.ptr);
    if (begins_with(payload, "late ")) {
        wait_for_gate(payload);
        FAILS(FG_STATUS_LATE, fg_invocation_respond(invocation, FG_OUTPUT_BYTES, payload, &err));
    } else {
        SUCCEEDS(fg_invocation_respond(invocation, FG_OUTPUT_BYTES, payload, &err));
    }
    fg_logf(fg_context_logger(context), FG_LEVEL_INFO, "ended %.*s", (int)id.len, id.ptr);
    fg_invocation_free(invocation);
}

static void *serve(void *nothing) {
    fg_invocation *invocation = NULL;
    fg_status status;
    while ((status = fg_runtime_next(runtime, -1, &invocation, NULL)) == FG_OK) {
        handle(invocation);
    }
    CHECK_STATUS(FG_STATUS_STOPPED, status);
    return nothing;
}

static void *watch(void *nothing) {
    fg_context *context = NULL;
    fg_status status;
    while ((status = fg_runtime_next_timed_out(runtime, &context, NULL)) == FG_OK) {
        fg_log(fg_context_logger(context), FG_LEVEL_ERROR, FG_STR_LIT("stuck"));
        fg_context_free(context);
    }
    CHECK_STATUS(FG_STATUS_STOPPED, status);
    return nothing;
}

int main(void) {
    pthread_t threads[MOST_THREADS], watcher;
    fg_runtime_options options = {0};
    uint32_t count;
    options.struct_size = sizeof options;
    options.handle_signals = 1;
    options.default_transport = FG_TRANSPORT_HTTP;
    SUCCEEDS(fg_runtime_new(&options, &runtime, &err));
    count = fg_runtime_concurrency(runtime);
    CHECK(count >= 1 && count <= MOST_THREADS);
    CHECK(pthread_create(&watcher, NULL, watch, NULL) == 0);
    for (uint32_t i = 0; i < count; i++) {
        CHECK(pthread_create(&threads[i], NULL, serve, NULL) == 0);
    }
    for (uint32_t i = 0; i < count; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(pthread_join(watcher, NULL) == 0);
    fg_runtime_free(runtime);
    return checked();
}
