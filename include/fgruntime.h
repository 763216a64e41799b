/*
 * libfgruntime: the runtime for functions on Huawei Cloud FunctionGraph.
 *
 * Generated from the source of the library; do not edit.
 *
 * Rules that hold for everything here
 *
 * Status and errors. Functions that can fail return fg_status and take `fg_error **err` last. It may be NULL. Otherwise it is
 * set by every call: to NULL on success, else to an error that the caller frees with fg_error_free. There is no last error
 * to ask for, so that calls may come from any thread. Outputs are written on success only.
 *
 * Pointers. Every pointer is checked for NULL: functions with a status fail with FG_STATUS_NULL, the others return something
 * empty. Freeing NULL does nothing. What is not NULL must be valid; freeing an object twice, or using it after it has been
 * freed, is undefined.
 *
 * Views. fg_str and fg_bytes point to memory of somebody else, who is named with each function. `ptr == NULL` is absent;
 * `len == 0` with a pointer is empty. Texts are UTF-8 and not ended by NUL. Views passed in are copied, or used during the call only.
 *
 * Threads. `const fg_x *` may be used by several threads at once, `fg_x *` by one. Objects may be moved between threads.
 *
 * Memory. Copying a payload fails with FG_STATUS_OUT_OF_MEMORY if there is none; elsewhere, running out of it ends the process.
 *
 * Callbacks get their `void *user_data` first and may call anything here: no lock is held. They must not leave by longjmp or a
 * C++ exception, which is undefined. The function that frees user data runs exactly once, also when the call fails.
 *
 * Structures of options begin with their size, are only ever appended to, and mean the default where they are zero. Start from
 * fg_runtime_options_default() and its like.
 *
 * Panics of the library, which are bugs, become FG_STATUS_PANIC. The object of the call is poisoned and can only be freed.
 *
 * Versions. FG_ABI_MAJOR is 0 until the first release, and until then nothing is promised. See fg_abi_version.
 *
 * Facts about the platform (variables, headers, defaults, shapes of events) are those of FunctionGraph's documentation; where they
 * were only seen in official sources or measured, the function says so.
 *
 * Licence: Apache-2.0.
 */

#ifndef FGRUNTIME_H
#define FGRUNTIME_H

#include <stddef.h>
#include <stdint.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define FG_DEPRECATED(note) __attribute__((deprecated(note)))
#define FG_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define FG_DEPRECATED(note)
#define FG_PRINTF(text, first)
#endif

/** What functions return for a time that is not known. */
#define FG_NO_TIME INT64_MIN

/** What functions return for a number that is not there, or no whole number of 64 bits. */
#define FG_NO_NUMBER INT64_MIN

/**
 * The ABI's major version. It is 0 until the first release, and until then nothing is promised; afterwards a change that
 * could break a program raises it, and with it the library's name (`libfgruntime.so.<major>`).
 */
#define FG_ABI_MAJOR 0

/**
 * The ABI's minor version. It rises when something is added.
 */
#define FG_ABI_MINOR 3

/**
 * What the library takes where nobody says otherwise: `FG_TRANSPORT_POLL`.
 */
#define FG_TRANSPORT_DEFAULT 0

/**
 * The function asks the platform at `RUNTIME_API_ADDR` for events: the API of custom runtimes.
 */
#define FG_TRANSPORT_POLL 1

/**
 * The platform calls the function, which serves `RUNTIME_API_ADDR`: the Go 1.x runtime.
 */
#define FG_TRANSPORT_GO_RPC 2

/**
 * The function serves HTTP: containers, HTTP functions, Knative.
 */
#define FG_TRANSPORT_HTTP 3

/**
 * What API Gateway turns into an HTTP response: status 200, no headers and an empty body until it is told otherwise. One
 * thread at a time may change it.
 */
typedef struct fg_apig_response fg_apig_response;

/**
 * Whether a request may pass, and what is known of its caller. Answer with its JSON: `fg_invocation_respond` with
 * `FG_OUTPUT_JSON`. One thread at a time may change it.
 */
typedef struct fg_authorizer_response fg_authorizer_response;

/**
 * What a handler may ask about its invocation and its function. Borrowed from an invocation, or made for tests by
 * `fg_context_new`. It never changes: any threads may use it at once. Every text that a function here returns belongs to it.
 * Credentials are there only if the function has an agency.
 */
typedef struct fg_context fg_context;

/**
 * Why a call failed: immutable, owned by whoever got it, to be freed with `fg_error_free`; any thread may use it.
 */
typedef struct fg_error fg_error;

/**
 * A trigger event. Made by `fg_event_parse`, `fg_event_parse_as` or `fg_event_new` and freed with `fg_event_free`, or borrowed
 * from an invocation. Several threads may read it at once; views of it live until it is changed or freed.
 */
typedef struct fg_event fg_event;

/**
 * One payload with its context, to be answered once, from any thread. From `fg_runtime_next` it is the caller's to free; in a
 * handler it belongs to the runtime and lives until the handler returns. Everything borrowed from it lives as long. If it is
 * freed, or the handler returns, without a reply, it is answered with the error `FunctionNotReplied`.
 */
typedef struct fg_invocation fg_invocation;

/**
 * Writes records that carry one invocation's id. Any threads may use one at once, also after the invocation has been answered.
 * Values of the invocation's credentials are masked wherever they appear.
 */
typedef struct fg_logger fg_logger;

/**
 * Answers one invocation, from any thread and also after the invocation has been freed, which is then too late. Made by
 * `fg_invocation_responder`, freed with `fg_responder_free`.
 */
typedef struct fg_responder fg_responder;

/**
 * The connection to the platform. Any threads may use one at once. It may be freed while invocations are held: they can still
 * be answered.
 */
typedef struct fg_runtime fg_runtime;

/**
 * How a call ended: `FG_OK`, or what went wrong. All failures are positive. A number never changes its meaning and is
 * never used again; callers must be ready for numbers that they do not know. Blocks: 1-99 wrong use of the library,
 * 100-199 reading payloads, 200-299 settings, 300-399 input and output, 400-499 handlers, 900-999 the library itself.
 */
typedef int32_t fg_status;

/**
 * A text of `len` bytes in UTF-8, not ended by NUL; it may contain NUL. `ptr == NULL` is absent, `len == 0` with a pointer
 * is empty. A view that the library returns lives as long as the owner that the function's description names.
 */
typedef struct fg_str {
    /**
     * The first byte, or NULL.
     */
    const char *ptr;
    /**
     * How many bytes.
     */
    size_t len;
} fg_str;

/**
 * Some bytes; like `fg_str` in everything but UTF-8.
 */
typedef struct fg_bytes {
    /**
     * The first byte, or NULL.
     */
    const uint8_t *ptr;
    /**
     * How many bytes.
     */
    size_t len;
} fg_bytes;

/**
 * A name and a value.
 */
typedef struct fg_pair {
    /**
     * The name.
     */
    struct fg_str name;
    /**
     * The value.
     */
    struct fg_str value;
} fg_pair;

/**
 * Takes one log record, with its line end. Called from any thread, several at once; the view is borrowed for the call.
 */
typedef void (*fg_log_output)(void *user_data, struct fg_str record);

/**
 * Frees the user data of a callback; it may be NULL.
 */
typedef void (*fg_user_data_free)(void *user_data);

/**
 * What a context for tests says. Set `struct_size` to `sizeof(fg_context_options)`; all else may be zero.
 */
typedef struct fg_context_options {
    /**
     * `sizeof(fg_context_options)`.
     */
    size_t struct_size;
    /**
     * The invocation's id.
     */
    struct fg_str request_id;
    /**
     * Headers of the invocation, for example `X-CFF-Security-Token`.
     */
    const struct fg_pair *headers;
    /**
     * How many headers.
     */
    size_t header_count;
    /**
     * The user's own variables.
     */
    const struct fg_pair *user_data;
    /**
     * How many of them.
     */
    size_t user_data_count;
    /**
     * What stands for the environment, such as `RUNTIME_MEMORY`: nothing is read from the real one. Since ABI 0.3.
     */
    const struct fg_pair *variables;
    /**
     * How many variables.
     */
    size_t variable_count;
    /**
     * Where log records go instead of standard output. Since ABI 0.3.
     */
    fg_log_output log_output;
    /**
     * Passed to `log_output`.
     */
    void *log_user_data;
    /**
     * Frees `log_user_data`; runs exactly once: when the context and the last clone and logger of it are gone, or when the call that
     * got the options fails, but for a wrong `struct_size`.
     */
    fg_user_data_free log_user_data_free;
    /**
     * 1 writes log records as JSON. Since ABI 0.3.
     */
    uint32_t log_as_json;
} fg_context_options;

/**
 * Which trigger an event comes from: one of the `FG_KIND_` constants. Callers must be ready for kinds they do not know.
 */
typedef int32_t fg_kind;

/**
 * What reading an event may cost. Set `struct_size` to `sizeof(fg_limits)`; zero in any other member is the default.
 */
typedef struct fg_limits {
    /**
     * `sizeof(fg_limits)`.
     */
    size_t struct_size;
    /**
     * How many arrays and objects may nest in each other; 128 by default.
     */
    size_t max_depth;
    /**
     * The largest payload in bytes; 6 MiB by default, the platform's own limit for synchronous invocations.
     */
    size_t max_bytes;
} fg_limits;

/**
 * One finding: where a payload was not what the documents promise, and how it was read. The views belong to the event.
 */
typedef struct fg_finding {
    /**
     * Where, as a JSON Pointer; empty for the whole payload.
     */
    struct fg_str path;
    /**
     * What was there: a type, never a value, since events carry credentials.
     */
    struct fg_str found;
    /**
     * How it was read; `unset` when it could not be.
     */
    struct fg_str read;
} fg_finding;

/**
 * A map of an event: names in document order, each with one or several texts. A small value that points into the event, valid
 * as long as that is; do not look inside. An event without the map has an empty one.
 */
typedef struct fg_map {
    /**
     * The event.
     */
    const struct fg_event *event;
    /**
     * Which of its maps.
     */
    uint64_t field;
} fg_map;

/**
 * What an output is: one of the `FG_OUTPUT_` constants.
 */
typedef int32_t fg_output;

/**
 * How much a log record matters: one of the `FG_LEVEL_` constants.
 */
typedef int32_t fg_level;

/**
 * Runs once, before the first invocation. Anything but `FG_OK` answers the first invocation with the error `FunctionInitError` and
 * ends `fg_runtime_run` with `FG_STATUS_INITIALIZER_FAILED`; the process should then exit with 1. `context` is borrowed for
 * the call.
 */
typedef fg_status (*fg_initializer)(void *user_data, const struct fg_context *context);

/**
 * Runs once, after the last invocation. `context` is borrowed for the call.
 */
typedef fg_status (*fg_shutdown_handler)(void *user_data, const struct fg_context *context);

/**
 * Options of a runtime. Set `struct_size` to `sizeof(fg_runtime_options)`; zero in any other member is the default. Later versions
 * of the library only append members.
 */
typedef struct fg_runtime_options {
    /**
     * `sizeof(fg_runtime_options)`.
     */
    size_t struct_size;
    /**
     * Where the platform is, `host:port`, instead of `RUNTIME_API_ADDR`; over `FG_TRANSPORT_GO_RPC`
     * and `FG_TRANSPORT_HTTP` where to listen, `host:port` or `:port`.
     */
    struct fg_str api_address;
    /**
     * 1 stops at SIGTERM and SIGINT; a second one ends the process at once with status 1. Over `FG_TRANSPORT_HTTP`, `fg_runtime_run` asks the
     * thread of a handler that takes too long by SIGURG where it is, unless the program handles that signal itself, and logs it; a
     * call of the system's in which it waits may then fail with EINTR. The library installs no signal handlers otherwise.
     */
    uint32_t handle_signals;
    /**
     * For `fg_runtime_run`: how many threads ask for invocations and call the handler, at most 1024; no more run at
     * once then. 0 is as many as may run at once (`FGRUNTIME_CONCURRENCY`), and 1 where the platform decides that.
     */
    uint32_t pollers;
    /**
     * How long to wait after a failure to get an invocation, in milliseconds; doubles with each further one. 0 is 50.
     */
    uint32_t backoff_first_ms;
    /**
     * The longest such wait, in milliseconds; 0 is 2000.
     */
    uint32_t backoff_longest_ms;
    /**
     * For `fg_runtime_run`: the initializer, called with the handler's user data.
     */
    fg_initializer initializer;
    /**
     * Where log records go instead of standard output.
     */
    fg_log_output log_output;
    /**
     * Passed to `log_output`.
     */
    void *log_user_data;
    /**
     * Frees `log_user_data`; runs exactly once: when the runtime and the last invocation, responder and logger of it are gone,
     * or when the call that got the options fails, but for a wrong `struct_size`.
     */
    fg_user_data_free log_user_data_free;
    /**
     * How invocations arrive, one of `FG_TRANSPORT_*`, unless the environment's `FGRUNTIME_TRANSPORT` says otherwise (`poll`,
     * `go-rpc` or `http`). Since ABI 0.2.
     */
    uint32_t default_transport;
    /**
     * For `fg_runtime_run`: runs once, after the last invocation, when the process has been told to stop; called with the handler's
     * user data. A status other than `FG_OK` is logged. Since ABI 0.3.
     */
    fg_shutdown_handler on_shutdown;
} fg_runtime_options;

