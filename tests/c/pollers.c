/* Four pollers: as many handlers at once, each waiting for the others. */
#include "scripted.h"

#include <pthread.h>

enum { POLLERS = 4 };

static pthread_barrier_t all_here;

static fg_status meet(void *user_data, fg_invocation *invocation) {
    CHECK(user_data == NULL);
    pthread_barrier_wait(&all_here);
    SUCCEEDS(fg_invocation_respond(invocation, FG_OUTPUT_TEXT, bytes("met"), &err));
    return FG_OK;
}

int main(void) {
    fg_runtime_options options = {0};
    options.struct_size = sizeof options;
    options.handle_signals = 1;
    options.pollers = POLLERS;
    CHECK(pthread_barrier_init(&all_here, NULL, POLLERS) == 0);
    SUCCEEDS(fg_runtime_run(&options, meet, NULL, NULL, &err));
    pthread_barrier_destroy(&all_here);
    return checked();
}
