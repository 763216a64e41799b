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
        // Whoever wakes finds the lock free.
        drop(state);
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
            let was_full = state.is_full();
            if let Some(arrival) = state.waiting.pop_front() {
                state.bytes -= size(&arrival);
                // Nobody waits for room otherwise, and telling nobody is a system call too.
                if was_full {
                    self.taken.notify_all();
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Headers;
    use crate::runtime::transport::Call;
    use bytes::Bytes;
    use std::thread;
    use std::time::Duration;

    fn arrival(number: u64, size: usize) -> Arrival {
        let call = Call { request_id: String::new(), number, is_initializer: false };
        let payload = Ok(Bytes::from(vec![0; size]));
        Arrival { call, headers: Headers::default(), payload, arrived: Instant::now() }
    }

    fn taken(queue: &Queue) -> Option<u64> {
        match queue.pop(Some(Instant::now())) {
            Next::Invocation(arrival) => Some(arrival.call.number),
            Next::TimedOut | Next::Stopped => None,
        }
    }

    #[test]
    fn what_comes_first_goes_first() {
        let queue = Queue::default();
        (0..3).for_each(|number| assert!(queue.push(arrival(number, 1)).is_ok()));
        assert_eq!(
            [taken(&queue), taken(&queue), taken(&queue), taken(&queue)],
            [Some(0), Some(1), Some(2), None]
        );
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes an interpreter minutes")]
    fn beyond_the_limits_whoever_brings_something_waits() {
        for (count, size) in [(MOST_WAITING as u64, 0), (2, MOST_BYTES / 2)] {
            let queue = Queue::default();
            (0..count).for_each(|number| assert!(queue.push(arrival(number, size)).is_ok()));
            thread::scope(|threads| {
                let waiting = threads.spawn(|| queue.push(arrival(count, 0)).is_ok());
                thread::sleep(Duration::from_millis(50));
                assert!(!waiting.is_finished());
                assert_eq!(taken(&queue), Some(0));
                assert!(waiting.join().unwrap());
            });
        }
    }

    #[test]
    fn closing_wakes_everybody_and_gives_what_is_left() {
        let queue = Queue::default();
        thread::scope(|threads| {
            let waiting = threads.spawn(|| matches!(queue.pop(None), Next::Stopped));
            thread::sleep(Duration::from_millis(20));
            assert!(queue.close().is_empty());
            assert!(waiting.join().unwrap());
        });
        assert_eq!(queue.push(arrival(7, 0)).err().unwrap().call.number, 7);

        let queue = Queue::default();
        (0..MOST_WAITING as u64).for_each(|number| assert!(queue.push(arrival(number, 0)).is_ok()));
        thread::scope(|threads| {
            let waiting = threads.spawn(|| queue.push(arrival(0, 0)).is_err());
            thread::sleep(Duration::from_millis(20));
            assert_eq!(queue.close().len(), MOST_WAITING);
            assert!(waiting.join().unwrap());
        });
    }
}
