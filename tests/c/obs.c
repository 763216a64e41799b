/* Objects in buckets, whichever the layout. */
#include "check.h"

static fg_event *event_of(const char *json) {
    fg_event *event = NULL;
    SUCCEEDS(fg_event_parse(fg_bytes_of(json, strlen(json)), &event, &err));
    return event;
}

static void both_layouts(void) {
    fg_event *event = event_of(
        "{\"Records\":[{\"awsRegion\":\"r1\",\"s3\":{\"bucket\":{\"name\":\"b1\"},\"object\":{\"key\":\"a%2Fb+c\"}}},"
        "{\"eventRegion\":\"r2\",\"obs\":{\"bucket\":{\"name\":\"b2\"},\"object\":{\"key\":\"100%\"}}},{}]}");
    CHECK(fg_event_kind(event) == FG_KIND_OBS && fg_obs_record_count(event) == 3);
    CHECK_TEXT(fg_obs_record_decoded_key(event, 0), "a/b c");
    CHECK_TEXT(fg_obs_record_bucket_name(event, 0), "b1");
    CHECK_TEXT(fg_obs_record_region(event, 0), "r1");
    CHECK_TEXT(fg_obs_record_decoded_key(event, 1), "100%");
    CHECK_TEXT(fg_obs_record_bucket_name(event, 1), "b2");
    CHECK_TEXT(fg_obs_record_region(event, 1), "r2");
    CHECK_ABSENT(fg_obs_record_decoded_key(event, 2));
    CHECK_ABSENT(fg_obs_record_bucket_name(event, 3));
    CHECK_ABSENT(fg_obs_record_region(event, SIZE_MAX));
    SUCCEEDS(fg_obs_set_record_s3_object_key(event, 0, FG_STR_LIT("x%20y"), &err));
    CHECK_TEXT(fg_obs_record_decoded_key(event, 0), "x y");
    fg_event_free(event);
}

static void through_eventgrid(void) {
    fg_event *event = event_of(
        "{\"specversion\":\"1.0\",\"data\":{\"eventRegion\":\"r\",\"obs\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"k%2B\"}}}}");
    CHECK(fg_event_kind(event) == FG_KIND_EVENTGRID);
    CHECK_TEXT(fg_obs_record_decoded_key(event, 0), "k+");
    CHECK_TEXT(fg_obs_record_bucket_name(event, 0), "b");
    CHECK_ABSENT(fg_obs_record_region(event, 1));
    fg_event_free(event);
}

static void of_other_kinds(void) {
    fg_event *event = event_of("{}");
    CHECK_ABSENT(fg_obs_record_decoded_key(event, 0));
    CHECK_ABSENT(fg_obs_record_bucket_name(event, 0));
    CHECK_ABSENT(fg_obs_record_region(event, 0));
    fg_event_free(event);
}

int main(void) {
    both_layouts();
    through_eventgrid();
    of_other_kinds();
    return checked();
}
