//! SIGTERM and SIGINT, for as long as a runtime wants them.

use signal_hook::SigId;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::{pipe, unregister};
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

const SIGNALS: [i32; 2] = [SIGTERM, SIGINT];

/// How many runtimes handle signals.
static HANDLING: AtomicUsize = AtomicUsize::new(0);

/// Handles the signals until it is dropped; then they do again what they do by default.
pub(super) struct Signals(Vec<SigId>);

impl Signals {
    /// The first signal sets `stop` and writes to `wake`; a second one ends the process at once with status 1, for handlers
    /// that never return.
    pub(super) fn handle(stop: &Arc<AtomicBool>, wake: &UnixStream) -> io::Result<Self> {
        restore_default_when_unhandled()?;
        HANDLING.fetch_add(1, Ordering::SeqCst);
        UNHANDLED.get().inspect(|unhandled| unhandled.store(false, Ordering::SeqCst));
        let mut signals = Self(Vec::new());
        // Not the flag of the runtime, which may have been stopped by other means before.
        let came = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            signals.0.push(flag::register_conditional_shutdown(signal, 1, came.clone())?);
            signals.0.push(flag::register(signal, came.clone())?);
            signals.0.push(flag::register(signal, stop.clone())?);
            signals.0.push(pipe::register(signal, wake.try_clone()?)?);
        }
        Ok(signals)
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for id in self.0.drain(..) {
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
