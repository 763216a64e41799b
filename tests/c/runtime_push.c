/* The push side: a handler that does what each payload says, right and wrong, and calls back into the library. */
#include "scripted.h"

#include <pthread.h>

struct state {
    int initialized;
    int handled;
    int freed;
};

static fg_responder *kept;

static void free_state(void *user_data) {
    ((struct state *)user_data)->freed++;
}

static fg_status initialize(void *user_data, const fg_context *context) {
    struct state *state = (struct state *)user_data;
    CHECK(state->initialized++ == 0 && state->handled == 0);
    CHECK_TEXT(fg_context_request_id(context), "");
    fg_logf(fg_context_logger(context), FG_LEVEL_INFO, "%s", "initializing");
    return FG_OK;
}

static void reply(const fg_invocation *invocation) {
    SUCCEEDS(fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("reply"), &err));
}

static void *reply_elsewhere(void *responder) {
    SUCCEEDS(fg_responder_respond((const fg_responder *)responder, FG_OUTPUT_TEXT, bytes("elsewhere"), &err));
    return NULL;
}

static void *reply_late(void *responder) {
    FAILS(FG_STATUS_LATE, fg_responder_respond((const fg_responder *)responder, FG_OUTPUT_TEXT, bytes("late"), &err));
    FAILS(FG_STATUS_LATE, fg_responder_fail((const fg_responder *)responder, FG_STR_LIT("T"), FG_STR_LIT("m"), NULL, 0, &err));
    return NULL;
}

static void in_a_thread(void *(*work)(void *), fg_responder *responder) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, work, responder) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    fg_responder_free(responder);
}

static fg_status never_called(void *user_data, fg_invocation *invocation) {
    (void)user_data;
    CHECK(invocation == NULL);
    return FG_STATUS_HANDLER_FAILED;
}

static void run_again(void) {
    struct state state = {0, 0, 0};
    FAILS(FG_STATUS_ALREADY_RUNNING, fg_runtime_run(NULL, never_called, &state, free_state, &err));
    CHECK(state.freed == 1);
}

static void reply_twice(const fg_invocation *invocation) {
    reply(invocation);
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("twice"), &err));
}

/* What belongs to the runtime is not freed. */
static void free_what_is_not_ours(fg_invocation *invocation) {
    fg_invocation_free(invocation);
    fg_invocation_free(invocation);
    CHECK(fg_invocation_payload(invocation).len == 4);
    reply(invocation);
}

static fg_status handle(void *user_data, fg_invocation *invocation) {
    fg_bytes payload = fg_invocation_payload(invocation);
    fg_str what = fg_str_of((const char *)payload.ptr, payload.len);
    ((struct state *)user_data)->handled++;
#define WHEN(word) if (fg_str_equal(what, FG_STR_LIT(word)))
    WHEN("reply") reply(invocation);
    WHEN("twice") reply_twice(invocation);
    WHEN("free") free_what_is_not_ours(invocation);
    WHEN("run") {
        run_again();
        reply(invocation);
    }
    WHEN("elsewhere") {
        SUCCEEDS(fg_invocation_responder(invocation, &kept, &err));
        in_a_thread(reply_elsewhere, kept);
    }
    WHEN("keep") SUCCEEDS(fg_invocation_responder(invocation, &kept, &err));
    WHEN("late") {
        in_a_thread(reply_late, kept);
        reply(invocation);
    }
    WHEN("failed") return FG_STATUS_HANDLER_FAILED;
    WHEN("unknown") return -12345;
    WHEN("both") {
        reply(invocation);
        return FG_STATUS_HANDLER_FAILED;
    }
#undef WHEN
    return FG_OK;
}

/* Log records come to this callback, which calls back into the library. */
static void record(void *user_data, fg_str text) {
    fg_event *event = NULL;
    CHECK(text.len > 0 && text.ptr[text.len - 1] == '\n');
    SUCCEEDS(fg_event_parse(fg_bytes_of("{}", 2), &event, &err));
    fg_event_free(event);
    __sync_fetch_and_add(&((struct state *)user_data)->handled, 1);
}

int main(void) {
    fg_runtime_options options = {0};
    struct state state = {0, 0, 0}, log = {0, 0, 0};
    options.struct_size = sizeof options;
    options.handle_signals = 1;
    options.initializer = initialize;
    options.log_output = record;
    options.log_user_data = &log;
    options.log_user_data_free = free_state;
    SUCCEEDS(fg_runtime_run(&options, handle, &state, free_state, &err));
    CHECK(state.initialized == 1 && state.handled >= 11 && state.freed == 1);
    CHECK(log.handled > 0 && log.freed == 1);
    return checked();
}
