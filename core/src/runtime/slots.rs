//! How many invocations run at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// As many slots as invocations may run at once, or any number.
pub(super) struct Slots {
    most: Option<usize>,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    taken: usize,
    /// How many wait for a slot. Telling nobody costs a system call, too.
    waiting: usize,
}

/// The right to run one invocation, given back when that has ended.
pub(super) struct Slot {
    slots: Arc<Slots>,
    is_free: AtomicBool,
}

impl Slots {
    pub(super) fn new(most: Option<usize>) -> Self {
        Self { most, state: Mutex::default(), freed: Condvar::new() }
    }

    pub(super) fn most(&self) -> Option<usize> {
        self.most
    }

    /// Waits for a slot, at most until `deadline`.
    pub(super) fn take(self: &Arc<Self>, deadline: Option<Instant>) -> Option<Slot> {
        if let Some(most) = self.most {
            let mut state = self.lock();
            while state.taken >= most {
                let left = match deadline {
                    None => Duration::MAX,
                    Some(deadline) => {
                        deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?
                    }
                };
                state = self.wait(state, left);
            }
            state.taken += 1;
        }
        Some(Slot { slots: self.clone(), is_free: AtomicBool::new(false) })
    }

    fn wait<'s>(&self, mut state: MutexGuard<'s, State>, at_most: Duration) -> MutexGuard<'s, State> {
        state.waiting += 1;
        let (mut state, _) = self.freed.wait_timeout(state, at_most).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Gives it back before it is dropped, which in a language that collects its garbage may be late.
    pub(super) fn free(&self) {
        if self.slots.most.is_some() && !self.is_free.swap(true, Ordering::AcqRel) {
            let mut state = self.slots.lock();
            state.taken -= 1;
            if state.waiting > 0 {
                self.slots.freed.notify_one();
            }
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.free();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn no_more_run_at_once_than_may() {
        let slots = Arc::new(Slots::new(Some(2)));
        let (first, second) = (slots.take(None).unwrap(), slots.take(None).unwrap());
        let soon = || Some(Instant::now() + Duration::from_millis(10));
        assert!(slots.take(soon()).is_none());
        first.free();
        drop(first);
        let third = slots.take(soon()).unwrap();
        assert!(slots.take(soon()).is_none(), "a slot was given back twice");
        thread::scope(|threads| {
            let waiting = threads.spawn(|| slots.take(None).is_some());
            drop(second);
            assert!(waiting.join().unwrap());
        });
        drop(third);
    }

    #[test]
    fn without_a_limit_any_number_does() {
        let slots = Arc::new(Slots::new(None));
        let taken: Vec<_> = (0..100).map(|_| slots.take(Some(Instant::now()))).collect();
        assert!(taken.iter().all(Option::is_some));
    }
}
