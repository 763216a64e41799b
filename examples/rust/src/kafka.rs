//! Handles the messages of a Kafka trigger one by one and says how many there were.
//!
//! ```sh
//! cargo build --package fgruntime-examples
//! fgruntime invoke -e kafka -- target/debug/kafka
//! ```

use fgruntime_core::event::KafkaTriggerEvent;
use fgruntime_core::{Context, FunctionError, Json, run};
use serde::Serialize;

#[derive(Serialize)]
struct Summary {
    received: usize,
}

fn handler(event: KafkaTriggerEvent, context: &Context) -> Result<Json<Summary>, FunctionError> {
    let mut received = 0;
    for record in event.records() {
        let topic = record.topic_id().unwrap_or_default();
        for message in record.messages() {
            context.logger().info(format_args!("{topic}: {message}"));
            received += 1;
        }
    }
    Ok(Json(Summary { received }))
}

fn main() -> std::process::ExitCode {
    run(handler)
}
