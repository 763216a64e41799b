/* Runs at every tick of a timer and answers nothing.
 *
 *     fgruntime invoke -e timer -- ./timer
 */
#include <fgruntime.h>

static fg_status handle(void *user_data, fg_invocation *invocation) {
    const fg_logger *logger = fg_context_logger(fg_invocation_context(invocation));
    const fg_event *event = NULL;
    fg_status status = fg_invocation_event(invocation, &event, NULL);
    fg_str name = fg_timer_trigger_name(event);
    fg_str time = fg_timer_time(event);
    fg_str user_event = fg_timer_user_event(event);
    (void)user_data;
    if (status != FG_OK) return status;
    fg_logf(logger, FG_LEVEL_INFO, "%.*s at %.*s", FG_ARG(name), FG_ARG(time));
    /* The text given when the trigger was made; it is absent in some test events. */
    if (user_event.ptr != NULL) fg_logf(logger, FG_LEVEL_INFO, "user event: %.*s", FG_ARG(user_event));
    return fg_invocation_respond(invocation, FG_OUTPUT_NONE, fg_bytes_of(NULL, 0), NULL);
}

int main(void) {
    fg_runtime_options options = fg_runtime_options_default();
    fg_error *error = NULL;
    options.handle_signals = 1;
    if (fg_runtime_run(&options, handle, NULL, NULL, &error) != FG_OK) {
        fg_str why = fg_error_message(error);
        fprintf(stderr, "timer: %.*s\n", FG_ARG(why));
        fg_error_free(error);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