/**
 * Called for every invocation, on a thread that asks for them, several at once if there are several pollers. `invocation` belongs
 * to the runtime and lives until the handler returns. By then it must have its reply, from this thread or through a responder
 * from another: `FG_OK` without one answers with the error `FunctionNotReplied`, any other status without one with
 * `FunctionReturnError`. The library holds no lock:
 * the handler may call anything. It must not leave by `longjmp` or a C++ exception, which is undefined.
 */
typedef fg_status (*fg_handler)(void *user_data, struct fg_invocation *invocation);

/**
 * No known trigger; any JSON.
 */
#define FG_KIND_UNKNOWN 0

/**
 * API Gateway.
 */
#define FG_KIND_APIG 1

/**
 * Timer.
 */
#define FG_KIND_TIMER 2

/**
 * API Gateway, asking a custom authorizer. Never taken from the shape: ask for it with `fg_event_parse_as`.
 */
#define FG_KIND_APIG_AUTHORIZER 3

/**
 * Simple Message Notification.
 */
#define FG_KIND_SMN 4

/**
 * Log Tank Service.
 */
#define FG_KIND_LTS 5

/**
 * Cloud Trace Service.
 */
#define FG_KIND_CTS 6

/**
 * Document Database Service.
 */
#define FG_KIND_DDS 7

/**
 * GaussDB(for Mongo), now GeminiDB.
 */
#define FG_KIND_GAUSS_MONGO 8

/**
 * Kafka, hosted or self-hosted.
 */
#define FG_KIND_KAFKA 9

/**
 * RocketMQ.
 */
#define FG_KIND_ROCKETMQ 10

/**
 * RabbitMQ.
 */
#define FG_KIND_RABBITMQ 11

/**
 * Data Ingestion Service.
 */
#define FG_KIND_DIS 12

/**
 * Distributed Message Service, the old one.
 */
#define FG_KIND_DMS 13

/**
 * Object Storage Service, in S3's layout or its own.
 */
#define FG_KIND_OBS 14

/**
 * EventGrid (CloudEvents).
 */
#define FG_KIND_EVENTGRID 15

/**
 * IoT Device Access.
 */
#define FG_KIND_IOTDA 16

/**
 * The end of another function's asynchronous invocation.
 */
#define FG_KIND_ASYNC_DESTINATION 17

/**
 * Config, asking a custom rule.
 */
#define FG_KIND_CONFIG 18

/**
 * Nothing: an empty body.
 */
#define FG_OUTPUT_NONE 0

/**
 * Bytes, as they are.
 */
#define FG_OUTPUT_BYTES 1

/**
 * Text in UTF-8, as it is.
 */
#define FG_OUTPUT_TEXT 2

/**
 * The text of a JSON value.
 */
#define FG_OUTPUT_JSON 3

/**
 * No level; such records are always written.
 */
#define FG_LEVEL_NONE 0

/**
 * For developers.
 */
#define FG_LEVEL_DEBUG 1

/**
 * The course of things; the default threshold.
 */
#define FG_LEVEL_INFO 2

/**
 * Something odd that was dealt with.
 */
#define FG_LEVEL_WARN 3

/**
 * Something that failed.
 */
#define FG_LEVEL_ERROR 4

/**
 * The call succeeded.
 */
#define FG_OK 0

/**
 * A pointer that must not be NULL is NULL.
 */
#define FG_STATUS_NULL 1

/**
 * A length is larger than any object can be.
 */
#define FG_STATUS_LENGTH 2

/**
 * A text is not UTF-8.
 */
#define FG_STATUS_UTF8 3

/**
 * A structure is smaller than the library has ever known it, or larger with a tail that is not zero.
 */
#define FG_STATUS_STRUCT_SIZE 4

/**
 * A number is not one of those allowed.
 */
#define FG_STATUS_RANGE 5

/**
 * An earlier call on this object panicked; it can only be freed.
 */
#define FG_STATUS_POISONED 6

/**
 * The invocation has its reply already.
 */
#define FG_STATUS_ALREADY_REPLIED 7

/**
 * The invocation is over: it was given up without a reply.
 */
#define FG_STATUS_LATE 8

/**
 * The runtime has been stopped.
 */
#define FG_STATUS_STOPPED 9

/**
 * Nothing came in time; ask again.
 */
#define FG_STATUS_TIMED_OUT 10

/**
 * The event is of another kind.
 */
#define FG_STATUS_KIND 11

/**
 * A handler is running in this process already.
 */
#define FG_STATUS_ALREADY_RUNNING 12

/**
 * There is nothing at this index.
 */
#define FG_STATUS_INDEX 13

/**
 * The payload is not JSON.
 */
#define FG_STATUS_NOT_JSON 100

/**
 * The payload nests deeper than the limit.
 */
#define FG_STATUS_TOO_DEEP 101

/**
 * The payload is larger than the limit.
 */
#define FG_STATUS_TOO_LARGE 102

/**
 * `RUNTIME_API_ADDR` is not set.
 */
#define FG_STATUS_NO_ADDRESS 200

/**
 * `RUNTIME_API_ADDR` is not `host:port`.
 */
#define FG_STATUS_INVALID_ADDRESS 201

/**
 * `FGRUNTIME_TRANSPORT` names no transport.
 */
#define FG_STATUS_UNKNOWN_TRANSPORT 202

/**
 * A variable of the transport over HTTP (`FGRUNTIME_HTTP_*`, `PORT`) cannot be used.
 */
#define FG_STATUS_INVALID_SETTING 203

/**
 * The operating system refused something.
 */
#define FG_STATUS_IO 300

/**
 * The platform refused the reply.
 */
#define FG_STATUS_REFUSED 301

/**
 * The reply did not get through.
 */
#define FG_STATUS_LOST 302

/**
 * For handlers to return: the invocation failed.
 */
#define FG_STATUS_HANDLER_FAILED 400

/**
 * The initializer failed; the first invocation was answered with its error.
 */
#define FG_STATUS_INITIALIZER_FAILED 401

/**
 * The library panicked, which is a bug in it. Only the object of the call is affected.
 */
#define FG_STATUS_PANIC 900

/**
 * There is not enough memory.
 */
#define FG_STATUS_OUT_OF_MEMORY 901

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The status of the call that failed; `FG_OK` if `error` is NULL.
 */
fg_status fg_error_status(const struct fg_error *error);

/**
 * What went wrong, where, and what to do, in a sentence. The text belongs to `error`; absent if that is NULL.
 */
struct fg_str fg_error_message(const struct fg_error *error);

/**
 * Where in the payload or text the problem is, in bytes from its start; -1 if that is not known.
 */
int64_t fg_error_offset(const struct fg_error *error);

/**
 * Frees an error. NULL is ignored.
 */
void fg_error_free(struct fg_error *error);

/**
 * The ABI of the library that is loaded: major version times 65536, plus minor version. A program runs with it if the
 * major version is the one it was compiled with and the minor version is not smaller.
 */
uint32_t fg_abi_version(void);

/**
 * The release of the library that is loaded, for people. The text is static.
 */
struct fg_str fg_version(void);

/**
 * Sets the body to the base64 of `body` and `isBase64Encoded` to true, as the gateway does by default. For tests and local
 * debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_base64_encoded_body(struct fg_event *event,
                                          struct fg_bytes body,
                                          struct fg_error **err);

/**
 * Makes an answer that lets the request pass if `allow` is not 0, and turns it away otherwise. `*out` is the caller's to free.
 */
fg_status fg_authorizer_response_new(int32_t allow,
                                     struct fg_authorizer_response **out,
                                     struct fg_error **err);

/**
 * Frees an answer. NULL is ignored.
 */
void fg_authorizer_response_free(struct fg_authorizer_response *response);

/**
 * Sets something that the API's definition can refer to, as a text: the gateway takes numbers and truth values only where a
 * feature of the instance allows it.
 */
