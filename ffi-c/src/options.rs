//! Options of a runtime, and how structures of other versions are read.

use crate::context::fg_context;
use crate::failure::Failure;
use crate::status::{FG_STATUS_RANGE, FG_STATUS_STRUCT_SIZE, fg_status};
use crate::user_data::{UserData, fg_user_data_free};
use crate::view::fg_str;
use fgruntime_core::logging::LogOutput;
use fgruntime_core::runtime::{MOST_POLLERS, RuntimeBuilder, TransportKind};
use std::ffi::c_void;
use std::mem::{MaybeUninit, offset_of};
use std::sync::Arc;
use std::time::Duration;

/// Runs once, before the first invocation. Anything but `FG_OK` answers the first invocation with the error `FunctionInitError` and
/// ends `fg_runtime_run` with `FG_STATUS_INITIALIZER_FAILED`; the process should then exit with 1. `context` is borrowed for
/// the call.
pub type fg_initializer =
    Option<unsafe extern "C" fn(user_data: *mut c_void, context: *const fg_context) -> fg_status>;

/// Runs once, after the last invocation. `context` is borrowed for the call.
pub type fg_shutdown_handler =
    Option<unsafe extern "C" fn(user_data: *mut c_void, context: *const fg_context) -> fg_status>;

/// Takes one log record, with its line end. Called from any thread, several at once; the view is borrowed for the call.
pub type fg_log_output = Option<unsafe extern "C" fn(user_data: *mut c_void, record: fg_str)>;

/// What the library takes where nobody says otherwise: `FG_TRANSPORT_POLL`.
pub const FG_TRANSPORT_DEFAULT: u32 = 0;
/// The function asks the platform at `RUNTIME_API_ADDR` for events: the API of custom runtimes.
pub const FG_TRANSPORT_POLL: u32 = 1;
/// The platform calls the function, which serves `RUNTIME_API_ADDR`: the Go 1.x runtime.
pub const FG_TRANSPORT_GO_RPC: u32 = 2;
/// The function serves HTTP: containers, HTTP functions, Knative.
pub const FG_TRANSPORT_HTTP: u32 = 3;

/// Options of a runtime. Set `struct_size` to `sizeof(fg_runtime_options)`; zero in any other member is the default. Later versions
/// of the library only append members.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct fg_runtime_options {
    /// `sizeof(fg_runtime_options)`.
    pub struct_size: usize,
    /// Where the platform is, `host:port`, instead of `RUNTIME_API_ADDR`; over `FG_TRANSPORT_GO_RPC`
    /// and `FG_TRANSPORT_HTTP` where to listen, `host:port` or `:port`.
    pub api_address: fg_str,
    /// 1 stops at SIGTERM and SIGINT; a second one ends the process at once with status 1. Over `FG_TRANSPORT_HTTP`, `fg_runtime_run` asks the
    /// thread of a handler that takes too long by SIGURG where it is, unless the program handles that signal itself, and logs it; a
    /// call of the system's in which it waits may then fail with EINTR. The library installs no signal handlers otherwise.
    pub handle_signals: u32,
    /// For `fg_runtime_run`: how many threads ask for invocations and call the handler, at most 1024; no more run at
    /// once then. 0 is as many as may run at once (`FGRUNTIME_CONCURRENCY`), and 1 where the platform decides that.
    pub pollers: u32,
    /// How long to wait after a failure to get an invocation, in milliseconds; doubles with each further one. 0 is 50.
    pub backoff_first_ms: u32,
    /// The longest such wait, in milliseconds; 0 is 2000.
    pub backoff_longest_ms: u32,
    /// For `fg_runtime_run`: the initializer, called with the handler's user data.
    pub initializer: fg_initializer,
    /// Where log records go instead of standard output.
    pub log_output: fg_log_output,
    /// Passed to `log_output`.
    pub log_user_data: *mut c_void,
    /// Frees `log_user_data`; runs exactly once: when the runtime and the last invocation, responder and logger of it are gone,
    /// or when the call that got the options fails, but for a wrong `struct_size`.
    pub log_user_data_free: fg_user_data_free,
    /// How invocations arrive, one of `FG_TRANSPORT_*`, unless the environment's `FGRUNTIME_TRANSPORT` says otherwise (`poll`,
    /// `go-rpc` or `http`). Since ABI 0.2.
    pub default_transport: u32,
    /// For `fg_runtime_run`: runs once, after the last invocation, when the process has been told to stop; called with the handler's
    /// user data. A status other than `FG_OK` is logged. Since ABI 0.3.
    pub on_shutdown: fg_shutdown_handler,
}

/// The options as given, with what must be freed already owned.
pub(crate) struct Options {
    pub(crate) builder: RuntimeBuilder,
    pub(crate) pollers: Option<usize>,
    pub(crate) initializer: fg_initializer,
    pub(crate) on_shutdown: fg_shutdown_handler,
    pub(crate) handles_signals: bool,
}

