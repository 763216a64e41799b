//! Requests on their way through the function: waiting, running, or given up because they took too long.

use super::server::Peer;
use crate::context::Headers;
use crate::runtime::transport::{Arrival, Call, Next};
use bytes::Bytes;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So many requests wait at most, and so many bytes of them; what comes next is told to come later.
const MOST_WAITING: usize = 1024;
const MOST_BYTES: usize = 64 << 20;

/// A request for the function.
pub(super) struct Waiting {
    pub(super) peer: Arc<Peer>,
    pub(super) headers: Headers,
    pub(super) payload: Bytes,
    pub(super) is_initializer: bool,
    pub(super) since: Instant,
}

impl Waiting {
    pub(super) fn for_event(peer: Arc<Peer>, headers: Headers, payload: Bytes) -> Self {
        Self { peer, headers, payload, is_initializer: false, since: Instant::now() }
    }

    pub(super) fn for_initializer(peer: Arc<Peer>) -> Self {
        let (headers, payload) = (Headers::default(), Bytes::new());
        Self { peer, headers, payload, is_initializer: true, since: Instant::now() }
    }
}

/// A request that somebody has taken.
pub(super) struct Running {
    pub(super) peer: Arc<Peer>,
    pub(super) headers: Headers,
    pub(super) began: Instant,
    pub(super) timeout: Duration,
    deadline: Instant,
}

/// A request that has waited for so long is for somebody else than the one who waits for connections.
const LATE: Duration = Duration::from_millis(2);
/// Handlers are quick if so many requests are taken from one look to the next, which is two milliseconds. Handing requests from thread
/// to thread would cost more than they do.
const QUICK: u64 = 16;
/// Looks so far apart say nothing of handlers: the processor was somebody else's.
const OVERSLEPT: Duration = Duration::from_millis(4);

/// Why a request will not be taken.
pub(super) enum NotTaken {
    /// Too many wait already.
    TooMany,
    /// All that may run at once took too long, so that nothing will ever run here again.
    AllStuck,
}

/// What came of a reply.
pub(super) enum Ended {
    /// The caller waits for it.
    InTime(Running),
    /// The caller has been told that it took too long; so many replies were too late by now.
    Late(u64),
    /// The caller has been told that the process ends.
    GivenUp,
}

pub(super) struct Calls {
    state: Mutex<State>,
    /// A request came for somebody who waits, or nothing more will.
    came: Condvar,
    timeout: Duration,
    concurrency: usize,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    bytes: usize,
    running: HashMap<u64, Running>,
    /// No deadline of those that run is earlier.
    next_deadline: Option<Instant>,
    /// Those that took too long and have not ended yet.
    stuck: BTreeSet<u64>,
    late: u64,
    /// How many requests have been taken.
    next_number: u64,
    /// The same when it was looked last.
    seen_number: u64,
    is_quick: bool,
    /// How many threads wait on `came`.
    sleepers: usize,
    is_ended: bool,
}

impl Calls {
    pub(super) fn new(timeout: Duration, concurrency: usize) -> Self {
        Self { state: Mutex::default(), came: Condvar::new(), timeout, concurrency }
    }

    pub(super) fn push(&self, request: Waiting) -> Result<(), NotTaken> {
        let mut state = self.lock();
        if state.stuck.len() >= self.concurrency {
            return Err(NotTaken::AllStuck);
        }
        // One may be larger than all that may wait.
        let is_too_large = state.bytes > 0 && state.bytes + request.payload.len() > MOST_BYTES;
        if state.waiting.len() >= MOST_WAITING || is_too_large {
            return Err(NotTaken::TooMany);
        }
        state.bytes += request.payload.len();
        state.waiting.push_back(request);
        Ok(())
    }

    /// Takes in those who ask for the initializer before all others, however many wait.
    pub(super) fn push_initializers(&self, peers: impl Iterator<Item = Arc<Peer>>) {
        let mut state = self.lock();
        peers.for_each(|peer| state.waiting.push_front(Waiting::for_initializer(peer)));
    }

    /// Drops what waits for a caller who has left.
    pub(super) fn forget(&self, peer: &Arc<Peer>) {
        let mut state = self.lock();
        state.waiting.retain(|request| !Arc::ptr_eq(&request.peer, peer));
        state.bytes = state.waiting.iter().map(|request| request.payload.len()).sum();
    }

    /// The request that has waited longest, if any. There may be another for somebody else.
    pub(super) fn take(&self) -> Option<Next<Arrival>> {
        let mut state = self.lock();
        let Some(request) = state.waiting.pop_front() else {
            return state.is_ended.then_some(Next::Stopped);
        };
        state.bytes -= request.payload.len();
        let arrival = state.begin(request, self.timeout);
        if !state.is_quick && state.is_late(arrival.arrived) {
            self.came.notify_one();
        }
        Some(Next::Invocation(arrival))
    }

