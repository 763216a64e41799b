//! The function under measurement: reads its event, touches five of its fields (of a batch every message), answers about 100 bytes, logs nothing.
//!
//! Its argument says which events will come: `request` or `batch`.

use fgruntime_core::event::KafkaTriggerEvent;
use fgruntime_core::{ApigTriggerEvent, ApigTriggerResponse, Context, FunctionError, run};
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

fn batch(event: KafkaTriggerEvent, _context: &Context) -> Result<ApigTriggerResponse, FunctionError> {
    black_box(event.event_time_epoch_ms());
    black_box(event.region());
    black_box(event.instance_id());
    for record in event.records() {
        black_box(record.topic_id());
        record.messages().for_each(|message| {
            black_box(message);
        });
    }
    Ok(answer())
}

fn answer() -> ApigTriggerResponse {
    ApigTriggerResponse::builder().header("Content-Type", "text/plain").body("hello, world").build()
}