/// What the first version of the ABI had.
const FIRST_SIZE: usize = offset_of!(fg_runtime_options, default_transport);

/// # Safety
/// `options` is NULL or has the `struct_size` bytes that it says.
pub(crate) unsafe fn read(options: *const fg_runtime_options) -> Result<Options, Failure> {
    // SAFETY: the caller's promise.
    let given = unsafe { copy_struct(options, FIRST_SIZE, "options") }?;
    let mut builder = RuntimeBuilder::default();
    let Some(given) = given else {
        return Ok(Options {
            builder,
            pollers: None,
            initializer: None,
            on_shutdown: None,
            handles_signals: false,
        });
    };
    // First of all, so that it is freed whatever comes.
    let log_user_data = UserData::new(given.log_user_data, given.log_user_data_free);
    if let Some(write) = given.log_output {
        builder = builder.log_output(Arc::new(CallbackLog { write, user_data: log_user_data }));
    }
    // SAFETY: the caller's promise.
    if let Some(address) = unsafe { given.api_address.optional("api_address") }? {
        builder = builder.api_address(address);
    }
    if given.handle_signals != 0 {
        builder = builder.handle_signals();
    }
    builder = builder.default_transport(transport(given.default_transport)?);
    let or =
        |value: u32, default: u64| Duration::from_millis(if value == 0 { default } else { value.into() });
    builder = builder.backoff(or(given.backoff_first_ms, 50), or(given.backoff_longest_ms, 2000));
    let pollers = given.pollers as usize;
    if pollers > MOST_POLLERS {
        let message = format!("options->pollers is {pollers}, more than {MOST_POLLERS}");
        return Err(Failure::new(FG_STATUS_RANGE, message));
    }
    Ok(Options {
        builder,
        pollers: Some(pollers).filter(|&pollers| pollers > 0),
        initializer: given.initializer,
        on_shutdown: given.on_shutdown,
        handles_signals: given.handle_signals != 0,
    })
}

fn transport(number: u32) -> Result<TransportKind, Failure> {
    match number {
        FG_TRANSPORT_DEFAULT | FG_TRANSPORT_POLL => Ok(TransportKind::Poll),
        FG_TRANSPORT_GO_RPC => Ok(TransportKind::GoRpc),
        FG_TRANSPORT_HTTP => Ok(TransportKind::Http),
        other => {
            let message = format!("options->default_transport is {other}, which is none of FG_TRANSPORT_*");
            Err(Failure::new(FG_STATUS_RANGE, message))
        }
    }
}

pub(crate) struct CallbackLog {
    pub(crate) write: unsafe extern "C" fn(*mut c_void, fg_str),
    pub(crate) user_data: UserData,
}

impl LogOutput for CallbackLog {
    fn write(&self, record: &str) {
        // SAFETY: the caller gave the function for this user data, to be called from any thread.
        unsafe { (self.write)(self.user_data.pointer(), fg_str::of(record)) };
    }
}

/// Reads a structure of the caller's that begins with its size, as older and newer callers lay it out: one that is shorter than
/// ours leaves the rest at zero, one that is longer must have nothing but zeros there. Bytes are copied, because a reference
/// to a shorter structure would already be wrong. None if the pointer is NULL.
///
/// `first_size` is the size in the first version of the ABI: nobody has a smaller one.
///
/// # Safety
/// `T` begins with its size as `usize` and is valid when zero; `pointer` is NULL or has the bytes that its size says.
pub(crate) unsafe fn copy_struct<T: Copy>(
    pointer: *const T,
    first_size: usize,
    name: &'static str,
) -> Result<Option<T>, Failure> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise; the size comes first.
    let size = unsafe { pointer.cast::<usize>().read() };
    let wrong = |what| {
        let ours = size_of::<T>();
        Failure::new(
            FG_STATUS_STRUCT_SIZE,
            format!("{name}->struct_size is {size}, {what}; set it to sizeof, here {ours}"),
        )
    };
    if size < first_size {
        return Err(wrong("which is too small"));
    }
    if size > MOST {
        return Err(wrong("which is absurd"));
    }
    // SAFETY: the caller's promise: so many bytes are there.
    let bytes = unsafe { std::slice::from_raw_parts(pointer.cast::<u8>(), size) };
    if bytes.iter().skip(size_of::<T>()).any(|&byte| byte != 0) {
        return Err(wrong("and sets members that this version of the library does not know"));
    }
    let mut copy = MaybeUninit::<T>::zeroed();
    // SAFETY: the shorter of both sizes lies within both; a zeroed `T` is valid, and so is one with the caller's members.
    unsafe {
        copy.as_mut_ptr().cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), size.min(size_of::<T>()));
        Ok(Some(copy.assume_init()))
    }
}

/// No structure will ever be larger; a larger size is memory that was never set.
const MOST: usize = 64 << 10;
