//! `fgruntime invoke` with real functions: what a developer sees, from the event to the exit status.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{function_program, workspace_program};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs `fgruntime invoke` with these options on the misbehaving function, the event on standard input.
fn invoke(handler: &str, event: &[u8], options: &[&str]) -> Output {
    let mut command = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
    command
        .args(["invoke", "--event", "-", "--handler", handler])
        .args(options)
        .arg("--")
        .arg(function_program());
    feed(command, event)
}

fn feed(mut command: Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Wrong usage ends the command before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// One invocation with JSON output: exit status and execution result.
fn result(handler: &str, event: &[u8], options: &[&str]) -> (i32, Value) {
    let output = invoke(handler, event, &[options, &["--output", "json"]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), serde_json::from_str(&text).unwrap())
}

fn text<'v>(result: &'v Value, member: &str) -> &'v str {
    result[member].as_str().unwrap_or_else(|| panic!("{result}"))
}

#[test]
fn the_example_answers_a_sample_event() {
    let mut command = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
    let example = workspace_program("fgruntime-examples", "apig");
    command.args(["invoke", "-e", "apig", "--output", "json", "--request-id", "id-1", "--"]).arg(example);
    let output = feed(command, b"");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), text(&result, "status")), (Some(0), "success"));
    let answer: Value = serde_json::from_str(text(&result, "function_output")).unwrap();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!("Hello, FunctionGraph!\n")));
    assert!(text(&result, "log").contains(" id-1 INFO greeting FunctionGraph\n"), "{result}");
}

#[test]
fn the_example_can_also_be_called() {
    let command = |options: &[&str]| {
        let mut command = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
        command.args(["invoke", "--runtime", "go1.x", "-e", "apig", "--output", "json"]).args(options);
        command.arg("--").arg(workspace_program("fgruntime-examples", "apig"));
        feed(command, b"")
    };
    let output = command(&["--request-id", "id-1", "--repeat", "2"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let results: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((output.status.code(), results.len()), (Some(0), 2), "{text}");
    let answer: Value = serde_json::from_str(self::text(&results[1], "function_output")).unwrap();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!("Hello, FunctionGraph!\n")));
    assert!(self::text(&results[0], "log").contains(" id-1 INFO greeting FunctionGraph\n"), "{text}");

    // What the user says counts more than what the emulator plays.
    let output = command(&["--init-timeout", "1", "--env", "FGRUNTIME_TRANSPORT=poll"]);
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &result["error"]["errorType"]), (Some(3), &json!("FunctionNotReady")));
}

/// The standard output of a command that succeeds.
fn printed(arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
    command.args(arguments);
    let output = feed(command, input.as_bytes());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_sample_is_read_as_its_kind_without_findings() {
    let list = printed(&["event", "list"], "");
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names.len(), 18, "{list}");
    for name in names {
        let event = printed(&["event", "print", name], "");
        // Its shape does not tell an authorizer's request.
        let kind: &[&str] = if name == "apig_authorizer" { &["--as", name] } else { &[] };
        let read = printed(&[&["event", "inspect", "--json"], kind, &["-"]].concat(), &event);
        let read: Value = serde_json::from_str(&read).unwrap();
        assert_eq!((&read["kind"], &read["findings"]), (&json!(name), &json!([])), "{read}");
    }
}

#[test]
fn a_result_has_every_documented_member() {
    let (status, result) = result("echo", b"{\"a\":1}", &[]);
    assert_eq!(status, 0);
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(members(&result), ["status", "function_output", "error", "summary", "log"]);
    let summary = &result["summary"];
    let documented = [
        "request_id",
        "memory_configured_mb",
        "execution_duration_ms",
        "memory_used_mb",
        "billed_duration_ms",
    ];
    assert_eq!(members(summary), documented);
    assert_eq!((text(&result, "function_output"), &result["error"]), ("{\"a\":1}", &Value::Null));
    assert_eq!(summary["memory_configured_mb"], 128);
    let (duration, billed) =
        (summary["execution_duration_ms"].as_f64().unwrap(), &summary["billed_duration_ms"]);
    assert_eq!(billed.as_u64().unwrap(), duration.ceil() as u64);
    assert!(summary["memory_used_mb"].as_f64().unwrap() > 0.5, "{summary}");
    let id = summary["request_id"].as_str().unwrap();
    let log: Vec<&str> = text(&result, "log").lines().collect();
    assert!(log[0].ends_with(&format!(" Start invoke request '{id}', version: latest")), "{log:?}");
    assert!(log.last().unwrap().contains(&format!(" Finish invoke request '{id}', duration: ")), "{log:?}");
}

#[test]
fn text_output_shows_output_summary_and_log() {
    let output = invoke("echo", b"{\"a\":1}", &["--request-id", "id-1"]);
    let page = String::from_utf8(output.stdout).unwrap();
    for part in ["Function Output\n{\"a\":1}\n", "\nSummary\n", "\nLog\n", "Start invoke request 'id-1'"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains('\u{1b}'), "no colour but on a terminal: {page}");
}

#[test]
fn the_function_sees_its_settings() {
    let options = [
        "--function-name",
        "resize",
        "--function-version",
        "v2",
        "--timeout",
        "7",
        "--memory",
        "256",
        "--async",
        "--user-data",
        "greeting=hi=there",
        "--env",
        "MOOD=good",
        "--request-id",
        "id-9",
        "--set",
        "b.c=[1]",
    ];
    let (_, result) = result("context", b"{}", &options);
    let told: Value = serde_json::from_str(text(&result, "function_output")).unwrap();
    let folder = function_program().parent().unwrap().canonicalize().unwrap();
    let expected = json!({
        "request_id": "id-9", "function_name": "resize", "version": "v2", "timeout": 7, "memory": 256, "cpu": 400,
        "package": "default", "handler": "context", "user_data": "hi=there", "environment": "good",
        "invoke_type": "Async", "folder": folder, "code_root": folder, "has_time": true,
    });
    assert_eq!(told, expected);
    let log = text(&result, "log");
    assert!(log.contains("\nprinted\ncomplained\n"), "{log}");
    assert!(!log.contains("WARN"), "every variable is set: {log}");
}

