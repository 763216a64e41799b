/* Every function of the header, with NULL in every position that takes a pointer. */
#include "scripted.h"
#include "fields.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static const fg_str ABSENT = {NULL, 0};

/* A call fails with FG_STATUS_NULL, with an error and without. `err` is its last argument. */
#define NULL_FAILS(function, ...)                                   \
    do {                                                            \
        FAILS(FG_STATUS_NULL, function(__VA_ARGS__, &err));         \
        CHECK_STATUS(FG_STATUS_NULL, function(__VA_ARGS__, NULL));  \
    } while (0)

static void nothing_to_free(void) {
    fg_error_free(NULL);
    fg_event_free(NULL);
    fg_context_free(NULL);
    fg_logger_free(NULL);
    fg_apig_response_free(NULL);
    fg_invocation_free(NULL);
    fg_responder_free(NULL);
    fg_runtime_free(NULL);
}

static void without_pointers(void) {
    CHECK(fg_abi_version() != 0 && fg_version().len > 0);
    CHECK(fg_status_str(FG_STATUS_NULL).len > 0 && fg_kind_str(FG_KIND_APIG).len > 0);
    CHECK(fg_error_status(NULL) == FG_OK && fg_error_offset(NULL) == -1);
    CHECK_ABSENT(fg_error_message(NULL));
}

static void events(void) {
    fg_event *event = NULL;
    fg_finding finding;
    fg_str text;
    NULL_FAILS(fg_event_new, FG_KIND_APIG, NULL);
    NULL_FAILS(fg_event_parse, bytes("{}"), NULL);
    NULL_FAILS(fg_event_parse_as, FG_KIND_APIG, bytes("{}"), NULL, NULL);
    NULL_FAILS(fg_event_finding, NULL, 0, &finding);
    NULL_FAILS(fg_event_unknown, NULL, 0, &text, &text);
    CHECK(fg_event_kind(NULL) == FG_KIND_UNKNOWN);
    CHECK(fg_event_finding_count(NULL) == 0 && fg_event_unknown_count(NULL) == 0);
    CHECK_ABSENT(fg_event_canonical(NULL));
    CHECK_ABSENT(fg_event_wire(NULL));
    SUCCEEDS(fg_event_parse_as(FG_KIND_APIG, bytes("{\"x\":1,\"path\":[]}"), NULL, &event, &err));
    CHECK_STATUS(FG_OK, fg_event_finding(event, 0, &finding, NULL));
    NULL_FAILS(fg_event_finding, event, 0, NULL);
    CHECK_STATUS(FG_OK, fg_event_unknown(event, 0, &text, &text, NULL));
    NULL_FAILS(fg_event_unknown, event, 0, NULL, &text);
    NULL_FAILS(fg_event_unknown, event, 0, &text, NULL);
    fg_event_free(event);
}

