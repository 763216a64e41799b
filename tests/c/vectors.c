/*
 * Reads events as the vectors ask, for the test that compares the answers.
 *
 * Asked on standard input, again and again: `KIND LENGTH\n` and the payload's bytes; KIND is `-` for the kind that the shape shows.
 * Answered on standard output in frames, the last one named `end`.
 */
#include "frames.h"

static struct frames out;

static fg_str text_of(fg_bytes bytes) {
    return fg_str_of((const char *)bytes.ptr, bytes.len);
}

static void findings(const fg_event *event) {
    size_t index;
    for (index = 0; index < fg_event_finding_count(event); index++) {
        fg_finding finding;
        if (fg_event_finding(event, index, &finding, NULL) == FG_OK) {
            add_named(&out, "path", finding.path);
            add_named(&out, "found", finding.found);
            add_named(&out, "read", finding.read);
        }
    }
}

static void lts(const fg_event *event) {
    size_t log;
    add_maybe(&out, "raw_data", text_of(fg_lts_lts_raw_data(event)));
    for (log = 0; log < fg_lts_lts_data_log_count(event); log++) {
        add_named(&out, "log", FG_STR_LIT(""));
        add_maybe(&out, "message", fg_lts_lts_data_log_message(event, log));
        add_number(&out, "time_epoch_ms", fg_lts_lts_data_log_time_epoch_ms(event, log));
        add_number(&out, "line_no", fg_lts_lts_data_log_line_no(event, log));
    }
}

static void messages(const fg_event *event, size_t records, size_t (*count)(const fg_event *, size_t),
                     fg_str (*message)(const fg_event *, size_t, size_t)) {
    size_t record, index;
    for (record = 0; record < records; record++) {
        add_named(&out, "record", FG_STR_LIT(""));
        for (index = 0; index < count(event, record); index++) {
            /* A null among the messages reads as an empty text everywhere. */
            add_named(&out, "message", message(event, record, index));
        }
    }
}

static void decoded(const fg_event *event) {
    size_t record;
    switch (fg_event_kind(event)) {
    case FG_KIND_APIG:
        add_named(&out, "raw_body", text_of(fg_apig_raw_body(event)));
        break;
    case FG_KIND_LTS:
        lts(event);
        break;
    case FG_KIND_DIS:
        for (record = 0; record < fg_dis_message_record_count(event); record++) {
            add_named(&out, "raw_data", text_of(fg_dis_message_record_raw_data(event, record)));
        }
        break;
    case FG_KIND_OBS:
        for (record = 0; record < fg_obs_record_count(event); record++) {
            add_maybe(&out, "decoded_key", fg_obs_record_decoded_key(event, record));
        }
        break;
    case FG_KIND_KAFKA:
        messages(event, fg_kafka_record_count(event), fg_kafka_record_message_count, fg_kafka_record_message);
        break;
    case FG_KIND_ROCKETMQ:
        messages(event, fg_rocketmq_record_count(event), fg_rocketmq_record_message_count, fg_rocketmq_record_message);
        break;
    case FG_KIND_RABBITMQ:
        messages(event, fg_rabbitmq_record_count(event), fg_rabbitmq_record_message_count, fg_rabbitmq_record_message);
        break;
    default:
        break;
    }
}

/* The kind of that name; none if it is no name of a kind. */
static fg_kind kind_of(const char *name) {
    fg_kind kind;
    for (kind = 1; fg_kind_str(kind).ptr != NULL; kind++) {
        if (fg_str_equal(fg_kind_str(kind), fg_str_from(name))) {
            return kind;
        }
    }
    return FG_KIND_UNKNOWN;
}

static void answer(const char *kind, fg_bytes payload) {
    fg_event *event = NULL;
    fg_error *error = NULL;
    fg_status status = strcmp(kind, "-") == 0 ? fg_event_parse(payload, &event, &error)
                                              : fg_event_parse_as(kind_of(kind), payload, NULL, &event, &error);
    if (status != FG_OK) {
        add_number(&out, "status", status);
        add_number(&out, "offset", fg_error_offset(error));
    } else {
        add_named(&out, "kind", fg_kind_str(fg_event_kind(event)));
        add_named(&out, "canonical", fg_event_canonical(event));
        findings(event);
        decoded(event);
    }
    fg_error_free(error);
    fg_event_free(event);
    add_named(&out, "end", FG_STR_LIT(""));
    fwrite(out.bytes, 1, out.len, stdout);
    fflush(stdout);
    out.len = 0;
}

int main(void) {
    char kind[32];
    unsigned long length;
    while (scanf("%31s %lu", kind, &length) == 2) {
        uint8_t *bytes = malloc(length + 1);
        if (bytes == NULL || getchar() != '\n' || fread(bytes, 1, length, stdin) != length) {
            free(bytes);
            return EXIT_FAILURE;
        }
        answer(kind, fg_bytes_of(bytes, length));
        free(bytes);
    }
    free(out.bytes);
    return EXIT_SUCCESS;
}
