//! Where log records go.

use std::io::Write;
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
        let mut stdout = std::io::stdout().lock();
        let _ = stdout.write_all(record.as_bytes()).and_then(|()| stdout.flush());
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
