//! Handlers that take too long: their callers are told, and, where nothing else helps, the process ends so that the platform makes a
//! new one.

use super::calls::Running;
use super::mode::{self, REQUEST_ID};
use super::server::Server;
use crate::context::{Context, FunctionSettings, Headers};
use crate::logging::LogSettings;
use crate::runtime::last_words::end_at_once;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long an instance of which every handler is stuck waits before it ends: for one that is only slow, and for somebody to log where
/// they are stuck.
const LAST_CHANCE: Duration = Duration::from_secs(1);
/// How often it is looked whether they still are.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long the end waits for whoever reads the log.
const LOG_PATIENCE: Duration = Duration::from_secs(1);
/// Timeouts whose stacks nobody asks for are forgotten, the oldest first.
const MOST_REPORTS: usize = 64;

pub(super) struct Timeouts {
    settings: Arc<FunctionSettings>,
    log: Arc<LogSettings>,
    grace: Duration,
    state: Mutex<State>,
    came: Condvar,
}

#[derive(Default)]
struct State {
    /// Since when every handler has been stuck.
    all_stuck: Option<Instant>,
    /// What the log is yet to be told, and whether somebody does so.
    unlogged: VecDeque<Expired>,
    is_logging: bool,
    reports: VecDeque<Context>,
    is_over: bool,
}

/// What is left of a call that took too long.
struct Expired {
    headers: Headers,
    began: Instant,
    timeout: Duration,
}

impl Timeouts {
    pub(super) fn new(settings: Arc<FunctionSettings>, log: Arc<LogSettings>, grace: Duration) -> Self {
        Self { settings, log, grace, state: Mutex::default(), came: Condvar::new() }
    }

    /// When to look again.
    pub(super) fn next_check(&self) -> Option<Instant> {
        self.lock().all_stuck.map(|_| Instant::now() + LOOK_EVERY)
    }

    /// Tells the callers, and the log.
    pub(super) fn expired(self: &Arc<Self>, server: &Server, expired: &[Running]) {
        expired.iter().for_each(|call| server.time_out(call));
        if !expired.is_empty() {
            self.log(expired);
        }
        self.end_if_all_stuck(server, !expired.is_empty());
    }

    /// On a thread of its own: whoever reads the log may not keep up, and connections must not wait for that.
    fn log(self: &Arc<Self>, expired: &[Running]) {
        let mut state = self.lock();
        state.unlogged.extend(expired.iter().map(|call| Expired {
            headers: call.headers.clone(),
            began: call.began,
            timeout: call.timeout,
        }));
        if std::mem::replace(&mut state.is_logging, true) {
            return;
        }
        drop(state);
        let this = self.clone();
        if thread::Builder::new().name("fgruntime-timeouts".to_owned()).spawn(move || this.log_all()).is_err()
        {
            self.log_all();
        }
    }

    fn log_all(&self) {
        let mut state = self.lock();
        while let Some(Expired { headers, began, timeout }) = state.unlogged.pop_front() {
            drop(state);
            let context = Context::new(self.settings.clone(), headers, began, self.log.clone());
            context.logger().error(format_args!(
                "FunctionTimeout: the handler did not end within its timeout of {} s (RUNTIME_TIMEOUT); its outcome will be dropped",
                timeout.as_secs()
            ));
            state = self.lock();
            if state.reports.len() == MOST_REPORTS {
                state.reports.pop_front();
            }
            state.reports.push_back(context);
            self.came.notify_all();
        }
        state.is_logging = false;
        self.came.notify_all();
    }

    /// Waits until the log has been told all, or does not take it.
    fn wait_for_log(&self) {
        let is_logging = |state: &mut State| state.is_logging;
        // Poisoned or not, it has been waited for.
        drop(self.came.wait_timeout_while(self.lock(), LOG_PATIENCE, is_logging));
    }

    fn end_if_all_stuck(&self, server: &Server, is_news: bool) {
        let since = self.lock().all_stuck;
        if since.is_none() && !is_news {
            return;
        }
        if !server.calls.are_all_stuck() {
            self.lock().all_stuck = None;
            return;
        }
        server.calls.drain().iter().for_each(|call| server.refuse(&call.peer, &call.headers, mode::STUCK));
        let since = *self.lock().all_stuck.get_or_insert_with(Instant::now);
        if since.elapsed() >= LAST_CHANCE {
            end_at_once(mode::STUCK);
        }
    }

    /// Ends the process if handlers still run when the time that they were given has passed.
    pub(super) fn end_at_grace(&self, server: &Server, stopping_since: Instant) {
        if stopping_since.elapsed() < self.grace || server.calls.running() == 0 {
            return;
        }
        self.wait_for_log();
        end_at_once(&self.what_is_lost(server, "the time to finish has passed"));
    }

    /// Answers all that have no answer, and says which they were.
    pub(super) fn what_is_lost(&self, server: &Server, reason: &str) -> String {
        let running = server.calls.give_up();
        let waiting = server.calls.drain();
        let running = running.iter().map(|call| (&call.peer, &call.headers, mode::GIVEN_UP));
        let waiting = waiting.iter().map(|call| (&call.peer, &call.headers, mode::STOPPING));
        let lost: Vec<_> = running.chain(waiting).collect();
        lost.iter().for_each(|(peer, headers, why)| server.refuse(peer, headers, why));
        let ids: Vec<&str> = lost.iter().filter_map(|(_, headers, _)| headers.get(REQUEST_ID)).collect();
        match ids.as_slice() {
            [] => format!("{reason}; no request is lost"),
            [id] => format!("{reason}; a request is lost: {id}"),
            ids => format!("{reason}; {} requests are lost: {}", ids.len(), ids.join(", ")),
        }
    }

    /// The next handler that took too long, for whoever can tell where it is stuck; None once there will be no more.
    pub(super) fn next(&self) -> Option<Context> {
        let mut state = self.lock();
        loop {
            if let Some(context) = state.reports.pop_front() {
                return Some(context);
            }
            if state.is_over {
                return None;
            }
            state = self.came.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn close(&self) {
        if self.lock().is_over {
            return;
        }
        self.wait_for_log();
        self.lock().is_over = true;
        self.came.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
