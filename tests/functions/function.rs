//! A function that misbehaves on demand: `RUNTIME_HANDLER` names what it does, for whatever event.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "functions print; that is part of what is tested"
)]

mod obedient;

use fgruntime_core::response::{Outcome, Output};
use fgruntime_core::{Context, Event, Function, FunctionError, Json, Runtime, run};
use std::process::ExitCode;
use std::time::Duration;

type Payload = Vec<u8>;

fn main() -> ExitCode {
    match std::env::var("RUNTIME_HANDLER").unwrap_or_default().as_str() {
        "echo" => run(|payload: Payload, _: &Context| Ok(payload)),
        "echo_at_once" => echoes_at_once(),
        "panic" => run(panics),
        "too_much" => run(|_: Payload, _: &Context| Ok("x".repeat((6 << 20) + 1))),
        "not_a_number" => run(|_: Payload, _: &Context| Ok(Json([1.0, f64::NAN]))),
        "sleep" => run(sleeps),
        "exit" => run(|_: Payload, _: &Context| -> Result<(), FunctionError> { std::process::exit(7) }),
        "nothing" => run(|_: Payload, _: &Context| Ok(())),
        "error" => run(|_: Payload, _: &Context| -> Result<(), FunctionError> { Err("no luck".into()) }),
        "bytes" => run(|_: Payload, _: &Context| Ok(vec![0_u8, 0xFF])),
        "kind" => run(|event: Event, _: &Context| Ok(event.kind().name())),
        "json" => run(|event: Json<serde_json::Value>, _: &Context| Ok(event)),
        "print_much" => run(prints_much),
        "context" => run(tells_context),
        "obey" => obedient::serve(None),
        "obey_on_two_threads" => obedient::serve(Some(2)),
        "watched" => run(fgruntime_stacks::watched(obedient::obeys)),
        "mirror" => run(obedient::mirrors),
        "initializer_fails" => initialized(|_| Err("no database".into())),
        "initializer_panics" => initialized(|_| panic!("no database")),
        "second_run" => run(runs_again),
        "reply_twice" => replies_twice(),
        "reply_late" => replies_late(),
        unknown => {
            println!("unknown handler {unknown:?}");
            ExitCode::FAILURE
        }
    }
}

fn panics(_: Payload, _: &Context) -> Result<(), FunctionError> {
    let empty: [u8; 0] = [];
    let index = std::hint::black_box(3);
    Err(format!("{}", empty[index]).into())
}

fn sleeps(_: Payload, context: &Context) -> Result<&'static str, FunctionError> {
    context.logger().info("sleeping");
    let milliseconds = context.user_data("sleep_ms").and_then(|text| text.parse().ok()).unwrap_or(60_000);
    std::thread::sleep(Duration::from_millis(milliseconds));
    Ok("slept")
}

fn prints_much(_: Payload, _: &Context) -> Result<&'static str, FunctionError> {
    let line = "x".repeat(99);
    (0..30_000).for_each(|number| println!("{number} {line}"));
    Ok("printed")
}

fn tells_context(_: Payload, context: &Context) -> Result<Json<serde_json::Value>, FunctionError> {
    println!("printed");
    eprintln!("complained");
    Ok(Json(serde_json::json!({
        "request_id": context.request_id(),
        "function_name": context.function_name(),
        "version": context.version(),
        "timeout": context.running_time_in_seconds(),
        "memory": context.memory_size(),
        "cpu": context.cpu_number(),
        "package": context.package(),
        "handler": context.settings().handler,
        "user_data": context.user_data("greeting"),
        "environment": std::env::var("MOOD").ok(),
        "invoke_type": format!("{:?}", context.invoke_type()),
        "folder": std::env::current_dir()?,
        "code_root": context.settings().code_root,
        "has_time": context.remaining_time() > Duration::ZERO,
    })))
}

fn initialized(initializer: impl FnOnce(&Context) -> Result<(), FunctionError>) -> ExitCode {
    let function = Function::new(|_: Payload, _: &Context| Ok("handled")).initializer(initializer);
    match function.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("ended: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Several at once; the shorter the event, the longer it takes.
fn echoes_at_once() -> ExitCode {
    let echo = |payload: Payload, _: &Context| {
        std::thread::sleep(Duration::from_millis(500_u64.saturating_sub(payload.len() as u64)));
        Ok(payload)
    };
    let function = Function::new(echo).pollers(16);
    if function.run().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn runs_again(_: Payload, _: &Context) -> Result<String, FunctionError> {
    let again = Function::new(|_: Payload, _: &Context| Ok(()));
    Ok(again.run().map_or_else(|error| error.to_string(), |()| "ran".to_owned()))
}

fn text(text: &str) -> Outcome {
    Ok(Output::Text(text.to_owned()))
}

fn replies_twice() -> ExitCode {
    pull(|invocation| {
        let first = invocation.respond(text("first"));
        let second = invocation.respond(text("second"));
        println!("first {first:?}, second {second:?}");
    })
}

fn replies_late() -> ExitCode {
    pull(|invocation| {
        let responder = invocation.responder();
        drop(invocation);
        let late = std::thread::spawn(move || responder.respond(text("late")));
        println!("late {:?}", late.join());
    })
}

fn pull(handle: impl Fn(fgruntime_core::runtime::Invocation)) -> ExitCode {
    let Ok(runtime) = Runtime::builder().handle_signals().build() else { return ExitCode::FAILURE };
    while let Some(invocation) = runtime.next() {
        handle(invocation);
    }
    ExitCode::SUCCESS
}
