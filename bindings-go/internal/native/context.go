package native

/*
#include <fgruntime.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

typedef fg_str (*fgo_text_of)(const fg_context *);

// In the order of the constants in Go.
static const fgo_text_of fgo_texts[] = {
    fg_context_request_id, fg_context_trace_id,
    fg_context_access_key, fg_context_secret_key,
    fg_context_security_access_key, fg_context_security_secret_key,
    fg_context_security_token, fg_context_token,
    fg_context_function_name, fg_context_version,
    fg_context_project_id, fg_context_package,
    fg_context_region, fg_context_alias,
    fg_context_origin_version_tag, fg_context_workflow_id,
    fg_context_workflow_run_id, fg_context_workflow_state_id,
    fg_context_stream_run_id, fg_context_stream_enable,
    fg_context_stream_token, fg_context_stream_addr,
    fg_context_handler, fg_context_initializer,
    fg_context_pre_stop_handler, fg_context_root,
    fg_context_code_root, fg_context_log_dir,
    fg_context_instance_id,
};

static fg_str fgo_context_text(const fg_context *context, int text) {
    return fgo_texts[text](context);
}

static int64_t fgo_context_number(const fg_context *context, int number) {
    switch (number) {
    case 0: return (int64_t)fg_context_remaining_time_ms(context);
    case 1: return fg_context_running_time_s(context);
    case 2: return fg_context_memory_size(context);
    case 3: return fg_context_cpu_number(context);
    case 4: return fg_context_initializer_timeout_s(context);
    case 5: return fg_context_pre_stop_timeout_s(context);
    case 6: return fg_context_max_state_size(context);
    case 7: return (int64_t)fg_context_max_response_body_size(context);
    case 8: return (int64_t)fg_context_max_request_body_size(context);
    default: return fg_context_is_async(context);
    }
}

static fg_str fgo_user_data(const fg_context *context, _GoString_ key) {
    return fg_context_user_data(context, fg_str_of(_GoStringLen(key) == 0 ? "" : _GoStringPtr(key), _GoStringLen(key)));
}

static void fgo_log(const fg_context *context, fg_level level, _GoString_ text) {
    fg_log(fg_context_logger(context), level,
           fg_str_of(_GoStringLen(text) == 0 ? "" : _GoStringPtr(text), _GoStringLen(text)));
}

static int fgo_log_enabled(const fg_context *context, fg_level level) {
    return fg_log_enabled(fg_context_logger(context), level);
}

static fg_status fgo_set_level(const fg_context *context, fg_level level) {
    return fg_logger_set_level(fg_context_logger(context), level, NULL);
}

// In Go; see log.go.
void fgoLogRecord(void *log, fg_str record);
void fgoLogEnd(void *log);

// Names and values are one text, each as long as lens says: the id, then as many pairs as there are headers, user data and variables. A
// log that is 0 is standard output.
static fg_status fgo_context_new(_GoString_ texts, const size_t *lens, size_t headers, size_t data, size_t variables, uintptr_t log,
                                 fg_context **out, fg_error **error) {
    size_t count = 1 + 2 * (headers + data + variables), i;
    fg_str *views = (fg_str *)calloc(count + 1, sizeof(fg_str));
    fg_context_options options = fg_context_options_default();
    const char *text = _GoStringPtr(texts);
    fg_status status;
    if (views == NULL) return FG_STATUS_OUT_OF_MEMORY;
    for (i = 0; i < count; i++) {
        views[i] = fg_str_of(lens[i] == 0 ? "" : text, lens[i]);
        text += lens[i];
    }
    // A pair is two views, one after the other.
    options.request_id = views[0];
    options.headers = (const fg_pair *)(views + 1);
    options.header_count = headers;
    options.user_data = options.headers + headers;
    options.user_data_count = data;
    options.variables = options.user_data + data;
    options.variable_count = variables;
    if (log != 0) {
        options.log_output = fgoLogRecord;
        options.log_user_data = (void *)log;
        options.log_user_data_free = fgoLogEnd;
        options.log_as_json = 1;
    }
    status = fg_context_new(&options, out, error);
    free(views);
    return status;
}
*/
import "C"

import (
	"runtime"
	"strings"
)

// Context is what a handler may ask about its invocation and its function. It never changes, may be used by any goroutine, and
// is freed when nobody has it any more.
type Context struct {
	context *C.fg_context
}