#[test]
fn set_changes_the_event() {
    let (_, result) = result("echo", b"{\"a\":{\"b\":1}}", &["--set", "a.b=two", "--set", "c=[1]"]);
    assert_eq!(text(&result, "function_output"), r#"{"a":{"b":"two"},"c":[1]}"#);
}

#[test]
fn function_errors_exit_with_one() {
    for (handler, kind, message) in [
        ("error", "FunctionReturnError", "no luck"),
        ("panic", "panic", "index out of bounds"),
        ("not_a_number", "FunctionResultInvalid", "NaN"),
        ("too_much", "FunctionResponseTooLarge", "6291457"),
        ("initializer_fails", "FunctionInitError", "no database"),
        ("reply_late", "FunctionNotReplied", "without a reply"),
    ] {
        let (status, result) = result(handler, b"{}", &[]);
        assert_eq!((status, text(&result, "status")), (1, "error"), "{result}");
        assert_eq!(result["error"]["errorType"], kind);
        assert!(result["error"]["errorMessage"].as_str().unwrap().contains(message), "{result}");
        let output: Value = serde_json::from_str(text(&result, "function_output")).unwrap();
        assert_eq!(output, result["error"]);
    }
}

#[test]
fn a_sleeping_handler_is_killed_at_its_timeout() {
    let (status, result) = result("sleep", b"{}", &["--timeout", "1"]);
    assert_eq!((status, text(&result, "status")), (3, "timeout"));
    assert_eq!(result["error"]["errorType"], "FunctionTimeout");
    assert!(result["summary"]["execution_duration_ms"].as_f64().unwrap() >= 1000.0, "{result}");
    assert!(text(&result, "log").contains(" INFO sleeping\n"), "{result}");
}

#[test]
fn an_exit_inside_the_handler_is_a_crash() {
    let (status, result) = result("exit", b"{}", &[]);
    assert_eq!((status, text(&result, "status")), (3, "crash"));
    assert_eq!(result["error"]["errorType"], "FunctionCrashed");
    assert!(result["error"]["errorMessage"].as_str().unwrap().contains("exit status: 7"), "{result}");
}

#[test]
fn repeated_invocations_share_a_process_unless_it_dies() {
    let options = ["--repeat", "3", "--output", "json", "--request-id", "r"];
    let output = invoke("echo", b"{}", &options);
    let results: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<&Value> = results.iter().map(|result| &result["summary"]["request_id"]).collect();
    assert_eq!(ids, ["r", "r-2", "r-3"]);
    assert!(results.iter().all(|result| result["status"] == "success"));

    let output = invoke("exit", b"{}", &options);
    assert_eq!(
        (output.status.code(), String::from_utf8(output.stdout).unwrap().lines().count()),
        (Some(3), 3)
    );
}

#[test]
fn bytes_that_are_not_text_are_shown_as_base64() {
    let (_, result) = result("bytes", b"{}", &[]);
    assert_eq!(result["function_output"], json!({"base64": "AP8="}));
}

#[test]
fn megabytes_of_output_leave_their_end_in_the_log() {
    let (_, result) = result("print_much", b"{}", &["--timeout", "30"]);
    let log = text(&result, "log");
    assert_eq!(text(&result, "status"), "success", "{result}");
    assert!(log.len() < 4096 + 400 && log.contains("\n29999 xxx"), "{log}");
}

#[test]
fn events_beyond_the_platforms_limits_are_not_delivered() {
    let event = |size: usize| [b"\"".to_vec(), vec![b'x'; size - 2], b"\"".to_vec()].concat();
    for (size, options) in [((6 << 20) + 1, &[][..]), ((256 << 10) + 1, &["--async"][..])] {
        let (status, result) = result("echo", &event(size), options);
        assert_eq!(
            (status, &result["error"]["errorType"]),
            (1, &json!("PayloadTooLarge")),
            "{}",
            result["error"]
        );
        assert!(
            result["error"]["errorMessage"].as_str().unwrap().contains(&size.to_string()),
            "{}",
            result["error"]
        );
    }
    let (status, _) = result("nothing", &event(6 << 20), &[]);
    assert_eq!(status, 0);
}

#[test]
fn odd_events_reach_the_function_as_they_are() {
    let deep = ["[".repeat(200), "]".repeat(200)].concat();
    for event in ["", "null", "5", "\"\\u0000\"", &deep] {
        let (status, result) = result("echo", event.as_bytes(), &[]);
        assert_eq!((status, text(&result, "function_output")), (0, event), "{result}");
    }
    let (_, invalid_text) = result("echo", b"\"\xFF\"", &[]);
    assert_eq!(invalid_text["function_output"], json!({"base64": "Iv8i"}));
    let (status, too_deep) = result("kind", deep.as_bytes(), &[]);
    assert_eq!((status, &too_deep["error"]["errorType"]), (1, &json!("EventInvalid")));
}

#[test]
fn an_event_that_is_not_json_is_wrong_usage() {
    let output = invoke("echo", b"{\"a\":\n tru}", &[]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("line 2") && output.stdout.is_empty(), "{message}");
}
