/* The fields of every kind of event: set, read back, and refused by events of other kinds. */
#include "check.h"
#include "fields.h"

typedef fg_str (*text_getter)(const fg_event *event);
typedef fg_status (*text_setter)(fg_event *event, fg_str value, fg_error **err);
typedef fg_map (*map_getter)(const fg_event *event);
typedef fg_status (*map_setter)(fg_event *event, fg_str name, const fg_str *values, size_t count, fg_error **err);

struct text_field {
    fg_kind kind;
    const char *json;
    text_getter get;
    text_setter set;
};

struct map_field {
    const char *json;
    map_getter get;
    map_setter set;
};

static const struct text_field TEXTS[] = {
#define X(name, json) {FG_KIND_APIG, json, fg_apig_##name, fg_apig_set_##name},
    APIG_TEXTS(X)
#undef X
#define X(name, json) {FG_KIND_TIMER, json, fg_timer_##name, fg_timer_set_##name},
    TIMER_TEXTS(X)
#undef X
};

static const struct map_field MAPS[] = {
#define X(name, json) {json, fg_apig_##name, fg_apig_set_##name},
    APIG_MAPS(X)
#undef X
};

static fg_event *made(fg_kind kind) {
    fg_event *event = NULL;
    SUCCEEDS(fg_event_new(kind, &event, &err));
    return event;
}

static int contains(fg_str text, const char *part) {
    size_t len = strlen(part), i;
    for (i = 0; i + len <= text.len; i++) {
        if (memcmp(text.ptr + i, part, len) == 0) {
            return 1;
        }
    }
    return 0;
}

static void text_of_its_kind(const struct text_field *field) {
    fg_event *event = made(field->kind);
    char member[64];
    SUCCEEDS(field->set(event, FG_STR_LIT("a \"b\" \xC3\xA9"), &err));
    CHECK_TEXT(field->get(event), "a \"b\" \xC3\xA9");
    snprintf(member, sizeof member, "\"%s\":\"a \\\"b\\\" \xC3\xA9\"", field->json);
    CHECK(contains(fg_event_canonical(event), member));
    CHECK(contains(fg_event_wire(event), member));
    SUCCEEDS(field->set(event, FG_STR_LIT(""), &err));
    CHECK_TEXT(field->get(event), "");
    CHECK(!contains(fg_event_canonical(event), member));
    FAILS(FG_STATUS_UTF8, field->set(event, FG_STR_LIT("ab\xFF"), &err));
    FAILS(FG_STATUS_NULL, field->set(event, fg_str_from(NULL), &err));
    FAILS(FG_STATUS_NULL, field->set(event, fg_str_of(NULL, 5), &err));
    FAILS(FG_STATUS_LENGTH, field->set(event, fg_str_of("x", SIZE_MAX), &err));
    CHECK_TEXT(field->get(event), "");
    fg_event_free(event);
}

static void text_of_other_kinds(const struct text_field *field) {
    fg_kind kind;
    for (kind = FG_KIND_UNKNOWN; kind <= FG_KIND_TIMER; kind++) {
        fg_event *event = made(kind);
        if (kind != field->kind) {
            CHECK_ABSENT(field->get(event));
            FAILS(FG_STATUS_KIND, field->set(event, FG_STR_LIT("x"), &err));
        }
        fg_event_free(event);
    }
}

static void map(const struct map_field *field) {
    fg_str values[2] = {{NULL, 0}, {NULL, 0}};
    fg_event *event = made(FG_KIND_APIG);
    fg_event *timer = made(FG_KIND_TIMER);
    values[0] = FG_STR_LIT("one");
    values[1] = FG_STR_LIT("two");
    CHECK(fg_map_count(field->get(event)) == 0);
    SUCCEEDS(field->set(event, FG_STR_LIT("Name"), values, 2, &err));
    CHECK(fg_map_count(field->get(event)) == 2);
    CHECK_TEXT(fg_map_get(field->get(event), FG_STR_LIT("name")), "one");
    CHECK(contains(fg_event_canonical(event), field->json));
    FAILS(FG_STATUS_NULL, field->set(event, FG_STR_LIT("n"), NULL, 1, &err));
    FAILS(FG_STATUS_LENGTH, field->set(event, FG_STR_LIT("n"), values, SIZE_MAX, &err));
    FAILS(FG_STATUS_LENGTH, field->set(event, FG_STR_LIT("n"), values, SIZE_MAX / sizeof values[0], &err));
    FAILS(FG_STATUS_UTF8, field->set(event, FG_STR_LIT("\xC3"), values, 2, &err));
    values[1] = FG_STR_LIT("\xED\xA0\x80");
    FAILS(FG_STATUS_UTF8, field->set(event, FG_STR_LIT("n"), values, 2, &err));
    FAILS(FG_STATUS_KIND, field->set(timer, FG_STR_LIT("n"), values, 1, &err));
    CHECK(fg_map_count(field->get(event)) == 2);
    CHECK(fg_map_count(field->get(timer)) == 0);
    SUCCEEDS(field->set(event, FG_STR_LIT("Name"), NULL, 0, &err));
    CHECK(fg_map_count(field->get(event)) == 0);
    fg_event_free(timer);
    fg_event_free(event);
}

