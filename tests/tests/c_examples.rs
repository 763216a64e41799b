//! The C examples as a developer builds and tries them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{FunctionProcess, Platform, Step, library, repository, succeed, workspace_program};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// An example, built by its own Makefile.
fn example(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let built = FOLDER.get_or_init(|| {
        // Asking for it builds the library.
        let (target, out) = (library(""), library("examples-c"));
        let mut make = Command::new("make");
        make.arg("-C")
            .arg(repository().join("examples/c"))
            .args(["--always-make", "CFLAGS=-Wall -Wextra -Werror"]);
        make.arg(format!("TARGET={}", target.display())).arg(format!("OUT={}", out.display()));
        succeed(&mut make);
        out
    });
    built.join(name)
}

/// One invocation on the local emulator: exit status and execution result.
fn invoke(name: &str, options: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
    command.args(["invoke", "--output", "json", "--request-id", "id-1"]).args(options);
    let output = command.arg("--").arg(example(name)).output().unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

fn text<'v>(result: &'v Value, member: &str) -> &'v str {
    result[member].as_str().unwrap_or_else(|| panic!("{result}"))
}

/// What API Gateway would get.
fn answer(result: &Value) -> Value {
    serde_json::from_str(text(result, "function_output")).unwrap()
}

#[test]
fn they_can_be_called_too() {
    for name in ["apig", "timer", "pull", "threads"] {
        let event = if name == "apig" { "apig" } else { "timer" };
        let (status, result) = invoke(name, &["-e", event, "--runtime", "go1.x"]);
        assert_eq!((status, &result["status"]), (Some(0), &json!("success")), "{name}: {result}");
    }
}

#[test]
fn apig_greets() {
    let (status, result) = invoke("apig", &["-e", "apig"]);
    let answer = answer(&result);
    assert_eq!((status, &answer["statusCode"]), (Some(0), &json!(200)), "{result}");
    assert_eq!(answer["body"], json!("Hello, FunctionGraph!\n"));
    assert_eq!(answer["headers"], json!({"Content-Type": "text/plain; charset=utf-8"}));
    assert!(text(&result, "log").contains(" id-1 INFO greeting FunctionGraph\n"), "{result}");
}

#[test]
fn apig_takes_any_name() {
    let (_, result) = invoke("apig", &["-e", "apig", "--set", "queryStringParameters={}"]);
    assert_eq!(answer(&result)["body"], json!("Hello, world!\n"));
    let named =
        |name: &str| invoke("apig", &["-e", "apig", "--set", &format!("queryStringParameters.name={name}")]);
    assert_eq!(answer(&named("Zoë 😀").1)["body"], json!("Hello, Zoë 😀!\n"));
    let long = "é".repeat(5000);
    assert_eq!(answer(&named(&long).1)["body"], json!(format!("Hello, {long}!\n")));
}

#[test]
fn timer_logs_and_answers_nothing() {
    let (status, result) = invoke("timer", &["-e", "timer"]);
    assert_eq!((status, text(&result, "function_output")), (Some(0), ""), "{result}");
    let log = text(&result, "log");
    assert!(log.contains(" id-1 INFO every-morning at 2026-01-05T06:15:00+01:00\n"), "{log}");
    assert!(log.contains(" id-1 INFO user event: {\"report\":\"daily\"}\n"), "{log}");
}

#[test]
fn kafka_handles_every_message() {
    let (status, result) = invoke("kafka", &["-e", "kafka"]);
    assert_eq!((status, text(&result, "function_output")), (Some(0), r#"{"received":3}"#), "{result}");
    let log = text(&result, "log");
    assert!(log.contains(" id-1 INFO shipments: order 998 left the warehouse\n"), "{log}");
}

#[test]
fn handlers_say_what_is_wrong_with_an_event() {
    for name in ["timer", "kafka"] {
        let (status, result) = invoke(name, &["-e", "apig"]);
        assert_eq!(
            (status, text(&result, "status")),
            (Some(0), "success"),
            "{name}: fields that are not there are absent"
        );
        let platform = Platform::start(vec![Step::event("r1", "{")], Vec::new());
        let function = start(name, &platform);
        assert_eq!(platform.reply().json()["errorType"], "FunctionReturnError", "{name}");
        function.signal(Signal::TERM);
        assert_eq!(function.wait().0.code(), Some(0), "{name}");
    }
}

#[test]
fn pull_echoes() {
    let (status, result) = invoke("pull", &["-e", "timer"]);
    assert_eq!((status, &answer(&result)["trigger_name"]), (Some(0), &json!("every-morning")), "{result}");
}

fn start(name: &str, platform: &Platform) -> FunctionProcess {
    FunctionProcess::spawn(Command::new(example(name)), &[("RUNTIME_API_ADDR", platform.address())])
}

#[test]
fn pull_has_time_for_something_else() {
    let platform = Platform::start(vec![Step::Silence], Vec::new());
    let mut function = start("pull", &platform);
    function.wait_for_line("nothing to do");
    platform.answer_silence(Step::event("r1", "late"));
    assert_eq!(platform.reply().text(), "late");
    function.signal(Signal::TERM);
    assert_eq!(function.wait().0.code(), Some(0));
}

#[test]
fn threads_stop_together() {
    let ids = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let platform = Platform::start(ids.map(|id| Step::event(id, "{}")).to_vec(), Vec::new());
    let function = start("threads", &platform);
    let mut replies = ids.map(|_| platform.reply());
    replies.sort_by(|a, b| a.path.cmp(&b.path));
    assert_eq!(replies.each_ref().map(|reply| &reply.path[reply.path.len() - 1..]), ids);
    assert!(replies.iter().all(|reply| reply.text() == "done"));
    function.signal(Signal::TERM);
    let (status, output) = function.wait();
    assert_eq!(status.code(), Some(0), "{output}");
    assert!(output.contains(" h INFO answering\n"), "{output}");
}

#[test]
fn examples_say_why_they_cannot_start() {
    for name in ["apig", "timer", "kafka", "pull", "threads"] {
        let (status, output) = FunctionProcess::spawn(Command::new(example(name)), &[]).wait();
        assert_eq!(status.code(), Some(1), "{output}");
        assert!(output.starts_with(&format!("{name}: RUNTIME_API_ADDR is not set")), "{output}");
    }
}
