//! SIGTERM and SIGINT, for as long as a runtime wants them.

use super::last_words::end_at_once;
use signal_hook::SigId;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::iterator::{self, Handle};
use signal_hook::low_level::{pipe, unregister};
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

const SIGNALS: [i32; 2] = [SIGTERM, SIGINT];

/// So long after a signal another one may be the same.
const ONE_SIGNAL: Duration = Duration::from_millis(100);

/// How many runtimes handle signals.
static HANDLING: AtomicUsize = AtomicUsize::new(0);

/// Handles the signals until it is dropped; then they do again what they do by default.
pub(super) struct Signals {
    ids: Vec<SigId>,
    thread: Option<Handle>,
}

impl Signals {
    /// The first signal sets `stop` and writes to `wake`; a second one ends the process at once with status 1, for handlers
    /// that never return.
    pub(super) fn handle(stop: &Arc<AtomicBool>, wake: &UnixStream) -> io::Result<Self> {
        let mut signals = Self::none_yet()?;
        // Not the flag of the runtime, which may have been stopped by other means before.
        let came = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            signals.ids.push(flag::register_conditional_shutdown(signal, 1, came.clone())?);
            signals.ids.push(flag::register(signal, came.clone())?);
            signals.ids.push(flag::register(signal, stop.clone())?);
            signals.ids.push(pipe::register(signal, wake.try_clone()?)?);
        }
        Ok(signals)
    }

    /// The first signal has `stop` called; a second one ends the process at once with status 1, after it has said the last words. What
    /// comes within [`ONE_SIGNAL`] of the first is the same signal once more: a terminal sends it to a whole group of processes, and
    /// those in it hand it on to the processes that they have started.
    pub(super) fn handle_with_last_words(
        stop: impl Fn() + Send + 'static,
        last_words: impl FnOnce() -> String + Send + 'static,
    ) -> io::Result<Self> {
        let mut signals = Self::none_yet()?;
        let mut came = iterator::Signals::new(SIGNALS)?;
        signals.thread = Some(came.handle());
        thread::Builder::new().name("fgruntime-signals".to_owned()).spawn(move || {
            let mut came = came.forever();
            if came.next().is_none() {
                return;
            }
            let first = Instant::now();
            stop();
            if came.any(|_| first.elapsed() > ONE_SIGNAL) {
                end_at_once(&last_words());
            }
        })?;
        Ok(signals)
    }

    fn none_yet() -> io::Result<Self> {
        restore_default_when_unhandled()?;
        HANDLING.fetch_add(1, Ordering::SeqCst);
        UNHANDLED.get().inspect(|unhandled| unhandled.store(false, Ordering::SeqCst));
        Ok(Self { ids: Vec::new(), thread: None })
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.thread.iter().for_each(Handle::close);
        for id in self.ids.drain(..) {
            unregister(id);
        }
        if HANDLING.fetch_sub(1, Ordering::SeqCst) == 1 {
            UNHANDLED.get().inspect(|unhandled| unhandled.store(true, Ordering::SeqCst));
        }
    }
}

/// True while no runtime handles signals.
static UNHANDLED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Once a signal has been handled, the system's own default for it is gone: without this it would be ignored when the last
/// runtime has been dropped.
fn restore_default_when_unhandled() -> io::Result<()> {
    if UNHANDLED.get().is_some() {
        return Ok(());
    }
    let unhandled = UNHANDLED.get_or_init(Arc::default);
    SIGNALS
        .iter()
        .try_for_each(|&signal| flag::register_conditional_default(signal, unhandled.clone()).map(drop))
}
