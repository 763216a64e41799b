//! Replies that may have to wait are sent by threads of their own: waiting for whoever takes one would stop everything else that
//! JavaScript does, and the other replies.

use fgruntime_core::response::Outcome;
use fgruntime_core::runtime::{Invocation, Runtime};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

/// So many replies wait at once; the others wait for these.
const MOST_THREADS: usize = 64;

struct Reply {
    invocation: Invocation,
    outcome: Outcome,
}

/// Sends the replies of a runtime.
pub(crate) struct Replies {
    runtime: Runtime,
    queue: Arc<Queue>,
}

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    came: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Reply>,
    threads: Vec<JoinHandle<()>>,
    /// How many of the threads are sending.
    busy: usize,
    is_over: bool,
}

impl Replies {
    pub(crate) fn new(runtime: Runtime) -> Self {
        Self { runtime, queue: Arc::default() }
    }

    /// Sends the reply soon. What goes wrong then is in the log.
    pub(crate) fn send(&self, invocation: Invocation, outcome: Outcome) {
        let reply = Reply { invocation, outcome };
        let refused = if self.runtime.may_reply_wait() { self.queue.push(reply) } else { Some(reply) };
        refused.into_iter().for_each(Reply::send);
    }

    /// Waits until all replies have been sent.
    pub(crate) fn finish(&self) {
        let threads = self.queue.end();
        // The threads have nothing that could panic but the core, which says so itself.
        threads.into_iter().for_each(|thread| drop(thread.join()));
    }
}

impl Queue {
    /// Gives the reply back if there is no thread for it.
    fn push(self: &Arc<Self>, reply: Reply) -> Option<Reply> {
        let mut state = self.lock();
        if state.is_over {
            return Some(reply);
        }
        let free = state.threads.len() - state.busy;
        if free <= state.waiting.len() && state.threads.len() < MOST_THREADS {
            let queue = self.clone();
            // If the system has no thread for it, the others send it.
            let thread = Builder::new().name("fgruntime-reply".into()).spawn(move || queue.send_all());
            state.threads.extend(thread.ok());
        }
        if state.threads.is_empty() {
            return Some(reply);
        }
        state.waiting.push_back(reply);
        self.came.notify_one();
        None
    }

    /// What each of the threads does.
    fn send_all(&self) {
        let mut state = self.lock();
        loop {
            if let Some(reply) = state.waiting.pop_front() {
                state.busy += 1;
                drop(state);
                reply.send();
                state = self.lock();
                state.busy -= 1;
            } else if state.is_over {
                return;
            } else {
                state = self.came.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// There will be no more; gives the threads.
    fn end(&self) -> Vec<JoinHandle<()>> {
        let mut state = self.lock();
        state.is_over = true;
        self.came.notify_all();
        std::mem::take(&mut state.threads)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reply {
    fn send(self) {
        // The core has logged it if the platform did not take the reply.
        let _ = self.invocation.respond(self.outcome);
    }
}
