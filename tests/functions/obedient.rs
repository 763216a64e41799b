//! A handler that does what its event says: `<id> <what> <how much>`. What it does not know is repeated.

use fgruntime_core::{ApigTriggerResponse, Context, Function, FunctionError};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Runs it on so many threads, or as many as may be, with a gate before and a word behind.
pub(crate) fn serve(pollers: Option<usize>) -> ExitCode {
    let function = Function::new(obeys).initializer(|_| {
        if let Ok(gate) = std::env::var("GATE") {
            wait_for(&gate);
        }
        match std::env::var_os("FAILS") {
            Some(_) => Err("no database at /srv/secret".into()),
            None => Ok(()),
        }
    });
    let function = function.on_shutdown(|context| {
        context.logger().info("shut down");
        Ok(())
    });
    let function = match pollers {
        Some(pollers) => function.pollers(pollers),
        None => function,
    };
    match function.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fgruntime: {error}");
            ExitCode::FAILURE
        }
    }
}

pub(crate) fn obeys(event: Vec<u8>, context: &Context) -> Result<Vec<u8>, FunctionError> {
    let text = String::from_utf8_lossy(&event).into_owned();
    let mut words = text.split_ascii_whitespace();
    let id = words.next().unwrap_or_default();
    context.logger().info(format_args!("began {id}"));
    let (what, much) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let result = match what {
        "wait" => {
            wait_for(much);
            b"waited".to_vec()
        }
        "spin" => spins(),
        "panic" => panic!("as it was told"),
        "large" => vec![b'x'; much.parse().unwrap_or(0)],
        _ => event,
    };
    context.logger().info(format_args!("ended {id}"));
    Ok(result)
}

/// For ever, without asking the system for anything.
fn spins() -> Vec<u8> {
    loop {
        std::hint::black_box(0);
    }
}

/// Until the file is there.
fn wait_for(gate: &str) {
    while !Path::new(gate).exists() {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Answers API Gateway with what reached the handler.
pub(crate) fn mirrors(event: Vec<u8>, context: &Context) -> Result<ApigTriggerResponse, FunctionError> {
    let event: Value = serde_json::from_slice(&event).unwrap_or_default();
    if event["path"] == "/panic" {
        panic!("as it was told");
    }
    let status = event["queryStringParameters"]["status"].as_str().and_then(|status| status.parse().ok());
    let header = event["queryStringParameters"]["header"].as_str().unwrap_or("X-Mirror");
    let seen = json!({"event": event, "id": context.request_id(), "token": context.token()});
    Ok(ApigTriggerResponse::builder()
        .status_code(status.unwrap_or(201))
        .header(header, "yes")
        .body(seen.to_string())
        .build())
}
