//! Memory for bodies that are still arriving: whoever sends most of many large ones, and then no more, must not get all there is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many bytes, for all connections together.
pub(super) struct Budget(AtomicUsize);

impl Budget {
    pub(super) fn new(bytes: usize) -> Arc<Self> {
        Arc::new(Self(AtomicUsize::new(bytes)))
    }
}

/// What one body has of it, given back when it is dropped.
pub(super) struct Share {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Share {
    pub(super) fn none_yet(budget: Arc<Budget>) -> Self {
        Self { budget, bytes: 0 }
    }

    /// Takes more, up to so many bytes; false if there are not so many left.
    #[must_use]
    pub(super) fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        if more == 0 {
            return true;
        }
        let take = |left: usize| left.checked_sub(more);
        let is_there = self.budget.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok();
        if is_there {
            self.bytes = bytes;
        }
        is_there
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.0.fetch_add(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_given_than_there_is() {
        let budget = Budget::new(10);
        let (mut one, mut other) = (Share::none_yet(budget.clone()), Share::none_yet(budget.clone()));
        assert!(one.grow_to(4) && one.grow_to(7) && one.grow_to(5));
        assert!(!other.grow_to(4) && other.grow_to(3));
        drop(one);
        let mut one = Share::none_yet(budget);
        assert!(other.grow_to(10) && !one.grow_to(1));
        drop(other);
        assert!(one.grow_to(10));
    }
}
