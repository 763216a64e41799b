//! Where log records go. Node makes a pipe non-blocking once somebody asks for `process.stdout`; what does not fit in it is then refused.

use fgruntime_core::logging::LogOutput;
use std::io::{ErrorKind, Result, Write, stdout};
use std::thread::sleep;
use std::time::Duration;

/// Between two attempts to write into a full pipe.
const PAUSE: Duration = Duration::from_millis(1);

/// Standard output, as the core's own, but every record gets there however slowly it is read.
pub(crate) struct PatientStdout;

impl LogOutput for PatientStdout {
    fn write(&self, record: &str) {
        let mut stdout = stdout().lock();
        let mut rest = record.as_bytes();
        while let Ok(written @ 1..) = patiently(|| stdout.write(rest)) {
            rest = &rest[written..];
        }
        let _ = patiently(|| stdout.flush());
    }
}

fn patiently<T>(mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match attempt() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => sleep(PAUSE),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
