//! Who waits for the connections.
//!
//! A thread that asks for an event waits for all connections itself, and takes the first event that comes without telling anybody:
//! handing it to another thread would cost more than serving it. The others sleep. While all of them are busy with handlers, a guard
//! does their work, but only once nobody has for a moment, so that short handlers never meet it.

use super::driver::Driver;
use super::server::Server;
use super::timeouts::Timeouts;
use crate::runtime::transport::{Arrival, Next};
use mio::Waker;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long connections may go unattended while handlers run.
const TICK: Duration = Duration::from_millis(2);
/// After so many ticks in which somebody waited all the time, the guard goes to sleep.
const QUIET_TICKS: u32 = 25;

pub(super) struct Lead {
    pub(super) server: Server,
    pub(super) timeouts: Arc<Timeouts>,
    driver: Mutex<Driver>,
    waker: Waker,
    /// How often somebody has stopped waiting for the connections.
    handed_back: AtomicU64,
    is_guarded: AtomicBool,
    is_over: AtomicBool,
}

impl Lead {
    pub(super) fn new(server: Server, driver: Driver, timeouts: Timeouts) -> std::io::Result<Self> {
        let waker = driver.waker()?;
        Ok(Self {
            server,
            timeouts: Arc::new(timeouts),
            driver: Mutex::new(driver),
            waker,
            handed_back: AtomicU64::new(0),
            // Connections come before anybody asks for an event.
            is_guarded: AtomicBool::new(true),
            is_over: AtomicBool::new(false),
        })
    }

    /// Waits for the next event, at most until `deadline`.
    pub(super) fn next(&self, deadline: Option<Instant>, guard: &JoinHandle<()>) -> Next<Arrival> {
        let mut has_led = false;
        let next = loop {
            if let Some(next) = self.server.calls.take() {
                break next;
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                break Next::TimedOut;
            }
            match self.try_lead() {
                Some(mut driver) => {
                    has_led = true;
                    self.turn(&mut driver, deadline);
                }
                None => self.server.calls.sleep(deadline),
            }
        };
        if has_led {
            self.hand_back(guard);
        }
        next
    }

    fn hand_back(&self, guard: &JoinHandle<()>) {
        self.handed_back.fetch_add(1, Ordering::SeqCst);
        if !self.is_guarded.load(Ordering::SeqCst) {
            self.is_guarded.store(true, Ordering::SeqCst);
            guard.thread().unpark();
        }
    }

    fn turn(&self, driver: &mut Driver, deadline: Option<Instant>) {
        let deadline = deadline.into_iter().chain(self.timeouts.next_check()).min();
        let expired = driver.turn(&self.server, deadline);
        self.timeouts.expired(&self.server, &expired);
        if let Some(since) = driver.stopping() {
            self.timeouts.end_at_grace(&self.server, since);
            if driver.is_done() && self.server.calls.are_none_waiting() {
                self.server.calls.close();
                if self.server.calls.running() == 0 {
                    self.timeouts.close();
                }
            }
        }
    }

    fn try_lead(&self) -> Option<MutexGuard<'_, Driver>> {
        match self.driver.try_lock() {
            Ok(driver) => Some(driver),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// A request waits that nobody may have seen: somebody who sleeps takes it, else whoever waits for the connections.
    pub(super) fn announce(&self) {
        if !self.server.calls.wake_one() {
            // Nobody to wake is nobody to be told.
            let _ = self.waker.wake();
        }
    }

    /// Has nobody wait for the connections any more.
    pub(super) fn end(&self, guard: &JoinHandle<()>) {
        self.is_over.store(true, Ordering::SeqCst);
        guard.thread().unpark();
        let _ = self.waker.wake();
    }

    /// The guard's life.
    pub(super) fn guard(self: &Arc<Self>) {
        let (mut seen, mut quiet) = (0, 0);
        while !self.is_over.load(Ordering::SeqCst) {
            if !self.is_guarded.load(Ordering::SeqCst) {
                thread::park();
                continue;
            }
            let before = Instant::now();
            thread::sleep(TICK);
            self.server.calls.look(before.elapsed());
            let handed_back = self.handed_back.load(Ordering::SeqCst);
            if handed_back != seen {
                (seen, quiet) = (handed_back, 0);
                continue;
            }
            match self.try_lead() {
                Some(driver) => {
                    quiet = 0;
                    self.lead_until_somebody_can(driver);
                }
                None => {
                    quiet += 1;
                    if quiet >= QUIET_TICKS {
                        quiet = 0;
                        self.leave_unless_needed(seen);
                    }
                }
            }
        }
    }

    fn lead_until_somebody_can(&self, mut driver: MutexGuard<'_, Driver>) {
        loop {
            let has_slept = self.server.calls.wake_one();
            if has_slept || self.is_over.load(Ordering::SeqCst) {
                return;
            }
            self.turn(&mut driver, None);
        }
    }

    /// Whoever hands back between these two lines finds the guard gone, or is seen here.
    fn leave_unless_needed(&self, seen: u64) {
        self.is_guarded.store(false, Ordering::SeqCst);
        if self.handed_back.load(Ordering::SeqCst) != seen {
            self.is_guarded.store(true, Ordering::SeqCst);
        }
    }
}
