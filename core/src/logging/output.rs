//! Where log records go.

use rustix::event::{PollFd, PollFlags, poll};
use std::io::{self, ErrorKind, StdoutLock, Write};
use std::sync::{Mutex, PoisonError};

/// Takes log records, each complete with its line end.
pub trait LogOutput: Send + Sync {
    /// Writes one record. Called from any thread; a failure has nowhere to be told and is ignored.
    fn write(&self, record: &str);
}

/// Standard output, which the platform collects: one write a record, in order with what the handler prints.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stdout;

impl LogOutput for Stdout {
    fn write(&self, record: &str) {
        let mut stdout = io::stdout().lock();
        let mut rest = record.as_bytes();
        while let Ok(written @ 1..) = patiently(&mut stdout, |stdout| stdout.write(rest)) {
            rest = &rest[written..];
        }
        let _ = patiently(&mut stdout, Write::flush);
    }
}

/// Tries until there is room. The pipe may have been made non-blocking by anybody who has it, as Node does: what does not fit in
/// it then would be lost.
fn patiently<T>(
    stdout: &mut StdoutLock<'static>,
    mut attempt: impl FnMut(&mut StdoutLock<'static>) -> io::Result<T>,
) -> io::Result<T> {
    loop {
        match attempt(stdout) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                // If it fails, so will the next attempt.
                let _ = poll(&mut [PollFd::new(stdout, PollFlags::OUT)], None);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Keeps records in memory, for tests.
#[derive(Debug, Default)]
pub struct CapturedLog(Mutex<Vec<String>>);

impl CapturedLog {
    /// The records so far, with their line ends.
    #[must_use]
    pub fn records(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl LogOutput for CapturedLog {
    fn write(&self, record: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(record.to_owned());
    }
}
