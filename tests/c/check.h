/* What the C tests share: checks that are counted and told with their place, and calls that must fail or succeed. */
#ifndef CHECK_H
#define CHECK_H

#define _POSIX_C_SOURCE 200809L

#include "fgruntime.h"

/* Threads check too, so the counts are atomic; C99 has no atomics of its own. */
static int check_count;
static int check_failures;

/* Goes on after a failure, so that one run tells of all. */
#define CHECK(condition) check_that((condition) ? 1 : 0, #condition, "", __FILE__, __LINE__)

/* The view is this text, given as a literal. */
#define CHECK_TEXT(view, literal) check_text((view), "" literal "", sizeof(literal) - 1, #view, __FILE__, __LINE__)

#define CHECK_ABSENT(view) check_absent((view), #view, __FILE__, __LINE__)

#define CHECK_STATUS(expected, call) check_status((expected), (call), #call, __FILE__, __LINE__)

/* The call, which names its error `&err`, succeeds, and says so in the error too. */
#define SUCCEEDS(call)                                                          \
    do {                                                                        \
        fg_error *err = (fg_error *)&check_count;                               \
        check_status(FG_OK, (call), #call, __FILE__, __LINE__);                 \
        check_that(err == NULL, #call, ": the error is set", __FILE__, __LINE__); \
    } while (0)

/* The call, which names its error `&err`, fails with this status, an error of the same status, and a sentence. */
#define FAILS(expected, call)                                            \
    do {                                                                 \
        fg_error *err = NULL;                                            \
        check_status((expected), (call), #call, __FILE__, __LINE__);     \
        check_error((expected), err, #call, __FILE__, __LINE__);         \
        fg_error_free(err);                                              \
    } while (0)

static inline void check_that(int holds, const char *what, const char *more, const char *file, int line) {
    __sync_fetch_and_add(&check_count, 1);
    if (!holds) {
        __sync_fetch_and_add(&check_failures, 1);
        fprintf(stderr, "%s:%d: %s%s\n", file, line, what, more);
    }
}

static inline void check_text(fg_str view, const char *text, size_t len, const char *what, const char *file, int line) {
    char more[256];
    int shown = view.len > 100 ? 100 : (int)view.len;
    snprintf(more, sizeof more, " is %s\"%.*s\"", view.ptr == NULL ? "absent: " : "", shown, view.ptr == NULL ? "" : view.ptr);
    check_that(view.ptr != NULL && fg_str_equal(view, fg_str_of(text, len)), what, more, file, line);
}

static inline void check_absent(fg_str view, const char *what, const char *file, int line) {
    check_that(view.ptr == NULL && view.len == 0, what, " is not absent", file, line);
}

static inline void check_status(fg_status expected, fg_status status, const char *what, const char *file, int line) {
    char more[64];
    snprintf(more, sizeof more, ": status %d, not %d", (int)status, (int)expected);
    check_that(status == expected, what, more, file, line);
}

static inline void check_error(fg_status expected, const fg_error *error, const char *what, const char *file, int line) {
    check_status(expected, fg_error_status(error), what, file, line);
    check_that(fg_error_message(error).len > 0, what, ": the error has no message", file, line);
}

/* Tells the test that drives this program that a point has been reached. */
static inline void say(const char *word) {
    printf("%s\n", word);
    fflush(stdout);
}

/* For the end of main. */
static inline int checked(void) {
    printf("%d checks\n", check_count);
    return check_failures == 0 && check_count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
