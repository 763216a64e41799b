// The fields of an event, one after another, and what puts them there. A number is the length of a text that is absent.

#ifndef FGO_FIELDS_H
#define FGO_FIELDS_H

#include <fgruntime.h>
#include <stdlib.h>

typedef struct {
    fg_str *values;
    size_t count, room;
    int is_out_of_memory;
} fgo_fields;

// Puts all fields of an event.
void fgo_fields_of(fgo_fields *fields, const fg_event *event);

// Gives room for more values, which count already; NULL if there is none.
static inline fg_str *fgo_more(fgo_fields *fields, size_t count) {
    if (count > fields->room - fields->count) {
        const size_t room = 2 * fields->room + count + 96;
        fg_str *values = (fg_str *)realloc(fields->values, room * sizeof(fg_str));
        if (values == NULL) {
            fields->is_out_of_memory = 1;
            return NULL;
        }
        fields->values = values;
        fields->room = room;
    }
    fields->count += count;
    return fields->values + fields->count - count;
}

static inline void fgo_text(fgo_fields *fields, fg_str text) {
    fg_str *value = fgo_more(fields, 1);
    if (value != NULL) *value = text;
}

static inline void fgo_bytes(fgo_fields *fields, fg_bytes bytes) {
    fgo_text(fields, fg_str_of((const char *)bytes.ptr, bytes.len));
}

static inline void fgo_number(fgo_fields *fields, int64_t number) {
    fgo_text(fields, fg_str_of(NULL, (size_t)number));
}

// Puts how many elements follow, and gives how many there is memory for.
static inline size_t fgo_count(fgo_fields *fields, size_t count) {
    fgo_number(fields, (int64_t)count);
    return fields->is_out_of_memory ? 0 : count;
}

// Puts how many pairs follow, and the pairs: each is two views, one after the other.
static inline void fgo_map(fgo_fields *fields, fg_map map) {
    const size_t count = fgo_count(fields, fg_map_count(map));
    fg_str *pairs = fgo_more(fields, 2 * count);
    if (pairs != NULL) fg_map_all(map, (fg_pair *)pairs, count);
}

#endif
