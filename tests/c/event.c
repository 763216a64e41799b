/* Events of any kind: reading, limits, findings, unknown members, JSON. */
#include "check.h"

static fg_bytes bytes(const char *text) {
    return fg_bytes_of(text, strlen(text));
}

static fg_event *parsed(const char *text) {
    fg_event *event = NULL;
    SUCCEEDS(fg_event_parse(bytes(text), &event, &err));
    return event;
}

static void kinds(void) {
    static const struct {
        const char *payload;
        fg_kind kind;
    } cases[] = {
        {"{\"httpMethod\":\"GET\",\"path\":\"/\",\"requestContext\":{}}", FG_KIND_APIG},
        {"{\"trigger_type\":\"TIMER\",\"trigger_name\":\"t\",\"time\":\"\"}", FG_KIND_TIMER},
        {"{}", FG_KIND_UNKNOWN},
        {"null", FG_KIND_UNKNOWN},
        {" [1, 2]\n", FG_KIND_UNKNOWN},
    };
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fg_event *event = parsed(cases[i].payload);
        CHECK(fg_event_kind(event) == cases[i].kind);
        fg_event_free(event);
    }
    CHECK_TEXT(fg_kind_str(FG_KIND_APIG), "apig");
    CHECK_TEXT(fg_kind_str(FG_KIND_TIMER), "timer");
    CHECK_TEXT(fg_kind_str(FG_KIND_UNKNOWN), "unknown");
    CHECK_ABSENT(fg_kind_str(-1));
    CHECK_ABSENT(fg_kind_str(INT32_MAX));
}

static void bad_payloads(void) {
    static const char *const payloads[] = {"", " ", "{", "{\"a\":}", "[1,]", "tru", "1 2", "\"\x01\"", "{\"a\" 1}"};
    fg_event *event = NULL;
    size_t i;
    for (i = 0; i < sizeof payloads / sizeof payloads[0]; i++) {
        FAILS(FG_STATUS_NOT_JSON, fg_event_parse(bytes(payloads[i]), &event, &err));
    }
    FAILS(FG_STATUS_NOT_JSON, fg_event_parse(fg_bytes_of(NULL, 0), &event, &err));
    FAILS(FG_STATUS_NULL, fg_event_parse(fg_bytes_of(NULL, 1), &event, &err));
    FAILS(FG_STATUS_LENGTH, fg_event_parse(fg_bytes_of("{}", SIZE_MAX), &event, &err));
    FAILS(FG_STATUS_LENGTH, fg_event_parse(fg_bytes_of("{}", SIZE_MAX / 2 + 1), &event, &err));
    FAILS(FG_STATUS_RANGE, fg_event_parse_as(-1, bytes("{}"), NULL, &event, &err));
    FAILS(FG_STATUS_RANGE, fg_event_new(INT32_MIN, &event, &err));
    CHECK(event == NULL);
}

static void odd_payloads(void) {
    fg_event *event = parsed("\"\xFF\"");
    CHECK_TEXT(fg_event_canonical(event), "\"\xEF\xBF\xBD\"");
    CHECK(fg_event_finding_count(event) == 1);
    fg_event_free(event);
    SUCCEEDS(fg_event_parse_as(FG_KIND_TIMER, bytes("[]"), NULL, &event, &err));
    CHECK_ABSENT(fg_timer_version(event));
    fg_event_free(event);
    SUCCEEDS(fg_event_parse(fg_bytes_of("\"\\u0000\"", 8), &event, &err));
    fg_event_free(event);
}

/* A payload of `depth` arrays in each other; the caller's to free. */
static fg_bytes nested(size_t depth) {
    char *text = (char *)malloc(2 * depth);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    return fg_bytes_of(text, 2 * depth);
}

static void limits(void) {
    fg_limits limits = {0};
    fg_event *event = NULL;
    fg_bytes deep = nested(129);
    limits.struct_size = sizeof limits;
    FAILS(FG_STATUS_TOO_DEEP, fg_event_parse(deep, &event, &err));
    limits.max_depth = 129;
    SUCCEEDS(fg_event_parse_as(FG_KIND_UNKNOWN, deep, &limits, &event, &err));
    fg_event_free(event);
    limits.max_bytes = deep.len - 1;
    FAILS(FG_STATUS_TOO_LARGE, fg_event_parse_as(FG_KIND_UNKNOWN, deep, &limits, &event, &err));
    free((void *)deep.ptr);
}

/* Limits that limit nothing must not let a payload use up the stack. */
static void no_limits(void) {
    fg_limits limits = {0};
    fg_event *event = NULL;
    fg_bytes deep = nested(200 * 1000);
    limits.struct_size = sizeof limits;
    limits.max_depth = SIZE_MAX;
    limits.max_bytes = SIZE_MAX;
    SUCCEEDS(fg_event_parse_as(FG_KIND_UNKNOWN, deep, &limits, &event, &err));
    CHECK(fg_event_canonical(event).len == deep.len);
    CHECK(fg_event_wire(event).len == deep.len);
    fg_event_free(event);
    free((void *)deep.ptr);
}

static void findings(void) {
    fg_event *event = parsed("{\"httpMethod\":5,\"requestContext\":{\"stage\":[]},\"path\":\"/\",\"x\":{\"y\": 1},\"z\":null}");
    fg_finding finding;
    fg_str name, json;
    CHECK(fg_event_finding_count(event) >= 1);
    SUCCEEDS(fg_event_finding(event, 0, &finding, &err));
    CHECK(finding.path.ptr != NULL && finding.found.len > 0 && finding.read.len > 0);
    FAILS(FG_STATUS_INDEX, fg_event_finding(event, fg_event_finding_count(event), &finding, &err));
    FAILS(FG_STATUS_INDEX, fg_event_finding(event, SIZE_MAX, &finding, &err));
    CHECK(fg_event_unknown_count(event) == 2);
    SUCCEEDS(fg_event_unknown(event, 0, &name, &json, &err));
    CHECK_TEXT(name, "x");
    CHECK_TEXT(json, "{\"y\":1}");
    FAILS(FG_STATUS_INDEX, fg_event_unknown(event, 2, &name, &json, &err));
    FAILS(FG_STATUS_INDEX, fg_event_unknown(event, SIZE_MAX, &name, &json, &err));
    CHECK_TEXT(name, "x");
    fg_event_free(event);
}

/* The caller's payload may go as soon as the call is over. */
static void payloads_are_copied(void) {
    char payload[] = "{\"trigger_type\":\"TIMER\",\"trigger_name\":\"nightly\"}";
    fg_event *event = NULL;
    SUCCEEDS(fg_event_parse_as(FG_KIND_TIMER, bytes(payload), NULL, &event, &err));
    memset(payload, 'x', sizeof payload);
    CHECK_TEXT(fg_timer_trigger_name(event), "nightly");
    fg_event_free(event);
}

static void new_events(void) {
    fg_event *event = NULL;
    SUCCEEDS(fg_event_new(FG_KIND_UNKNOWN, &event, &err));
    CHECK_TEXT(fg_event_wire(event), "null");
    fg_event_free(event);
    SUCCEEDS(fg_event_new(FG_KIND_TIMER, &event, &err));
    CHECK_TEXT(fg_timer_trigger_type(event), "TIMER");
    CHECK_TEXT(fg_event_wire(event), "{\"trigger_type\":\"TIMER\"}");
    fg_event_free(event);
    fg_event_free(NULL);
}

int main(void) {
    kinds();
    bad_payloads();
    odd_payloads();
    limits();
    no_limits();
    findings();
    payloads_are_copied();
    new_events();
    return checked();
}
