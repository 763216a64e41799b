//! Whether the function takes requests.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;

/// The function's life, as its callers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The initializer runs.
    Starting,
    Ready,
    /// There is no function: the first callers are told why, and the process ends.
    Failed,
    /// What has come is served; nothing else is.
    Stopping,
}

impl State {
    /// Whether the process is about to end.
    pub(super) fn is_ending(self) -> bool {
        matches!(self, Self::Failed | Self::Stopping)
    }
}

const STARTING: u8 = 0;
const READY: u8 = 1;
const FAILED: u8 = 2;
const STOPPING: u8 = 3;

#[derive(Default)]
pub(super) struct Readiness {
    state: AtomicU8,
    /// Since when there is no function, also if it was told to stop before that was known.
    failed: OnceLock<Instant>,
}

impl Readiness {
    pub(super) fn state(&self) -> State {
        match self.state.load(Ordering::Acquire) {
            STARTING => State::Starting,
            READY => State::Ready,
            FAILED => State::Failed,
            _ => State::Stopping,
        }
    }

    /// True if it was not before.
    pub(super) fn became_ready(&self) -> bool {
        self.leave_starting(READY)
    }

    /// There is no function; gives since when.
    pub(super) fn failed(&self) -> Instant {
        let since = *self.failed.get_or_init(Instant::now);
        self.leave_starting(FAILED);
        since
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.get().is_some()
    }

    /// What failed stays so, for it is to be told.
    pub(super) fn stopping(&self) {
        let stop = |state| (state != FAILED).then_some(STOPPING);
        // An error says that it stays as it is.
        let _ = self.state.fetch_update(Ordering::AcqRel, Ordering::Acquire, stop);
    }

    fn leave_starting(&self, state: u8) -> bool {
        self.state.compare_exchange(STARTING, state, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}
