//! The stack of another thread, which a signal makes it tell.

use nix::sys::pthread::{Pthread, pthread_kill, pthread_self};
use nix::sys::signal::Signal;
use pprof::{Frames, ProfilerGuard, ProfilerGuardBuilder, Symbol};
use std::thread;
use std::time::Duration;

/// How long a thread may take to answer, the first time and then again; one that waits within the kernel may not be able to. It cannot
/// answer while it is looked whether it has.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(150), Duration::from_millis(500)];
const MOST_FRAMES: usize = 64;
/// What calls a handler, and what the language may put between. The first may be gone, having become a part of the second.
const CALLERS: [&str; 2] = ["fgruntime_stacks::watched", "fgruntime_core::runtime::function::"];
const CALL: &str = "core::ops::function::";
/// A frame without a symbol.
const NAMELESS: &str = "Unknown";
/// Frames of the signal itself.
const OF_THE_SIGNAL: [&str; 4] = ["backtrace::", "pprof::", "<pprof::", "__restore_rt"];

/// A thread, by the number that the system's library gives it; to musl that is an address.
#[derive(Clone, Copy)]
pub(crate) struct Thread(u64);

/// Threads answer while it lives.
pub(crate) struct Sampler(ProfilerGuard<'static>);

/// A thread that has been asked.
pub(crate) struct Asked {
    sampler: Sampler,
    thread: Thread,
}

impl Thread {
    pub(crate) fn current() -> Self {
        Self(pthread_self() as u64)
    }
}

impl Sampler {
    pub(crate) fn new() -> Result<Self, String> {
        // It would ask by itself, too, if not as rarely as can be said.
        let guard = ProfilerGuardBuilder::default().frequency(1).build();
        guard.map(Self).map_err(|error| error.to_string())
    }

    /// The thread must be alive.
    pub(crate) fn ask(self, thread: Thread) -> Result<Asked, String> {
        pthread_kill(thread.0 as Pthread, Signal::SIGPROF).map_err(|error| error.to_string())?;
        Ok(Asked { sampler: self, thread })
    }
}

impl Asked {
    /// The frames of the handler, the innermost first.
    pub(crate) fn answer(self) -> Result<Vec<String>, String> {
        for pause in PAUSES {
            thread::sleep(pause);
            let report = self.sampler.0.report().build().map_err(|error| error.to_string())?;
            if let Some(frames) = report.data.keys().find(|frames| frames.thread_id == self.thread.0) {
                return Some(described(frames)).filter(|stack| !stack.is_empty()).ok_or_else(unreadable);
            }
        }
        Err("its thread does not answer".to_owned())
    }
}

/// musl does not say how to get from the signal's frames to those before; and a handler that has become a part of its caller has a name in
/// the debug information only.
fn unreadable() -> String {
    "no frame of it has a name; build the program with debug = \"line-tables-only\", without strip, and not for musl".to_owned()
}

fn described(frames: &Frames) -> Vec<String> {
    let symbols: Vec<(String, &Symbol)> =
        frames.frames.iter().flatten().map(|symbol| (symbol.name(), symbol)).collect();
    let is_of_signal = |name: &str| OF_THE_SIGNAL.iter().any(|known| name.starts_with(known));
    let calls = |name: &str| CALLERS.iter().any(|known| name.starts_with(known));
    let begin = symbols.iter().rposition(|(name, _)| is_of_signal(name)).map_or(0, |at| at + 1);
    let handlers = symbols.iter().skip(begin).take_while(|(name, _)| !calls(name));
    let handlers: Vec<_> = handlers.collect();
    let end = handlers.iter().rposition(|(name, _)| !name.starts_with(CALL)).map_or(0, |at| at + 1);
    let named = handlers.iter().take(end).filter(|(name, _)| name != NAMELESS);
    named.take(MOST_FRAMES).map(|(name, symbol)| line(name, symbol)).collect()
}

fn line(name: &str, symbol: &Symbol) -> String {
    match (&symbol.filename, symbol.lineno) {
        (Some(file), Some(line)) => format!("{name} ({}:{line})", file.display()),
        _ => name.to_owned(),
    }
}
