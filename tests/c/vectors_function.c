/*
 * A function that does as the vectors ask, for the test that compares the answers. What it is asked:
 *
 *   context\n            and a key of the user data in each further line: everything that the context says, in frames
 *   log LEVEL LIMIT\n    and a text: logs it at that level, the level set to LIMIT before unless that is -1; the records, in frames
 *   respond OUTPUT\n     and a body: responds with it
 *   fail TYPED\n         and frames: the error's type if TYPED is 1, its message, the lines of its stack trace
 *
 * An event asks one of them. An API Gateway event asks for an answer that is its body. AT_START, a variable, asks one of the
 * first two of the initializer, whose context belongs to no request; that answer goes to standard output.
 */
#include "frames.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static struct frames records;

static void keep(void *user_data, fg_str record) {
    add_named(user_data, "record", record);
}

static void invocation_says(struct frames *out, const fg_context *context) {
    add_maybe(out, "request_id", fg_context_request_id(context));
    add_maybe(out, "trace_id", fg_context_trace_id(context));
    add_named(out, "invoke_type", fg_str_from(fg_context_is_async(context) ? "async" : "sync"));
    add_maybe(out, "alias", fg_context_alias(context));
    add_maybe(out, "origin_version_tag", fg_context_origin_version_tag(context));
    add_maybe(out, "workflow_id", fg_context_workflow_id(context));
    add_maybe(out, "workflow_run_id", fg_context_workflow_run_id(context));
    add_maybe(out, "workflow_state_id", fg_context_workflow_state_id(context));
    add_maybe(out, "stream_run_id", fg_context_stream_run_id(context));
    add_maybe(out, "stream_enable", fg_context_stream_enable(context));
    add_maybe(out, "stream_addr", fg_context_stream_addr(context));
    add_maybe(out, "stream_token", fg_context_stream_token(context));
    add_maybe(out, "access_key", fg_context_access_key(context));
    add_maybe(out, "secret_key", fg_context_secret_key(context));
    add_maybe(out, "security_access_key", fg_context_security_access_key(context));
    add_maybe(out, "security_secret_key", fg_context_security_secret_key(context));
    add_maybe(out, "security_token", fg_context_security_token(context));
    add_maybe(out, "token", fg_context_token(context));
}

static void function_says(struct frames *out, const fg_context *context) {
    add_maybe(out, "function_name", fg_context_function_name(context));
    add_maybe(out, "version", fg_context_version(context));
    add_maybe(out, "package", fg_context_package(context));
    add_maybe(out, "project_id", fg_context_project_id(context));
    add_maybe(out, "region", fg_context_region(context));
    add_number(out, "memory_size", fg_context_memory_size(context));
    add_number(out, "cpu_number", fg_context_cpu_number(context));
    add_number(out, "running_time_in_seconds", fg_context_running_time_s(context));
    add_maybe(out, "handler", fg_context_handler(context));
    add_maybe(out, "initializer", fg_context_initializer(context));
    add_number(out, "initializer_timeout_seconds", fg_context_initializer_timeout_s(context));
    add_maybe(out, "pre_stop_handler", fg_context_pre_stop_handler(context));
    add_number(out, "pre_stop_timeout_seconds", fg_context_pre_stop_timeout_s(context));
    add_number(out, "max_response_body_size", (int64_t)fg_context_max_response_body_size(context));
    add_number(out, "max_request_body_size", (int64_t)fg_context_max_request_body_size(context));
    add_number(out, "max_state_size", fg_context_max_state_size(context));
    add_maybe(out, "root", fg_context_root(context));
    add_maybe(out, "code_root", fg_context_code_root(context));
    add_maybe(out, "log_dir", fg_context_log_dir(context));
    add_maybe(out, "instance_id", fg_context_instance_id(context));
}

/* Up to the end of the line, which is stepped over. */
static fg_str line_of(fg_str *rest) {
    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t len = end == NULL ? rest->len : (size_t)(end - rest->ptr);
    fg_str line = fg_str_of(rest->ptr, len);
    *rest = fg_str_of(rest->ptr + len + (end != NULL), rest->len - len - (end != NULL));
    return line;
}

enum { LONGEST = 64 };

/* As a string, which views are not; of a longer line the beginning. */
static void first_line(char *line, fg_str *rest) {
    fg_str view = line_of(rest);
    snprintf(line, LONGEST, "%.*s", (int)(view.len < LONGEST ? view.len : LONGEST - 1), view.ptr);
}

static fg_str frame_of(fg_str *rest) {
    size_t len = (size_t)strtoul(line_of(rest).ptr, NULL, 10);
    fg_str frame = fg_str_of(rest->ptr, len);
    *rest = fg_str_of(rest->ptr + len, rest->len - len);
    return frame;
}

