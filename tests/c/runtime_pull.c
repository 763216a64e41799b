/* A loop of one's own: time limits that lose nothing, stopping, and what outlives the runtime. */
#include "scripted.h"

static void time_limits(const fg_runtime *runtime) {
    fg_invocation *invocation = NULL;
    FAILS(FG_STATUS_TIMED_OUT, fg_runtime_next(runtime, 0, &invocation, &err));
    FAILS(FG_STATUS_TIMED_OUT, fg_runtime_next(runtime, 1, &invocation, &err));
    CHECK(invocation == NULL);
    say("timed out");
    /* The event comes now, as the answer to what was asked above. */
    SUCCEEDS(fg_runtime_next(runtime, INT64_MAX, &invocation, &err));
    CHECK_TEXT(fg_context_request_id(fg_invocation_context(invocation)), "late");
    SUCCEEDS(fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("not lost"), &err));
    fg_invocation_free(invocation);
    SUCCEEDS(fg_runtime_next(runtime, INT64_MIN, &invocation, &err));
    CHECK(fg_invocation_payload(invocation).ptr != NULL && fg_invocation_payload(invocation).len == 0);
    fg_invocation_free(invocation);
}

static void before_any_invocation(const fg_runtime *runtime) {
    fg_context *context = NULL;
    SUCCEEDS(fg_runtime_initializer_context(runtime, &context, &err));
    CHECK_TEXT(fg_context_request_id(context), "");
    CHECK(fg_context_remaining_time_ms(context) > 0);
    fg_context_free(context);
}

static void stopped(const fg_runtime *runtime) {
    fg_invocation *invocation = NULL;
    CHECK_STATUS(FG_OK, fg_runtime_stop(runtime));
    CHECK_STATUS(FG_OK, fg_runtime_stop(runtime));
    FAILS(FG_STATUS_STOPPED, fg_runtime_next(runtime, -1, &invocation, &err));
    FAILS(FG_STATUS_STOPPED, fg_runtime_next(runtime, 0, &invocation, &err));
    CHECK(invocation == NULL);
}

/* Everything taken from an invocation, and the invocation itself, is used after the runtime is gone. */
static void outlived(fg_invocation *answered, fg_invocation *forgotten) {
    const fg_context *context = fg_invocation_context(answered);
    fg_logger *logger = NULL;
    fg_responder *responder = NULL;
    SUCCEEDS(fg_logger_clone(fg_context_logger(context), &logger, &err));
    SUCCEEDS(fg_invocation_responder(answered, &responder, &err));
    CHECK_TEXT(fg_context_request_id(context), "held");
    SUCCEEDS(fg_responder_respond(responder, FG_OUTPUT_TEXT, bytes("after all"), &err));
    fg_invocation_free(answered);
    fg_invocation_free(forgotten);
    fg_responder_free(responder);
    fg_logf(logger, FG_LEVEL_INFO, "%s", "logged after all");
    fg_logger_free(logger);
}

int main(void) {
    fg_runtime *runtime = connected();
    fg_invocation *answered, *forgotten;
    before_any_invocation(runtime);
    time_limits(runtime);
    answered = next(runtime, "held");
    forgotten = next(runtime, "forgotten");
    stopped(runtime);
    fg_runtime_free(runtime);
    outlived(answered, forgotten);
    return checked();
}
