//! `fgruntime invoke --runtime container` and `--runtime http` with functions of fgruntime's own, over its transport `http`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use fgruntime_tests::{free_address, function_program, workspace_program};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Exit status and execution results of a function of that runtime.
fn invoke(runtime: &str, program: PathBuf, options: &[&str]) -> (i32, Vec<Value>) {
    let mut command = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
    command.args(["invoke", "--runtime", runtime, "--output", "json"]).args(options).arg("--").arg(program);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let results: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!results.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), results)
}

/// The same of the misbehaving function, invoked once as a container's.
fn misbehave(handler: &str, options: &[&str]) -> (i32, Value) {
    let options = [&["--handler", handler], options].concat();
    let (status, mut results) = invoke("container", function_program(), &options);
    assert_eq!(results.len(), 1, "{results:?}");
    (status, results.remove(0))
}

fn example() -> PathBuf {
    workspace_program("fgruntime-examples", "apig")
}

/// The JSON in a result's output.
fn output(result: &Value) -> Value {
    let text = result["function_output"].as_str().unwrap_or_else(|| panic!("{result}"));
    serde_json::from_str(text).unwrap_or_else(|_| panic!("{result}"))
}

#[test]
fn events_are_posted_to_a_container() {
    let options = ["-e", "apig", "--request-id", "id", "--repeat", "2"];
    let (status, results) = invoke("container", example(), &options);
    assert_eq!((status, results.len()), (0, 2), "{results:?}");
    for (result, id) in results.iter().zip(["id", "id-2"]) {
        let answer = output(result);
        assert_eq!(
            (&answer["statusCode"], &answer["body"]),
            (&json!(200), &json!("Hello, FunctionGraph!\n"))
        );
        let log = result["log"].as_str().unwrap();
        assert!(log.contains(&format!(" {id} INFO greeting FunctionGraph\n")), "{log}");
    }
}

#[test]
fn the_context_is_that_of_the_headers_and_the_environment() {
    let names = ["--function-name", "resize", "--function-version", "v2", "--request-id", "id-9"];
    let values = ["--timeout", "7", "--memory", "256", "--user-data", "greeting=hi"];
    let (status, result) = misbehave("context", &[names, values].concat());
    assert_eq!(status, 0, "{result}");
    let told = output(&result);
    for (member, expected) in [
        ("request_id", json!("id-9")),
        ("function_name", json!("resize")),
        ("version", json!("v2")),
        ("timeout", json!(7)),
        ("memory", json!(256)),
        ("package", json!("default")),
        ("handler", json!("context")),
        ("user_data", json!("hi")),
        ("has_time", json!(true)),
    ] {
        assert_eq!(told[member], expected, "{member}: {result}");
    }
}

#[test]
fn errors_are_error_objects() {
    for (handler, options, kind, message) in [
        ("error", &[][..], "FunctionReturnError", "no luck"),
        ("panic", &[], "panic", "index out of bounds"),
        ("not_a_number", &[], "FunctionResultInvalid", "NaN"),
        ("too_much", &[], "FunctionResponseTooLarge", "6291457"),
        ("initializer_fails", &["--initializer", "-"], "FunctionInitError", "no database"),
    ] {
        let (status, result) = misbehave(handler, options);
        assert_eq!((status, &result["status"]), (1, &json!("error")), "{result}");
        assert_eq!(result["error"]["errorType"], kind, "{result}");
        assert!(result["error"]["errorMessage"].as_str().unwrap().contains(message), "{result}");
    }
}

#[test]
fn who_sleeps_is_late_and_who_exits_has_crashed() {
    let (status, result) = misbehave("sleep", &["--timeout", "1"]);
    assert_eq!((status, &result["status"]), (3, &json!("timeout")), "{result}");
    assert!(result["log"].as_str().unwrap().contains(" INFO sleeping\n"), "{result}");

    let (status, result) = misbehave("exit", &[]);
    assert_eq!((status, &result["error"]["errorType"]), (3, &json!("FunctionCrashed")), "{result}");
    assert!(result["error"]["errorMessage"].as_str().unwrap().contains("exit status: 7"), "{result}");
}

#[test]
fn bytes_and_megabytes_pass() {
    let (_, result) = misbehave("bytes", &[]);
    assert_eq!(result["function_output"], json!({"base64": "AP8="}));
    let (_, result) = misbehave("print_much", &["--timeout", "30"]);
    assert!(result["log"].as_str().unwrap().contains("\n29999 xxx"), "{result}");
}

#[test]
fn an_http_function_answers_the_request() {
    let options = ["-e", "apig", "--set", "queryStringParameters.name=Ada & Eve", "--request-id", "id-1"];
    let (status, results) = invoke("http", example(), &options);
    assert_eq!((status, results.len()), (0, 1), "{results:?}");
    let response = output(&results[0]);
    assert_eq!((&response["statusCode"], &response["isBase64Encoded"]), (&json!(200), &json!(true)));
    let body = BASE64.decode(response["body"].as_str().unwrap()).unwrap();
    assert_eq!(String::from_utf8(body).unwrap(), "Hello, Ada & Eve!\n");
    assert_eq!(response["headers"]["Content-Type"], json!(["text/plain; charset=utf-8"]));
    assert!(results[0]["log"].as_str().unwrap().contains(" INFO greeting Ada & Eve\n"), "{results:?}");
}

#[test]
fn the_port_may_be_named() {
    let port = free_address().port();
    let (status, results) = invoke("container", example(), &["-e", "apig", "--port", &port.to_string()]);
    assert_eq!((status, &results[0]["status"]), (0, &json!("success")), "{results:?}");
}
