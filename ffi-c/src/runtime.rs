//! The runtime: invocations in, replies out; pulled by a loop of the caller's, or pushed to a handler.

use crate::context::{self, fg_context};
use crate::error::fg_error;
use crate::failure::Failure;
use crate::guard::{self, Handle, Opaque, opaque};
use crate::invocation::{Received, failed, fg_invocation};
use crate::options::{self, Options, fg_runtime_options};
use crate::status::{
    self, FG_OK, FG_STATUS_ALREADY_RUNNING, FG_STATUS_INITIALIZER_FAILED, FG_STATUS_INVALID_ADDRESS,
    FG_STATUS_INVALID_SETTING, FG_STATUS_IO, FG_STATUS_NO_ADDRESS, FG_STATUS_NULL, FG_STATUS_STOPPED,
    FG_STATUS_TIMED_OUT, FG_STATUS_UNKNOWN_TRANSPORT, fg_status,
};
use crate::stuck::Watch;
use crate::user_data::{UserData, fg_user_data_free};
use crate::view::fg_str;
use fgruntime_core::context::Context;
use fgruntime_core::response::FunctionError;
use fgruntime_core::runtime::{Function, Invocation, Next, RunError, Runtime, StartError};
use std::ffi::c_void;
use std::sync::OnceLock;
use std::time::Duration;

/// The connection to the platform. Any threads may use one at once. It may be freed while invocations are held: they can still
/// be answered.
pub struct fg_runtime(Handle<Runtime>);
opaque!(fg_runtime, Runtime, "runtime");

/// Called for every invocation, on a thread that asks for them, several at once if there are several pollers. `invocation` belongs
/// to the runtime and lives until the handler returns. By then it must have its reply, from this thread or through a responder
/// from another: `FG_OK` without one answers with the error `FunctionNotReplied`, any other status without one with
/// `FunctionReturnError`. The library holds no lock:
/// the handler may call anything. It must not leave by `longjmp` or a C++ exception, which is undefined.
pub type fg_handler =
    Option<unsafe extern "C" fn(user_data: *mut c_void, invocation: *mut fg_invocation) -> fg_status>;

/// Makes a runtime for the function that the process's environment describes; `options` may be NULL. Variables that are unset or
/// invalid are logged, once, with the default used instead. It connects with the first `fg_runtime_next`, or, over
/// `FG_TRANSPORT_GO_RPC`, listens from then on. `*out` is the caller's to free. Fails with `FG_STATUS_NO_ADDRESS`,
/// `FG_STATUS_INVALID_ADDRESS`, `FG_STATUS_UNKNOWN_TRANSPORT`, `FG_STATUS_INVALID_SETTING`, `FG_STATUS_STRUCT_SIZE`, `FG_STATUS_RANGE` or `FG_STATUS_IO`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_new(
    options: *const fg_runtime_options,
    out: *mut *mut fg_runtime,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = || {
        // SAFETY: the pointers are the caller's.
        unsafe {
            let options = options::read(options)?;
            guard::give(out, options.builder.build().map_err(|error| start_failure(&error))?)
        }
    };
    // SAFETY: the pointer is the caller's.
    unsafe { guard::call(err, work) }
}

/// Frees a runtime. NULL is ignored. No thread may be inside a call on it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_free(runtime: *mut fg_runtime) {
    // SAFETY: the caller gives up its runtime.
    unsafe { guard::free(runtime) };
}

/// Waits for the next invocation, at most about `timeout_ms` milliseconds, for ever if that is negative. `*out` is the caller's to
/// free. Fails with `FG_STATUS_TIMED_OUT`, after which nothing is lost (an invocation that arrives later goes to whoever asks
/// next), and with `FG_STATUS_STOPPED`, for good. Failures to reach the platform are logged and tried again, ever more slowly.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_next(
    runtime: *const fg_runtime,
    timeout_ms: i64,
    out: *mut *mut fg_invocation,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = |runtime: &Runtime| {
        if out.is_null() {
            return Err(Failure::null("out"));
        }
        let next = match u64::try_from(timeout_ms) {
            Ok(timeout) => runtime.next_timeout(Duration::from_millis(timeout)),
            Err(_) => runtime.next().map_or(Next::Stopped, Next::Invocation),
        };
        match next {
            // SAFETY: the pointer is the caller's.
            Next::Invocation(invocation) => unsafe { guard::give(out, Received::new(invocation, false)) },
            Next::TimedOut => Err(Failure::plain(FG_STATUS_TIMED_OUT)),
            Next::Stopped => Err(Failure::plain(FG_STATUS_STOPPED)),
        }
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(runtime, err, work) }
}

