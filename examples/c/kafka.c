/* Handles the messages of a Kafka trigger one by one and says how many there were.
 *
 *     fgruntime invoke -e kafka -- ./kafka
 */
#include <fgruntime.h>

static size_t handle_record(const fg_logger *logger, const fg_event *event, size_t record) {
    fg_str topic = fg_kafka_record_topic_id(event, record);
    size_t count = fg_kafka_record_message_count(event, record), i;
    for (i = 0; i < count; i++) {
        fg_str message = fg_kafka_record_message(event, record, i);
        fg_logf(logger, FG_LEVEL_INFO, "%.*s: %.*s", FG_ARG(topic), FG_ARG(message));
    }
    return count;
}

static fg_status handle(void *user_data, fg_invocation *invocation) {
    const fg_logger *logger = fg_context_logger(fg_invocation_context(invocation));
    const fg_event *event = NULL;
    fg_status status = fg_invocation_event(invocation, &event, NULL);
    size_t received = 0, record;
    char summary[64];
    int length;
    (void)user_data;
    if (status != FG_OK) return status;
    for (record = 0; record < fg_kafka_record_count(event); record++) {
        received += handle_record(logger, event, record);
    }
    length = snprintf(summary, sizeof summary, "{\"received\":%zu}", received);
    return fg_invocation_respond(invocation, FG_OUTPUT_JSON, fg_bytes_of(summary, (size_t)length), NULL);
}

int main(void) {
    fg_runtime_options options = fg_runtime_options_default();
    fg_error *error = NULL;
    options.handle_signals = 1;
    if (fg_runtime_run(&options, handle, NULL, NULL, &error) != FG_OK) {
        fg_str why = fg_error_message(error);
        fprintf(stderr, "kafka: %.*s\n", FG_ARG(why));
        fg_error_free(error);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
