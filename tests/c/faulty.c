/* What sanitizers and valgrind must find; if they do not, they are not on. */
#include "check.h"

#include <limits.h>

/* Reads a view after its owner has been freed. */
static int use_after_free(void) {
    fg_event *event = NULL;
    const volatile char *text;
    fg_event_parse(fg_bytes_of("{\"a\":1}", 7), &event, NULL);
    text = fg_event_canonical(event).ptr;
    fg_event_free(event);
    return text[1];
}

static int leak(void) {
    fg_event *event = NULL;
    fg_event_parse(fg_bytes_of("{\"a\":1}", 7), &event, NULL);
    event = NULL;
    return event != NULL;
}

static int overflow(int one) {
    volatile int most = INT_MAX;
    return most + one;
}

int main(int argc, char **argv) {
    const char *fault = argc > 1 ? argv[1] : "";
    if (strcmp(fault, "use_after_free") == 0) {
        return use_after_free() == 0;
    }
    if (strcmp(fault, "leak") == 0) {
        return leak();
    }
    if (strcmp(fault, "overflow") == 0) {
        return overflow(argc - 1) > 0;
    }
    return EXIT_SUCCESS;
}
