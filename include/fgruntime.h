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

/**
 * The ABI's major version. It is 0 until the first release, and until then nothing is promised; afterwards a change that
 * could break a program raises it, and with it the library's name (`libfgruntime.so.<major>`).
 */
#define FG_ABI_MAJOR 0

/**
 * The ABI's minor version. It rises when something is added.
 */
#define FG_ABI_MINOR 1

/**
 * What API Gateway turns into an HTTP response: status 200, no headers and an empty body until it is told otherwise. One
 * thread at a time may change it.
 */
typedef struct fg_apig_response fg_apig_response;

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
 * Takes one log record, with its line end. Called from any thread, several at once; the view is borrowed for the call.
 */
typedef void (*fg_log_output)(void *user_data, struct fg_str record);

/**
 * Frees the user data of a callback; it may be NULL.
 */
typedef void (*fg_user_data_free)(void *user_data);

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
     * Where the platform is, `host:port`, instead of `RUNTIME_API_ADDR`.
     */
    struct fg_str api_address;
    /**
     * 1 stops at SIGTERM and SIGINT; a second one ends the process at once with status 1. The library installs no signal
     * handlers otherwise.
     */
    uint32_t handle_signals;
    /**
     * For `fg_runtime_run`: how many threads ask for invocations and call the handler, at most 1024; 0 is 1.
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
 * The body as the client sent it: decoded, once, if `isBase64Encoded` says so, else as it came. A body that claims to be
 * base64 and is not comes as it is, and leaves a finding. Empty if there is none; absent if `event` is not an API Gateway
 * event. The view belongs to the event.
 */
struct fg_bytes fg_apig_raw_body(const struct fg_event *event);

/**
 * Sets the body to the base64 of `body` and `isBase64Encoded` to true, as the gateway does by default. For tests and local
 * debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_apig_set_base64_encoded_body(struct fg_event *event,
                                          struct fg_bytes body,
                                          struct fg_error **err);

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
 * Makes a context for tests of handlers. All texts are copied; `*out` is the caller's to free. The settings that the options do
 * not name have the defaults of a function without any. `options` may be NULL.
 */
fg_status fg_context_new(const struct fg_context_options *options,
                         struct fg_context **out,
                         struct fg_error **err);

/**
 * Frees a context that `fg_context_new` made. NULL is ignored. Contexts of invocations belong to these and must not be freed.
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
 * Path parameters by name; a proxy path comes under the empty name. Empty if it is unset. Valid as long as the event.
 */
struct fg_map fg_apig_path_parameters(const struct fg_event *event);

/**
 * Sets all values of one name in `pathParameters`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
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
 * Sets all values of one name in `queryStringParameters`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
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
 * Sets all values of one name in `headers`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
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
 * The gateway's id of the request, which is also its `x-request-id` header. Absent if it is unset. The view belongs to the event.
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
 * The event's version: `v1.0` in the documents, `v2.0` was seen too. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_timer_version(const struct fg_event *event);

/**
 * Sets `version`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_timer_set_version(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * When the timer fired: RFC 3339 with seconds and an offset. Absent if it is unset. The view belongs to the event.
 */
struct fg_str fg_timer_time(const struct fg_event *event);

/**
 * Sets `time`. For tests and local debugging. Fails with `FG_STATUS_KIND`.
 */
fg_status fg_timer_set_time(struct fg_event *event, struct fg_str value, struct fg_error **err);

/**
 * `time` in milliseconds since 1970-01-01T00:00:00Z; `FG_NO_TIME` if it is unset or not an RFC 3339 time.
 */
int64_t fg_timer_time_epoch_ms(const struct fg_event *event);

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
 * Makes a runtime for the function that the process's environment describes; `options` may be NULL. Variables that are unset or
 * invalid are logged, once, with the default used instead. It connects with the first `fg_runtime_next`. `*out` is the caller's
 * to free. Fails with `FG_STATUS_NO_ADDRESS`, `FG_STATUS_INVALID_ADDRESS`, `FG_STATUS_STRUCT_SIZE` or `FG_STATUS_IO`.
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
 * Calls `handler` for every invocation until the process is told to stop (see `handle_signals`), which lets the running ones
 * finish. `options` may be NULL. `user_data` is passed to the handler and the initializer; `user_data_free`, which may be NULL, runs
 * exactly once, also if this fails. One process runs one handler at a time: a call during another fails with
 * `FG_STATUS_ALREADY_RUNNING`. Fails
 * also like `fg_runtime_new`, with `FG_STATUS_RANGE` if `pollers` is above 1024, and with `FG_STATUS_INITIALIZER_FAILED`.
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
