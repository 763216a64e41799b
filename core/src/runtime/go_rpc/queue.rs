//! Events that have arrived and wait for somebody to take them.

use crate::runtime::transport::{Arrival, Next};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// So many events wait at most, and so many bytes of them. What comes next stays in its connection until there is room again.
const MOST_WAITING: usize = 1024;
const MOST_BYTES: usize = 64 << 20;

#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    /// An event came, or there will be none.
    came: Condvar,
    /// An event was taken, or none will be.
    taken: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Arrival>,
    bytes: usize,
    is_closed: bool,
}

impl Queue {
    /// Waits for room. Gives the event back if nobody will take it.
    pub(super) fn push(&self, arrival: Arrival) -> Result<(), Arrival> {
        let is_full = |state: &mut State| !state.is_closed && state.is_full();
        let state = self.taken.wait_while(self.lock(), is_full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.is_closed {
            return Err(arrival);
        }
        state.bytes += size(&arrival);
        state.waiting.push_back(arrival);
        self.came.notify_one();
        Ok(())
    }

    /// Waits for the next event.
    pub(super) fn pop(&self, deadline: Option<Instant>) -> Next<Arrival> {
        let mut state = self.lock();
        loop {
            if state.is_closed {
                return Next::Stopped;
            }
            if let Some(arrival) = state.waiting.pop_front() {
                state.bytes -= size(&arrival);
                self.taken.notify_all();
                return Next::Invocation(arrival);
            }
            let Some(deadline) = deadline else {
                state = self.came.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Next::TimedOut;
            }
            state = self.came.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Nothing comes and goes any more. Gives what nobody has taken.
    pub(super) fn close(&self) -> VecDeque<Arrival> {
        let mut state = self.lock();
        state.is_closed = true;
        self.came.notify_all();
        self.taken.notify_all();
        std::mem::take(&mut state.waiting)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_full(&self) -> bool {
        self.waiting.len() >= MOST_WAITING || self.bytes >= MOST_BYTES
    }
}

fn size(arrival: &Arrival) -> usize {
    arrival.payload.as_ref().map_or(0, bytes::Bytes::len)
}
