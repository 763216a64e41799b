//! The sign of life while a function starts.

use indicatif::ProgressBar;
use std::time::Duration;

/// A spinner on standard error; invisible unless that is a terminal. Dropping it removes it.
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    /// Starts to spin.
    pub(crate) fn start(message: &'static str) -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_message(message);
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
