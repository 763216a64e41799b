//! Where a handler is that takes too long: its stack, in its own log.
//!
//! Only a thread itself sees its stack, and only a signal makes it look. That asks for a signal handler, which the core must not have
//! because it cannot be written safely; [`pprof`] has one. It is a crate of its own so that functions without it stay as small as they are.
//!
//! ```no_run
//! use fgruntime_core::{Context, FunctionError, run};
//! use fgruntime_stacks::watched;
//!
//! fn handler(event: Vec<u8>, _context: &Context) -> Result<Vec<u8>, FunctionError> {
//!     Ok(event)
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     run(watched(handler))
//! }
//! ```

mod stack;
mod watch;

use fgruntime_core::{Context, FunctionError};
use watch::Watch;

/// The handler, watched: when an invocation's time has passed and the handler has not ended, its log shows where it is.
///
/// Frames have names where the program has symbols. Optimised programs need `debug = "line-tables-only"` in their profile for those of
/// functions that became a part of others, such as the handler itself. One that was stripped of its symbols, or built for musl, has no
/// stack in its log, which says so. The thread that is asked gets the signal SIGPROF, which interrupts system calls that
/// wait, such as sleeping; those go on by themselves. A program that profiles itself by that signal is not asked, which its log says.
pub fn watched<E, O>(
    handler: impl Fn(E, &Context) -> Result<O, FunctionError> + Sync,
) -> impl Fn(E, &Context) -> Result<O, FunctionError> + Sync {
    let watch = Watch::start();
    move |event, context| {
        let _entered = watch.enter(context);
        handler(event, context)
    }
}
