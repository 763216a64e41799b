//! Panics of handlers: an error with the message and the handler's own frames, and a process that lives on.

use crate::response::FunctionError;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

const MOST_FRAMES: usize = 32;

/// Frames of the language's machinery, left out of stack traces.
const MACHINERY: [&str; 8] =
    ["std::", "core::", "alloc::", "backtrace::", "<std::", "<core::", "<alloc::", "__rust"];

thread_local! {
    static IN_HANDLER: Cell<bool> = const { Cell::new(false) };
    static TRACE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Calls a handler; its panic becomes the error `panic`.
///
/// The first call installs a panic hook, because only a hook sees the frames of a panic. It passes on the panics of
/// everything that is not a handler.
pub(super) fn catch<T>(
    code_root: &str,
    handler: impl FnOnce() -> Result<T, FunctionError>,
) -> Result<T, FunctionError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| if IN_HANDLER.get() { record(info) } else { previous(info) }));
    });
    IN_HANDLER.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(handler));
    IN_HANDLER.set(false);
    result.unwrap_or_else(|payload| {
        let trace = TRACE.take().into_iter().map(|frame| frame.replace(&folder(code_root), "")).collect();
        Err(FunctionError::new("panic", message(payload)).with_stack_trace(trace))
    })
}

/// The prefix that makes a path under the code root absolute.
fn folder(code_root: &str) -> String {
    format!("{}/", code_root.trim_end_matches('/'))
}

fn message(payload: Box<dyn Any + Send>) -> String {
    let payload = match payload.downcast::<String>() {
        Ok(text) => return *text,
        Err(payload) => payload,
    };
    if let Some(text) = payload.downcast_ref::<&str>() {
        return (*text).to_owned();
    }
    // Dropping an unknown payload could panic once more.
    std::mem::forget(payload);
    "a panic whose value is not text".to_owned()
}

/// Keeps the place of the panic and the frames above it. A stripped program has only the place.
fn record(info: &PanicHookInfo<'_>) {
    let mut trace: Vec<String> =
        info.location().map(|place| format!("panicked at {place}")).into_iter().collect();
    let mut done = false;
    backtrace::trace(|frame| {
        backtrace::resolve_frame(frame, |symbol| {
            let Some(name) = symbol.name().map(|name| format!("{name:#}")) else { return };
            let ours = name.starts_with("fgruntime_core::runtime::")
                || name.starts_with("<fgruntime_core::runtime::");
            done |= ours && trace.len() > 1;
            if done || ours || is_machinery(&name) || trace.len() >= MOST_FRAMES {
                return;
            }
            trace.push(match (symbol.filename(), symbol.lineno()) {
                (Some(file), Some(line)) => format!("{name} ({}:{line})", file.display()),
                _ => name,
            });
        });
        !done && trace.len() < MOST_FRAMES
    });
    TRACE.set(trace);
}

fn is_machinery(name: &str) -> bool {
    MACHINERY.iter().any(|prefix| name.starts_with(prefix)) || name == "rust_begin_unwind"
}
