/* Contexts made for tests of handlers: what they say, copied from the options. */
#include "check.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static fg_pair pair(const char *name, const char *value) {
    fg_pair pair;
    pair.name = fg_str_from(name);
    pair.value = fg_str_from(value);
    return pair;
}

static void defaults(void) {
    fg_context *context = NULL;
    SUCCEEDS(fg_context_new(NULL, &context, &err));
    CHECK_TEXT(fg_context_request_id(context), "");
    CHECK_TEXT(fg_context_version(context), "latest");
    CHECK_TEXT(fg_context_package(context), "default");
    CHECK(fg_context_function_name(context).ptr != NULL);
    CHECK(fg_context_project_id(context).ptr != NULL);
    /* A real address although it is empty: garbage collectors stop at others. */
    CHECK((uintptr_t)fg_context_project_id(context).ptr > 4096);
    CHECK(fg_context_trace_id(context).ptr != NULL);
    CHECK(fg_context_handler(context).ptr != NULL);
    CHECK(fg_context_code_root(context).ptr != NULL);
    CHECK(fg_context_memory_size(context) > 0 && fg_context_cpu_number(context) > 0);
    CHECK(fg_context_running_time_s(context) == 3);
    CHECK(fg_context_remaining_time_ms(context) <= 3000);
    CHECK(fg_context_max_response_body_size(context) == 6 << 20);
    CHECK(fg_context_max_request_body_size(context) >= 6 << 20);
    CHECK(fg_context_is_async(context) == 0);
    CHECK(fg_context_logger(context) != NULL);
    fg_context_free(context);
}

/* What a function without agency, alias, workflow and initializer does not have. */
static void absent(void) {
    fg_context *context = NULL;
    SUCCEEDS(fg_context_new(NULL, &context, &err));
    CHECK_ABSENT(fg_context_access_key(context));
    CHECK_ABSENT(fg_context_secret_key(context));
    CHECK_ABSENT(fg_context_security_access_key(context));
    CHECK_ABSENT(fg_context_security_secret_key(context));
    CHECK_ABSENT(fg_context_security_token(context));
    CHECK_ABSENT(fg_context_token(context));
    CHECK_ABSENT(fg_context_alias(context));
    CHECK_ABSENT(fg_context_origin_version_tag(context));
    CHECK_ABSENT(fg_context_region(context));
    CHECK_ABSENT(fg_context_workflow_id(context));
    CHECK_ABSENT(fg_context_workflow_run_id(context));
    CHECK_ABSENT(fg_context_workflow_state_id(context));
    CHECK_ABSENT(fg_context_initializer(context));
    CHECK_ABSENT(fg_context_header(context, FG_STR_LIT("x")));
    CHECK_ABSENT(fg_context_user_data(context, FG_STR_LIT("x")));
    fg_context_free(context);
}

static char logged[256];
static int freed;

static void keep(void *user_data, fg_str record) {
    CHECK(user_data == &freed && record.len < sizeof logged);
    memcpy(logged, record.ptr, record.len);
    logged[record.len] = 0;
}

static void count(void *user_data) {
    ++*(int *)user_data;
}

/* Variables stand for the environment, and the log goes to the caller. */
static void with_variables_and_log(void) {
    fg_context_options options = {0};
    fg_context *context = NULL, *clone = NULL;
    fg_pair variables[4], data[1];
    variables[0] = pair("RUNTIME_MEMORY", "256");
    variables[1] = pair("RUNTIME_FUNC_NAME", "first");
    variables[2] = pair("RUNTIME_FUNC_NAME", "last");
    variables[3] = pair("RUNTIME_USERDATA", "{\"table\":\"orders\"}");
    options.struct_size = sizeof options;
    options.request_id = FG_STR_LIT("id-1");
    options.variables = variables;
    options.variable_count = 4;
    data[0] = pair("more", "data");
    options.user_data = data;
    options.user_data_count = 1;
    options.log_output = keep;
    options.log_user_data = &freed;
    options.log_user_data_free = count;
    options.log_as_json = 1;
    SUCCEEDS(fg_context_new(&options, &context, &err));
    CHECK(fg_context_memory_size(context) == 256);
    CHECK_TEXT(fg_context_function_name(context), "last");
    CHECK_TEXT(fg_context_user_data(context, FG_STR_LIT("table")), "orders");
    CHECK_TEXT(fg_context_user_data(context, FG_STR_LIT("more")), "data");
    CHECK(fg_context_running_time_s(context) == 3);
    fg_log(fg_context_logger(context), FG_LEVEL_WARN, FG_STR_LIT("hello"));
    CHECK(strstr(logged, "\"level\":\"WARN\"") != NULL && strstr(logged, "\"message\":\"hello\"") != NULL);
    SUCCEEDS(fg_context_clone(context, &clone, &err));
    fg_context_free(context);
    CHECK(freed == 0);
    fg_context_free(clone);
    CHECK(freed == 1);
    variables[0] = pair("RUNTIME_MEMORY", "\xFF");
    FAILS(FG_STATUS_UTF8, fg_context_new(&options, &context, &err));
    CHECK(freed == 2);
    options.variables = NULL;
    FAILS(FG_STATUS_NULL, fg_context_new(&options, &context, &err));
    CHECK(freed == 3);
}

