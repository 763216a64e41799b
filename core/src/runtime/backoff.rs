//! How long to wait after a failure: doubling, capped, never spinning.

use std::time::Duration;

/// The waits after failures in a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    first: Duration,
    longest: Duration,
    failures: u32,
}

impl Backoff {
    pub(crate) fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, failures: 0 }
    }

    /// Counts one more failure and tells how long to wait after it.
    pub(crate) fn next_wait(&mut self) -> Duration {
        let doubled = self.first.saturating_mul(1 << self.failures.min(20));
        self.failures = self.failures.saturating_add(1);
        doubled.min(self.longest)
    }

    pub(crate) fn failures(&self) -> u32 {
        self.failures
    }
}

/// 50 ms, as the platform's own samples wait, up to 2 s.
impl Default for Backoff {
    fn default() -> Self {
        Self::new(Duration::from_millis(50), Duration::from_secs(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_the_cap() {
        let mut backoff = Backoff::default();
        let waits: Vec<u128> = (0..100).map(|_| backoff.next_wait().as_millis()).collect();
        assert_eq!(waits[..7], [50, 100, 200, 400, 800, 1600, 2000]);
        assert_eq!(waits[99], 2000);
        assert_eq!(backoff.failures(), 100);
    }
}
