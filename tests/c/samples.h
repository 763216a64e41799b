/* What the generated tests of the events' fields share: sample values, and how bytes are checked. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include "check.h"

/* A view of bytes is this text, given as a literal. */
#define CHECK_BYTES(view, literal) CHECK_TEXT(fg_str_of((const char *)(view).ptr, (view).len), literal)

/* A view is the text of an array. */
#define CHECK_JSON(view, json) check_text((view), json, sizeof(json) - 1, #view, __FILE__, __LINE__)

/* Whole events are longer than the texts that every compiler must take. */
#pragma GCC diagnostic ignored "-Woverlength-strings"

static const fg_str ONE_TEXT[] = {{"text", 4}};
static const fg_str TWO_TEXTS[] = {{"first", 5}, {"second", 6}};

/* The JSON read as an event of this kind. */
static inline fg_event *event_of(fg_kind kind, const char *json) {
    fg_event *event = NULL;
    SUCCEEDS(fg_event_parse_as(kind, fg_bytes_of(json, strlen(json)), NULL, &event, &err));
    /* Nothing here is so small that it is not used. */
    CHECK(fg_event_kind(event) == kind && ONE_TEXT[0].len + TWO_TEXTS[0].len == 9);
    return event;
}

#endif
