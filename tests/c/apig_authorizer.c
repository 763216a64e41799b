/* A custom authorizer: what it is asked, and what it answers. */
#include "check.h"

static void is_asked(void) {
    static const char ASKED[] = "{\"headers\":{\"Authorization\":\"secret\"},\"queryStringParameters\":{},\"user_data\":\"u\"}";
    fg_event *event = NULL;
    SUCCEEDS(fg_event_parse_as(FG_KIND_APIG_AUTHORIZER, fg_bytes_of(ASKED, sizeof ASKED - 1), NULL, &event, &err));
    CHECK_TEXT(fg_map_get(fg_apig_authorizer_headers(event), FG_STR_LIT("authorization")), "secret");
    CHECK_TEXT(fg_apig_authorizer_user_data(event), "u");
    fg_event_free(event);
}

static void answers(void) {
    fg_authorizer_response *response = NULL;
    SUCCEEDS(fg_authorizer_response_new(1, &response, &err));
    CHECK_TEXT(fg_authorizer_response_json(response), "{\"statusCode\":200,\"body\":\"{\\\"status\\\":\\\"allow\\\",\\\"context\\\":{}}\"}");
    SUCCEEDS(fg_authorizer_response_set_context(response, FG_STR_LIT("user"), FG_STR_LIT("a\"b"), &err));
    CHECK_TEXT(fg_authorizer_response_json(response),
               "{\"statusCode\":200,\"body\":\"{\\\"status\\\":\\\"allow\\\",\\\"context\\\":{\\\"user\\\":\\\"a\\\\\\\"b\\\"}}\"}");
    /* The view that is passed in ends with the change. */
    SUCCEEDS(fg_authorizer_response_set_context(response, FG_STR_LIT("was"), fg_authorizer_response_json(response), &err));
    FAILS(FG_STATUS_UTF8, fg_authorizer_response_set_context(response, FG_STR_LIT("\xFF"), FG_STR_LIT("x"), &err));
    fg_authorizer_response_free(response);
    SUCCEEDS(fg_authorizer_response_new(0, &response, &err));
    CHECK_TEXT(fg_authorizer_response_json(response), "{\"statusCode\":200,\"body\":\"{\\\"status\\\":\\\"deny\\\",\\\"context\\\":{}}\"}");
    fg_authorizer_response_free(response);
}

int main(void) {
    is_asked();
    answers();
    return checked();
}
