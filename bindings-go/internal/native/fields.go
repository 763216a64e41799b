package native

/*
#include <fgruntime.h>

typedef struct {
    int32_t is_base64_encoded;
    fg_str http_method, path, body, user_data, api_id, request_id, stage, source_ip;
    fg_bytes raw_body;
    fg_map path_parameters, query_string_parameters, headers;
} fgo_apig;

// All fields with one crossing.
static fgo_apig fgo_apig_of(const fg_event *event) {
    fgo_apig apig;
    apig.is_base64_encoded = fg_apig_is_base64_encoded(event);
    apig.http_method = fg_apig_http_method(event);
    apig.path = fg_apig_path(event);
    apig.body = fg_apig_body(event);
    apig.user_data = fg_apig_user_data(event);
    apig.api_id = fg_apig_request_context_api_id(event);
    apig.request_id = fg_apig_request_context_request_id(event);
    apig.stage = fg_apig_request_context_stage(event);
    apig.source_ip = fg_apig_request_context_source_ip(event);
    apig.raw_body = fg_apig_raw_body(event);
    apig.path_parameters = fg_apig_path_parameters(event);
    apig.query_string_parameters = fg_apig_query_string_parameters(event);
    apig.headers = fg_apig_headers(event);
    return apig;
}

typedef struct {
    fg_str version, time, trigger_type, trigger_name, user_event;
    int64_t time_epoch_ms;
} fgo_timer;

static fgo_timer fgo_timer_of(const fg_event *event) {
    fgo_timer timer;
    timer.version = fg_timer_version(event);
    timer.time = fg_timer_time(event);
    timer.trigger_type = fg_timer_trigger_type(event);
    timer.trigger_name = fg_timer_trigger_name(event);
    timer.user_event = fg_timer_user_event(event);
    timer.time_epoch_ms = fg_timer_time_epoch_ms(event);
    return timer;
}

typedef struct {
    fg_str event_version, trigger_type, region, event_time, instance_id;
    int64_t event_time_epoch_ms;
} fgo_kafka;

static fgo_kafka fgo_kafka_of(const fg_event *event) {
    fgo_kafka kafka;
    kafka.event_version = fg_kafka_event_version(event);
    kafka.trigger_type = fg_kafka_trigger_type(event);
    kafka.region = fg_kafka_region(event);
    kafka.event_time = fg_kafka_event_time(event);
    kafka.instance_id = fg_kafka_instance_id(event);
    kafka.event_time_epoch_ms = fg_kafka_event_time_epoch_ms(event);
    return kafka;
}

static size_t fgo_record_count(const fg_event *event) {
    switch (fg_event_kind(event)) {
    case FG_KIND_KAFKA: return fg_kafka_record_count(event);
    case FG_KIND_ROCKETMQ: return fg_rocketmq_record_count(event);
    case FG_KIND_RABBITMQ: return fg_rabbitmq_record_count(event);
    case FG_KIND_DIS: return fg_dis_message_record_count(event);
    case FG_KIND_OBS: return fg_obs_record_count(event);
    case FG_KIND_LTS: return fg_lts_lts_data_log_count(event);
    default: return 0;
    }
}

static size_t fgo_message_count(const fg_event *event, size_t record) {
    switch (fg_event_kind(event)) {
    case FG_KIND_KAFKA: return fg_kafka_record_message_count(event, record);
    case FG_KIND_ROCKETMQ: return fg_rocketmq_record_message_count(event, record);
    default: return fg_rabbitmq_record_message_count(event, record);
    }
}

static void fgo_messages(const fg_event *event, size_t record, fg_str *messages, size_t count) {
    size_t i;
    for (i = 0; i < count; i++) {
        switch (fg_event_kind(event)) {
        case FG_KIND_KAFKA: messages[i] = fg_kafka_record_message(event, record, i); break;
        case FG_KIND_ROCKETMQ: messages[i] = fg_rocketmq_record_message(event, record, i); break;
        default: messages[i] = fg_rabbitmq_record_message(event, record, i);
        }
    }
}
*/
import "C"

import "time"

// APIG is an event of API Gateway.
type APIG struct {
	IsBase64Encoded                                     bool
	HTTPMethod, Path, APIID, RequestID, Stage, SourceIP string
	Body, UserData                                      *string
	RawBody                                             []byte
	PathParameters, QueryStringParameters, Headers      []Pair
}

