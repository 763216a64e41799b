/* Invocations: what they carry, and every way to answer one, or not to. */
#include "scripted.h"

static void payload_and_event(const fg_invocation *invocation) {
    const fg_event *event = NULL, *again = NULL;
    fg_str headers;
    CHECK(fg_invocation_payload(invocation).len == 51);
    SUCCEEDS(fg_invocation_event(invocation, &event, &err));
    SUCCEEDS(fg_invocation_event(invocation, &again, &err));
    CHECK(event == again && fg_event_kind(event) == FG_KIND_APIG);
    CHECK_TEXT(fg_apig_path(event), "/");
    headers = fg_context_header(fg_invocation_context(invocation), FG_STR_LIT("x-mine"));
    CHECK_TEXT(headers, "yes");
    CHECK(fg_context_remaining_time_ms(fg_invocation_context(invocation)) <= 3000);
}

static void answered_once(const fg_runtime *runtime) {
    fg_invocation *invocation = next(runtime, "once");
    fg_responder *responder = NULL;
    payload_and_event(invocation);
    SUCCEEDS(fg_invocation_responder(invocation, &responder, &err));
    SUCCEEDS(fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("first"), &err));
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("second"), &err));
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_invocation_fail(invocation, FG_STR_LIT("T"), FG_STR_LIT("m"), NULL, 0, &err));
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_responder_respond(responder, FG_OUTPUT_NONE, bytes(""), &err));
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_responder_fail(responder, FG_STR_LIT("T"), FG_STR_LIT("m"), NULL, 0, &err));
    CHECK(fg_invocation_payload(invocation).len == 51);
    fg_invocation_free(invocation);
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_responder_respond(responder, FG_OUTPUT_NONE, bytes(""), &err));
    fg_responder_free(responder);
}

/* Wrong arguments do not use up the one reply. */
static void open_after_mistakes(const fg_runtime *runtime) {
    fg_invocation *invocation = next(runtime, "mistakes");
    fg_str frames[2] = {{NULL, 0}, {NULL, 0}};
    frames[0] = FG_STR_LIT("fine");
    FAILS(FG_STATUS_RANGE, fg_invocation_respond(invocation, 4, bytes("x"), &err));
    FAILS(FG_STATUS_RANGE, fg_invocation_respond(invocation, -1, bytes("x"), &err));
    FAILS(FG_STATUS_UTF8, fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("\xFF"), &err));
    FAILS(FG_STATUS_UTF8, fg_invocation_respond(invocation, FG_OUTPUT_JSON, bytes("\"\xFF\""), &err));
    FAILS(FG_STATUS_NOT_JSON, fg_invocation_respond(invocation, FG_OUTPUT_JSON, bytes("{"), &err));
    FAILS(FG_STATUS_NOT_JSON, fg_invocation_respond(invocation, FG_OUTPUT_JSON, fg_bytes_of(NULL, 0), &err));
    FAILS(FG_STATUS_NULL, fg_invocation_respond(invocation, FG_OUTPUT_BYTES, fg_bytes_of(NULL, 1), &err));
    FAILS(FG_STATUS_LENGTH, fg_invocation_respond(invocation, FG_OUTPUT_BYTES, fg_bytes_of("", SIZE_MAX), &err));
    FAILS(FG_STATUS_LENGTH, fg_invocation_respond(invocation, FG_OUTPUT_TEXT, fg_bytes_of("", SIZE_MAX), &err));
    FAILS(FG_STATUS_NULL, fg_invocation_respond_apig(invocation, NULL, &err));
    FAILS(FG_STATUS_NULL, fg_invocation_fail(invocation, FG_STR_LIT("T"), fg_str_from(NULL), NULL, 0, &err));
    FAILS(FG_STATUS_UTF8, fg_invocation_fail(invocation, FG_STR_LIT("\xFF"), FG_STR_LIT("m"), NULL, 0, &err));
    FAILS(FG_STATUS_UTF8, fg_invocation_fail(invocation, FG_STR_LIT("T"), FG_STR_LIT("\xFF"), NULL, 0, &err));
    FAILS(FG_STATUS_NULL, fg_invocation_fail(invocation, FG_STR_LIT("T"), FG_STR_LIT("m"), NULL, 1, &err));
    FAILS(FG_STATUS_NULL, fg_invocation_fail(invocation, FG_STR_LIT("T"), FG_STR_LIT("m"), frames, 2, &err));
    FAILS(FG_STATUS_LENGTH, fg_invocation_fail(invocation, FG_STR_LIT("T"), FG_STR_LIT("m"), frames, SIZE_MAX, &err));
    SUCCEEDS(fg_invocation_respond(invocation, FG_OUTPUT_JSON, bytes("{\"a\": 1}"), &err));
    fg_invocation_free(invocation);
}

static void given_up(const fg_runtime *runtime) {
    fg_invocation *invocation = next(runtime, "given-up");
    fg_responder *responder = NULL, *unused = NULL;
    const fg_event *event = NULL;
    FAILS(FG_STATUS_NOT_JSON, fg_invocation_event(invocation, &event, &err));
    FAILS(FG_STATUS_NOT_JSON, fg_invocation_event(invocation, &event, &err));
    CHECK(event == NULL);
    SUCCEEDS(fg_invocation_responder(invocation, &unused, &err));
    SUCCEEDS(fg_invocation_responder(invocation, &responder, &err));
    fg_responder_free(unused);
    fg_invocation_free(invocation);
    FAILS(FG_STATUS_LATE, fg_responder_respond(responder, FG_OUTPUT_TEXT, bytes("late"), &err));
    FAILS(FG_STATUS_LATE, fg_responder_fail(responder, FG_STR_LIT("T"), FG_STR_LIT("m"), NULL, 0, &err));
    fg_responder_free(responder);
}

static void failed(const fg_runtime *runtime) {
    fg_invocation *invocation = next(runtime, "failed");
    fg_str frames[2] = {{NULL, 0}, {NULL, 0}};
    frames[0] = FG_STR_LIT("first (a.c:1)");
    frames[1] = FG_STR_LIT("");
    SUCCEEDS(fg_invocation_fail(invocation, FG_STR_LIT("MyError"), FG_STR_LIT("no luck"), frames, 2, &err));
    fg_invocation_free(invocation);
    invocation = next(runtime, "untyped");
    SUCCEEDS(fg_invocation_fail(invocation, fg_str_from(NULL), FG_STR_LIT("no luck"), NULL, 0, &err));
    fg_invocation_free(invocation);
}

/* The platform's word on a reply, and its silence. */
static void not_taken(const fg_runtime *runtime) {
    fg_invocation *invocation = next(runtime, "refused");
    FAILS(FG_STATUS_REFUSED, fg_invocation_respond(invocation, FG_OUTPUT_BYTES, fg_bytes_of("\0\xFF", 2), &err));
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_invocation_respond(invocation, FG_OUTPUT_NONE, bytes(""), &err));
    fg_invocation_free(invocation);
    invocation = next(runtime, "lost");
    FAILS(FG_STATUS_LOST, fg_invocation_respond(invocation, FG_OUTPUT_NONE, bytes("ignored"), &err));
    fg_invocation_free(invocation);
}

int main(void) {
    fg_runtime *runtime = connected();
    answered_once(runtime);
    open_after_mistakes(runtime);
    given_up(runtime);
    failed(runtime);
    not_taken(runtime);
    fg_runtime_free(runtime);
    return checked();
}
