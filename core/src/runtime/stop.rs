//! Stopping: a flag to ask, and a pipe that wakes whoever waits.

use super::signals::Signals;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Tells any number of waiting threads to stop. What has been stopped stays stopped.
pub(crate) struct Stop {
    flag: Arc<AtomicBool>,
    /// Readable for ever once stopped: nobody reads it.
    woken: UnixStream,
    wake: UnixStream,
}

impl Stop {
    pub(crate) fn new() -> io::Result<Self> {
        let (woken, wake) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        Ok(Self { flag: Arc::default(), woken, wake })
    }

    /// Stops. Two system calls at most and no lock, so that a signal handler may call it.
    pub(crate) fn stop(&self) {
        self.flag.store(true, Ordering::SeqCst);
        // A full pipe wakes as well as one more byte.
        let _ = (&self.wake).write(&[0]);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.flag.load(Ordering::SeqCst)
    }

    /// Stops at SIGTERM or SIGINT, for as long as what is returned lives.
    pub(super) fn on_signals(&self) -> io::Result<Signals> {
        Signals::handle(&self.flag, &self.wake)
    }

    /// Readable once stopped.
    pub(super) fn as_fd(&self) -> BorrowedFd<'_> {
        self.woken.as_fd()
    }

    /// Waits until `socket` has something to read.
    pub(crate) fn wait_readable(&self, socket: &impl AsFd, deadline: Option<Instant>) -> io::Result<Waited> {
        let mut waiting = [PollFd::new(socket, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
        wait(&mut waiting, deadline)?;
        // What has arrived comes first: the platform counts on an answer to it.
        Ok(match waiting {
            [socket, _] if !socket.revents().is_empty() => Waited::Readable,
            [_, woken] if !woken.revents().is_empty() => Waited::Stopped,
            _ => Waited::TimedOut,
        })
    }

    /// Waits for `duration`, at most until `deadline`; true if stopped before that.
    pub(crate) fn wait(&self, duration: Duration, deadline: Option<Instant>) -> bool {
        let end = Instant::now().checked_add(duration);
        let end = end.into_iter().chain(deadline).min();
        let waited = wait(&mut [PollFd::new(&self.woken, PollFlags::IN)], end);
        waited.is_err() || self.is_stopped()
    }
}

/// How waiting for a socket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waited {
    Readable,
    Stopped,
    TimedOut,
}

/// Waits until `socket` has something to read; false if it had nothing before `deadline`.
pub(super) fn is_readable_before(socket: &impl AsFd, deadline: Option<Instant>) -> io::Result<bool> {
    let mut waiting = [PollFd::new(socket, PollFlags::IN)];
    wait(&mut waiting, deadline)?;
    Ok(!waiting[0].revents().is_empty())
}

fn wait(descriptors: &mut [PollFd<'_>], deadline: Option<Instant>) -> io::Result<()> {
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let timeout = left.and_then(|left| Timespec::try_from(left).ok());
        match poll(descriptors, timeout.as_ref()) {
            Err(Errno::INTR) => {}
            other => return Ok(other.map(drop)?),
        }
    }
}
