/* Maps: look-ups, order, several texts of one name. */
#include "check.h"

static const char PAYLOAD[] =
    "{\"httpMethod\":\"GET\",\"path\":\"/\",\"requestContext\":{},\"headers\":{\"X-One\":\"1\",\"x-one\":[\"2\",\"3\"],"
    "\"empty\":\"\",\"none\":[],\"\":\"nameless\",\"nul\\u0000\":\"n\"}}";

static fg_event *event;
static fg_map map;

static void look_ups(void) {
    CHECK(fg_map_count(map) == 6);
    CHECK_TEXT(fg_map_get(map, FG_STR_LIT("x-one")), "2");
    CHECK_TEXT(fg_map_get(map, FG_STR_LIT("X-ONE")), "1");
    CHECK_TEXT(fg_map_get(map, FG_STR_LIT("empty")), "");
    CHECK_TEXT(fg_map_get(map, FG_STR_LIT("")), "nameless");
    CHECK_TEXT(fg_map_get(map, FG_STR_LIT("nul\0")), "n");
    CHECK_ABSENT(fg_map_get(map, FG_STR_LIT("none")));
    CHECK_ABSENT(fg_map_get(map, FG_STR_LIT("nul")));
    CHECK_ABSENT(fg_map_get(map, fg_str_from(NULL)));
    CHECK_ABSENT(fg_map_get(map, FG_STR_LIT("\xFF")));
    CHECK_ABSENT(fg_map_get(map, fg_str_of("x-one", SIZE_MAX)));
}

static void several_texts(void) {
    CHECK_TEXT(fg_map_get_nth(map, FG_STR_LIT("X-one"), 0), "1");
    CHECK_TEXT(fg_map_get_nth(map, FG_STR_LIT("X-one"), 2), "3");
    CHECK_ABSENT(fg_map_get_nth(map, FG_STR_LIT("X-one"), 3));
    CHECK_ABSENT(fg_map_get_nth(map, FG_STR_LIT("X-one"), SIZE_MAX));
    CHECK_ABSENT(fg_map_get_nth(map, fg_str_from(NULL), 0));
    CHECK_ABSENT(fg_map_get_nth(map, FG_STR_LIT("\xFF"), 0));
}

static void in_order(void) {
    fg_str name, text;
    SUCCEEDS(fg_map_at(map, 0, &name, &text, &err));
    CHECK_TEXT(name, "X-One");
    CHECK_TEXT(text, "1");
    SUCCEEDS(fg_map_at(map, 2, &name, &text, &err));
    CHECK_TEXT(name, "x-one");
    CHECK_TEXT(text, "3");
    SUCCEEDS(fg_map_at(map, 5, &name, &text, &err));
    CHECK_TEXT(name, "nul\0");
    FAILS(FG_STATUS_INDEX, fg_map_at(map, 6, &name, &text, &err));
    FAILS(FG_STATUS_INDEX, fg_map_at(map, SIZE_MAX, &name, &text, &err));
    CHECK_TEXT(text, "n");
}

static void all_at_once(void) {
    fg_pair pairs[8];
    size_t index, count = fg_map_all(map, pairs, 8);
    CHECK(count == fg_map_count(map) && count <= 8);
    for (index = 0; index < count; index++) {
        fg_str name, text;
        SUCCEEDS(fg_map_at(map, index, &name, &text, &err));
        CHECK(fg_str_equal(pairs[index].name, name) && fg_str_equal(pairs[index].value, text));
    }
    pairs[1].name = FG_STR_LIT("untouched");
    CHECK(fg_map_all(map, pairs, 1) == count && fg_map_all(map, NULL, 3) == count);
    CHECK_TEXT(pairs[1].name, "untouched");
}

static void empty(fg_map none) {
    CHECK(fg_map_count(none) == 0);
    CHECK_ABSENT(fg_map_get(none, FG_STR_LIT("x-one")));
    CHECK_ABSENT(fg_map_get_nth(none, FG_STR_LIT("x-one"), 0));
}

/* Not to be made by callers, but a wrong one must not read beyond the event. */
static void made_up(void) {
    fg_map wrong = map;
    fg_map zero = {NULL, 0};
    fg_str name, text;
    uint64_t field;
    for (field = 0; field < 64; field++) {
        wrong.field = (map.field & ~(UINT64_C(0xFFFF) << 32)) | field << 32;
        CHECK(fg_map_count(wrong) == (wrong.field == map.field ? 6 : 0));
    }
    wrong.field = UINT64_MAX;
    empty(wrong);
    FAILS(FG_STATUS_INDEX, fg_map_at(wrong, 0, &name, &text, &err));
    empty(zero);
    FAILS(FG_STATUS_NULL, fg_map_at(zero, 0, &name, &text, &err));
}

int main(void) {
    SUCCEEDS(fg_event_parse(fg_bytes_of(PAYLOAD, sizeof PAYLOAD - 1), &event, &err));
    map = fg_apig_headers(event);
    look_ups();
    all_at_once();
    several_texts();
    in_order();
    empty(fg_apig_path_parameters(event));
    made_up();
    CHECK(fg_map_count(map) == 6);
    fg_event_free(event);
    return checked();
}
