/* Over HTTP with a handler: an initializer that may fail, and what runs at the end. */
#include "scripted.h"
#include <time.h>

void busy_in_here(void);

static fg_status initialize(void *user_data, const fg_context *context) {
    CHECK(++*(int *)user_data == 1);
    fg_log(fg_context_logger(context), FG_LEVEL_INFO, FG_STR_LIT("initialized"));
    return getenv("FAILS") == NULL ? FG_OK : FG_STATUS_HANDLER_FAILED;
}

/* Takes longer than its second, but no more than is needed to see it. */
__attribute__((noinline)) void busy_in_here(void) {
    time_t begin = time(NULL);
    while (time(NULL) - begin < 3) {
    }
}

static fg_status handle(void *user_data, fg_invocation *invocation) {
    CHECK(*(int *)user_data == 1);
    if (fg_invocation_payload(invocation).len == 4) {
        busy_in_here();
        return FG_STATUS_HANDLER_FAILED;
    }
    SUCCEEDS(fg_invocation_respond(invocation, FG_OUTPUT_BYTES, fg_invocation_payload(invocation), &err));
    return FG_OK;
}

static fg_status shut_down(void *user_data, const fg_context *context) {
    CHECK(++*(int *)user_data == 2);
    CHECK_TEXT(fg_context_request_id(context), "");
    fg_log(fg_context_logger(context), FG_LEVEL_INFO, FG_STR_LIT("shut down"));
    return FG_OK;
}

int main(void) {
    fg_runtime_options options = {0};
    fg_status expected = getenv("FAILS") == NULL ? FG_OK : FG_STATUS_INITIALIZER_FAILED;
    int calls = 0;
    options.struct_size = sizeof options;
    options.handle_signals = 1;
    options.default_transport = FG_TRANSPORT_HTTP;
    options.initializer = initialize;
    options.on_shutdown = shut_down;
    CHECK_STATUS(expected, fg_runtime_run(&options, handle, &calls, NULL, NULL));
    CHECK(calls == (expected == FG_OK ? 2 : 1));
    return checked();
}