    /// Waits until something may have come.
    pub(super) fn sleep(&self, deadline: Option<Instant>) {
        let mut state = self.lock();
        if !state.waiting.is_empty() || state.is_ended {
            return;
        }
        state.sleepers += 1;
        let mut state = match deadline {
            None => self.came.wait(state).unwrap_or_else(PoisonError::into_inner),
            Some(deadline) => {
                let left = deadline.saturating_duration_since(Instant::now());
                self.came.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
            }
        };
        state.sleepers -= 1;
    }

    /// Looks how requests get on, so long after the last look: wakes somebody who sleeps if one has waited too long for somebody who
    /// does not, unless they are taken one after the other quickly.
    pub(super) fn look(&self, since_last: Duration) {
        let mut state = self.lock();
        let taken = state.next_number - state.seen_number;
        state.seen_number = state.next_number;
        state.is_quick = taken >= QUICK || (state.is_quick && since_last >= OVERSLEPT);
        if (taken == 0 || !state.is_quick) && state.is_late(Instant::now()) {
            self.came.notify_one();
        }
    }

    /// Wakes somebody who sleeps; false if nobody does.
    pub(super) fn wake_one(&self) -> bool {
        let is_asleep = self.lock().sleepers > 0;
        if is_asleep {
            self.came.notify_one();
        }
        is_asleep
    }

    /// A handler has ended.
    pub(super) fn end(&self, number: u64) -> Ended {
        let mut state = self.lock();
        if let Some(running) = state.running.remove(&number) {
            return Ended::InTime(running);
        }
        if !state.stuck.remove(&number) {
            return Ended::GivenUp;
        }
        state.late += 1;
        Ended::Late(state.late)
    }

    /// Gives up those whose time has passed.
    pub(super) fn expire(&self, now: Instant) -> Vec<Running> {
        let mut state = self.lock();
        if state.next_deadline.is_none_or(|deadline| deadline > now) {
            return Vec::new();
        }
        let expired: Vec<_> = state.running.extract_if(|_, running| running.deadline <= now).collect();
        state.stuck.extend(expired.iter().map(|(number, _)| *number));
        state.next_deadline = state.running.values().map(|running| running.deadline).min();
        in_order(expired)
    }

    /// Before when nobody's time passes.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.lock().next_deadline
    }

    /// Whether all that may run at once took too long, so that nothing will ever run here again.
    pub(super) fn are_all_stuck(&self) -> bool {
        self.lock().stuck.len() >= self.concurrency
    }

    /// All that nobody has taken.
    pub(super) fn drain(&self) -> Vec<Waiting> {
        let mut state = self.lock();
        state.bytes = 0;
        state.waiting.drain(..).collect()
    }

    /// All that have no answer yet.
    pub(super) fn give_up(&self) -> Vec<Running> {
        in_order(self.lock().running.drain().collect())
    }

    pub(super) fn are_none_waiting(&self) -> bool {
        self.lock().waiting.is_empty()
    }

    /// How many run, the stuck ones included.
    pub(super) fn running(&self) -> usize {
        let state = self.lock();
        state.running.len() + state.stuck.len()
    }

    /// There will be no more requests: whoever waits for one is told, once none is left.
    pub(super) fn close(&self) {
        self.lock().is_ended = true;
        self.came.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_late(&self, now: Instant) -> bool {
        let waited = |request: &Waiting| now.saturating_duration_since(request.since);
        self.sleepers > 0 && self.waiting.front().is_some_and(|request| waited(request) >= LATE)
    }

    fn begin(&mut self, request: Waiting, timeout: Duration) -> Arrival {
        let Waiting { peer, headers, payload, is_initializer, .. } = request;
        let number = self.next_number;
        self.next_number += 1;
        let began = Instant::now();
        let timeout = headers.get("X-Cff-Timeout").and_then(seconds).unwrap_or(timeout);
        let deadline = began + timeout;
        self.next_deadline = Some(self.next_deadline.map_or(deadline, |next| next.min(deadline)));
        self.running.insert(number, Running { peer, headers: headers.clone(), began, timeout, deadline });
        // The time that a handler has begins when it does.
        Arrival {
            call: Call { request_id: String::new(), number, is_initializer },
            headers,
            payload: Ok(payload),
            arrived: began,
        }
    }
}

/// As they began.
fn in_order(mut calls: Vec<(u64, Running)>) -> Vec<Running> {
    calls.sort_unstable_by_key(|(number, _)| *number);
    calls.into_iter().map(|(_, call)| call).collect()
}

/// A timeout that the platform says; its longest is three days.
fn seconds(text: &str) -> Option<Duration> {
    let seconds = text.trim().parse().ok().filter(|seconds| (1..=259_200).contains(seconds));
    seconds.map(Duration::from_secs)
}
