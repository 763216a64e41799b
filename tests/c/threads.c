/* What several threads may do at once: read one event, log, answer one invocation. */
#include "scripted.h"

#include <pthread.h>

enum { THREADS = 8, RECORDS = 50 };

static const fg_event *event;
static const fg_logger *logger;
static const fg_invocation *invocation;
static int replies;

/* The first use of what is made on demand is the interesting one, so all begin at once. */
static pthread_barrier_t begin;

static void *read_event(void *unused) {
    fg_finding finding;
    pthread_barrier_wait(&begin);
    CHECK_TEXT(fg_apig_path(event), "/a");
    CHECK(fg_apig_raw_body(event).len == 5);
    CHECK(fg_event_canonical(event).ptr == fg_event_canonical(event).ptr);
    CHECK(fg_event_wire(event).len > 0);
    SUCCEEDS(fg_event_finding(event, 0, &finding, &err));
    CHECK(fg_event_unknown_count(event) == 1);
    CHECK_TEXT(fg_map_get(fg_apig_headers(event), FG_STR_LIT("X-One")), "1");
    return unused;
}

static void *write_records(void *number) {
    int i;
    pthread_barrier_wait(&begin);
    for (i = 0; i < RECORDS; i++) {
        fg_logf(logger, FG_LEVEL_INFO, "thread %d record %d.", *(int *)number, i);
    }
    return NULL;
}

static void *answer(void *unused) {
    fg_error *err = NULL;
    fg_status status;
    pthread_barrier_wait(&begin);
    status = fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("me"), &err);
    CHECK(status == FG_OK || status == FG_STATUS_ALREADY_REPLIED);
    CHECK(fg_error_status(err) == status);
    __sync_fetch_and_add(&replies, status == FG_OK);
    fg_error_free(err);
    return unused;
}

static void at_once(void *(*work)(void *)) {
    pthread_t threads[THREADS];
    int numbers[THREADS];
    int i;
    CHECK(pthread_barrier_init(&begin, NULL, THREADS) == 0);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    pthread_barrier_destroy(&begin);
}

int main(void) {
    fg_runtime *runtime = connected();
    fg_invocation *received = next(runtime, "raced");
    invocation = received;
    logger = fg_context_logger(fg_invocation_context(invocation));
    SUCCEEDS(fg_invocation_event(invocation, &event, &err));
    at_once(read_event);
    at_once(write_records);
    at_once(answer);
    CHECK(replies == 1);
    fg_invocation_free(received);
    fg_runtime_free(runtime);
    return checked();
}