static void from_options(void) {
    fg_context_options options = {0};
    fg_context *context = NULL, *clone = NULL;
    char id[] = "id-1";
    fg_pair headers[2], data[1];
    headers[0] = pair("X-CFF-Security-Token", "secret-token");
    headers[1] = pair("X-Mine", "");
    data[0] = pair("greeting", "h\xC3\xA9");
    options.struct_size = sizeof options;
    options.request_id = fg_str_from(id);
    options.headers = headers;
    options.header_count = 2;
    options.user_data = data;
    options.user_data_count = 1;
    SUCCEEDS(fg_context_new(&options, &context, &err));
    memset(id, 'x', sizeof id);
    memset(headers, 0, sizeof headers);
    memset(data, 0, sizeof data);
    CHECK_TEXT(fg_context_request_id(context), "id-1");
    CHECK_TEXT(fg_context_security_token(context), "secret-token");
    CHECK_TEXT(fg_context_header(context, FG_STR_LIT("x-mine")), "");
    CHECK_ABSENT(fg_context_header(context, FG_STR_LIT("\xFF")));
    CHECK_ABSENT(fg_context_header(context, fg_str_of("x", SIZE_MAX)));
    CHECK_TEXT(fg_context_user_data(context, FG_STR_LIT("greeting")), "h\xC3\xA9");
    CHECK_ABSENT(fg_context_user_data(context, FG_STR_LIT("Greeting")));
    CHECK_ABSENT(fg_context_user_data(context, FG_STR_LIT("\xC3")));
    SUCCEEDS(fg_context_clone(context, &clone, &err));
    fg_context_free(context);
    CHECK_TEXT(fg_context_request_id(clone), "id-1");
    CHECK_TEXT(fg_context_security_token(clone), "secret-token");
    CHECK_TEXT(fg_context_user_data(clone, FG_STR_LIT("greeting")), "h\xC3\xA9");
    CHECK(fg_log_enabled(fg_context_logger(clone), FG_LEVEL_INFO) == 1);
    fg_context_free(clone);
}

static void bad_options(void) {
    fg_context_options options = {0};
    fg_context *context = NULL;
    fg_pair bad = pair("name", "\xFE");
    options.struct_size = sizeof options;
    options.request_id = FG_STR_LIT("\xFF");
    FAILS(FG_STATUS_UTF8, fg_context_new(&options, &context, &err));
    options.request_id = fg_str_of(NULL, 3);
    FAILS(FG_STATUS_NULL, fg_context_new(&options, &context, &err));
    options.request_id = fg_str_from(NULL);
    options.header_count = 1;
    FAILS(FG_STATUS_NULL, fg_context_new(&options, &context, &err));
    options.headers = &bad;
    FAILS(FG_STATUS_UTF8, fg_context_new(&options, &context, &err));
    options.header_count = SIZE_MAX;
    FAILS(FG_STATUS_LENGTH, fg_context_new(&options, &context, &err));
    options.header_count = 0;
    options.user_data = &bad;
    options.user_data_count = SIZE_MAX / sizeof bad;
    FAILS(FG_STATUS_LENGTH, fg_context_new(&options, &context, &err));
    options.user_data_count = 1;
    FAILS(FG_STATUS_UTF8, fg_context_new(&options, &context, &err));
    bad = pair(NULL, "value");
    FAILS(FG_STATUS_NULL, fg_context_new(&options, &context, &err));
    CHECK(context == NULL);
}

int main(void) {
    defaults();
    absent();
    from_options();
    with_variables_and_log();
    bad_options();
    return checked();
}