// Text names a text of a context.
type Text int

// In the order of the table in C.
const (
	RequestID Text = iota
	TraceID
	AccessKey
	SecretKey
	SecurityAccessKey
	SecuritySecretKey
	SecurityToken
	Token
	FunctionName
	Version
	ProjectID
	Package
	Region
	Alias
	OriginVersionTag
	WorkflowID
	WorkflowRunID
	WorkflowStateID
	StreamRunID
	StreamEnable
	StreamToken
	StreamAddr
	Handler
	Initializer
	PreStopHandler
	Root
	CodeRoot
	LogDir
	InstanceID
)

// Number names a number of a context.
type Number int

// In the order of the numbers in C.
const (
	RemainingTimeMilliseconds Number = iota
	RunningTimeSeconds
	MemorySize
	CPUNumber
	InitializerTimeoutSeconds
	PreStopTimeoutSeconds
	MaxStateSize
	MaxResponseBodySize
	MaxRequestBodySize
	IsAsync
)

// Level is how much a log record matters.
type Level int

// The levels; LevelNone is that of records without one.
const (
	LevelNone  = Level(C.FG_LEVEL_NONE)
	LevelDebug = Level(C.FG_LEVEL_DEBUG)
	LevelInfo  = Level(C.FG_LEVEL_INFO)
	LevelWarn  = Level(C.FG_LEVEL_WARN)
	LevelError = Level(C.FG_LEVEL_ERROR)
)

func newContext(context *C.fg_context) *Context {
	c := &Context{context}
	runtime.SetFinalizer(c, func(c *Context) { C.fg_context_free(c.context) })
	return c
}

// ContextOptions are what a context outside any invocation says. Headers, user data and variables are names and values by turns.
type ContextOptions struct {
	RequestID                    string
	Headers, UserData, Variables []string
	// Log takes each record, as JSON; nil is standard output, where they are texts.
	Log func(record []byte)
}

// NewContext makes a context outside any invocation.
func NewContext(options ContextOptions) (*Context, error) {
	var texts strings.Builder
	lens := []C.size_t{}
	for _, some := range [][]string{{options.RequestID}, options.Headers, options.UserData, options.Variables} {
		for _, text := range some {
			lens = append(lens, C.size_t(len(text)))
			texts.WriteString(text)
		}
	}
	pairs := func(texts []string) C.size_t { return C.size_t(len(texts) / 2) }
	var context *C.fg_context
	var failure *C.fg_error
	status := C.fgo_context_new(texts.String(), &lens[0], pairs(options.Headers), pairs(options.UserData), pairs(options.Variables),
		C.uintptr_t(addLog(options.Log)), &context, &failure)
	if err := taken(status, failure); err != nil {
		return nil, err
	}
	return newContext(context), nil
}

// Text gives a text; empty if there is none.
func (c *Context) Text(name Text) string {
	text := text(C.fgo_context_text(c.context, C.int(name)))
	runtime.KeepAlive(c)
	return text
}

// HasText tells a text that is empty from none.
func (c *Context) HasText(name Text) bool {
	has := C.fgo_context_text(c.context, C.int(name)).ptr != nil
	runtime.KeepAlive(c)
	return has
}

// Number gives a number.
func (c *Context) Number(name Number) int {
	number := C.fgo_context_number(c.context, C.int(name))
	runtime.KeepAlive(c)
	return int(number)
}

// UserData gives a variable of the user's.
func (c *Context) UserData(key string) (string, bool) {
	view := C.fgo_user_data(c.context, key)
	value, has := text(view), view.ptr != nil
	runtime.KeepAlive(c)
	return value, has
}

// Log writes one record.
func (c *Context) Log(level Level, text string) {
	C.fgo_log(c.context, C.fg_level(level), text)
	runtime.KeepAlive(c)
}

// LogEnabled tells whether a record of a level would be written.
func (c *Context) LogEnabled(level Level) bool {
	enabled := C.fgo_log_enabled(c.context, C.fg_level(level)) != 0
	runtime.KeepAlive(c)
	return enabled
}

// SetLevel drops records below level from now on, for this invocation. It tells whether there is such a threshold.
func (c *Context) SetLevel(level Level) bool {
	ok := C.fgo_set_level(c.context, C.fg_level(level)) == C.FG_OK
	runtime.KeepAlive(c)
	return ok
}