static void say(struct frames *out, const fg_context *context, fg_str keys) {
    invocation_says(out, context);
    function_says(out, context);
    while (keys.len > 0) {
        add_maybe(out, "user_data", fg_context_user_data(context, line_of(&keys)));
    }
}

static fg_status write_log(struct frames *out, const fg_context *context, const char *how, fg_str text) {
    const fg_logger *logger = fg_context_logger(context);
    int level, limit;
    if (sscanf(how, "log %d %d", &level, &limit) != 2) {
        return FG_STATUS_RANGE;
    }
    if (limit >= 0 && fg_logger_set_level(logger, limit, NULL) != FG_OK) {
        return FG_STATUS_RANGE;
    }
    /* What the runtime itself said before does not belong to the case. */
    records.len = 0;
    fg_log(logger, level, text);
    add_bytes(out, records.bytes, records.len);
    return FG_OK;
}

static int begins(const char *text, const char *word) {
    return strncmp(text, word, strlen(word)) == 0;
}

/* Answers one of the two questions about a context. */
static fg_status tell(struct frames *out, const fg_context *context, const char *how, fg_str rest) {
    fg_status status = FG_OK;
    if (begins(how, "context")) {
        say(out, context, rest);
    } else {
        status = write_log(out, context, how, rest);
    }
    add_named(out, "end", FG_STR_LIT(""));
    return status;
}

static fg_status initialize(void *user_data, const fg_context *context) {
    struct frames out = {NULL, 0, 0};
    fg_str rest = fg_str_from(getenv("AT_START"));
    fg_status status = FG_OK;
    (void)user_data;
    if (rest.ptr != NULL) {
        char how[LONGEST];
        first_line(how, &rest);
        status = tell(&out, context, how, rest);
        fwrite(out.bytes, 1, out.len, stdout);
        fflush(stdout);
        free(out.bytes);
    }
    return status;
}

static fg_status tell_caller(const fg_invocation *invocation, const char *how, fg_str rest) {
    struct frames out = {NULL, 0, 0};
    fg_status status = tell(&out, fg_invocation_context(invocation), how, rest);
    if (status == FG_OK) {
        fg_bytes body = fg_bytes_of((const uint8_t *)out.bytes, out.len);
        status = fg_invocation_respond(invocation, FG_OUTPUT_BYTES, body, NULL);
    }
    free(out.bytes);
    return status;
}

static fg_status respond(const fg_invocation *invocation, const char *how, fg_str body) {
    int output;
    if (sscanf(how, "respond %d", &output) != 1) {
        return FG_STATUS_RANGE;
    }
    return fg_invocation_respond(invocation, output, fg_bytes_of((const uint8_t *)body.ptr, body.len), NULL);
}

static fg_status fail(const fg_invocation *invocation, const char *how, fg_str rest) {
    enum { MOST_LINES = 256 };
    fg_str type = fg_str_of(NULL, 0), message, stack[MOST_LINES];
    size_t count = 0;
    if (begins(how, "fail 1")) {
        type = frame_of(&rest);
    }
    message = frame_of(&rest);
    while (rest.len > 0) {
        if (count == MOST_LINES) {
            return FG_STATUS_RANGE;
        }
        stack[count++] = frame_of(&rest);
    }
    return fg_invocation_fail(invocation, type, message, stack, count, NULL);
}

static fg_status answer_gateway(const fg_invocation *invocation) {
    const fg_event *event = NULL;
    fg_status status = fg_invocation_event(invocation, &event, NULL);
    if (status != FG_OK) {
        return status;
    }
    return fg_invocation_respond(invocation, FG_OUTPUT_BYTES, fg_apig_raw_body(event), NULL);
}

static fg_status handle(void *user_data, fg_invocation *invocation) {
    fg_bytes payload = fg_invocation_payload(invocation);
    fg_str rest = fg_str_of((const char *)payload.ptr, payload.len);
    char how[LONGEST];
    (void)user_data;
    first_line(how, &rest);
    if (begins(how, "{")) {
        return answer_gateway(invocation);
    }
    if (begins(how, "respond")) {
        return respond(invocation, how, rest);
    }
    if (begins(how, "fail")) {
        return fail(invocation, how, rest);
    }
    return tell_caller(invocation, how, rest);
}

int main(void) {
    fg_runtime_options options = fg_runtime_options_default();
    fg_error *error = NULL;
    options.handle_signals = 1;
    options.initializer = initialize;
    options.log_output = keep;
    options.log_user_data = &records;
    if (fg_runtime_run(&options, handle, NULL, NULL, &error) != FG_OK) {
        fg_str message = fg_error_message(error);
        fprintf(stderr, "%.*s\n", (int)message.len, message.ptr);
        return EXIT_FAILURE;
    }
    free(records.bytes);
    return EXIT_SUCCESS;
}