/// Stops a runtime for good: every thread that waits in `fg_runtime_next` gets `FG_STATUS_STOPPED`, now and from now on.
/// Invocations already received may still be answered. A signal handler may call this; `errno` may change.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_stop(runtime: *const fg_runtime) -> fg_status {
    // Telling that it is NULL would take memory, which a signal handler must not.
    if runtime.is_null() {
        return FG_STATUS_NULL;
    }
    // SAFETY: the pointer is the caller's. Nothing here takes memory or a lock.
    unsafe {
        guard::read(runtime, std::ptr::null_mut(), |runtime| {
            runtime.stop();
            Ok(())
        })
    }
}

/// Makes the context of an initializer, and of what runs at the end: about the function, for there is no invocation. `*out` is the
/// caller's to free. Since ABI 0.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_initializer_context(
    runtime: *const fg_runtime,
    out: *mut *mut fg_context,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(runtime, err, |runtime| context::give(out, runtime.initializer_context())) }
}

/// Answers the first invocation with an error, because there is no function: its initializer failed, or it cannot be loaded. The
/// process must end then, with status 1. Waits for that invocation; over `FG_TRANSPORT_HTTP` `POST /init`
/// is answered with it, too; the event that mostly follows is waited for no longer than two seconds then. All texts are copied. Since ABI 0.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_refuse(
    runtime: *const fg_runtime,
    error_type: fg_str,
    message: fg_str,
    stack_trace: *const fg_str,
    stack_trace_count: usize,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::read(runtime, err, |runtime| {
            runtime.refuse(&failed(error_type, message, stack_trace, stack_trace_count)?);
            Ok(())
        })
    }
}

/// How many invocations run at once: `FGRUNTIME_CONCURRENCY`, else what is usual where the function is served (over
/// `FG_TRANSPORT_HTTP` one for events and 64 for plain requests). 0 where the platform decides, and for NULL. Since ABI 0.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_concurrency(runtime: *const fg_runtime) -> u32 {
    let mut concurrency = 0;
    // SAFETY: the pointer is the caller's.
    unsafe {
        guard::read(runtime, std::ptr::null_mut(), |runtime| {
            concurrency = runtime.concurrency().and_then(|most| most.try_into().ok()).unwrap_or(0);
            Ok(())
        });
    }
    concurrency
}

/// Waits for the next handler that took longer than its timeout, for a thread that can tell where it is stuck. The caller of that
/// invocation has been told by then. `*out` is a context of the invocation, with its logger, and the caller's to free. Fails with
/// `FG_STATUS_STOPPED` once there will be no more, and at once over transports whose platform sees to timeouts. Since ABI 0.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_next_timed_out(
    runtime: *const fg_runtime,
    out: *mut *mut fg_context,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = |runtime: &Runtime| {
        if out.is_null() {
            return Err(Failure::null("out"));
        }
        match runtime.next_timed_out() {
            // SAFETY: the pointer is the caller's.
            Some(context) => unsafe { context::give(out, context) },
            None => Err(Failure::plain(FG_STATUS_STOPPED)),
        }
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(runtime, err, work) }
}

/// Answers what has no answer yet, because the process is about to end at once, and writes to standard error which invocations that
/// were. Nothing over transports whose platform sees to it. For programs with signal handlers of their own. Since ABI 0.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_give_up(
    runtime: *const fg_runtime,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::read(runtime, err, |runtime| {
            runtime.give_up();
            Ok(())
        })
    }
}

