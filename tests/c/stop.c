/* A signal handler stops a runtime that four threads wait for. */
#include "scripted.h"

#include <pthread.h>
#include <signal.h>

enum { THREADS = 4 };

static const fg_runtime *runtime;

static void stop(int number) {
    (void)number;
    fg_runtime_stop(runtime);
}

static void *wait_for_an_invocation(void *unused) {
    fg_invocation *invocation = NULL;
    FAILS(FG_STATUS_STOPPED, fg_runtime_next(runtime, -1, &invocation, &err));
    CHECK(invocation == NULL);
    return unused;
}

int main(void) {
    struct sigaction action;
    pthread_t threads[THREADS];
    fg_runtime *made = connected();
    int i;
    runtime = made;
    memset(&action, 0, sizeof action);
    action.sa_handler = stop;
    CHECK(sigaction(SIGTERM, &action, NULL) == 0);
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, wait_for_an_invocation, NULL) == 0);
    }
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    fg_runtime_free(made);
    return checked();
}
