/* A loop of one's own: echoes every payload, and does something else between two of them. */
#include <fgruntime.h>

static void echo(const fg_invocation *invocation) {
    fg_bytes payload = fg_invocation_payload(invocation);
    /* A reply that does not get through has been logged, and the next invocation may do better. */
    fg_invocation_respond(invocation, FG_OUTPUT_BYTES, payload, NULL);
}

static void serve(const fg_runtime *runtime) {
    for (;;) {
        fg_invocation *invocation = NULL;
        fg_status status = fg_runtime_next(runtime, 1000, &invocation, NULL);
        if (status == FG_OK) {
            echo(invocation);
            fg_invocation_free(invocation);
        } else if (status == FG_STATUS_TIMED_OUT) {
            puts("nothing to do");
            fflush(stdout);
        } else {
            return;
        }
    }
}

int main(void) {
    fg_runtime_options options = fg_runtime_options_default();
    fg_runtime *runtime = NULL;
    fg_error *error = NULL;
    options.handle_signals = 1;
    if (fg_runtime_new(&options, &runtime, &error) != FG_OK) {
        fg_str why = fg_error_message(error);
        fprintf(stderr, "pull: %.*s\n", FG_ARG(why));
        fg_error_free(error);
        return EXIT_FAILURE;
    }
    serve(runtime);
    fg_runtime_free(runtime);
    return EXIT_SUCCESS;
}
