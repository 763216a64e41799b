/* Responses for API Gateway: what is set is what the platform gets. */
#include "scripted.h"

static void numbers(fg_apig_response *response) {
    FAILS(FG_STATUS_RANGE, fg_apig_response_set_status_code(response, 99, &err));
    FAILS(FG_STATUS_RANGE, fg_apig_response_set_status_code(response, 600, &err));
    FAILS(FG_STATUS_RANGE, fg_apig_response_set_status_code(response, -1, &err));
    FAILS(FG_STATUS_RANGE, fg_apig_response_set_status_code(response, 65736, &err));
    SUCCEEDS(fg_apig_response_set_status_code(response, 100, &err));
    SUCCEEDS(fg_apig_response_set_status_code(response, 599, &err));
    SUCCEEDS(fg_apig_response_set_status_code(response, 201, &err));
}

static void headers(fg_apig_response *response) {
    char value[] = "text/plain";
    SUCCEEDS(fg_apig_response_set_header(response, FG_STR_LIT("content-type"), FG_STR_LIT("x"), &err));
    SUCCEEDS(fg_apig_response_set_header(response, FG_STR_LIT("Content-Type"), fg_str_from(value), &err));
    memset(value, 'x', sizeof value);
    SUCCEEDS(fg_apig_response_append_header(response, FG_STR_LIT("Set-Cookie"), FG_STR_LIT("a=1"), &err));
    SUCCEEDS(fg_apig_response_append_header(response, FG_STR_LIT("Set-Cookie"), FG_STR_LIT("b=2"), &err));
    FAILS(FG_STATUS_UTF8, fg_apig_response_set_header(response, FG_STR_LIT("\xFF"), FG_STR_LIT("x"), &err));
    FAILS(FG_STATUS_UTF8, fg_apig_response_append_header(response, FG_STR_LIT("x"), FG_STR_LIT("\xFF"), &err));
    FAILS(FG_STATUS_LENGTH, fg_apig_response_set_header(response, FG_STR_LIT("x"), fg_str_of("", SIZE_MAX), &err));
}

static void bodies(fg_apig_response *response) {
    SUCCEEDS(fg_apig_response_set_base64_encoded_body(response, fg_bytes_of("\0\xFF", 2), &err));
    FAILS(FG_STATUS_UTF8, fg_apig_response_set_body(response, FG_STR_LIT("\xFF"), &err));
    FAILS(FG_STATUS_LENGTH, fg_apig_response_set_body(response, fg_str_of("", SIZE_MAX), &err));
    FAILS(FG_STATUS_NULL, fg_apig_response_set_base64_encoded_body(response, fg_bytes_of(NULL, 1), &err));
}

/* One response may answer any number of invocations, and goes out as it is at the time. */
static void answer(const fg_runtime *runtime, const char *id, const fg_apig_response *response) {
    fg_invocation *invocation = next(runtime, id);
    SUCCEEDS(fg_invocation_respond_apig(invocation, response, &err));
    FAILS(FG_STATUS_ALREADY_REPLIED, fg_invocation_respond_apig(invocation, response, &err));
    fg_invocation_free(invocation);
}

int main(void) {
    fg_runtime *runtime = connected();
    fg_apig_response *response = NULL;
    SUCCEEDS(fg_apig_response_new(&response, &err));
    answer(runtime, "default", response);
    numbers(response);
    headers(response);
    bodies(response);
    answer(runtime, "base64", response);
    SUCCEEDS(fg_apig_response_set_body(response, FG_STR_LIT("caf\xC3\xA9"), &err));
    answer(runtime, "text", response);
    fg_apig_response_free(response);
    fg_apig_response_free(NULL);
    fg_runtime_free(runtime);
    return checked();
}
