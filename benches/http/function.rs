//! The function under measurement over HTTP: answers with its event.

use bytes::Bytes;
use fgruntime_core::{Context, FunctionError, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    run(|event: Bytes, _context: &Context| -> Result<Bytes, FunctionError> { Ok(event) })
}
