/* Views of an event handed back to its own setters: they are read before what they point to changes. */
#include "check.h"

static fg_event *parsed(void) {
    static const char payload[] =
        "{\"httpMethod\":\"GET\",\"path\":\"/a\",\"requestContext\":{\"stage\":\"RELEASE\"},\"body\":\"aGVsbG8=\","
        "\"isBase64Encoded\":true,\"headers\":{\"x-one\":\"1\"},\"other\":\"a\\u0062c\"}";
    fg_event *event = NULL;
    SUCCEEDS(fg_event_parse(fg_bytes_of(payload, sizeof payload - 1), &event, &err));
    return event;
}

static void own_field(void) {
    fg_event *event = parsed();
    SUCCEEDS(fg_apig_set_path(event, fg_apig_body(event), &err));
    CHECK_TEXT(fg_apig_path(event), "aGVsbG8=");
    SUCCEEDS(fg_apig_set_path(event, FG_STR_LIT("/set"), &err));
    SUCCEEDS(fg_apig_set_path(event, fg_apig_path(event), &err));
    CHECK_TEXT(fg_apig_path(event), "/set");
    fg_event_free(event);
}

static void own_map_entry(void) {
    fg_event *event = parsed();
    fg_str value = FG_STR_LIT("2");
    SUCCEEDS(fg_apig_set_headers(event, FG_STR_LIT("x-two"), &value, 1, &err));
    value = fg_map_get(fg_apig_headers(event), FG_STR_LIT("x-two"));
    SUCCEEDS(fg_apig_set_headers(event, FG_STR_LIT("x-two"), &value, 1, &err));
    CHECK_TEXT(fg_map_get(fg_apig_headers(event), FG_STR_LIT("X-Two")), "2");
    fg_event_free(event);
}

static void own_json(void) {
    fg_event *event = parsed();
    size_t len = fg_event_wire(event).len;
    SUCCEEDS(fg_apig_set_user_data(event, fg_event_wire(event), &err));
    CHECK(fg_apig_user_data(event).len == len && fg_apig_user_data(event).ptr[0] == '{');
    len = fg_event_canonical(event).len;
    SUCCEEDS(fg_apig_set_base64_encoded_body(event, fg_bytes_of_str(fg_event_canonical(event)), &err));
    CHECK(fg_apig_raw_body(event).len == len && fg_apig_raw_body(event).ptr[0] == '{');
    fg_event_free(event);
}

static void own_raw_body(void) {
    fg_event *event = parsed();
    SUCCEEDS(fg_apig_set_base64_encoded_body(event, fg_apig_raw_body(event), &err));
    CHECK_TEXT(fg_apig_body(event), "aGVsbG8=");
    fg_event_free(event);
}

static void own_unknown_member(void) {
    fg_event *event = parsed();
    fg_str name, json;
    SUCCEEDS(fg_event_unknown(event, 0, &name, &json, &err));
    SUCCEEDS(fg_apig_set_path(event, json, &err));
    CHECK_TEXT(fg_apig_path(event), "\"abc\"");
    fg_event_free(event);
}

/* A setter that fails has changed nothing, so that views stay what they were. */
static void after_a_failure(void) {
    fg_event *event = parsed();
    fg_str before = fg_event_canonical(event);
    FAILS(FG_STATUS_UTF8, fg_apig_set_path(event, FG_STR_LIT("\xFF"), &err));
    CHECK(before.len > 0 && before.ptr[0] == '{' && before.ptr[before.len - 1] == '}');
    CHECK(fg_event_canonical(event).ptr == before.ptr);
    fg_event_free(event);
}

int main(void) {
    own_field();
    own_map_entry();
    own_json();
    own_raw_body();
    own_unknown_member();
    after_a_failure();
    return checked();
}
