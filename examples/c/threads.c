/* Threads of one's own, all pulling from one runtime; SIGTERM lets each finish what it has. */
#include <fgruntime.h>

#include <pthread.h>

enum { THREADS = 4 };

static void *serve(void *runtime) {
    fg_invocation *invocation = NULL;
    while (fg_runtime_next((const fg_runtime *)runtime, -1, &invocation, NULL) == FG_OK) {
        fg_logf(fg_context_logger(fg_invocation_context(invocation)), FG_LEVEL_INFO, "%s", "answering");
        fg_invocation_respond(invocation, FG_OUTPUT_TEXT, fg_bytes_of("done", 4), NULL);
        fg_invocation_free(invocation);
    }
    return NULL;
}

static int start(const fg_runtime_options *options, fg_runtime **runtime) {
    fg_error *error = NULL;
    fg_str why;
    if (fg_runtime_new(options, runtime, &error) == FG_OK) return 1;
    why = fg_error_message(error);
    fprintf(stderr, "threads: %.*s\n", FG_ARG(why));
    fg_error_free(error);
    return 0;
}

int main(void) {
    fg_runtime_options options = fg_runtime_options_default();
    fg_runtime *runtime = NULL;
    pthread_t threads[THREADS];
    int started = 0, i;
    options.handle_signals = 1;
    if (!start(&options, &runtime)) return EXIT_FAILURE;
    while (started < THREADS && pthread_create(&threads[started], NULL, serve, runtime) == 0) started++;
    for (i = 0; i < started; i++) pthread_join(threads[i], NULL);
    fg_runtime_free(runtime);
    return started == THREADS ? EXIT_SUCCESS : EXIT_FAILURE;
}
