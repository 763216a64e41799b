//! Runs at every tick of a timer and answers nothing.
//!
//! ```sh
//! cargo build --package fgruntime-examples
//! fgruntime invoke -e timer -- target/debug/timer
//! ```

use fgruntime_core::{Context, FunctionError, TimerTriggerEvent, run};

fn handler(event: TimerTriggerEvent, context: &Context) -> Result<(), FunctionError> {
    let name = event.trigger_name().unwrap_or_default();
    let time = event.time().unwrap_or_default();
    context.logger().info(format_args!("{name} at {time}"));
    // The text given when the trigger was made; `user_event_json` reads it as JSON.
    if let Some(user_event) = event.user_event() {
        context.logger().info(format_args!("user event: {user_event}"));
    }
    Ok(())
}

fn main() -> std::process::ExitCode {
    run(handler)
}