// APIG gives the fields of an event of API Gateway.
func (e *Event) APIG() APIG {
	fields := C.fgo_apig_of(e.event)
	return APIG{
		IsBase64Encoded:       fields.is_base64_encoded == 1,
		HTTPMethod:            text(fields.http_method),
		Path:                  text(fields.path),
		Body:                  optional(fields.body),
		UserData:              optional(fields.user_data),
		APIID:                 text(fields.api_id),
		RequestID:             text(fields.request_id),
		Stage:                 text(fields.stage),
		SourceIP:              text(fields.source_ip),
		RawBody:               bytes(fields.raw_body),
		PathParameters:        pairs(fields.path_parameters),
		QueryStringParameters: pairs(fields.query_string_parameters),
		Headers:               pairs(fields.headers),
	}
}

// Timer is an event of a timer.
type Timer struct {
	Version, Time, TriggerType, TriggerName string
	UserEvent                               *string
	At                                      time.Time
}

// Timer gives the fields of an event of a timer.
func (e *Event) Timer() Timer {
	fields := C.fgo_timer_of(e.event)
	return Timer{
		Version:     text(fields.version),
		Time:        text(fields.time),
		TriggerType: text(fields.trigger_type),
		TriggerName: text(fields.trigger_name),
		UserEvent:   optional(fields.user_event),
		At:          at(fields.time_epoch_ms),
	}
}

// at gives a time; the zero time for one that is not known.
func at(milliseconds C.int64_t) time.Time {
	if milliseconds == C.INT64_MIN {
		return time.Time{}
	}
	return time.Unix(int64(milliseconds)/1000, int64(milliseconds)%1000*int64(time.Millisecond)).UTC()
}

// Kafka is an event of Kafka.
type Kafka struct {
	EventVersion, TriggerType, Region, EventTime, InstanceID string
	At                                                       time.Time
	Records                                                  []KafkaRecord
}

// KafkaRecord is the messages of a topic.
type KafkaRecord struct {
	TopicID, InstanceID string
	Messages            []string
}

// Kafka gives the fields of an event of Kafka.
func (e *Event) Kafka() Kafka {
	fields := C.fgo_kafka_of(e.event)
	kafka := Kafka{
		EventVersion: text(fields.event_version),
		TriggerType:  text(fields.trigger_type),
		Region:       text(fields.region),
		EventTime:    text(fields.event_time),
		InstanceID:   text(fields.instance_id),
		At:           at(fields.event_time_epoch_ms),
	}
	for i, messages := range e.Messages() {
		record := C.size_t(i)
		kafka.Records = append(kafka.Records, KafkaRecord{
			TopicID:    text(C.fg_kafka_record_topic_id(e.event, record)),
			InstanceID: text(C.fg_kafka_record_instance_id(e.event, record)),
			Messages:   messages,
		})
	}
	return kafka
}

// Messages gives the messages of each record, of the three kinds that have some. One that is null is an empty text.
func (e *Event) Messages() [][]string {
	records := make([][]string, int(C.fgo_record_count(e.event)))
	for i := range records {
		count := int(C.fgo_message_count(e.event, C.size_t(i)))
		records[i] = make([]string, count)
		if count == 0 {
			continue
		}
		views := make([]C.fg_str, count)
		C.fgo_messages(e.event, C.size_t(i), &views[0], C.size_t(count))
		for n, view := range views {
			records[i][n] = text(view)
		}
	}
	return records
}

// DISData gives what is behind the base64 of each record.
func (e *Event) DISData() [][]byte {
	records := make([][]byte, int(C.fgo_record_count(e.event)))
	for i := range records {
		records[i] = bytes(C.fg_dis_message_record_raw_data(e.event, C.size_t(i)))
	}
	return records
}

// OBSKeys gives the key of each record's object as it is in the bucket; nil if there is none.
func (e *Event) OBSKeys() []*string {
	records := make([]*string, int(C.fgo_record_count(e.event)))
	for i := range records {
		records[i] = optional(C.fg_obs_record_decoded_key(e.event, C.size_t(i)))
	}
	return records
}

// LTSData gives what is behind the base64 of log data.
func (e *Event) LTSData() []byte { return bytes(C.fg_lts_lts_raw_data(e.event)) }

// Log is an entry of log data. Nil is unset, or no whole number.
type Log struct {
	Message     *string
	TimeEpochMS *int64
	LineNo      *int64
}

// LTSLogs gives the entries of log data.
func (e *Event) LTSLogs() []Log {
	logs := make([]Log, int(C.fgo_record_count(e.event)))
	for i := range logs {
		entry := C.size_t(i)
		logs[i] = Log{
			Message:     optional(C.fg_lts_lts_data_log_message(e.event, entry)),
			TimeEpochMS: number(C.fg_lts_lts_data_log_time_epoch_ms(e.event, entry)),
			LineNo:      number(C.fg_lts_lts_data_log_line_no(e.event, entry)),
		}
	}
	return logs
}

func number(value C.int64_t) *int64 {
	if value == C.INT64_MIN {
		return nil
	}
	number := int64(value)
	return &number
}