static void apig_fields(void) {
    fg_event *event = NULL;
    fg_str value = FG_STR_LIT("v");
    SUCCEEDS(fg_event_new(FG_KIND_APIG, &event, &err));
#define X(name, json)                                      \
    CHECK_ABSENT(fg_apig_##name(NULL));                    \
    NULL_FAILS(fg_apig_set_##name, NULL, value);           \
    NULL_FAILS(fg_apig_set_##name, event, ABSENT);         \
    CHECK_STATUS(FG_OK, fg_apig_set_##name(event, value, NULL));
    APIG_TEXTS(X)
#undef X
#define X(name, json)                                                \
    CHECK(fg_map_count(fg_apig_##name(NULL)) == 0);                  \
    NULL_FAILS(fg_apig_set_##name, NULL, value, &value, 1);          \
    NULL_FAILS(fg_apig_set_##name, event, ABSENT, &value, 1);        \
    NULL_FAILS(fg_apig_set_##name, event, value, NULL, 1);           \
    NULL_FAILS(fg_apig_set_##name, event, value, &ABSENT, 1);        \
    CHECK_STATUS(FG_OK, fg_apig_set_##name(event, value, &value, 1, NULL));
    APIG_MAPS(X)
#undef X
    CHECK(fg_apig_is_base64_encoded(NULL) == 0);
    CHECK(fg_apig_raw_body(NULL).ptr == NULL);
    NULL_FAILS(fg_apig_set_is_base64_encoded, NULL, 1);
    CHECK_STATUS(FG_OK, fg_apig_set_is_base64_encoded(event, 1, NULL));
    NULL_FAILS(fg_apig_set_base64_encoded_body, NULL, bytes("x"));
    NULL_FAILS(fg_apig_set_base64_encoded_body, event, fg_bytes_of(NULL, 1));
    CHECK_STATUS(FG_OK, fg_apig_set_base64_encoded_body(event, fg_bytes_of(NULL, 0), NULL));
    fg_event_free(event);
}

static void timer_fields(void) {
    fg_event *event = NULL;
    fg_str value = FG_STR_LIT("v");
    SUCCEEDS(fg_event_new(FG_KIND_TIMER, &event, &err));
#define X(name, json)                                \
    CHECK_ABSENT(fg_timer_##name(NULL));             \
    NULL_FAILS(fg_timer_set_##name, NULL, value);    \
    NULL_FAILS(fg_timer_set_##name, event, ABSENT);  \
    CHECK_STATUS(FG_OK, fg_timer_set_##name(event, value, NULL));
    TIMER_TEXTS(X)
#undef X
    CHECK(fg_timer_time_epoch_ms(NULL) == FG_NO_TIME);
    fg_event_free(event);
}

static void authorizer(void) {
    fg_authorizer_response *response = NULL;
    fg_str value = FG_STR_LIT("v");
    NULL_FAILS(fg_authorizer_response_new, 1, NULL);
    NULL_FAILS(fg_authorizer_response_set_context, NULL, value, value);
    CHECK_ABSENT(fg_authorizer_response_json(NULL));
    SUCCEEDS(fg_authorizer_response_new(1, &response, &err));
    NULL_FAILS(fg_authorizer_response_set_context, response, ABSENT, value);
    NULL_FAILS(fg_authorizer_response_set_context, response, value, ABSENT);
    fg_authorizer_response_free(response);
    fg_authorizer_response_free(NULL);
}

static void objects(void) {
    CHECK_ABSENT(fg_obs_record_decoded_key(NULL, 0));
    CHECK_ABSENT(fg_obs_record_bucket_name(NULL, 0));
    CHECK_ABSENT(fg_obs_record_region(NULL, 0));
}

static void maps(void) {
    fg_event *event = NULL;
    fg_str text = FG_STR_LIT("v");
    fg_map map;
    SUCCEEDS(fg_event_new(FG_KIND_APIG, &event, &err));
    SUCCEEDS(fg_apig_set_headers(event, text, &text, 1, &err));
    map = fg_apig_headers(event);
    CHECK_STATUS(FG_OK, fg_map_at(map, 0, &text, &text, NULL));
    NULL_FAILS(fg_map_at, map, 0, NULL, &text);
    NULL_FAILS(fg_map_at, map, 0, &text, NULL);
    CHECK_ABSENT(fg_map_get(map, ABSENT));
    CHECK_ABSENT(fg_map_get_nth(map, ABSENT, 0));
    map = fg_apig_headers(NULL);
    NULL_FAILS(fg_map_at, map, 0, &text, &text);
    CHECK(fg_map_count(map) == 0);
    CHECK(fg_map_all(map, NULL, 5) == 0);
    CHECK_ABSENT(fg_map_get(map, text));
    CHECK_ABSENT(fg_map_get_nth(map, text, 0));
    fg_event_free(event);
}

static void context_getters(void) {
    static fg_str (*const texts[])(const fg_context *context) = {
        fg_context_request_id,          fg_context_access_key,     fg_context_secret_key,
        fg_context_security_access_key, fg_context_token,          fg_context_security_secret_key,
        fg_context_security_token,      fg_context_function_name,  fg_context_version,
        fg_context_project_id,          fg_context_package,        fg_context_region,
        fg_context_alias,               fg_context_workflow_id,    fg_context_origin_version_tag,
        fg_context_workflow_run_id,     fg_context_trace_id,       fg_context_workflow_state_id,
        fg_context_handler,             fg_context_initializer,    fg_context_code_root,
        fg_context_stream_run_id,       fg_context_stream_enable,  fg_context_stream_token,
        fg_context_stream_addr,         fg_context_root,           fg_context_pre_stop_handler,
        fg_context_log_dir,             fg_context_instance_id,
    };
    size_t i;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CHECK_ABSENT(texts[i](NULL));
    }
    CHECK_ABSENT(fg_context_user_data(NULL, FG_STR_LIT("x")));
    CHECK_ABSENT(fg_context_header(NULL, FG_STR_LIT("x")));
    CHECK(fg_context_remaining_time_ms(NULL) == 0 && fg_context_running_time_s(NULL) == 0);
    CHECK(fg_context_initializer_timeout_s(NULL) == 0 && fg_context_pre_stop_timeout_s(NULL) == 0);
    CHECK(fg_context_max_state_size(NULL) == 0);
    CHECK(fg_context_memory_size(NULL) == 0 && fg_context_cpu_number(NULL) == 0);
    CHECK(fg_context_max_response_body_size(NULL) == 0 && fg_context_max_request_body_size(NULL) == 0);
    CHECK(fg_context_is_async(NULL) == 0 && fg_context_logger(NULL) == NULL);
}

static void contexts_and_loggers(void) {
    fg_context *context = NULL, *clone = NULL;
    fg_logger *logger = NULL;
    const fg_logger *borrowed;
    NULL_FAILS(fg_context_new, NULL, NULL);
    CHECK_STATUS(FG_OK, fg_context_new(NULL, &context, NULL));
    CHECK_ABSENT(fg_context_user_data(context, ABSENT));
    CHECK_ABSENT(fg_context_header(context, ABSENT));
    borrowed = fg_context_logger(context);
    fg_log(NULL, FG_LEVEL_INFO, FG_STR_LIT("x"));
    fg_log(borrowed, FG_LEVEL_INFO, ABSENT);
    CHECK(fg_log_enabled(NULL, FG_LEVEL_ERROR) == 0);
    NULL_FAILS(fg_logger_set_level, NULL, FG_LEVEL_INFO);
    CHECK_STATUS(FG_OK, fg_logger_set_level(borrowed, FG_LEVEL_INFO, NULL));
    NULL_FAILS(fg_logger_clone, NULL, &logger);
    NULL_FAILS(fg_logger_clone, borrowed, NULL);
    CHECK_STATUS(FG_OK, fg_logger_clone(borrowed, &logger, NULL));
    fg_logger_free(logger);
    NULL_FAILS(fg_context_clone, NULL, &clone);
    NULL_FAILS(fg_context_clone, context, NULL);
    CHECK_STATUS(FG_OK, fg_context_clone(context, &clone, NULL));
    fg_context_free(clone);
    fg_context_free(context);
}

static void responses(void) {
    fg_apig_response *response = NULL;
    fg_str text = FG_STR_LIT("x");
    FAILS(FG_STATUS_NULL, fg_apig_response_new(NULL, &err));
    CHECK_STATUS(FG_STATUS_NULL, fg_apig_response_new(NULL, NULL));
    CHECK_STATUS(FG_OK, fg_apig_response_new(&response, NULL));
    NULL_FAILS(fg_apig_response_set_status_code, NULL, 200);
    NULL_FAILS(fg_apig_response_set_header, NULL, text, text);
    NULL_FAILS(fg_apig_response_set_header, response, ABSENT, text);
    NULL_FAILS(fg_apig_response_set_header, response, text, ABSENT);
    NULL_FAILS(fg_apig_response_append_header, NULL, text, text);
    NULL_FAILS(fg_apig_response_append_header, response, ABSENT, text);
    NULL_FAILS(fg_apig_response_append_header, response, text, ABSENT);
    NULL_FAILS(fg_apig_response_set_body, NULL, text);
    NULL_FAILS(fg_apig_response_set_body, response, ABSENT);
    NULL_FAILS(fg_apig_response_set_base64_encoded_body, NULL, bytes("x"));
    NULL_FAILS(fg_apig_response_set_base64_encoded_body, response, fg_bytes_of(NULL, 1));
    CHECK_STATUS(FG_OK, fg_apig_response_set_base64_encoded_body(response, fg_bytes_of(NULL, 0), NULL));
    fg_apig_response_free(response);
}

static void invocations(void) {
    fg_runtime *runtime = connected();
    fg_context *context = NULL;
    fg_invocation *invocation;
    fg_responder *responder = NULL;
    fg_str text = FG_STR_LIT("x");
    NULL_FAILS(fg_runtime_new, NULL, NULL);
    NULL_FAILS(fg_runtime_next, NULL, 0, &invocation);
    NULL_FAILS(fg_runtime_next, runtime, -1, NULL);
    CHECK_STATUS(FG_STATUS_NULL, fg_runtime_stop(NULL));
    NULL_FAILS(fg_runtime_refuse, NULL, FG_STR_LIT("T"), FG_STR_LIT("m"), NULL, 0);
    NULL_FAILS(fg_runtime_next_timed_out, NULL, &context);
    NULL_FAILS(fg_runtime_next_timed_out, runtime, NULL);
    NULL_FAILS(fg_runtime_give_up, NULL);
    CHECK(fg_runtime_concurrency(NULL) == 0);
    NULL_FAILS(fg_runtime_initializer_context, NULL, &context);
    NULL_FAILS(fg_runtime_initializer_context, runtime, NULL);
    NULL_FAILS(fg_runtime_run, NULL, NULL, NULL, NULL);
    invocation = next(runtime, "null");
    NULL_FAILS(fg_invocation_event, invocation, NULL);
    NULL_FAILS(fg_invocation_respond, invocation, FG_OUTPUT_TEXT, fg_bytes_of(NULL, 1));
    NULL_FAILS(fg_invocation_respond_apig, invocation, NULL);
    NULL_FAILS(fg_invocation_fail, invocation, text, ABSENT, NULL, 0);
    NULL_FAILS(fg_invocation_fail, invocation, text, text, NULL, 1);
    NULL_FAILS(fg_invocation_fail, invocation, text, text, &ABSENT, 1);
    NULL_FAILS(fg_invocation_responder, invocation, NULL);
    CHECK_STATUS(FG_OK, fg_invocation_responder(invocation, &responder, NULL));
    NULL_FAILS(fg_invocation_fail_with, invocation, NULL);
    NULL_FAILS(fg_responder_respond_apig, responder, NULL);
    NULL_FAILS(fg_responder_respond, responder, FG_OUTPUT_BYTES, fg_bytes_of(NULL, 1));
    NULL_FAILS(fg_responder_fail, responder, text, ABSENT, NULL, 0);
    NULL_FAILS(fg_responder_fail, responder, text, text, NULL, 1);
    CHECK_STATUS(FG_OK, fg_responder_respond(responder, FG_OUTPUT_NONE, fg_bytes_of(NULL, 0), NULL));
    fg_responder_free(responder);
    fg_invocation_free(invocation);
    fg_runtime_free(runtime);
}

static void without_invocation(void) {
    fg_apig_response *response = NULL;
    fg_responder *responder = NULL;
    const fg_event *event = NULL;
    fg_str text = FG_STR_LIT("x");
    SUCCEEDS(fg_apig_response_new(&response, &err));
    CHECK(fg_invocation_payload(NULL).ptr == NULL && fg_invocation_context(NULL) == NULL);
    NULL_FAILS(fg_invocation_event, NULL, &event);
    NULL_FAILS(fg_invocation_respond, NULL, FG_OUTPUT_NONE, bytes(""));
    NULL_FAILS(fg_invocation_respond_apig, NULL, response);
    NULL_FAILS(fg_invocation_fail, NULL, text, text, NULL, 0);
    NULL_FAILS(fg_invocation_responder, NULL, &responder);
    NULL_FAILS(fg_invocation_fail_with, NULL, NULL);
    NULL_FAILS(fg_responder_respond_apig, NULL, response);
    NULL_FAILS(fg_responder_respond, NULL, FG_OUTPUT_NONE, bytes(""));
    NULL_FAILS(fg_responder_fail, NULL, text, text, NULL, 0);
    CHECK(event == NULL && responder == NULL);
    fg_apig_response_free(response);
}

int main(void) {
    nothing_to_free();
    without_pointers();
    events();
    apig_fields();
    timer_fields();
    authorizer();
    objects();
    maps();
    context_getters();
    contexts_and_loggers();
    responses();
    invocations();
    without_invocation();
    return checked();
}
