/* Views, statuses, errors and versions. */
#include "check.h"

#include <limits.h>

static void views(void) {
    fg_str literal = FG_STR_LIT("a\0b");
    CHECK(literal.len == 3 && memcmp(literal.ptr, "a\0b", 3) == 0);
    CHECK_TEXT(fg_str_from("text"), "text");
    CHECK_TEXT(fg_str_from(""), "");
    CHECK_ABSENT(fg_str_from(NULL));
    CHECK_TEXT(fg_str_of("text", 2), "te");
    CHECK(fg_bytes_of("ab", 2).len == 2 && fg_bytes_of("ab", 2).ptr[1] == 'b');
    CHECK(fg_bytes_of_str(FG_STR_LIT("abc")).len == 3);
    CHECK(fg_bytes_of_str(fg_str_from(NULL)).ptr == NULL);
}

static void equality(void) {
    fg_str absent = fg_str_from(NULL);
    CHECK(fg_str_equal(FG_STR_LIT("a"), fg_str_from("a")));
    CHECK(fg_str_equal(FG_STR_LIT(""), fg_str_of("x", 0)));
    CHECK(fg_str_equal(absent, absent));
    CHECK(!fg_str_equal(absent, FG_STR_LIT("")));
    CHECK(!fg_str_equal(FG_STR_LIT(""), absent));
    CHECK(!fg_str_equal(FG_STR_LIT("a"), FG_STR_LIT("b")));
    CHECK(!fg_str_equal(FG_STR_LIT("a"), FG_STR_LIT("ab")));
}

static const fg_status STATUSES[] = {
    FG_OK,                    FG_STATUS_NULL,           FG_STATUS_LENGTH,          FG_STATUS_UTF8,
    FG_STATUS_STRUCT_SIZE,    FG_STATUS_RANGE,          FG_STATUS_POISONED,        FG_STATUS_ALREADY_REPLIED,
    FG_STATUS_LATE,           FG_STATUS_STOPPED,        FG_STATUS_TIMED_OUT,       FG_STATUS_KIND,
    FG_STATUS_ALREADY_RUNNING, FG_STATUS_INDEX,         FG_STATUS_NOT_JSON,        FG_STATUS_TOO_DEEP,
    FG_STATUS_TOO_LARGE,      FG_STATUS_NO_ADDRESS,     FG_STATUS_INVALID_ADDRESS, FG_STATUS_IO,
    FG_STATUS_REFUSED,        FG_STATUS_LOST,           FG_STATUS_HANDLER_FAILED,  FG_STATUS_INITIALIZER_FAILED,
    FG_STATUS_PANIC,          FG_STATUS_OUT_OF_MEMORY,
};

static void statuses(void) {
    size_t count = sizeof STATUSES / sizeof STATUSES[0];
    size_t i, j;
    for (i = 0; i < count; i++) {
        fg_str text = fg_status_str(STATUSES[i]);
        CHECK(text.len > 0 && !fg_str_equal(text, fg_status_str(-1)));
        for (j = 0; j < i; j++) {
            CHECK(STATUSES[j] < STATUSES[i] && !fg_str_equal(text, fg_status_str(STATUSES[j])));
        }
    }
    CHECK_TEXT(fg_status_str(FG_OK), "success");
    CHECK(fg_status_str(INT32_MIN).len > 0);
    CHECK(fg_str_equal(fg_status_str(INT32_MAX), fg_status_str(-1)));
}

static void errors(void) {
    fg_error *err = NULL;
    fg_event *event = NULL;
    CHECK_STATUS(FG_STATUS_NOT_JSON, fg_event_parse(fg_bytes_of("[1,]", 4), &event, &err));
    CHECK(event == NULL);
    CHECK(fg_error_status(err) == FG_STATUS_NOT_JSON);
    CHECK(fg_error_offset(err) == 3);
    CHECK(fg_error_message(err).len > 0);
    fg_error_free(err);
    CHECK_STATUS(FG_STATUS_RANGE, fg_event_new(99, &event, &err));
    CHECK(fg_error_offset(err) == -1);
    fg_error_free(err);
    CHECK_STATUS(FG_STATUS_RANGE, fg_event_new(99, &event, NULL));
}

static void versions(void) {
    char start[16];
    CHECK(fg_abi_version() >> 16 == FG_ABI_MAJOR);
    CHECK((fg_abi_version() & 0xFFFF) == FG_ABI_MINOR);
    CHECK(fg_version().len >= 5);
    snprintf(start, sizeof start, "%d.", FG_ABI_MAJOR);
    CHECK(memcmp(fg_version().ptr, start, strlen(start)) == 0);
}

int main(void) {
    views();
    equality();
    statuses();
    errors();
    versions();
    return checked();
}
