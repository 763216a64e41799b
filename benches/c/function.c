/* The function under measurement, in C: reads its event, touches five of its fields, answers about 100 bytes, logs nothing.
 * Its argument says which events will come: `request` or `batch`. */
#include <fgruntime.h>

/* Keeps the compiler from leaving out what nobody looks at. */
static volatile size_t touched;

static void touch_request(const fg_event *event) {
    touched = fg_apig_http_method(event).len;
    touched = fg_apig_path(event).len;
    touched = fg_map_get(fg_apig_headers(event), FG_STR_LIT("User-Agent")).len;
    touched = fg_map_get(fg_apig_query_string_parameters(event), FG_STR_LIT("name")).len;
    touched = fg_apig_body(event).len;
}

static void touch_batch(const fg_event *event) {
    size_t record, message;
    touched = (size_t)fg_kafka_event_time_epoch_ms(event);
    touched = fg_kafka_region(event).len;
    touched = fg_kafka_instance_id(event).len;
    for (record = 0; record < fg_kafka_record_count(event); record++) {
        size_t count = fg_kafka_record_message_count(event, record);
        touched = fg_kafka_record_topic_id(event, record).len;
        for (message = 0; message < count; message++) {
            touched = fg_kafka_record_message(event, record, message).len;
        }
    }
}

static fg_status handle(void *is_batch, fg_invocation *invocation) {
    fg_apig_response *response = NULL;
    const fg_event *event = NULL;
    fg_status status = fg_invocation_event(invocation, &event, NULL);
    if (status != FG_OK) {
        return status;
    }
    if (is_batch != NULL) {
        touch_batch(event);
    } else {
        touch_request(event);
    }
    fg_apig_response_new(&response, NULL);
    fg_apig_response_set_header(response, FG_STR_LIT("Content-Type"), FG_STR_LIT("text/plain"), NULL);
    fg_apig_response_set_body(response, FG_STR_LIT("hello, world"), NULL);
    status = fg_invocation_respond_apig(invocation, response, NULL);
    fg_apig_response_free(response);
    return status;
}

int main(int count, char **arguments) {
    fg_runtime_options options = fg_runtime_options_default();
    int is_batch = count > 1 && strcmp(arguments[1], "batch") == 0;
    options.handle_signals = 1;
    return fg_runtime_run(&options, handle, is_batch ? &is_batch : NULL, NULL, NULL) == FG_OK ? 0 : 1;
}