fg_status fg_authorizer_response_set_context(struct fg_authorizer_response *response,
                                             struct fg_str name,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The answer as JSON, as the gateway wants it. Absent if `response` is NULL. The view belongs to the answer.
 */
struct fg_str fg_authorizer_response_json(const struct fg_authorizer_response *response);

/**
 * Makes a response. `*out` is the caller's to free.
 */
fg_status fg_apig_response_new(struct fg_apig_response **out, struct fg_error **err);

/**
 * Frees a response. NULL is ignored.
 */
void fg_apig_response_free(struct fg_apig_response *response);

/**
 * Sets the HTTP status, 100 to 599. Fails with `FG_STATUS_RANGE` for any other.
 */
fg_status fg_apig_response_set_status_code(struct fg_apig_response *response,
                                           int32_t status_code,
                                           struct fg_error **err);

/**
 * Sets a header, replacing what was set under the same name in any case.
 */
fg_status fg_apig_response_set_header(struct fg_apig_response *response,
                                      struct fg_str name,
                                      struct fg_str value,
                                      struct fg_error **err);

/**
 * Adds a value to a header, for those that may repeat, such as `Set-Cookie`. Several values go out as an array.
 */
fg_status fg_apig_response_append_header(struct fg_apig_response *response,
                                         struct fg_str name,
                                         struct fg_str value,
                                         struct fg_error **err);

/**
 * Sets a plain text body.
 */
fg_status fg_apig_response_set_body(struct fg_apig_response *response,
                                    struct fg_str body,
                                    struct fg_error **err);

/**
 * Sets a body of any bytes, sent as base64, and says so in `isBase64Encoded`.
 */
fg_status fg_apig_response_set_base64_encoded_body(struct fg_apig_response *response,
                                                   struct fg_bytes body,
                                                   struct fg_error **err);

/**
 * Makes another context that says the same and outlives the invocation, for code that goes on after the reply. `*out` is the
 * caller's to free.
 */
fg_status fg_context_clone(const struct fg_context *context,
                           struct fg_context **out,
                           struct fg_error **err);

/**
 * Frees a context that `fg_context_new` or `fg_context_clone` made. NULL is ignored. Contexts of invocations belong to these and
 * must not be freed.
 */
void fg_context_free(struct fg_context *context);

/**
 * The invocation's id; empty in an initializer.
 */
struct fg_str fg_context_request_id(const struct fg_context *context);

/**
 * The milliseconds left before the platform stops the invocation, counted from its arrival on a clock that cannot be set; 0 when
 * they have passed.
 */
uint64_t fg_context_remaining_time_ms(const struct fg_context *context);

/**
 * How long an invocation may take, in seconds.
 */
uint32_t fg_context_running_time_s(const struct fg_context *context);

/**
 * The access key of the function's agency. Deprecated: FunctionGraph no longer maintains it; use
 * `fg_context_security_access_key`.
 */
FG_DEPRECATED("use fg_context_security_access_key")
struct fg_str fg_context_access_key(const struct fg_context *context);

/**
 * The secret key of the function's agency. Deprecated: FunctionGraph no longer maintains it; use
 * `fg_context_security_secret_key`.
 */
FG_DEPRECATED("use fg_context_security_secret_key")
struct fg_str fg_context_secret_key(const struct fg_context *context);

/**
 * The temporary access key of the function's agency, valid for 24 hours.
 */
struct fg_str fg_context_security_access_key(const struct fg_context *context);

/**
 * The temporary secret key of the function's agency, valid for 24 hours.
 */
struct fg_str fg_context_security_secret_key(const struct fg_context *context);

/**
 * The security token that goes with the temporary keys, valid for 24 hours.
 */
struct fg_str fg_context_security_token(const struct fg_context *context);

/**
 * The token of the function's agency, valid for 24 hours.
 */
struct fg_str fg_context_token(const struct fg_context *context);

/**
 * The user's own variable `key`, plain or encrypted; absent if there is none.
 */
struct fg_str fg_context_user_data(const struct fg_context *context, struct fg_str key);

/**
 * The function's name.
 */
struct fg_str fg_context_function_name(const struct fg_context *context);

/**
 * The function's version: `latest` or a version's name.
 */
struct fg_str fg_context_version(const struct fg_context *context);

/**
 * The function's memory in MB.
 */
uint32_t fg_context_memory_size(const struct fg_context *context);

/**
 * The function's CPU in millicores; 1000 are one core.
 */
uint32_t fg_context_cpu_number(const struct fg_context *context);

/**
 * The project's id.
 */
struct fg_str fg_context_project_id(const struct fg_context *context);

/**
 * The function's app, normally `default`.
 */
struct fg_str fg_context_package(const struct fg_context *context);

/**
 * The region, where the platform sends it (containers).
 */
struct fg_str fg_context_region(const struct fg_context *context);

/**
 * The alias the function was called through; absent if it was not called through one.
 */
struct fg_str fg_context_alias(const struct fg_context *context);

/**
 * The version or `!alias` that the caller asked for.
 */
struct fg_str fg_context_origin_version_tag(const struct fg_context *context);

/**
 * The id of the workflow that this invocation is a step of.
 */
struct fg_str fg_context_workflow_id(const struct fg_context *context);

/**
 * The id of the workflow's run.
 */
struct fg_str fg_context_workflow_run_id(const struct fg_context *context);

/**
 * The id of the workflow's state.
 */
struct fg_str fg_context_workflow_state_id(const struct fg_context *context);

/**
 * The id of the data stream's run. Streams are undocumented; the headers were seen in an official SDK.
 */
struct fg_str fg_context_stream_run_id(const struct fg_context *context);

/**
 * Whether the invocation is a data stream's, as the platform says it.
 */
struct fg_str fg_context_stream_enable(const struct fg_context *context);

/**
 * The data stream's token.
 */
struct fg_str fg_context_stream_token(const struct fg_context *context);

/**
 * The data stream's address.
 */
struct fg_str fg_context_stream_addr(const struct fg_context *context);

/**
 * The id to follow this invocation across services; the request id unless the platform sends another.
 */
struct fg_str fg_context_trace_id(const struct fg_context *context);

/**
 * 1 if the invocation is asynchronous: its caller has already been answered, and the result is dropped or goes to a destination.
 */
int32_t fg_context_is_async(const struct fg_context *context);

/**
 * The handler as configured, for example `index.handler`.
 */
struct fg_str fg_context_handler(const struct fg_context *context);

/**
 * The initializer as configured; absent if there is none.
 */
struct fg_str fg_context_initializer(const struct fg_context *context);

/**
 * How long the initializer may take, in seconds.
 */
uint32_t fg_context_initializer_timeout_s(const struct fg_context *context);

/**
 * The pre-stop handler as configured; absent if there is none. Its variable was seen in official sources only.
 */
struct fg_str fg_context_pre_stop_handler(const struct fg_context *context);

/**
 * How long the pre-stop handler may take, in seconds; 0 if the platform does not say.
 */
uint32_t fg_context_pre_stop_timeout_s(const struct fg_context *context);

/**
 * The largest state in bytes; 0 if the platform does not say. Its variable was seen in official sources only.
 */
uint32_t fg_context_max_state_size(const struct fg_context *context);

/**
 * Where the runtime is.
 */
struct fg_str fg_context_root(const struct fg_context *context);

/**
 * Where the system's logs are.
 */
struct fg_str fg_context_log_dir(const struct fg_context *context);

/**
 * The instance's id; absent if the platform does not say. Its variables were seen in official sources only.
 */
struct fg_str fg_context_instance_id(const struct fg_context *context);

/**
 * The largest result in bytes.
 */
size_t fg_context_max_response_body_size(const struct fg_context *context);

/**
 * The largest payload in bytes.
 */
size_t fg_context_max_request_body_size(const struct fg_context *context);

/**
 * Where the function's code is.
 */
struct fg_str fg_context_code_root(const struct fg_context *context);

/**
 * The header `name` of the invocation, ignoring case; absent if there is none. Values of headers include credentials.
 */
struct fg_str fg_context_header(const struct fg_context *context,
                                struct fg_str name);

/**
 * The logger of the invocation. It belongs to the context; `fg_logger_clone` makes one that outlives it. NULL if `context` is
 * NULL.
 */
const struct fg_logger *fg_context_logger(const struct fg_context *context);

/**
 * Makes a context for tests of handlers. All texts are copied; `*out` is the caller's to free. The settings that the options do
 * not name have the defaults of a function without any. `options` may be NULL.
 */
fg_status fg_context_new(const struct fg_context_options *options,
                         struct fg_context **out,
                         struct fg_error **err);

/**
 * Reads a payload, taking its kind from its shape, within the default limits. The payload is copied once; `*out` is the
 * caller's to free. Fails with `FG_STATUS_NOT_JSON`, `FG_STATUS_TOO_DEEP` or `FG_STATUS_TOO_LARGE`, and the error says where.
 */
fg_status fg_event_parse(struct fg_bytes payload,
                         struct fg_event **out,
                         struct fg_error **err);

/**
 * Reads a payload as an event of `kind`, whatever its shape. `limits` may be NULL for the defaults. Otherwise like
 * `fg_event_parse`; fails also with `FG_STATUS_RANGE` if there is no such kind.
 */
fg_status fg_event_parse_as(fg_kind kind,
                            struct fg_bytes payload,
                            const struct fg_limits *limits,
                            struct fg_event **out,
                            struct fg_error **err);

/**
 * Makes an event of `kind` with nothing set but what makes it one, for tests and local debugging. `*out` is the caller's to
 * free. Fails with `FG_STATUS_RANGE` if there is no such kind.
 */
fg_status fg_event_new(fg_kind kind,
                       struct fg_event **out,
                       struct fg_error **err);

/**
 * Frees an event that the caller owns. NULL is ignored.
 */
void fg_event_free(struct fg_event *event);

/**
 * Which trigger the event comes from; `FG_KIND_UNKNOWN` if `event` is NULL.
 */
fg_kind fg_event_kind(const struct fg_event *event);

/**
 * The name of a kind, the same in every language, for example `apig`. The text is static; absent if there is no such kind.
 */
struct fg_str fg_kind_str(fg_kind kind);

/**
 * The event as canonical JSON: compact, known fields first and in the documented order and type, unknown ones after them,
 * `<field>_epoch_ms` beside every time that could be read. The view belongs to the event.
 */
struct fg_str fg_event_canonical(const struct fg_event *event);

/**
 * The event as its trigger would send it: a payload for an invocation. The view belongs to the event.
 */
struct fg_str fg_event_wire(const struct fg_event *event);

/**
 * How many findings there are; 0 if `event` is NULL.
 */
size_t fg_event_finding_count(const struct fg_event *event);

/**
 * One finding, in document order; its views belong to the event. Fails with `FG_STATUS_INDEX`.
 */
fg_status fg_event_finding(const struct fg_event *event,
                           size_t index,
                           struct fg_finding *out,
                           struct fg_error **err);

/**
 * How many members of the event the documents do not know; 0 if `event` is NULL or of unknown kind.
 */
size_t fg_event_unknown_count(const struct fg_event *event);

/**
 * A member that the documents do not know: its name, and its value as compact JSON. The views belong to the event. Fails
 * with `FG_STATUS_INDEX`.
 */
fg_status fg_event_unknown(const struct fg_event *event,
                           size_t index,
                           struct fg_str *name,
                           struct fg_str *json,
                           struct fg_error **err);

/**
 * Whether `body` is base64. The gateway's default is true; it can be switched off per API. 1 or 0; 0 if it is unset.
 */
int32_t fg_apig_is_base64_encoded(const struct fg_event *event);

/**
 * Sets `isBase64Encoded`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_is_base64_encoded(struct fg_event *event, int32_t value, struct fg_error **err);

/**
 * The HTTP method, in upper case. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_http_method(const struct fg_event *event);

/**
 * Sets `httpMethod`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_http_method(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The path as called, not the API's definition of it. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_path(const struct fg_event *event);

/**
 * Sets `path`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_path(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The request body: base64 if `isBase64Encoded` says so. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_body(const struct fg_event *event);

/**
 * Sets `body`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_body(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * What is behind the base64 in `body`, decoded once; as it came, with a finding, if it is not base64. Absent if it is unset. The view belongs to the event.
 */
struct fg_bytes fg_apig_raw_body(const struct fg_event *event);

/**
 * Path parameters by name; a proxy path comes under the empty name. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_apig_path_parameters(const struct fg_event *event);

/**
 * Sets all values of one name in `pathParameters`; none remove it. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_path_parameters(struct fg_event *event,
                                      struct fg_str name,
                                      const struct fg_str *values,
                                      size_t count,
                                      struct fg_error **err);

/**
 * Query parameters by name. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_apig_query_string_parameters(const struct fg_event *event);

/**
 * Sets all values of one name in `queryStringParameters`; none remove it. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_query_string_parameters(struct fg_event *event,
                                              struct fg_str name,
                                              const struct fg_str *values,
                                              size_t count,
                                              struct fg_error **err);

/**
 * Request headers; the gateway sends the names in lower case. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_apig_headers(const struct fg_event *event);

/**
 * Sets all values of one name in `headers`; none remove it. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_headers(struct fg_event *event,
                              struct fg_str name,
                              const struct fg_str *values,
                              size_t count,
                              struct fg_error **err);

/**
 * The API's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_request_context_api_id(const struct fg_event *event);

/**
 * Sets `apiId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_request_context_api_id(struct fg_event *event,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The gateway's id of the request, 32 hexadecimal digits, which is also its `x-request-id` header; not the invocation's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_request_context_request_id(const struct fg_event *event);

/**
 * Sets `requestId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_request_context_request_id(struct fg_event *event,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The environment the API was called in, for example `RELEASE`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_request_context_stage(const struct fg_event *event);

/**
 * Sets `stage`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_request_context_stage(struct fg_event *event,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The caller's address. Real events leave it out; see the header `x-real-ip`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_request_context_source_ip(const struct fg_event *event);

/**
 * Sets `sourceIp`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_request_context_source_ip(struct fg_event *event,
                                                struct fg_str value,
                                                struct fg_error **err);

/**
 * What a custom authorizer attached to the request. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_user_data(const struct fg_event *event);

/**
 * Sets `user_data`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_user_data(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The headers that the authorizer declares as identity sources. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_apig_authorizer_headers(const struct fg_event *event);

/**
 * Sets all values of one name in `headers`; none remove it. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_authorizer_set_headers(struct fg_event *event,
                                         struct fg_str name,
                                         const struct fg_str *values,
                                         size_t count,
                                         struct fg_error **err);

/**
 * The query parameters that the authorizer declares as identity sources. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_apig_authorizer_query_string_parameters(const struct fg_event *event);

/**
 * Sets all values of one name in `queryStringParameters`; none remove it. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_authorizer_set_query_string_parameters(struct fg_event *event,
                                                         struct fg_str name,
                                                         const struct fg_str *values,
                                                         size_t count,
                                                         struct fg_error **err);

/**
 * The text given when the authorizer was made. For a backend authorizer it is all there is. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_authorizer_user_data(const struct fg_event *event);

/**
 * Sets `user_data`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_authorizer_set_user_data(struct fg_event *event,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * The request body, if the authorizer asks for it. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_apig_authorizer_body(const struct fg_event *event);

/**
 * Sets `body`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_authorizer_set_body(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When it ended: RFC 3339, with up to nine digits after the second. The documents also show one with two offsets, which is no time. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_timestamp(const struct fg_event *event);

/**
 * `timestamp` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_async_destination_timestamp_epoch_ms(const struct fg_event *event);

/**
 * Sets `timestamp`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_timestamp(struct fg_event *event,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The invocation's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_request_context_request_id(const struct fg_event *event);

/**
 * Sets `request_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_request_context_request_id(struct fg_event *event,
                                                              struct fg_str value,
                                                              struct fg_error **err);

/**
 * The function's URN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_request_context_function_urn(const struct fg_event *event);

/**
 * Sets `function_urn`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_request_context_function_urn(struct fg_event *event,
                                                                struct fg_str value,
                                                                struct fg_error **err);

/**
 * Why it failed, for example `UnhandledInvocationError`; empty otherwise. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_request_context_condition(const struct fg_event *event);

/**
 * Sets `condition`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_request_context_condition(struct fg_event *event,
                                                             struct fg_str value,
                                                             struct fg_error **err);

/**
 * How often it was tried. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_async_destination_request_context_approximate_invoke_count(const struct fg_event *event);

/**
 * The digits of `approximate_invoke_count` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_request_context_approximate_invoke_count_text(const struct fg_event *event);

/**
 * Sets `approximate_invoke_count`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_request_context_approximate_invoke_count(struct fg_event *event,
                                                                            int64_t value,
                                                                            struct fg_error **err);

/**
 * The event it had; mostly JSON. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_request_payload(const struct fg_event *event);

/**
 * Sets `request_payload`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_request_payload(struct fg_event *event,
                                                   struct fg_str value,
                                                   struct fg_error **err);

/**
 * The HTTP status. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_async_destination_response_context_status_code(const struct fg_event *event);

/**
 * The digits of `status_code` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_response_context_status_code_text(const struct fg_event *event);

/**
 * Sets `status_code`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_response_context_status_code(struct fg_event *event,
                                                                int64_t value,
                                                                struct fg_error **err);

/**
 * The error's name; empty if there is none. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_response_context_function_error(const struct fg_event *event);

/**
 * Sets `function_error`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_response_context_function_error(struct fg_event *event,
                                                                   struct fg_str value,
                                                                   struct fg_error **err);

/**
 * Its answer, or its error; mostly JSON. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_async_destination_response_payload(const struct fg_event *event);

/**
 * Sets `response_payload`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_async_destination_set_response_payload(struct fg_event *event,
                                                    struct fg_str value,
                                                    struct fg_error **err);

/**
 * The account's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_domain_id(const struct fg_event *event);

/**
 * Sets `domain_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_domain_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The rule's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_policy_assignment_id(const struct fg_event *event);

/**
 * Sets `policy_assignment_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_policy_assignment_id(struct fg_event *event,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The rule's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_policy_assignment_name(const struct fg_event *event);

/**
 * Sets `policy_assignment_name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_policy_assignment_name(struct fg_event *event,
                                               struct fg_str value,
                                               struct fg_error **err);

/**
 * The function's URN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_function_urn(const struct fg_event *event);

/**
 * Sets `function_urn`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_function_urn(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * `resource` or `period`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_trigger_type(const struct fg_event *event);

/**
 * Sets `trigger_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_trigger_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When the rule was triggered, in milliseconds. To be reported back as a text. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_evaluation_time(const struct fg_event *event);

/**
 * `evaluation_time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_config_evaluation_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `evaluation_time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_evaluation_time(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * To be reported back. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_evaluation_hash(const struct fg_event *event);

/**
 * Sets `evaluation_hash`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_evaluation_hash(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The rule's parameters: objects with a `value` by name. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_rule_parameter(const struct fg_event *event);

/**
 * Sets `rule_parameter` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_config_set_rule_parameter(struct fg_event *event,
                                       struct fg_str value,
                                       struct fg_error **err);

/**
 * The resource's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_id(const struct fg_event *event);

/**
 * Sets `id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The resource's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_name(const struct fg_event *event);

/**
 * Sets `name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_name(struct fg_event *event,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The service, for example `vpc`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_provider(const struct fg_event *event);

/**
 * Sets `provider`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_provider(struct fg_event *event,
                                                struct fg_str value,
                                                struct fg_error **err);

/**
 * The resource's type. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_type(const struct fg_event *event);

/**
 * Sets `type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_type(struct fg_event *event,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The resource's tags. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_tags(const struct fg_event *event);

/**
 * Sets `tags` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_config_set_invoking_event_tags(struct fg_event *event,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * When it was made. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_created(const struct fg_event *event);

/**
 * `created` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_config_invoking_event_created_epoch_ms(const struct fg_event *event);

/**
 * Sets `created`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_created(struct fg_event *event,
                                               struct fg_str value,
                                               struct fg_error **err);

/**
 * When it was changed last. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_updated(const struct fg_event *event);

/**
 * `updated` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_config_invoking_event_updated_epoch_ms(const struct fg_event *event);

/**
 * Sets `updated`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_updated(struct fg_event *event,
                                               struct fg_str value,
                                               struct fg_error **err);

/**
 * What it is like, by its type. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_properties(const struct fg_event *event);

/**
 * Sets `properties` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_config_set_invoking_event_properties(struct fg_event *event,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * The enterprise project's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_ep_id(const struct fg_event *event);

/**
 * Sets `ep_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_ep_id(struct fg_event *event,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The project's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_project_id(const struct fg_event *event);

/**
 * Sets `project_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_project_id(struct fg_event *event,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * The region's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_region_id(const struct fg_event *event);

/**
 * Sets `region_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_region_id(struct fg_event *event,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * How far its making is. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_config_invoking_event_provisioning_state(const struct fg_event *event);

/**
 * Sets `provisioning_state`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_config_set_invoking_event_provisioning_state(struct fg_event *event,
                                                          struct fg_str value,
                                                          struct fg_error **err);

/**
 * When it happened: seconds in test events, milliseconds in real ones; a text of digits, a date and an empty text were seen too. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_time(const struct fg_event *event);

/**
 * `time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_cts_cts_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_time(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * When it was recorded; written like `time`. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_record_time(const struct fg_event *event);

/**
 * `record_time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_cts_cts_record_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `record_time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_record_time(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * The user's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_name(const struct fg_event *event);

/**
 * Sets `name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The user's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_id(const struct fg_event *event);

/**
 * Sets `id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The account's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_domain_name(const struct fg_event *event);

/**
 * Sets `name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_domain_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The account's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_domain_id(const struct fg_event *event);

/**
 * Sets `id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_domain_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * What kind of user it is. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_type(const struct fg_event *event);

/**
 * Sets `type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The principal's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_principal_id(const struct fg_event *event);

/**
 * Sets `principal_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_principal_id(struct fg_event *event,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * The principal's URN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_principal_urn(const struct fg_event *event);

/**
 * Sets `principal_urn`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_principal_urn(struct fg_event *event,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The account's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_account_id(const struct fg_event *event);

/**
 * Sets `account_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_account_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The id of the access key that was used. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_access_key_id(const struct fg_event *event);

/**
 * Sets `access_key_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_access_key_id(struct fg_event *event,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The user's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_user_name(const struct fg_event *event);

/**
 * Sets `user_name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_user_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * `true` or `false`, as a text. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_principal_is_root_user(const struct fg_event *event);

/**
 * Sets `principal_is_root_user`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_principal_is_root_user(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * The services in between. How many there are; 0 if it is unset.
 */
size_t fg_cts_cts_user_invoked_by_count(const struct fg_event *event);

/**
 * Text number `index`, from 0, of `invoked_by`. Absent if it is null or there are not so many. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_invoked_by(const struct fg_event *event,
                                         size_t index);

/**
 * Sets all of `invoked_by`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_invoked_by(struct fg_event *event,
                                         const struct fg_str *values,
                                         size_t count,
                                         struct fg_error **err);

/**
 * When it was made. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_session_context_attributes_created_at(const struct fg_event *event);

/**
 * `created_at` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_cts_cts_user_session_context_attributes_created_at_epoch_ms(const struct fg_event *event);

/**
 * Sets `created_at`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_session_context_attributes_created_at(struct fg_event *event,
                                                                    int64_t value,
                                                                    struct fg_error **err);

/**
 * Whether several factors were asked for: `true` or `false`, as a text. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_session_context_attributes_mfa_authenticated(const struct fg_event *event);

/**
 * Sets `mfa_authenticated`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_session_context_attributes_mfa_authenticated(struct fg_event *event,
                                                                           struct fg_str value,
                                                                           struct fg_error **err);

/**
 * The user before the role was changed. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_origin_user(const struct fg_event *event);

/**
 * Sets `OriginUser` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_cts_set_cts_user_origin_user(struct fg_event *event,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * What was asked for: an object or a text of JSON, or an empty text. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_request(const struct fg_event *event);

/**
 * Sets `request` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_cts_set_cts_request(struct fg_event *event,
                                 struct fg_str value,
                                 struct fg_error **err);

/**
 * What was answered; like `request`. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_response(const struct fg_event *event);

/**
 * Sets `response` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_cts_set_cts_response(struct fg_event *event,
                                  struct fg_str value,
                                  struct fg_error **err);

/**
 * The HTTP status; 0 is legal. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_cts_cts_code(const struct fg_event *event);

/**
 * The digits of `code` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_code_text(const struct fg_event *event);

/**
 * Sets `code`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_code(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * The service, for example `ECS`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_service_type(const struct fg_event *event);

/**
 * Sets `service_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_service_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The resource's type. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_resource_type(const struct fg_event *event);

/**
 * Sets `resource_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_resource_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The resource's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_resource_name(const struct fg_event *event);

/**
 * Sets `resource_name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_resource_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The operation, for example `deleteServer`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_trace_name(const struct fg_event *event);

/**
 * Sets `trace_name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_trace_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * `ConsoleAction`, `ApiCall` or `SystemAction`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_trace_type(const struct fg_event *event);

/**
 * Sets `trace_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_trace_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The trace's id, by which repetitions are known. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_trace_id(const struct fg_event *event);

/**
 * Sets `trace_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_trace_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The resource's id or URN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_resource_id(const struct fg_event *event);

/**
 * Sets `resource_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_resource_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * `normal`, `warning` or `incident`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_trace_status(const struct fg_event *event);

/**
 * Sets `trace_status`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_trace_status(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Like `trace_status`, in newer traces. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_trace_rating(const struct fg_event *event);

/**
 * Sets `trace_rating`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_trace_rating(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The version of the API that was called. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_api_version(const struct fg_event *event);

/**
 * Sets `api_version`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_api_version(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * A remark of the service; JSON at logins. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_message(const struct fg_event *event);

/**
 * Sets `message`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_message(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The caller's address. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_source_ip(const struct fg_event *event);

/**
 * Sets `source_ip`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_source_ip(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The account's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_domain_id(const struct fg_event *event);

/**
 * Sets `domain_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_domain_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The project's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_project_id(const struct fg_event *event);

/**
 * Sets `project_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_project_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The operation's id in the service's API. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_operation_id(const struct fg_event *event);

/**
 * Sets `operation_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_operation_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The account that the resource belongs to. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_resource_account_id(const struct fg_event *event);

/**
 * Sets `resource_account_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_resource_account_id(struct fg_event *event,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The tracker that recorded it. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_tracker_name(const struct fg_event *event);

/**
 * Sets `tracker_name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_tracker_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * `system` or `global`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_event_type(const struct fg_event *event);

/**
 * Sets `event_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_event_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The request's id; the text `null` was seen. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_request_id(const struct fg_event *event);

/**
 * Sets `request_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_request_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Where the failure was. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_location_info(const struct fg_event *event);

/**
 * Sets `location_info` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_cts_set_cts_location_info(struct fg_event *event,
                                       struct fg_str value,
                                       struct fg_error **err);

/**
 * The address of the resource's page. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_endpoint(const struct fg_event *event);

/**
 * Sets `endpoint`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_endpoint(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The resource's page. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_resource_url(const struct fg_event *event);

/**
 * Sets `resource_url`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_resource_url(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The enterprise project's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_enterprise_project_id(const struct fg_event *event);

/**
 * Sets `enterprise_project_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_enterprise_project_id(struct fg_event *event,
                                               struct fg_str value,
                                               struct fg_error **err);

/**
 * What the caller said it was. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_user_agent(const struct fg_event *event);

/**
 * Sets `user_agent`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_user_agent(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Whether the operation changed nothing. 1 or 0; 0 if it is unset.
 */
int32_t fg_cts_cts_read_only(const struct fg_event *event);

/**
 * Sets `read_only`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_read_only(struct fg_event *event, int32_t value, struct fg_error **err);

/**
 * The length of the answer in bytes. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_cts_cts_content_length(const struct fg_event *event);

/**
 * The digits of `content_length` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_content_length_text(const struct fg_event *event);

/**
 * Sets `content_length`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_content_length(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * How long it took. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_cts_cts_total_time(const struct fg_event *event);

/**
 * The digits of `total_time` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_cts_cts_total_time_text(const struct fg_event *event);

/**
 * Sets `total_time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_cts_set_cts_total_time(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * The changes. How many there are; 0 if it is unset.
 */
size_t fg_dds_record_count(const struct fg_event *event);

/**
 * What was done: `insert`, … Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_event_name(const struct fg_event *event, size_t record);

/**
 * Sets `event_name`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_event_name(struct fg_event *event,
                                       size_t record,
                                       struct fg_str value,
                                       struct fg_error **err);

/**
 * The record's version, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_event_version(const struct fg_event *event, size_t record);

/**
 * Sets `event_version`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_event_version(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * Always `dds`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_event_source(const struct fg_event *event, size_t record);

/**
 * Sets `event_source`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_event_source(struct fg_event *event,
                                         size_t record,
                                         struct fg_str value,
                                         struct fg_error **err);

/**
 * The region's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_region(const struct fg_event *event, size_t record);

/**
 * Sets `region`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_region(struct fg_event *event,
                                   size_t record,
                                   struct fg_str value,
                                   struct fg_error **err);

/**
 * The database instance's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_event_source_id(const struct fg_event *event, size_t record);

/**
 * Sets `event_source_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_event_source_id(struct fg_event *event,
                                            size_t record,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The size in bytes, in digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_dds_size_bytes(const struct fg_event *event, size_t record);

/**
 * Sets `size_bytes`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_dds_size_bytes(struct fg_event *event,
                                           size_t record,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * JSON of the position in the stream of changes. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_dds_token(const struct fg_event *event, size_t record);

/**
 * Sets `token`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_dds_token(struct fg_event *event,
                                      size_t record,
                                      struct fg_str value,
                                      struct fg_error **err);

/**
 * The position, in hexadecimal digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_dds_token_data(const struct fg_event *event, size_t record);

/**
 * The document in MongoDB's extended JSON. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_dds_full_document(const struct fg_event *event, size_t record);

/**
 * Sets `full_document`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_dds_full_document(struct fg_event *event,
                                              size_t record,
                                              struct fg_str value,
                                              struct fg_error **err);

/**
 * JSON of where the document is. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_dds_ns(const struct fg_event *event, size_t record);

/**
 * Sets `ns`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dds_set_record_dds_ns(struct fg_event *event,
                                   size_t record,
                                   struct fg_str value,
                                   struct fg_error **err);

/**
 * The database. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_dds_ns_db(const struct fg_event *event, size_t record);

/**
 * The collection. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dds_record_dds_ns_coll(const struct fg_event *event, size_t record);

/**
 * The partition's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_shard_id(const struct fg_event *event);

/**
 * Sets `ShardID`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dis_set_shard_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Where to go on: base64 of JSON, without padding. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_message_next_partition_cursor(const struct fg_event *event);

/**
 * Sets `next_partition_cursor`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dis_set_message_next_partition_cursor(struct fg_event *event,
                                                   struct fg_str value,
                                                   struct fg_error **err);

/**
 * The records. How many there are; 0 if it is unset.
 */
size_t fg_dis_message_record_count(const struct fg_event *event);

/**
 * The key it was uploaded with, if it was not uploaded to a partition. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_message_record_partition_key(const struct fg_event *event,
                                                  size_t record);

/**
 * Sets `partition_key`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dis_set_message_record_partition_key(struct fg_event *event,
                                                  size_t record,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * Base64 of what was uploaded. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_message_record_data(const struct fg_event *event, size_t record);

/**
 * Sets `data`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dis_set_message_record_data(struct fg_event *event,
                                         size_t record,
                                         struct fg_str value,
                                         struct fg_error **err);

/**
 * What is behind the base64 in `data`, decoded once; as it came, with a finding, if it is not base64. Absent if it is unset. The view belongs to the event.
 */
struct fg_bytes fg_dis_message_record_raw_data(const struct fg_event *event,
                                               size_t record);

/**
 * Its number in the partition, in digits, by which repetitions are known. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_message_record_sequence_number(const struct fg_event *event,
                                                    size_t record);

/**
 * Sets `sequence_number`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dis_set_message_record_sequence_number(struct fg_event *event,
                                                    size_t record,
                                                    struct fg_str value,
                                                    struct fg_error **err);

/**
 * When it was uploaded, in milliseconds. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_message_record_timestamp(const struct fg_event *event, size_t record);

/**
 * `timestamp` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_dis_message_record_timestamp_epoch_ms(const struct fg_event *event, size_t record);

/**
 * Sets `timestamp`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dis_set_message_record_timestamp(struct fg_event *event,
                                              size_t record,
                                              int64_t value,
                                              struct fg_error **err);

/**
 * What `timestamp` is, for example `CreateTime`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_message_record_timestamp_type(const struct fg_event *event, size_t record);

/**
 * Sets `timestamp_type`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dis_set_message_record_timestamp_type(struct fg_event *event,
                                                   size_t record,
                                                   struct fg_str value,
                                                   struct fg_error **err);

/**
 * How far behind the newest record this is, in milliseconds as digits; mostly empty. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_message_millis_behind_latest(const struct fg_event *event);

/**
 * Sets `millis_behind_latest`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dis_set_message_millis_behind_latest(struct fg_event *event,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * The function's version or alias. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_tag(const struct fg_event *event);

/**
 * Sets `Tag`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dis_set_tag(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The stream's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dis_stream_name(const struct fg_event *event);

/**
 * Sets `StreamName`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dis_set_stream_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The queue's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dms_queue_id(const struct fg_event *event);

/**
 * Sets `queue_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dms_set_queue_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The region's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dms_region(const struct fg_event *event);

/**
 * Sets `region`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dms_set_region(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The event's type. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dms_event_type(const struct fg_event *event);

/**
 * Sets `event_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dms_set_event_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The consumer group's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dms_consumer_group_id(const struct fg_event *event);

/**
 * Sets `consumer_group_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_dms_set_consumer_group_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The messages, at most ten. How many there are; 0 if it is unset.
 */
size_t fg_dms_message_count(const struct fg_event *event);

/**
 * The message: a text or JSON. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_dms_message_body(const struct fg_event *event, size_t message);

/**
 * Sets `body` to a text of JSON. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND`, `FG_STATUS_INDEX` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_dms_set_message_body(struct fg_event *event,
                                  size_t message,
                                  struct fg_str value,
                                  struct fg_error **err);

/**
 * Attributes by name. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_dms_message_attributes(const struct fg_event *event, size_t message);

/**
 * Sets all values of one name in `attributes`; none remove it. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_dms_set_message_attributes(struct fg_event *event,
                                        size_t message,
                                        struct fg_str name,
                                        const struct fg_str *values,
                                        size_t count,
                                        struct fg_error **err);

/**
 * The version of CloudEvents, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_specversion(const struct fg_event *event);

/**
 * Sets `specversion`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_specversion(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The event's id, by which repetitions are known. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_id(const struct fg_event *event);

/**
 * Sets `id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Where it is from, for example `HC.OBS`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_source(const struct fg_event *event);

/**
 * Sets `source`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_source(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * What happened, for example `OBS:DWR:ObjectCreated:PUT`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_type(const struct fg_event *event);

/**
 * Sets `type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When it happened: RFC 3339, with up to nine digits after the second. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_time(const struct fg_event *event);

/**
 * `time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_eventgrid_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_time(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Always `application/json`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_datacontenttype(const struct fg_event *event);

/**
 * Sets `datacontenttype`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_datacontenttype(struct fg_event *event,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * What it is about; of OBS the object's key. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_subject(const struct fg_event *event);

/**
 * Sets `subject`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_subject(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The schema of `data`; mostly empty. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_dataschema(const struct fg_event *event);

/**
 * Sets `dataschema`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_dataschema(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * How long the event is kept, in digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_ttl(const struct fg_event *event);

/**
 * Sets `ttl`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_ttl(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * What the source says; of OBS a record in its own layout. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data(const struct fg_event *event);

/**
 * Sets `data` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_eventgrid_set_data(struct fg_event *event,
                                struct fg_str value,
                                struct fg_error **err);

/**
 * The layout's version: `2.0` of S3's, `3.0` of OBS' own. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_event_version(const struct fg_event *event);

/**
 * Sets `eventVersion`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_event_version(struct fg_event *event,
                                              struct fg_str value,
                                              struct fg_error **err);

/**
 * `aws:s3` or `OBS`; test events leave it out. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_event_source(const struct fg_event *event);

/**
 * Sets `eventSource`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_event_source(struct fg_event *event,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The region's name in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_aws_region(const struct fg_event *event);

/**
 * Sets `awsRegion`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_aws_region(struct fg_event *event,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * The region's name in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_event_region(const struct fg_event *event);

/**
 * Sets `eventRegion`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_event_region(struct fg_event *event,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * When it happened: RFC 3339 with milliseconds in UTC. From EventGrid it is China's time, mislabelled as UTC. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_event_time(const struct fg_event *event);

/**
 * `eventTime` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_eventgrid_data_event_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `eventTime`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_event_time(struct fg_event *event,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * What happened, for example `ObjectCreated:Put` or `ObjectRemoved:Delete`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_event_name(const struct fg_event *event);

/**
 * Sets `eventName`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_event_name(struct fg_event *event,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * The account's id in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_user_identity_principal_id(const struct fg_event *event);

/**
 * Sets `principalId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_user_identity_principal_id(struct fg_event *event,
                                                           struct fg_str value,
                                                           struct fg_error **err);

/**
 * The account's id in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_user_identity_id(const struct fg_event *event);

/**
 * Sets `ID`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_user_identity_id(struct fg_event *event,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The caller's address. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_request_parameters_source_ipaddress(const struct fg_event *event);

/**
 * Sets `sourceIPAddress`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_request_parameters_source_ipaddress(struct fg_event *event,
                                                                    struct fg_str value,
                                                                    struct fg_error **err);

/**
 * Ids of the request by name; test events leave them out. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_eventgrid_data_response_elements(const struct fg_event *event);

/**
 * Sets all values of one name in `responseElements`; none remove it. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_response_elements(struct fg_event *event,
                                                  struct fg_str name,
                                                  const struct fg_str *values,
                                                  size_t count,
                                                  struct fg_error **err);

/**
 * The layout's version, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_s3_schema_version(const struct fg_event *event);

/**
 * Sets `s3SchemaVersion`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_s3_schema_version(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * The id of the bucket's rule that sent the event. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_configuration_id(const struct fg_event *event);

/**
 * Sets `configurationId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_configuration_id(struct fg_event *event,
                                                    struct fg_str value,
                                                    struct fg_error **err);

/**
 * The bucket's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_bucket_name(const struct fg_event *event);

/**
 * Sets `name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_bucket_name(struct fg_event *event,
                                               struct fg_str value,
                                               struct fg_error **err);

/**
 * The bucket's ARN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_bucket_arn(const struct fg_event *event);

/**
 * Sets `arn`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_bucket_arn(struct fg_event *event,
                                              struct fg_str value,
                                              struct fg_error **err);

/**
 * The account's id in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_bucket_owner_identity_principal_id(const struct fg_event *event);

/**
 * Sets `PrincipalId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_bucket_owner_identity_principal_id(struct fg_event *event,
                                                                      struct fg_str value,
                                                                      struct fg_error **err);

/**
 * The account's id in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_bucket_owner_identity_id(const struct fg_event *event);

/**
 * Sets `ID`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_bucket_owner_identity_id(struct fg_event *event,
                                                            struct fg_str value,
                                                            struct fg_error **err);

/**
 * The object's key, URL-encoded. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_object_key(const struct fg_event *event);

/**
 * Sets `key`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_object_key(struct fg_event *event,
                                              struct fg_str value,
                                              struct fg_error **err);

/**
 * The ETag of its contents. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_object_e_tag(const struct fg_event *event);

/**
 * Sets `eTag`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_object_e_tag(struct fg_event *event,
                                                struct fg_str value,
                                                struct fg_error **err);

/**
 * Orders the events of one key; hexadecimal digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_object_sequencer(const struct fg_event *event);

/**
 * Sets `sequencer`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_object_sequencer(struct fg_event *event,
                                                    struct fg_str value,
                                                    struct fg_error **err);

/**
 * Its size in bytes; not there if it was removed. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_eventgrid_data_s3_object_size(const struct fg_event *event);

/**
 * The digits of `size` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_object_size_text(const struct fg_event *event);

/**
 * Sets `size`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_object_size(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * Its version; the text `null` in buckets without versions. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_object_version_id(const struct fg_event *event);

/**
 * Sets `versionId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_object_version_id(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * The old path of an object that was renamed. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_s3_object_oldpsxpth(const struct fg_event *event);

/**
 * Sets `oldpsxpth`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_s3_object_oldpsxpth(struct fg_event *event,
                                                    struct fg_str value,
                                                    struct fg_error **err);

/**
 * The layout's version, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_version(const struct fg_event *event);

/**
 * Sets `Version`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_version(struct fg_event *event,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The id of the bucket's rule that sent the event. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_configuration_id(const struct fg_event *event);

/**
 * Sets `configurationId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_configuration_id(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * The bucket's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_bucket_name(const struct fg_event *event);

/**
 * Sets `name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_bucket_name(struct fg_event *event,
                                                struct fg_str value,
                                                struct fg_error **err);

/**
 * The bucket's name again. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_bucket_bucket(const struct fg_event *event);

/**
 * Sets `bucket`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_bucket_bucket(struct fg_event *event,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * The account's id in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_bucket_owner_identity_principal_id(const struct fg_event *event);

/**
 * Sets `principalId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_bucket_owner_identity_principal_id(struct fg_event *event,
                                                                       struct fg_str value,
                                                                       struct fg_error **err);

/**
 * The account's id in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_bucket_owner_identity_id(const struct fg_event *event);

/**
 * Sets `ID`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_bucket_owner_identity_id(struct fg_event *event,
                                                             struct fg_str value,
                                                             struct fg_error **err);

/**
 * The object's key, URL-encoded. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_object_key(const struct fg_event *event);

/**
 * Sets `key`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_object_key(struct fg_event *event,
                                               struct fg_str value,
                                               struct fg_error **err);

/**
 * The ETag of its contents. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_object_e_tag(const struct fg_event *event);

/**
 * Sets `eTag`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_object_e_tag(struct fg_event *event,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * Orders the events of one key; hexadecimal digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_object_sequencer(const struct fg_event *event);

/**
 * Sets `sequencer`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_object_sequencer(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * Its size in bytes; not there if it was removed. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_eventgrid_data_obs_object_size(const struct fg_event *event);

/**
 * The digits of `size` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_object_size_text(const struct fg_event *event);

/**
 * Sets `size`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_object_size(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * Its version; the text `null` in buckets without versions. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_object_version_id(const struct fg_event *event);

/**
 * Sets `versionId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_object_version_id(struct fg_event *event,
                                                      struct fg_str value,
                                                      struct fg_error **err);

/**
 * The old path of an object that was renamed. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_eventgrid_data_obs_object_oldpsxpth(const struct fg_event *event);

/**
 * Sets `oldpsxpth`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_eventgrid_set_data_obs_object_oldpsxpth(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * The changes. How many there are; 0 if it is unset.
 */
size_t fg_gauss_mongo_record_count(const struct fg_event *event);

/**
 * What was done: `insert`, …; in the documents' own sample with quotes around it, which are not read. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_event_name(const struct fg_event *event,
                                               size_t record);

/**
 * Sets `event_name`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_event_name(struct fg_event *event,
                                               size_t record,
                                               struct fg_str value,
                                               struct fg_error **err);

/**
 * The record's version, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_event_version(const struct fg_event *event, size_t record);

/**
 * Sets `event_version`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_event_version(struct fg_event *event,
                                                  size_t record,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * Always `gauss_mongo`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_event_source(const struct fg_event *event, size_t record);

/**
 * Sets `event_source`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_event_source(struct fg_event *event,
                                                 size_t record,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The region's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_region(const struct fg_event *event, size_t record);

/**
 * Sets `region`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_region(struct fg_event *event,
                                           size_t record,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * The database instance's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_event_source_id(const struct fg_event *event, size_t record);

/**
 * Sets `event_source_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_event_source_id(struct fg_event *event,
                                                    size_t record,
                                                    struct fg_str value,
                                                    struct fg_error **err);

/**
 * The size in bytes, in digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_gauss_mongo_size_bytes(const struct fg_event *event, size_t record);

/**
 * Sets `size_bytes`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_gauss_mongo_size_bytes(struct fg_event *event,
                                                           size_t record,
                                                           struct fg_str value,
                                                           struct fg_error **err);

/**
 * JSON of the position in the stream of changes. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_gauss_mongo_token(const struct fg_event *event, size_t record);

/**
 * Sets `token`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_gauss_mongo_token(struct fg_event *event,
                                                      size_t record,
                                                      struct fg_str value,
                                                      struct fg_error **err);

/**
 * The position, in hexadecimal digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_gauss_mongo_token_data(const struct fg_event *event, size_t record);

/**
 * The document in MongoDB's extended JSON. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_gauss_mongo_full_document(const struct fg_event *event, size_t record);

/**
 * Sets `full_document`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_gauss_mongo_full_document(struct fg_event *event,
                                                              size_t record,
                                                              struct fg_str value,
                                                              struct fg_error **err);

/**
 * JSON of where the document is. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_gauss_mongo_ns(const struct fg_event *event, size_t record);

/**
 * Sets `ns`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_gauss_mongo_set_record_gauss_mongo_ns(struct fg_event *event,
                                                   size_t record,
                                                   struct fg_str value,
                                                   struct fg_error **err);

/**
 * The database. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_gauss_mongo_ns_db(const struct fg_event *event, size_t record);

/**
 * The collection. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_record_gauss_mongo_ns_coll(const struct fg_event *event, size_t record);

/**
 * JSON of the position to go on from. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_vernier(const struct fg_event *event);

/**
 * Sets `vernier`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_gauss_mongo_set_vernier(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The position, in hexadecimal digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_gauss_mongo_vernier_data(const struct fg_event *event);

/**
 * What it happened to, for example `device.property`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_resource(const struct fg_event *event);

/**
 * Sets `resource`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_resource(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * What happened, for example `report`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_event(const struct fg_event *event);

/**
 * Sets `event`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_event(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When it happened, for example `20260703T183519Z`. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_event_time(const struct fg_event *event);

/**
 * `event_time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_iotda_event_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `event_time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_event_time(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The same by RFC 3339, with milliseconds. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_event_time_ms(const struct fg_event *event);

/**
 * `event_time_ms` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_iotda_event_time_ms_epoch_ms(const struct fg_event *event);

/**
 * Sets `event_time_ms`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_event_time_ms(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The request's id, by which repetitions are known. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_request_id(const struct fg_event *event);

/**
 * Sets `request_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_request_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The resource space's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_header_app_id(const struct fg_event *event);

/**
 * Sets `app_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_notify_data_header_app_id(struct fg_event *event,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The device's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_header_device_id(const struct fg_event *event);

/**
 * Sets `device_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_notify_data_header_device_id(struct fg_event *event,
                                                    struct fg_str value,
                                                    struct fg_error **err);

/**
 * The device's own id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_header_node_id(const struct fg_event *event);

/**
 * Sets `node_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_notify_data_header_node_id(struct fg_event *event,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * The product's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_header_product_id(const struct fg_event *event);

/**
 * Sets `product_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_notify_data_header_product_id(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * The gateway's id; a device without one has its own. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_header_gateway_id(const struct fg_event *event);

/**
 * Sets `gateway_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_iotda_set_notify_data_header_gateway_id(struct fg_event *event,
                                                     struct fg_str value,
                                                     struct fg_error **err);

/**
 * The device's tags. How many there are; 0 if it is unset.
 */
size_t fg_iotda_notify_data_header_tag_count(const struct fg_event *event);

/**
 * The tag's key. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_header_tag_tag_key(const struct fg_event *event, size_t tag);

/**
 * Sets `tag_key`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_iotda_set_notify_data_header_tag_tag_key(struct fg_event *event,
                                                      size_t tag,
                                                      struct fg_str value,
                                                      struct fg_error **err);

/**
 * The tag's value. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_header_tag_tag_value(const struct fg_event *event, size_t tag);

/**
 * Sets `tag_value`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_iotda_set_notify_data_header_tag_tag_value(struct fg_event *event,
                                                        size_t tag,
                                                        struct fg_str value,
                                                        struct fg_error **err);

/**
 * What it said, by `resource`; typed where it reports properties. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_body(const struct fg_event *event);

/**
 * Sets `body` to a text of JSON. For tests and local debugging. Fails with `FG_STATUS_KIND` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_iotda_set_notify_data_body(struct fg_event *event,
                                        struct fg_str value,
                                        struct fg_error **err);

/**
 * The properties by service. How many there are; 0 if it is unset.
 */
size_t fg_iotda_notify_data_body_service_count(const struct fg_event *event);

/**
 * The service's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_body_service_service_id(const struct fg_event *event, size_t service);

/**
 * Sets `service_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_iotda_set_notify_data_body_service_service_id(struct fg_event *event,
                                                           size_t service,
                                                           struct fg_str value,
                                                           struct fg_error **err);

/**
 * Values by name, as the device sent them. JSON as it came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_body_service_properties(const struct fg_event *event,
                                                           size_t service);

/**
 * Sets `properties` to a text of JSON. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND`, `FG_STATUS_INDEX` or `FG_STATUS_NOT_JSON`.
 */
fg_status fg_iotda_set_notify_data_body_service_properties(struct fg_event *event,
                                                           size_t service,
                                                           struct fg_str value,
                                                           struct fg_error **err);

/**
 * When they were measured. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_iotda_notify_data_body_service_event_time(const struct fg_event *event, size_t service);

/**
 * `event_time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_iotda_notify_data_body_service_event_time_epoch_ms(const struct fg_event *event, size_t service);

/**
 * Sets `event_time`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_iotda_set_notify_data_body_service_event_time(struct fg_event *event,
                                                           size_t service,
                                                           struct fg_str value,
                                                           struct fg_error **err);

/**
 * The event's version, `v1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_kafka_event_version(const struct fg_event *event);

/**
 * Sets `event_version`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_kafka_set_event_version(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Always `KAFKA`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_kafka_trigger_type(const struct fg_event *event);

/**
 * Sets `trigger_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_kafka_set_trigger_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The region's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_kafka_region(const struct fg_event *event);

/**
 * Sets `region`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_kafka_set_region(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When the event was made, in seconds. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_kafka_event_time(const struct fg_event *event);

/**
 * `event_time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_kafka_event_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `event_time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_kafka_set_event_time(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * The Kafka instance's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_kafka_instance_id(const struct fg_event *event);

/**
 * Sets `instance_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_kafka_set_instance_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The messages by topic. How many there are; 0 if it is unset.
 */
size_t fg_kafka_record_count(const struct fg_event *event);

/**
 * The messages' texts. Keys, headers and offsets are not sent. How many there are; 0 if it is unset.
 */
size_t fg_kafka_record_message_count(const struct fg_event *event, size_t record);

/**
 * Text number `index`, from 0, of `messages`. Absent if it is null or there are not so many. The view belongs to the event.
 */
struct fg_str fg_kafka_record_message(const struct fg_event *event,
                                      size_t record,
                                      size_t index);

/**
 * Sets all of `messages`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_kafka_set_record_messages(struct fg_event *event,
                                       size_t record,
                                       const struct fg_str *values,
                                       size_t count,
                                       struct fg_error **err);

/**
 * The topic's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_kafka_record_topic_id(const struct fg_event *event, size_t record);

/**
 * Sets `topic_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_kafka_set_record_topic_id(struct fg_event *event,
                                       size_t record,
                                       struct fg_str value,
                                       struct fg_error **err);

/**
 * The instance's id, if it is another than the event's. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_kafka_record_instance_id(const struct fg_event *event, size_t record);

/**
 * Sets `instance_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_kafka_set_record_instance_id(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * Base64 of the JSON of the entries. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data(const struct fg_event *event);

/**
 * Sets `data`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_lts_set_lts_data(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * What is behind the base64 in `data`, decoded once; as it came, with a finding, if it is not base64. Absent if it is unset. The view belongs to the event.
 */
struct fg_bytes fg_lts_lts_raw_data(const struct fg_event *event);

/**
 * The entries. How many there are; 0 if it is unset.
 */
size_t fg_lts_lts_data_log_count(const struct fg_event *event);

/**
 * The line. Its end may be there as the characters `\r\n`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_message(const struct fg_event *event,
                                          size_t log);

/**
 * The host it was written on. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_host_name(const struct fg_event *event, size_t log);

/**
 * The host's address. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_ip(const struct fg_event *event, size_t log);

/**
 * The log file, with or without a leading slash. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_path(const struct fg_event *event, size_t log);

/**
 * The entry's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_log_uid(const struct fg_event *event, size_t log);

/**
 * When it was written, in milliseconds. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_time(const struct fg_event *event, size_t log);

/**
 * `time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_lts_lts_data_log_time_epoch_ms(const struct fg_event *event, size_t log);

/**
 * Its number in the file. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_lts_lts_data_log_line_no(const struct fg_event *event, size_t log);

/**
 * The digits of `line_no` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_line_no_text(const struct fg_event *event, size_t log);

/**
 * The id of the account. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_owner(const struct fg_event *event);

/**
 * The log group's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_group_id(const struct fg_event *event);

/**
 * The log topic's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_lts_lts_data_log_topic_id(const struct fg_event *event);

/**
 * What happened. How many there are; 0 if it is unset.
 */
size_t fg_obs_record_count(const struct fg_event *event);

/**
 * The layout's version: `2.0` of S3's, `3.0` of OBS' own. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_event_version(const struct fg_event *event,
                                          size_t record);

/**
 * Sets `eventVersion`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_event_version(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * `aws:s3` or `OBS`; test events leave it out. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_event_source(const struct fg_event *event, size_t record);

/**
 * Sets `eventSource`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_event_source(struct fg_event *event,
                                         size_t record,
                                         struct fg_str value,
                                         struct fg_error **err);

/**
 * The region's name in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_aws_region(const struct fg_event *event, size_t record);

/**
 * Sets `awsRegion`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_aws_region(struct fg_event *event,
                                       size_t record,
                                       struct fg_str value,
                                       struct fg_error **err);

/**
 * The region's name in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_event_region(const struct fg_event *event, size_t record);

/**
 * Sets `eventRegion`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_event_region(struct fg_event *event,
                                         size_t record,
                                         struct fg_str value,
                                         struct fg_error **err);

/**
 * When it happened: RFC 3339 with milliseconds in UTC. From EventGrid it is China's time, mislabelled as UTC. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_event_time(const struct fg_event *event,
                                       size_t record);

/**
 * `eventTime` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_obs_record_event_time_epoch_ms(const struct fg_event *event, size_t record);

/**
 * Sets `eventTime`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_event_time(struct fg_event *event,
                                       size_t record,
                                       struct fg_str value,
                                       struct fg_error **err);

/**
 * What happened, for example `ObjectCreated:Put` or `ObjectRemoved:Delete`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_event_name(const struct fg_event *event,
                                       size_t record);

/**
 * Sets `eventName`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_event_name(struct fg_event *event,
                                       size_t record,
                                       struct fg_str value,
                                       struct fg_error **err);

/**
 * The account's id in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_user_identity_principal_id(const struct fg_event *event, size_t record);

/**
 * Sets `principalId`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_user_identity_principal_id(struct fg_event *event,
                                                       size_t record,
                                                       struct fg_str value,
                                                       struct fg_error **err);

/**
 * The account's id in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_user_identity_id(const struct fg_event *event, size_t record);

/**
 * Sets `ID`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_user_identity_id(struct fg_event *event,
                                             size_t record,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The caller's address. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_request_parameters_source_ipaddress(const struct fg_event *event, size_t record);

/**
 * Sets `sourceIPAddress`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_request_parameters_source_ipaddress(struct fg_event *event,
                                                                size_t record,
                                                                struct fg_str value,
                                                                struct fg_error **err);

/**
 * Ids of the request by name; test events leave them out. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_obs_record_response_elements(const struct fg_event *event, size_t record);

/**
 * Sets all values of one name in `responseElements`; none remove it. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_response_elements(struct fg_event *event,
                                              size_t record,
                                              struct fg_str name,
                                              const struct fg_str *values,
                                              size_t count,
                                              struct fg_error **err);

/**
 * The layout's version, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_s3_schema_version(const struct fg_event *event, size_t record);

/**
 * Sets `s3SchemaVersion`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_s3_schema_version(struct fg_event *event,
                                                 size_t record,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The id of the bucket's rule that sent the event. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_configuration_id(const struct fg_event *event, size_t record);

/**
 * Sets `configurationId`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_configuration_id(struct fg_event *event,
                                                size_t record,
                                                struct fg_str value,
                                                struct fg_error **err);

/**
 * The bucket's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_bucket_name(const struct fg_event *event, size_t record);

/**
 * Sets `name`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_bucket_name(struct fg_event *event,
                                           size_t record,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * The bucket's ARN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_bucket_arn(const struct fg_event *event, size_t record);

/**
 * Sets `arn`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_bucket_arn(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * The account's id in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_bucket_owner_identity_principal_id(const struct fg_event *event,
                                                                  size_t record);

/**
 * Sets `PrincipalId`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_bucket_owner_identity_principal_id(struct fg_event *event,
                                                                  size_t record,
                                                                  struct fg_str value,
                                                                  struct fg_error **err);

/**
 * The account's id in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_bucket_owner_identity_id(const struct fg_event *event, size_t record);

/**
 * Sets `ID`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_bucket_owner_identity_id(struct fg_event *event,
                                                        size_t record,
                                                        struct fg_str value,
                                                        struct fg_error **err);

/**
 * The object's key, URL-encoded. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_object_key(const struct fg_event *event, size_t record);

/**
 * Sets `key`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_object_key(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * The ETag of its contents. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_object_e_tag(const struct fg_event *event, size_t record);

/**
 * Sets `eTag`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_object_e_tag(struct fg_event *event,
                                            size_t record,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * Orders the events of one key; hexadecimal digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_object_sequencer(const struct fg_event *event, size_t record);

/**
 * Sets `sequencer`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_object_sequencer(struct fg_event *event,
                                                size_t record,
                                                struct fg_str value,
                                                struct fg_error **err);

/**
 * Its size in bytes; not there if it was removed. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_obs_record_s3_object_size(const struct fg_event *event,
                                     size_t record);

/**
 * The digits of `size` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_object_size_text(const struct fg_event *event, size_t record);

/**
 * Sets `size`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_object_size(struct fg_event *event,
                                           size_t record,
                                           int64_t value,
                                           struct fg_error **err);

/**
 * Its version; the text `null` in buckets without versions. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_object_version_id(const struct fg_event *event,
                                                 size_t record);

/**
 * Sets `versionId`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_object_version_id(struct fg_event *event,
                                                 size_t record,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The old path of an object that was renamed. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_s3_object_oldpsxpth(const struct fg_event *event, size_t record);

/**
 * Sets `oldpsxpth`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_s3_object_oldpsxpth(struct fg_event *event,
                                                size_t record,
                                                struct fg_str value,
                                                struct fg_error **err);

/**
 * The layout's version, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_version(const struct fg_event *event, size_t record);

/**
 * Sets `Version`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_version(struct fg_event *event,
                                        size_t record,
                                        struct fg_str value,
                                        struct fg_error **err);

/**
 * The id of the bucket's rule that sent the event. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_configuration_id(const struct fg_event *event, size_t record);

/**
 * Sets `configurationId`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_configuration_id(struct fg_event *event,
                                                 size_t record,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The bucket's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_bucket_name(const struct fg_event *event, size_t record);

/**
 * Sets `name`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_bucket_name(struct fg_event *event,
                                            size_t record,
                                            struct fg_str value,
                                            struct fg_error **err);

/**
 * The bucket's name again. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_bucket_bucket(const struct fg_event *event, size_t record);

/**
 * Sets `bucket`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_bucket_bucket(struct fg_event *event,
                                              size_t record,
                                              struct fg_str value,
                                              struct fg_error **err);

/**
 * The account's id in S3's layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_bucket_owner_identity_principal_id(const struct fg_event *event,
                                                                   size_t record);

/**
 * Sets `principalId`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_bucket_owner_identity_principal_id(struct fg_event *event,
                                                                   size_t record,
                                                                   struct fg_str value,
                                                                   struct fg_error **err);

/**
 * The account's id in OBS' own layout. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_bucket_owner_identity_id(const struct fg_event *event, size_t record);

/**
 * Sets `ID`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_bucket_owner_identity_id(struct fg_event *event,
                                                         size_t record,
                                                         struct fg_str value,
                                                         struct fg_error **err);

/**
 * The object's key, URL-encoded. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_object_key(const struct fg_event *event, size_t record);

/**
 * Sets `key`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_object_key(struct fg_event *event,
                                           size_t record,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * The ETag of its contents. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_object_e_tag(const struct fg_event *event, size_t record);

/**
 * Sets `eTag`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_object_e_tag(struct fg_event *event,
                                             size_t record,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * Orders the events of one key; hexadecimal digits. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_object_sequencer(const struct fg_event *event, size_t record);

/**
 * Sets `sequencer`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_object_sequencer(struct fg_event *event,
                                                 size_t record,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * Its size in bytes; not there if it was removed. `FG_NO_NUMBER` if it is unset or no whole number of 64 bits.
 */
int64_t fg_obs_record_obs_object_size(const struct fg_event *event,
                                      size_t record);

/**
 * The digits of `size` as they came. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_object_size_text(const struct fg_event *event, size_t record);

/**
 * Sets `size`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_object_size(struct fg_event *event,
                                            size_t record,
                                            int64_t value,
                                            struct fg_error **err);

/**
 * Its version; the text `null` in buckets without versions. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_object_version_id(const struct fg_event *event,
                                                  size_t record);

/**
 * Sets `versionId`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_object_version_id(struct fg_event *event,
                                                  size_t record,
                                                  struct fg_str value,
                                                  struct fg_error **err);

/**
 * The old path of an object that was renamed. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_obs_record_obs_object_oldpsxpth(const struct fg_event *event, size_t record);

/**
 * Sets `oldpsxpth`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_obs_set_record_obs_object_oldpsxpth(struct fg_event *event,
                                                 size_t record,
                                                 struct fg_str value,
                                                 struct fg_error **err);

/**
 * The event's version, `v1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rabbitmq_event_version(const struct fg_event *event);

/**
 * Sets `event_version`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rabbitmq_set_event_version(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Always `RABBITMQ`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rabbitmq_trigger_type(const struct fg_event *event);

/**
 * Sets `trigger_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rabbitmq_set_trigger_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The region's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rabbitmq_region(const struct fg_event *event);

/**
 * Sets `region`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rabbitmq_set_region(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When the event was made, in seconds. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rabbitmq_event_time(const struct fg_event *event);

/**
 * `event_time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_rabbitmq_event_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `event_time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rabbitmq_set_event_time(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * The messages by exchange. How many there are; 0 if it is unset.
 */
size_t fg_rabbitmq_record_count(const struct fg_event *event);

/**
 * The exchange's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rabbitmq_record_exchange(const struct fg_event *event, size_t record);

/**
 * Sets `exchange`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_rabbitmq_set_record_exchange(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * The RabbitMQ instance's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rabbitmq_record_instance_id(const struct fg_event *event, size_t record);

/**
 * Sets `instance_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_rabbitmq_set_record_instance_id(struct fg_event *event,
                                             size_t record,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The messages' texts. How many there are; 0 if it is unset.
 */
size_t fg_rabbitmq_record_message_count(const struct fg_event *event, size_t record);

/**
 * Text number `index`, from 0, of `messages`. Absent if it is null or there are not so many. The view belongs to the event.
 */
struct fg_str fg_rabbitmq_record_message(const struct fg_event *event,
                                         size_t record,
                                         size_t index);

/**
 * Sets all of `messages`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_rabbitmq_set_record_messages(struct fg_event *event,
                                          size_t record,
                                          const struct fg_str *values,
                                          size_t count,
                                          struct fg_error **err);

/**
 * The event's version, `v1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rocketmq_event_version(const struct fg_event *event);

/**
 * Sets `event_version`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rocketmq_set_event_version(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Always `ROCKETMQ`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rocketmq_trigger_type(const struct fg_event *event);

/**
 * Sets `trigger_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rocketmq_set_trigger_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The region's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rocketmq_region(const struct fg_event *event);

/**
 * Sets `region`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rocketmq_set_region(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When the event was made, in seconds. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rocketmq_event_time(const struct fg_event *event);

/**
 * `event_time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_rocketmq_event_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `event_time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rocketmq_set_event_time(struct fg_event *event, int64_t value, struct fg_error **err);

/**
 * The RocketMQ instance's id. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rocketmq_instance_id(const struct fg_event *event);

/**
 * Sets `instance_id`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_rocketmq_set_instance_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The messages by topic. How many there are; 0 if it is unset.
 */
size_t fg_rocketmq_record_count(const struct fg_event *event);

/**
 * The messages' texts. Keys, headers and offsets are not sent. How many there are; 0 if it is unset.
 */
size_t fg_rocketmq_record_message_count(const struct fg_event *event, size_t record);

/**
 * Text number `index`, from 0, of `messages`. Absent if it is null or there are not so many. The view belongs to the event.
 */
struct fg_str fg_rocketmq_record_message(const struct fg_event *event,
                                         size_t record,
                                         size_t index);

/**
 * Sets all of `messages`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_rocketmq_set_record_messages(struct fg_event *event,
                                          size_t record,
                                          const struct fg_str *values,
                                          size_t count,
                                          struct fg_error **err);

/**
 * The topic's name. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rocketmq_record_topic_id(const struct fg_event *event, size_t record);

/**
 * Sets `topic_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_rocketmq_set_record_topic_id(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * The instance's id, if it is another than the event's. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_rocketmq_record_instance_id(const struct fg_event *event, size_t record);

/**
 * Sets `instance_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_rocketmq_set_record_instance_id(struct fg_event *event,
                                             size_t record,
                                             struct fg_str value,
                                             struct fg_error **err);

/**
 * The messages; several are possible. How many there are; 0 if it is unset.
 */
size_t fg_smn_record_count(const struct fg_event *event);

/**
 * The record's version, `1.0`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_event_version(const struct fg_event *event, size_t record);

/**
 * Sets `event_version`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_event_version(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * Always `smn`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_event_source(const struct fg_event *event, size_t record);

/**
 * Sets `event_source`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_event_source(struct fg_event *event,
                                         size_t record,
                                         struct fg_str value,
                                         struct fg_error **err);

/**
 * The function's URN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_event_subscription_urn(const struct fg_event *event, size_t record);

/**
 * Sets `event_subscription_urn`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_event_subscription_urn(struct fg_event *event,
                                                   size_t record,
                                                   struct fg_str value,
                                                   struct fg_error **err);

/**
 * The topic's URN. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_smn_topic_urn(const struct fg_event *event, size_t record);

/**
 * Sets `topic_urn`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_smn_topic_urn(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * The message's id, by which repetitions are known. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_smn_message_id(const struct fg_event *event, size_t record);

/**
 * Sets `message_id`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_smn_message_id(struct fg_event *event,
                                           size_t record,
                                           struct fg_str value,
                                           struct fg_error **err);

/**
 * Always `notification`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_smn_type(const struct fg_event *event, size_t record);

/**
 * Sets `type`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_smn_type(struct fg_event *event,
                                     size_t record,
                                     struct fg_str value,
                                     struct fg_error **err);

/**
 * The message's subject. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_smn_subject(const struct fg_event *event, size_t record);

/**
 * Sets `subject`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_smn_subject(struct fg_event *event,
                                        size_t record,
                                        struct fg_str value,
                                        struct fg_error **err);

/**
 * When the message was published: RFC 3339 with seconds in UTC. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_smn_timestamp(const struct fg_event *event,
                                          size_t record);

/**
 * `timestamp` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_smn_record_smn_timestamp_epoch_ms(const struct fg_event *event, size_t record);

/**
 * Sets `timestamp`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_smn_timestamp(struct fg_event *event,
                                          size_t record,
                                          struct fg_str value,
                                          struct fg_error **err);

/**
 * The message, at most 256 KB; often JSON, for example a whole OBS event. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_record_smn_message(const struct fg_event *event,
                                        size_t record);

/**
 * Sets `message`. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_smn_message(struct fg_event *event,
                                        size_t record,
                                        struct fg_str value,
                                        struct fg_error **err);

/**
 * Attributes by name; mostly null. The texts `None` and the empty one were seen instead. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_smn_record_smn_message_attributes(const struct fg_event *event,
                                                   size_t record);

/**
 * Sets all values of one name in `message_attributes`; none remove it. For tests and local debugging. An index at the end of its list makes a new element. Fails with `FG_STATUS_KIND` or `FG_STATUS_INDEX`.
 */
fg_status fg_smn_set_record_smn_message_attributes(struct fg_event *event,
                                                   size_t record,
                                                   struct fg_str name,
                                                   const struct fg_str *values,
                                                   size_t count,
                                                   struct fg_error **err);

/**
 * The function's name. Only the console's test events have it. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_functionname(const struct fg_event *event);

/**
 * Sets `functionname`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_smn_set_functionname(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * An id. Only the console's test events have it. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_request_id(const struct fg_event *event);

/**
 * Sets `requestId`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_smn_set_request_id(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * A date as JavaScript prints it. Only the console's test events have it; see the messages' own. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_smn_timestamp(const struct fg_event *event);

/**
 * Sets `timestamp`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_smn_set_timestamp(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The event's version: `v1.0` in the documents, `v2.0` was seen too. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_timer_version(const struct fg_event *event);

/**
 * Sets `version`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_timer_set_version(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When the timer fired: RFC 3339 with seconds and an offset. As it came; absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_timer_time(const struct fg_event *event);

/**
 * `time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or cannot be read.
 */
int64_t fg_timer_time_epoch_ms(const struct fg_event *event);

/**
 * Sets `time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_timer_set_time(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Always `TIMER`. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_timer_trigger_type(const struct fg_event *event);

/**
 * Sets `trigger_type`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_timer_set_trigger_type(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The trigger's name, chosen by the user. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_timer_trigger_name(const struct fg_event *event);

/**
 * Sets `trigger_name`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_timer_set_trigger_name(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * The text given when the trigger was made; often JSON. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_timer_user_event(const struct fg_event *event);

/**
 * Sets `user_event`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_timer_set_user_event(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * Frees an invocation that `fg_runtime_next` gave. NULL is ignored, and so is the invocation of a handler, which belongs to the
 * runtime.
 */
void fg_invocation_free(struct fg_invocation *invocation);

/**
 * The payload; may be empty. The view belongs to the invocation.
 */
struct fg_bytes fg_invocation_payload(const struct fg_invocation *invocation);

/**
 * What may be asked about the invocation and its function. It belongs to the invocation; NULL if that is NULL.
 */
const struct fg_context *fg_invocation_context(const struct fg_invocation *invocation);

/**
 * The payload as a trigger event, read once, on first use, without copying it. `*out` belongs to the invocation. Fails like
 * `fg_event_parse`.
 */
fg_status fg_invocation_event(const struct fg_invocation *invocation,
                              const struct fg_event **out,
                              struct fg_error **err);

/**
 * Answers with output of the kind `output`; `body` is copied, and ignored for `FG_OUTPUT_NONE`. Fails with `FG_STATUS_RANGE`,
 * `FG_STATUS_UTF8` or `FG_STATUS_NOT_JSON`, after which the invocation still waits for its reply, and with
 * `FG_STATUS_ALREADY_REPLIED`, `FG_STATUS_REFUSED` or `FG_STATUS_LOST`.
 */
fg_status fg_invocation_respond(const struct fg_invocation *invocation,
                                fg_output output,
                                struct fg_bytes body,
                                struct fg_error **err);

/**
 * Answers with a response for API Gateway, which stays the caller's. Fails like `fg_invocation_respond`.
 */
fg_status fg_invocation_respond_apig(const struct fg_invocation *invocation,
                                     const struct fg_apig_response *response,
                                     struct fg_error **err);

/**
 * Answers with an error of `error_type` (absent for `FunctionReturnError`) and `message`; `stack_trace` may be NULL. All texts are
 * copied. Fails like `fg_invocation_respond`.
 */
fg_status fg_invocation_fail(const struct fg_invocation *invocation,
                             struct fg_str error_type,
                             struct fg_str message,
                             const struct fg_str *stack_trace,
                             size_t stack_trace_count,
                             struct fg_error **err);

/**
 * Answers with an error that a call here gave, for example `fg_invocation_event`: its type is `EventInvalid` if that could not read
 * the payload, else `FunctionReturnError`. `error` stays the caller's. Fails like `fg_invocation_respond`.
 */
fg_status fg_invocation_fail_with(const struct fg_invocation *invocation,
                                  const struct fg_error *error,
                                  struct fg_error **err);

/**
 * Makes what answers the invocation later, from any thread. `*out` is the caller's to free; freeing it answers nothing.
 */
fg_status fg_invocation_responder(const struct fg_invocation *invocation,
                                  struct fg_responder **out,
                                  struct fg_error **err);

/**
 * Like `fg_invocation_respond`; fails with `FG_STATUS_LATE` if the invocation has been given up.
 */
fg_status fg_responder_respond(const struct fg_responder *responder,
                               fg_output output,
                               struct fg_bytes body,
                               struct fg_error **err);

/**
 * Like `fg_invocation_respond_apig`; fails with `FG_STATUS_LATE` if the invocation has been given up.
 */
fg_status fg_responder_respond_apig(const struct fg_responder *responder,
                                    const struct fg_apig_response *response,
                                    struct fg_error **err);

/**
 * Like `fg_invocation_fail`; fails with `FG_STATUS_LATE` if the invocation has been given up.
 */
fg_status fg_responder_fail(const struct fg_responder *responder,
                            struct fg_str error_type,
                            struct fg_str message,
                            const struct fg_str *stack_trace,
                            size_t stack_trace_count,
                            struct fg_error **err);

/**
 * Frees a responder. NULL is ignored.
 */
void fg_responder_free(struct fg_responder *responder);

/**
 * Writes one record: `time request-id [LEVEL ]text`, or a JSON object with `FGRUNTIME_LOG_FORMAT=json`. A record is one write to
 * standard output; one beyond 90 KiB is several records, each complete. What is not UTF-8 is written as U+FFFD. Nothing
 * happens if `logger` is NULL, the text is absent, or the level is below the threshold or unknown.
 */
void fg_log(const struct fg_logger *logger,
            fg_level level,
            struct fg_str text);

/**
 * 1 if a record of `level` would be written; for texts that cost something to make.
 */
int32_t fg_log_enabled(const struct fg_logger *logger, fg_level level);

/**
 * Drops records below `level` from now on, for this invocation. Fails with `FG_STATUS_RANGE` if there is no such level.
 */
fg_status fg_logger_set_level(const struct fg_logger *logger,
                              fg_level level,
                              struct fg_error **err);

/**
 * Makes another logger for the same invocation, with the same threshold, that outlives it. `*out` is the caller's to free.
 */
fg_status fg_logger_clone(const struct fg_logger *logger,
                          struct fg_logger **out,
                          struct fg_error **err);

/**
 * Frees a logger that `fg_logger_clone` made. NULL is ignored. Loggers of contexts belong to these and must not be freed.
 */
void fg_logger_free(struct fg_logger *logger);

/**
 * How many pairs of name and text there are; a name with several texts counts several times.
 */
size_t fg_map_count(struct fg_map map);

/**
 * One pair of name and text, in document order. The views belong to the event. The time it takes grows with `index`. Fails
 * with `FG_STATUS_INDEX`.
 */
fg_status fg_map_at(struct fg_map map,
                    size_t index,
                    struct fg_str *name,
                    struct fg_str *text,
                    struct fg_error **err);

/**
 * Writes the first `room` pairs of name and text, in document order, and returns how many there are: the way to see all of a large
 * map. `pairs` may be NULL if `room` is 0. The views belong to the event.
 */
size_t fg_map_all(struct fg_map map,
                  struct fg_pair *pairs,
                  size_t room);

/**
 * The first text of `name`: of the name written exactly so if there is one, else of any name that differs only in case.
 * Absent if there is none. The view belongs to the event.
 */
struct fg_str fg_map_get(struct fg_map map,
                         struct fg_str name);

/**
 * The text number `index` (from 0) of all texts of `name`, ignoring case, in document order. Absent if there are not so many.
 * The view belongs to the event.
 */
struct fg_str fg_map_get_nth(struct fg_map map,
                             struct fg_str name,
                             size_t index);

/**
 * The key of the object as it is in the bucket: `+` is a space and `%XX` a byte of UTF-8; what is neither stays as it is. Absent
 * if there is none, or if `event` is not from OBS. The view belongs to the event.
 */
struct fg_str fg_obs_record_decoded_key(const struct fg_event *event,
                                        size_t record);

/**
 * The name of the bucket, whichever the layout. Absent if there is none. The view belongs to the event.
 */
struct fg_str fg_obs_record_bucket_name(const struct fg_event *event, size_t record);

/**
 * The name of the region, whichever the layout. Absent if there is none. The view belongs to the event.
 */
struct fg_str fg_obs_record_region(const struct fg_event *event, size_t record);

/**
 * Makes a runtime for the function that the process's environment describes; `options` may be NULL. Variables that are unset or
 * invalid are logged, once, with the default used instead. It connects with the first `fg_runtime_next`, or, over
 * `FG_TRANSPORT_GO_RPC`, listens from then on. `*out` is the caller's to free. Fails with `FG_STATUS_NO_ADDRESS`,
 * `FG_STATUS_INVALID_ADDRESS`, `FG_STATUS_UNKNOWN_TRANSPORT`, `FG_STATUS_INVALID_SETTING`, `FG_STATUS_STRUCT_SIZE`, `FG_STATUS_RANGE` or `FG_STATUS_IO`.
 */
fg_status fg_runtime_new(const struct fg_runtime_options *options,
                         struct fg_runtime **out,
                         struct fg_error **err);

/**
 * Frees a runtime. NULL is ignored. No thread may be inside a call on it.
 */
void fg_runtime_free(struct fg_runtime *runtime);

/**
 * Waits for the next invocation, at most about `timeout_ms` milliseconds, for ever if that is negative. `*out` is the caller's to
 * free. Fails with `FG_STATUS_TIMED_OUT`, after which nothing is lost (an invocation that arrives later goes to whoever asks
 * next), and with `FG_STATUS_STOPPED`, for good. Failures to reach the platform are logged and tried again, ever more slowly.
 */
fg_status fg_runtime_next(const struct fg_runtime *runtime,
                          int64_t timeout_ms,
                          struct fg_invocation **out,
                          struct fg_error **err);

/**
 * Stops a runtime for good: every thread that waits in `fg_runtime_next` gets `FG_STATUS_STOPPED`, now and from now on.
 * Invocations already received may still be answered. A signal handler may call this; `errno` may change.
 */
fg_status fg_runtime_stop(const struct fg_runtime *runtime);

/**
 * Makes the context of an initializer, and of what runs at the end: about the function, for there is no invocation. `*out` is the
 * caller's to free. Since ABI 0.3.
 */
fg_status fg_runtime_initializer_context(const struct fg_runtime *runtime,
                                         struct fg_context **out,
                                         struct fg_error **err);

/**
 * Answers the first invocation with an error, because there is no function: its initializer failed, or it cannot be loaded. The
 * process must end then, with status 1. Waits for that invocation; over `FG_TRANSPORT_HTTP` `POST /init`
 * is answered with it, too; the event that mostly follows is waited for no longer than two seconds then. All texts are copied. Since ABI 0.3.
 */
fg_status fg_runtime_refuse(const struct fg_runtime *runtime,
                            struct fg_str error_type,
                            struct fg_str message,
                            const struct fg_str *stack_trace,
                            size_t stack_trace_count,
                            struct fg_error **err);

/**
 * How many invocations run at once: `FGRUNTIME_CONCURRENCY`, else what is usual where the function is served (over
 * `FG_TRANSPORT_HTTP` one for events and 64 for plain requests). 0 where the platform decides, and for NULL. Since ABI 0.3.
 */
uint32_t fg_runtime_concurrency(const struct fg_runtime *runtime);

/**
 * Waits for the next handler that took longer than its timeout, for a thread that can tell where it is stuck. The caller of that
 * invocation has been told by then. `*out` is a context of the invocation, with its logger, and the caller's to free. Fails with
 * `FG_STATUS_STOPPED` once there will be no more, and at once over transports whose platform sees to timeouts. Since ABI 0.3.
 */
fg_status fg_runtime_next_timed_out(const struct fg_runtime *runtime,
                                    struct fg_context **out,
                                    struct fg_error **err);

/**
 * Answers what has no answer yet, because the process is about to end at once, and writes to standard error which invocations that
 * were. Nothing over transports whose platform sees to it. For programs with signal handlers of their own. Since ABI 0.3.
 */
fg_status fg_runtime_give_up(const struct fg_runtime *runtime,
                             struct fg_error **err);

/**
 * Calls `handler` for every invocation until the process is told to stop (see `handle_signals`), which lets the running ones
 * finish. `options` may be NULL. `user_data` is passed to the handler, the initializer and the shutdown handler; `user_data_free`, which may be NULL, runs
 * exactly once, also if this fails. One process runs one handler at a time: a call during another fails with
 * `FG_STATUS_ALREADY_RUNNING`. Fails
 * also like `fg_runtime_new`, with `FG_STATUS_RANGE` if `pollers` is above 1024 too, and with `FG_STATUS_INITIALIZER_FAILED`.
 */
fg_status fg_runtime_run(const struct fg_runtime_options *options,
                         fg_handler handler,
                         void *user_data,
                         fg_user_data_free user_data_free,
                         struct fg_error **err);

/**
 * What a status means, in a few words. The text is static; a number that is no status has one too.
 */
struct fg_str fg_status_str(fg_status status);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

/* What stands at the end of include/fgruntime.h: small helpers that need no symbol of the library. */
#ifdef __cplusplus
extern "C" {
#endif

/** The view of a string literal: FG_STR_LIT("text"). */
#define FG_STR_LIT(literal) (fg_str_of("" literal "", sizeof(literal) - 1))

/** A view of `len` bytes of text. */
static inline fg_str fg_str_of(const char *ptr, size_t len) {
    fg_str view;
    view.ptr = ptr;
    view.len = len;
    return view;
}

/** A view of a text that is ended by NUL; absent for NULL. */
static inline fg_str fg_str_from(const char *text) {
    return fg_str_of(text, text == NULL ? 0 : strlen(text));
}

/** A view of `len` bytes. */
static inline fg_bytes fg_bytes_of(const void *ptr, size_t len) {
    fg_bytes view;
    view.ptr = (const uint8_t *)ptr;
    view.len = len;
    return view;
}

/** The bytes of a text. */
static inline fg_bytes fg_bytes_of_str(fg_str text) {
    return fg_bytes_of(text.ptr, text.len);
}

/** 1 if two texts are the same; absent and empty are not. */
static inline int fg_str_equal(fg_str a, fg_str b) {
    if (a.ptr == NULL || b.ptr == NULL) {
        return a.ptr == b.ptr;
    }
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/** The two arguments that print a view with "%.*s". */
#define FG_ARG(view) (int)(view).len, (view).ptr == NULL ? "" : (const char *)(view).ptr

/** Options with their size and every default. */
static inline fg_runtime_options fg_runtime_options_default(void) {
    fg_runtime_options options;
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    return options;
}

/** Options with their size and every default. */
static inline fg_context_options fg_context_options_default(void) {
    fg_context_options options;
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    return options;
}

/** Limits with their size and every default. */
static inline fg_limits fg_limits_default(void) {
    fg_limits limits;
    memset(&limits, 0, sizeof limits);
    limits.struct_size = sizeof limits;
    return limits;
}

static inline void fg_logf(const fg_logger *logger, fg_level level, const char *format, ...) FG_PRINTF(3, 4);

/** fg_log with the text made as by printf. The compiler checks the format. Takes memory for texts of 1 KiB and more; without it, these are cut. */
static inline void fg_logf(const fg_logger *logger, fg_level level, const char *format, ...) {
    char small[1024];
    char *large = NULL;
    int length;
    va_list arguments;
    if (!fg_log_enabled(logger, level)) {
        return;
    }
    va_start(arguments, format);
    length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return;
    }
    if ((size_t)length >= sizeof small) {
        large = (char *)malloc((size_t)length + 1);
    }
    if (large != NULL) {
        va_start(arguments, format);
        vsnprintf(large, (size_t)length + 1, format, arguments);
        va_end(arguments);
        fg_log(logger, level, fg_str_of(large, (size_t)length));
        free(large);
    } else {
        size_t fits = (size_t)length < sizeof small ? (size_t)length : sizeof small - 1;
        fg_log(logger, level, fg_str_of(small, fits));
    }
}

#ifdef __cplusplus
}
#endif

#endif  /* FGRUNTIME_H */
