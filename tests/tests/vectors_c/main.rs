//! Holds C against the vectors; `tests/vectors/README.md` describes them, `tests/c/vectors*.c` answer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

mod event;
mod frame;
mod function;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use event::Reader;
use fgruntime_tests::vectors::{self, Case, bytes, text};
use fgruntime_tests::{Frame, c_constant};
use frame::{number, utf8, value};
use function::{Functions, path_of};
use serde_json::{Value, json};

/// Methods of the context whose answers are numbers, and those of them that are 0 where there is none.
const NUMBERS: [&str; 8] = [
    "memory_size",
    "cpu_number",
    "running_time_in_seconds",
    "initializer_timeout_seconds",
    "pre_stop_timeout_seconds",
    "max_response_body_size",
    "max_request_body_size",
    "max_state_size",
];
const OPTIONAL_NUMBERS: [&str; 2] = ["pre_stop_timeout_seconds", "max_state_size"];

#[test]
fn events() {
    let mut reader = Reader::start();
    vectors::check("events", |case| vectors::event(case, |kind, payload| reader.read(kind, payload)));
    reader.end();
}

#[test]
fn context() {
    let mut functions = Functions::default();
    vectors::check("context", |case| {
        let frames = functions.tell(&case["variables"], &case["headers"], &about_context(case));
        vectors::context(case, |method, expected| answer(&frames, method, expected))
    });
    functions.end();
}

#[test]
fn logging() {
    let mut functions = Functions::default();
    vectors::check("logging", |case| vectors::logging(case, &records(case, &mut functions)));
    functions.end();
}

#[test]
fn response() {
    check_replies("response");
}

#[test]
fn error() {
    check_replies("error");
}

#[test]
fn apig_contract() {
    let mut functions = Functions::default();
    vectors::check("apig_contract", |case| vectors::contract(case, breaches(case, &mut functions)));
    functions.end();
}

// Context.

/// Asks for everything that the context says; the keys of the user data must be named.
fn about_context(case: &Case) -> Vec<u8> {
    let keys = case["expect"].get("user_data").and_then(Value::as_object);
    let keys = keys.into_iter().flatten().map(|(key, _)| format!("{key}\n"));
    format!("context\n{}", keys.collect::<String>()).into_bytes()
}

fn answer(frames: &[Frame], method: &str, expected: &Value) -> Value {
    if method == "user_data" {
        return user_data(frames, expected);
    }
    let frame = frames.iter().find(|frame| frame.0 == method);
    let frame = frame.unwrap_or_else(|| panic!("a context has no function for {method}"));
    if !NUMBERS.contains(&method) {
        return value(frame);
    }
    let number = number(frame.1.as_ref().unwrap());
    Some(number).filter(|&number| number != 0 || !OPTIONAL_NUMBERS.contains(&method)).into()
}

fn user_data(frames: &[Frame], expected: &Value) -> Value {
    let values = frames.iter().filter(|frame| frame.0 == "user_data").map(value);
    expected.as_object().unwrap().keys().cloned().zip(values).collect()
}

// Logging.

fn records(case: &Case, functions: &mut Functions) -> Vec<String> {
    let variables = json!({
        "FGRUNTIME_LOG_FORMAT": case["format"],
        "RUNTIME_FUNC_NAME": case["function"],
        "RUNTIME_FUNC_VERSION": case["version"],
    });
    let mut headers = case["headers"].as_array().unwrap().clone();
    if case["request_id"] != "" {
        headers.push(json!(["X-Cff-Request-Id", case["request_id"]]));
    }
    let threshold = case.get("threshold").map_or(-1, level);
    let how = format!("log {} {threshold}\n", level(&case["level"]));
    let question = [how.as_bytes(), &bytes(&case["text"])].concat();
    let frames = functions.tell(&variables, &headers.into(), &question);
    frames.iter().filter_map(|frame| frame.1.as_deref()).map(utf8).collect()
}

/// The number of a level, of which C does not read names.
fn level(level: &Value) -> i32 {
    match level.as_str().map(str::to_ascii_uppercase).as_deref() {
        None => c_constant("FG_LEVEL_NONE"),
        Some("WARNING") => c_constant("FG_LEVEL_WARN"),
        Some(name) => c_constant(&format!("FG_LEVEL_{name}")),
    }
}

// Responses and errors.

fn check_replies(area: &str) {
    let mut functions = Functions::default();
    vectors::check(area, |case| {
        // The question is longer than the answer.
        let mut variables = json!({ "RUNTIME_MAX_REQUEST_BODY_SIZE": "10000000" });
        if let Some(max_size) = case.get("max_size") {
            variables["RUNTIME_MAX_RESP_BODY_SIZE"] = max_size.to_string().into();
        }
        let reply = functions.ask(&variables, &json!([]), &question(&case["outcome"]));
        let path = path_of(&reply);
        if path == "error" {
            assert_eq!(reply.content_type.as_deref(), Some("application/json"), "{}", case["name"]);
        }
        vectors::reply(case, path, reply.content_type.as_deref(), &reply.body)
    });
    functions.end();
}

/// Asks for the outcome.
fn question(outcome: &Value) -> Vec<u8> {
    let (form, value) = outcome.as_object().and_then(|outcome| outcome.iter().next()).unwrap();
    let (output, body) = match form.as_str() {
        "none" => ("FG_OUTPUT_NONE", Vec::new()),
        "text" => ("FG_OUTPUT_TEXT", bytes(value)),
        "base64" => ("FG_OUTPUT_BYTES", bytes(outcome)),
        "json" => ("FG_OUTPUT_JSON", value.to_string().into_bytes()),
        "error" => return failure(value),
        _ => panic!("{form} is not an outcome"),
    };
    [format!("respond {}\n", c_constant(output)).as_bytes(), &body].concat()
}

fn failure(error: &Value) -> Vec<u8> {
    let error_type = error.get("type");
    let mut question = format!("fail {}\n", i32::from(error_type.is_some())).into_bytes();
    let stack_trace = error["stack_trace"].as_array().unwrap();
    for part in error_type.into_iter().chain([&error["message"]]).chain(stack_trace) {
        let part = bytes(part);
        question.extend([format!("{}\n", part.len()).as_bytes(), &part].concat());
    }
    question
}

// The contract of API Gateway.

/// What the runtime says about the answer to an event of API Gateway.
fn breaches(case: &Case, functions: &mut Functions) -> Vec<String> {
    let answer = bytes(&case["answer"]);
    let event = json!({
        "httpMethod": "GET",
        "path": "/",
        "requestContext": {},
        "isBase64Encoded": true,
        "body": STANDARD.encode(&answer),
    });
    let strict = json!({ "FGRUNTIME_STRICT_RESPONSE": "1" });
    let reply = functions.ask(&strict, &json!([]), event.to_string().as_bytes());
    if path_of(&reply) == "response" {
        assert!(reply.body == answer, "{}: {}", case["name"], reply.text());
        return Vec::new();
    }
    let error = reply.json();
    assert_eq!(error["errorType"], "FunctionResultInvalid", "{}", case["name"]);
    let told = text(&error["errorMessage"]);
    let told = told.strip_prefix("API Gateway will not accept this answer and send 500 instead: ").unwrap();
    // They are joined, and a reason may have the same between its parts: only the whole can be compared.
    let expected: Vec<&str> = case["breaches"].as_array().unwrap().iter().map(text).collect();
    let given = if told == expected.join("; ") { expected } else { vec![told] };
    given.into_iter().map(str::to_owned).collect()
}
