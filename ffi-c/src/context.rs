//! The context: what a handler may ask about its invocation and its function.

use crate::error::fg_error;
use crate::failure::Failure;
use crate::guard;
use crate::logger::fg_logger;
use crate::status::fg_status;
use crate::view::fg_str;
use fgruntime_core::context::{Context, InvokeType};

/// What a handler may ask about its invocation and its function. Borrowed from an invocation, or made for tests by
/// `fg_context_new`. It never changes: any threads may use it at once. Every text that a function here returns belongs to it.
/// Credentials are there only if the function has an agency.
// The layout is the core's, so that a reference to that is a pointer to this; behind `cfg_attr`, because cbindgen would
// take the type for an alias of something it does not know.
#[cfg_attr(all(), repr(transparent))]
pub struct fg_context(pub(crate) Context);

/// A name and a value.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct fg_pair {
    /// The name.
    pub name: fg_str,
    /// The value.
    pub value: fg_str,
}

/// Makes another context that says the same and outlives the invocation, for code that goes on after the reply. `*out` is the
/// caller's to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_clone(
    context: *const fg_context,
    out: *mut *mut fg_context,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = || {
        // SAFETY: the pointers are the caller's.
        unsafe {
            let context = context.as_ref().ok_or_else(|| Failure::null("context"))?;
            give(out, context.0.clone())
        }
    };
    // SAFETY: the pointer is the caller's.
    unsafe { guard::call(err, work) }
}

/// Gives the caller a context of its own.
///
/// # Safety
/// `out` is NULL or may be written to.
pub(crate) unsafe fn give(out: *mut *mut fg_context, context: Context) -> Result<(), Failure> {
    if out.is_null() {
        return Err(Failure::null("out"));
    }
    // SAFETY: the caller's promise.
    unsafe { guard::write(out, Box::into_raw(Box::new(fg_context(context)))) }
}

/// Frees a context that `fg_context_new` or `fg_context_clone` made. NULL is ignored. Contexts of invocations belong to these and
/// must not be freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_free(context: *mut fg_context) {
    guard::value((), || {
        // SAFETY: the caller gives up its context; NULL does not get here.
        (!context.is_null()).then(|| drop(unsafe { Box::from_raw(context) }))
    });
}

/// # Safety
/// `context` is NULL or alive.
unsafe fn ask<T>(
    context: *const fg_context,
    otherwise: T,
    ask: impl FnOnce(&'static Context) -> Option<T>,
) -> T {
    // SAFETY: the caller's promise; what is borrowed does not leave the call but as a view.
    guard::value(otherwise, || unsafe { context.as_ref() }.and_then(|context| ask(&context.0)))
}

/// # Safety
/// `context` is NULL or alive.
unsafe fn text(
    context: *const fg_context,
    text: impl FnOnce(&'static Context) -> Option<&'static str>,
) -> fg_str {
    // SAFETY: the caller's promise.
    unsafe { ask(context, fg_str::ABSENT, |context| text(context).map(fg_str::of)) }
}

/// The invocation's id; empty in an initializer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_request_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(context.request_id())) }
}

/// The milliseconds left before the platform stops the invocation, counted from its arrival on a clock that cannot be set; 0 when
/// they have passed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_remaining_time_ms(context: *const fg_context) -> u64 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(context.remaining_time_in_milli_seconds())) }
}

/// How long an invocation may take, in seconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_running_time_s(context: *const fg_context) -> u32 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(context.running_time_in_seconds())) }
}

/// The access key of the function's agency. Deprecated: FunctionGraph no longer maintains it; use
/// `fg_context_security_access_key`.
#[deprecated(note = "use fg_context_security_access_key")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_access_key(context: *const fg_context) -> fg_str {
    #[allow(deprecated, reason = "handlers still ask for it")]
    // SAFETY: the pointer is the caller's.
    unsafe {
        text(context, Context::access_key)
    }
}

/// The secret key of the function's agency. Deprecated: FunctionGraph no longer maintains it; use
/// `fg_context_security_secret_key`.
#[deprecated(note = "use fg_context_security_secret_key")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_secret_key(context: *const fg_context) -> fg_str {
    #[allow(deprecated, reason = "handlers still ask for it")]
    // SAFETY: the pointer is the caller's.
    unsafe {
        text(context, Context::secret_key)
    }
}

/// The temporary access key of the function's agency, valid for 24 hours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_security_access_key(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::security_access_key) }
}

/// The temporary secret key of the function's agency, valid for 24 hours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_security_secret_key(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::security_secret_key) }
}

