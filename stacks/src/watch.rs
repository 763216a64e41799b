//! Which thread runs which invocation, and whose time has passed.

use crate::stack::{Asked, Sampler, Thread};
use fgruntime_core::Context;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Asks handlers whose time has passed, until it is dropped.
pub(crate) struct Watch(Arc<Shared>);

/// As long as it lives, its thread runs the invocation.
pub(crate) struct Entered<'w> {
    watch: &'w Watch,
    number: u64,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    running: Vec<Running>,
    entered: u64,
    /// When whoever watches looks next; None if only once it is told to.
    looks_at: Option<Instant>,
    is_over: bool,
}

struct Running {
    number: u64,
    context: Context,
    thread: Thread,
    deadline: Instant,
    is_told: bool,
}

impl Watch {
    pub(crate) fn start() -> Self {
        let shared: Arc<Shared> = Arc::default();
        let watching = shared.clone();
        // Without a thread there is no stack in the log.
        let _ = thread::Builder::new().name("fgruntime-stacks".to_owned()).spawn(move || watching.watch());
        Self(shared)
    }

    /// This thread runs the invocation now.
    pub(crate) fn enter(&self, context: &Context) -> Entered<'_> {
        let deadline = Instant::now() + context.remaining_time();
        let mut state = self.0.lock();
        let number = state.entered;
        state.entered += 1;
        let is_sooner = state.looks_at.is_none_or(|at| deadline < at);
        let (context, thread) = (context.clone(), Thread::current());
        state.running.push(Running { number, context, thread, deadline, is_told: false });
        if is_sooner {
            self.0.changed.notify_one();
        }
        Entered { watch: self, number }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
        self.0.changed.notify_one();
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.watch.0.lock().running.retain(|running| running.number != self.number);
    }
}

impl Shared {
    fn watch(&self) {
        let mut state = self.lock();
        while !state.is_over {
            state.looks_at = state.next_deadline();
            let Some(deadline) = state.looks_at else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if left > Duration::ZERO {
                state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            drop(state);
            self.tell();
            state = self.lock();
        }
    }

    /// Asks the one whose time passed first.
    fn tell(&self) {
        let sampler = Sampler::new();
        let (context, asked) = {
            let mut state = self.lock();
            // It may have ended meanwhile.
            let now = Instant::now();
            let late = state.running.iter_mut().filter(|running| !running.is_told && running.deadline <= now);
            let Some(late) = late.min_by_key(|running| running.deadline) else { return };
            late.is_told = true;
            // Under the lock, with which the thread leaves the handler: it is alive, and in it.
            (late.context.clone(), sampler.and_then(|sampler| sampler.ask(late.thread)))
        };
        match asked.and_then(Asked::answer) {
            Ok(stack) => {
                let lines: String = stack.iter().map(|line| format!("\n    {line}")).collect();
                context.logger().error(format_args!("the handler that takes too long is here:{lines}"));
            }
            Err(why) => context.logger().warn(format_args!("where the handler is cannot be told: {why}")),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next_deadline(&self) -> Option<Instant> {
        self.running.iter().filter(|running| !running.is_told).map(|running| running.deadline).min()
    }
}
