//! Replies are sent by a thread of their own: waiting for the platform to take one would stop everything else that JavaScript does.

use fgruntime_core::response::Outcome;
use fgruntime_core::runtime::Invocation;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

struct Reply {
    invocation: Invocation,
    outcome: Outcome,
}

/// The thread, once there has been a reply.
#[derive(Default)]
pub(crate) struct Replies(Mutex<Option<Thread>>);

struct Thread {
    queue: Sender<Reply>,
    handle: JoinHandle<()>,
}

impl Replies {
    /// Sends the reply soon. What goes wrong then is in the log.
    pub(crate) fn send(&self, invocation: Invocation, outcome: Outcome) {
        let mut thread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if thread.is_none() {
            *thread = Thread::start();
        }
        let reply = Reply { invocation, outcome };
        let Some(Thread { queue, .. }) = &*thread else { return reply.send() };
        if let Err(refused) = queue.send(reply) {
            refused.0.send();
        }
    }

    /// Waits until all replies have been sent.
    pub(crate) fn finish(&self) {
        let thread = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Thread { queue, handle }) = thread {
            drop(queue);
            // The thread has nothing that could panic but the core, which says so itself.
            let _ = handle.join();
        }
    }
}

impl Thread {
    /// None if the system has no thread for it: replies are then sent by whoever has one.
    fn start() -> Option<Self> {
        let (queue, replies) = channel();
        let send_all = move |replies: Receiver<Reply>| replies.into_iter().for_each(Reply::send);
        let handle = Builder::new().name("fgruntime-reply".into()).spawn(move || send_all(replies)).ok()?;
        Some(Self { queue, handle })
    }
}

impl Reply {
    fn send(self) {
        // The core has logged it if the platform did not take the reply.
        let _ = self.invocation.respond(self.outcome);
    }
}
