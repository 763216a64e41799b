//! The function under measurement: reads its event, touches five of its fields, answers about 100 bytes, logs nothing.
//!
//! Its argument says which events will come: `request` or `batch`.

use fgruntime_core::{ApigTriggerEvent, ApigTriggerResponse, Context, Event, FunctionError, run};
use std::hint::black_box;
use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("batch") => run(batch),
        _ => run(request),
    }
}

fn request(event: ApigTriggerEvent, _context: &Context) -> Result<ApigTriggerResponse, FunctionError> {
    black_box(event.http_method());
    black_box(event.path());
    black_box(event.header("User-Agent"));
    black_box(event.query_string_parameter("name"));
    black_box(event.body());
    Ok(answer())
}

/// Batches have no fields of their own yet: the whole text is checked and indexed, which is what reading them will cost
/// too, and what any event has is touched.
fn batch(event: Event, _context: &Context) -> Result<ApigTriggerResponse, FunctionError> {
    black_box(event.kind());
    black_box(event.fields());
    black_box(event.findings());
    if let Event::Unknown(event) = &event {
        black_box(event.json().len());
        black_box(event.json().as_bytes().last());
    }
    Ok(answer())
}

fn answer() -> ApigTriggerResponse {
    ApigTriggerResponse::builder().header("Content-Type", "text/plain").body("hello, world").build()
}