/// The security token that goes with the temporary keys, valid for 24 hours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_security_token(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::security_token) }
}

/// The token of the function's agency, valid for 24 hours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_token(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::token) }
}

/// The user's own variable `key`, plain or encrypted; absent if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_user_data(context: *const fg_context, key: fg_str) -> fg_str {
    // SAFETY: the pointers are the caller's.
    unsafe { text(context, |context| context.user_data(key.optional("key").ok()??)) }
}

/// The function's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_function_name(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(context.function_name())) }
}

/// The function's version: `latest` or a version's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_version(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(context.version())) }
}

/// The function's memory in MB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_memory_size(context: *const fg_context) -> u32 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(context.memory_size())) }
}

/// The function's CPU in millicores; 1000 are one core.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_cpu_number(context: *const fg_context) -> u32 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(context.cpu_number())) }
}

/// The project's id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_project_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(context.project_id())) }
}

/// The function's app, normally `default`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_package(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(context.package())) }
}

/// The region, where the platform sends it (containers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_region(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::region) }
}

/// The alias the function was called through; absent if it was not called through one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_alias(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::alias) }
}

/// The version or `!alias` that the caller asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_origin_version_tag(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::origin_version_tag) }
}

/// The id of the workflow that this invocation is a step of.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_workflow_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::workflow_id) }
}

/// The id of the workflow's run.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_workflow_run_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::workflow_run_id) }
}

/// The id of the workflow's state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_workflow_state_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::workflow_state_id) }
}

/// The id of the data stream's run. Streams are undocumented; the headers were seen in an official SDK.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_stream_run_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::stream_run_id) }
}

/// Whether the invocation is a data stream's, as the platform says it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_stream_enable(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::stream_enable) }
}

/// The data stream's token.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_stream_token(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::stream_token) }
}

/// The data stream's address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_stream_addr(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, Context::stream_addr) }
}

/// The id to follow this invocation across services; the request id unless the platform sends another.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_trace_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(context.trace_id())) }
}

/// 1 if the invocation is asynchronous: its caller has already been answered, and the result is dropped or goes to a destination.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_is_async(context: *const fg_context) -> i32 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(i32::from(context.invoke_type() == InvokeType::Async))) }
}

/// The handler as configured, for example `index.handler`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_handler(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(&context.settings().handler)) }
}

/// The initializer as configured; absent if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_initializer(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| context.settings().initializer.as_deref()) }
}

/// How long the initializer may take, in seconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_initializer_timeout_s(context: *const fg_context) -> u32 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(context.settings().initializer_timeout_seconds)) }
}

/// The pre-stop handler as configured; absent if there is none. Its variable was seen in official sources only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_pre_stop_handler(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| context.settings().pre_stop_handler.as_deref()) }
}

/// How long the pre-stop handler may take, in seconds; 0 if the platform does not say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_pre_stop_timeout_s(context: *const fg_context) -> u32 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| context.settings().pre_stop_timeout_seconds) }
}

/// The largest state in bytes; 0 if the platform does not say. Its variable was seen in official sources only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_max_state_size(context: *const fg_context) -> u32 {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| context.settings().max_state_size) }
}

/// Where the runtime is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_root(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(&context.settings().root)) }
}

/// Where the system's logs are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_log_dir(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(&context.settings().log_dir)) }
}

/// The instance's id; absent if the platform does not say. Its variables were seen in official sources only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_instance_id(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| context.settings().instance_id.as_deref()) }
}

/// The largest result in bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_max_response_body_size(context: *const fg_context) -> usize {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(context.settings().max_response_body_size)) }
}

/// The largest payload in bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_max_request_body_size(context: *const fg_context) -> usize {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, 0, |context| Some(context.settings().max_request_body_size)) }
}

/// Where the function's code is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_code_root(context: *const fg_context) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(context, |context| Some(&context.settings().code_root)) }
}

/// The header `name` of the invocation, ignoring case; absent if there is none. Values of headers include credentials.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_header(context: *const fg_context, name: fg_str) -> fg_str {
    // SAFETY: the pointers are the caller's.
    unsafe { text(context, |context| context.headers().get(name.optional("name").ok()??)) }
}

/// The logger of the invocation. It belongs to the context; `fg_logger_clone` makes one that outlives it. NULL if `context` is
/// NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_logger(context: *const fg_context) -> *const fg_logger {
    // SAFETY: the pointer is the caller's.
    unsafe { ask(context, std::ptr::null(), |context| Some(fg_logger::of(context.logger()))) }
}
