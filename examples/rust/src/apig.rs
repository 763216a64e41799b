//! Answers an API Gateway event: greets whoever the query names.
//!
//! ```sh
//! cargo build --package fgruntime-examples
//! fgruntime invoke -e apig --set queryStringParameters.name=Ada -- target/debug/apig
//! ```

use fgruntime_core::{ApigTriggerEvent, ApigTriggerResponse, Context, FunctionError, run};

fn handler(event: ApigTriggerEvent, context: &Context) -> Result<ApigTriggerResponse, FunctionError> {
    let name = event.query_string_parameter("name").unwrap_or("world");
    context.logger().info(format_args!("greeting {name}"));
    Ok(ApigTriggerResponse::builder()
        .header("Content-Type", "text/plain; charset=utf-8")
        .body(format!("Hello, {name}!\n"))
        .build())
}

fn main() -> std::process::ExitCode {
    run(handler)
}