/// Calls `handler` for every invocation until the process is told to stop (see `handle_signals`), which lets the running ones
/// finish. `options` may be NULL. `user_data` is passed to the handler, the initializer and the shutdown handler; `user_data_free`, which may be NULL, runs
/// exactly once, also if this fails. One process runs one handler at a time: a call during another fails with
/// `FG_STATUS_ALREADY_RUNNING`. Fails
/// also like `fg_runtime_new`, with `FG_STATUS_RANGE` if `pollers` is above 1024 too, and with `FG_STATUS_INITIALIZER_FAILED`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_runtime_run(
    options: *const fg_runtime_options,
    handler: fg_handler,
    user_data: *mut c_void,
    user_data_free: fg_user_data_free,
    err: *mut *mut fg_error,
) -> fg_status {
    let user_data = UserData::new(user_data, user_data_free);
    let work = || {
        let handler = handler.ok_or_else(|| Failure::null("handler"))?;
        // SAFETY: the pointer is the caller's.
        let Options { builder, pollers, initializer, on_shutdown, handles_signals } =
            unsafe { options::read(options) }?;
        let user_data = &user_data;
        // Only a program that leaves signals to the library has one more of them taken. Where the platform decides how many run at once,
        // it sees to timeouts, too.
        let watch = OnceLock::new();
        let call = |invocation: Invocation, runtime: &Runtime| {
            let is_watched = handles_signals && runtime.concurrency().is_some();
            let watch = is_watched.then(|| watch.get_or_init(|| Watch::start(runtime)));
            let _entered = watch.map(|watch| watch.enter(invocation.context().request_id()));
            push(handler, user_data, invocation);
        };
        let mut function = Function::answering(call).runtime(builder);
        if let Some(pollers) = pollers {
            function = function.pollers(pollers);
        }
        if let Some(initializer) = initializer {
            function =
                function.initializer(move |context| outside(initializer, "initializer", user_data, context));
        }
        if let Some(on_shutdown) = on_shutdown {
            function = function
                .on_shutdown(move |context| outside(on_shutdown, "shutdown handler", user_data, context));
        }
        function.run().map_err(|error| run_failure(&error))
    };
    // SAFETY: the pointer is the caller's.
    let status = unsafe { guard::call(err, work) };
    drop(user_data);
    status
}

fn push(
    handler: unsafe extern "C" fn(*mut c_void, *mut fg_invocation) -> fg_status,
    user_data: &UserData,
    invocation: Invocation,
) {
    let mut invocation = fg_invocation::from_handle(Handle::new(Received::new(invocation, true)));
    // SAFETY: the caller gave the handler for this user data, to be called from any thread; the invocation outlives the call.
    let status = unsafe { handler(user_data.pointer(), &raw mut invocation) };
    if status != FG_OK {
        let message = format!("the handler returned the status {status} ({})", status::text(status));
        // SAFETY: the invocation is alive. If it has its reply already, that was the answer.
        unsafe {
            guard::read(&raw const invocation, std::ptr::null_mut(), |received| {
                received.fail_unanswered(FunctionError::new("FunctionReturnError", message));
                Ok(())
            });
        }
    }
}

/// Calls what the user's program runs outside invocations.
fn outside(
    function: unsafe extern "C" fn(*mut c_void, *const fg_context) -> fg_status,
    role: &str,
    user_data: &UserData,
    context: &Context,
) -> Result<(), FunctionError> {
    // SAFETY: the caller gave the function for this user data; the context type is transparent.
    let status = unsafe { function(user_data.pointer(), std::ptr::from_ref(context).cast()) };
    if status == FG_OK {
        return Ok(());
    }
    Err(format!("the {role} returned the status {status} ({})", status::text(status)).into())
}

fn run_failure(error: &RunError) -> Failure {
    match error {
        RunError::AlreadyRunning => Failure::new(FG_STATUS_ALREADY_RUNNING, error.to_string()),
        RunError::Start(error) => start_failure(error),
        _ => Failure::new(FG_STATUS_INITIALIZER_FAILED, error.to_string()),
    }
}

fn start_failure(error: &StartError) -> Failure {
    let status = match error {
        StartError::NoAddress => FG_STATUS_NO_ADDRESS,
        StartError::InvalidAddress(_) => FG_STATUS_INVALID_ADDRESS,
        StartError::UnknownTransport(_) => FG_STATUS_UNKNOWN_TRANSPORT,
        StartError::InvalidHttpSetting(_) => FG_STATUS_INVALID_SETTING,
        StartError::Listen { .. } | StartError::Io(_) => FG_STATUS_IO,
    };
    Failure::new(status, error.to_string())
}