static void body(void) {
    fg_event *event = made(FG_KIND_APIG);
    fg_event *timer = made(FG_KIND_TIMER);
    SUCCEEDS(fg_apig_set_base64_encoded_body(event, fg_bytes_of("\0\xFF", 2), &err));
    CHECK_TEXT(fg_apig_body(event), "AP8=");
    CHECK(fg_apig_is_base64_encoded(event) == 1);
    CHECK(fg_apig_raw_body(event).len == 2 && fg_apig_raw_body(event).ptr[1] == 0xFF);
    SUCCEEDS(fg_apig_set_body(event, FG_STR_LIT("not base64!"), &err));
    CHECK(fg_apig_raw_body(event).len == 11);
    CHECK(fg_event_finding_count(event) == 1);
    SUCCEEDS(fg_apig_set_is_base64_encoded(event, 0, &err));
    CHECK(fg_apig_is_base64_encoded(event) == 0);
    CHECK(fg_event_finding_count(event) == 0);
    SUCCEEDS(fg_apig_set_is_base64_encoded(event, -7, &err));
    CHECK(fg_apig_is_base64_encoded(event) == 1);
    SUCCEEDS(fg_apig_set_base64_encoded_body(event, fg_bytes_of(NULL, 0), &err));
    CHECK(fg_apig_raw_body(event).ptr != NULL && fg_apig_raw_body(event).len == 0);
    FAILS(FG_STATUS_NULL, fg_apig_set_base64_encoded_body(event, fg_bytes_of(NULL, 1), &err));
    FAILS(FG_STATUS_LENGTH, fg_apig_set_base64_encoded_body(event, fg_bytes_of("", SIZE_MAX), &err));
    FAILS(FG_STATUS_KIND, fg_apig_set_base64_encoded_body(timer, fg_bytes_of("", 0), &err));
    FAILS(FG_STATUS_KIND, fg_apig_set_is_base64_encoded(timer, 1, &err));
    CHECK(fg_apig_raw_body(timer).ptr == NULL);
    CHECK(fg_apig_is_base64_encoded(timer) == 0);
    fg_event_free(timer);
    fg_event_free(event);
}

/* A change that fails ends no view. */
static void views_outlive_failures(void) {
    fg_event *event = made(FG_KIND_KAFKA);
    fg_str canonical = fg_event_canonical(event), wire = fg_event_wire(event);
    FAILS(FG_STATUS_INDEX, fg_kafka_set_record_topic_id(event, 99, FG_STR_LIT("x"), &err));
    FAILS(FG_STATUS_KIND, fg_timer_set_version(event, FG_STR_LIT("x"), &err));
    FAILS(FG_STATUS_KIND, fg_apig_set_base64_encoded_body(event, fg_bytes_of(NULL, 0), &err));
    CHECK_TEXT(canonical, "{\"trigger_type\":\"KAFKA\"}");
    CHECK_TEXT(wire, "{\"trigger_type\":\"KAFKA\"}");
    fg_event_free(event);
}

static void times(void) {
    fg_event *event = made(FG_KIND_TIMER);
    CHECK(fg_timer_time_epoch_ms(event) == FG_NO_TIME);
    SUCCEEDS(fg_timer_set_time(event, FG_STR_LIT("1970-01-01T01:00:00+01:00"), &err));
    CHECK(fg_timer_time_epoch_ms(event) == 0);
    SUCCEEDS(fg_timer_set_time(event, FG_STR_LIT("2026-01-05T06:15:00.25Z"), &err));
    CHECK(fg_timer_time_epoch_ms(event) == INT64_C(1767593700250));
    SUCCEEDS(fg_timer_set_time(event, FG_STR_LIT("tomorrow"), &err));
    CHECK(fg_timer_time_epoch_ms(event) == FG_NO_TIME);
    fg_event_free(event);
}

int main(void) {
    size_t i;
    for (i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        text_of_its_kind(&TEXTS[i]);
        text_of_other_kinds(&TEXTS[i]);
    }
    for (i = 0; i < sizeof MAPS / sizeof MAPS[0]; i++) {
        map(&MAPS[i]);
    }
    body();
    views_outlive_failures();
    times();
    return checked();
}
