//! Functions as processes of their own: what reaches the platform, the log and the exit status.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{FunctionProcess, Platform, Step};
use rustix::process::Signal;

const ERROR: &str = "/v1/runtime/invocation/error/r1";
const APIG: &str = r#"{"httpMethod":"GET","path":"/","requestContext":{}}"#;

/// Runs `handler` on one event and stops it: the reply's path and body, and what was printed.
fn run(handler: &str, event: &[u8], variables: &[(&str, &str)]) -> (String, String, String) {
    let platform = Platform::start(vec![Step::event("r1", event), Step::event("r2", event)], Vec::new());
    let function = start(handler, &platform, variables);
    let reply = platform.reply();
    // It lives on, whatever happened to the first.
    assert!(platform.reply().path.ends_with("/r2"));
    function.signal(Signal::TERM);
    let (status, output) = function.wait();
    assert_eq!(status.code(), Some(0), "{output}");
    let text = reply.text();
    (reply.path, text, output)
}

fn start(handler: &str, platform: &Platform, variables: &[(&str, &str)]) -> FunctionProcess {
    let all = [&[("RUNTIME_API_ADDR", platform.address()), ("RUNTIME_HANDLER", handler)], variables].concat();
    FunctionProcess::start(&all)
}

fn error(handler: &str, event: &[u8], variables: &[(&str, &str)]) -> (serde_json::Value, String) {
    let (path, body, output) = run(handler, event, variables);
    assert_eq!(path, ERROR, "{body}");
    (serde_json::from_str(&body).unwrap(), output)
}

#[test]
fn results_are_sent_as_they_are() {
    for event in [&b"{\"a\":1}"[..], b"", b"not JSON", b"\0\xFF\xFE", "é😀".as_bytes()] {
        let (path, body, _) = run("echo", event, &[]);
        assert_eq!(path, "/v1/runtime/invocation/response/r1");
        assert_eq!(body, String::from_utf8_lossy(event));
    }
    assert_eq!(run("nothing", b"{}", &[]).1, "");
}

#[test]
fn errors_are_objects_and_log_lines() {
    let (path, body, output) = run("error", b"{}", &[]);
    assert_eq!(path, ERROR);
    assert_eq!(body, "{\n    \"errorMessage\": \"no luck\",\n    \"errorType\": \"FunctionReturnError\"\n}");
    assert!(output.contains(" r1 ERROR FunctionReturnError: no luck\n"), "{output}");
}

#[test]
fn panics_are_errors_with_the_handlers_frames() {
    let (error, output) = error("panic", b"{}", &[]);
    assert_eq!(error["errorType"], "panic");
    assert_eq!(error["errorMessage"], "index out of bounds: the len is 0 but the index is 3");
    let frames: Vec<&str> =
        error["stackTrace"].as_array().unwrap().iter().filter_map(|frame| frame.as_str()).collect();
    assert!(
        frames[0].starts_with("panicked at ") && frames[0].contains("functions/function.rs:"),
        "{frames:?}"
    );
    assert!(frames[1].starts_with("function::panics (") && frames[1].contains("function.rs:"), "{frames:?}");
    assert!(frames.len() <= 32);
    for machinery in ["core::panicking", "std::panic", "fgruntime_core", "backtrace"] {
        assert!(!frames.iter().any(|frame| frame.starts_with(machinery)), "{frames:?}");
    }
    assert!(output.contains(" r1 ERROR panic: index out of bounds"), "{output}");
    assert!(output.contains("\n    function::panics ("), "{output}");
    // The hook keeps a handler's panic out of standard error: it is in the log already.
    assert!(!output.contains("thread 'main'"), "{output}");
}

#[test]
fn results_beyond_the_limit_are_errors_with_both_sizes() {
    let (error, output) = error("too_much", b"{}", &[]);
    assert_eq!(error["errorType"], "FunctionResponseTooLarge");
    assert!(output.contains(" r1 ERROR FunctionResponseTooLarge: "), "{output}");
    let message = error["errorMessage"].as_str().unwrap();
    assert!(message.contains("6291457") && message.contains("6291456"), "{message}");
}

#[test]
fn the_limit_can_be_set() {
    let (error, _) = error("echo", b"12345", &[("RUNTIME_MAX_RESP_BODY_SIZE", "4")]);
    assert_eq!(error["errorType"], "FunctionResponseTooLarge");
}

#[test]
fn what_json_cannot_say_is_an_error() {
    let (error, _) = error("not_a_number", b"{}", &[]);
    assert_eq!(error["errorType"], "FunctionResultInvalid");
    assert!(error["errorMessage"].as_str().unwrap().contains("NaN"), "{error}");
}

#[test]
fn payloads_that_cannot_be_read_are_errors_that_say_where() {
    let deep = ["[".repeat(129), "]".repeat(129)].concat();
    for (event, reason) in [
        (&b"{\"a\":}"[..], "expected a value at line 1, column 6 (offset 5)"),
        (b"", "the document is empty"),
        (b"{\"a\":\"\0\"}", "a control character stands unescaped in a string"),
        (deep.as_bytes(), "nests deeper than 128 levels"),
    ] {
        let (error, _) = error("kind", event, &[]);
        assert_eq!(error["errorType"], "EventInvalid");
        assert!(error["errorMessage"].as_str().unwrap().contains(reason), "{error}");
    }
    assert_eq!(run("kind", &deep.as_bytes()[1..257], &[]).1, "unknown");
    assert_eq!(run("kind", APIG.as_bytes(), &[]).1, "apig");
    assert_eq!(run("kind", b"\"\xFF\"", &[]).1, "unknown");
    assert_eq!(error("json", b"{", &[]).0["errorType"], "EventInvalid");
    assert_eq!(run("json", b"{\"b\": [1, null], \"a\": \"\"}", &[]).1, "{\"b\":[1,null],\"a\":\"\"}");
}

#[test]
fn answers_to_the_gateway_are_held_against_its_contract() {
    let (path, body, output) = run("nothing", APIG.as_bytes(), &[]);
    assert_eq!((path.as_str(), body.as_str()), ("/v1/runtime/invocation/response/r1", ""));
    assert!(output.contains(" r1 WARN API Gateway will not accept this answer"), "{output}");
    assert!(!run("nothing", b"{}", &[]).2.contains("API Gateway"));

    let (error, _) = error("kind", APIG.as_bytes(), &[("FGRUNTIME_STRICT_RESPONSE", "1")]);
    assert_eq!(error["errorType"], "FunctionResultInvalid");
    assert!(error["errorMessage"].as_str().unwrap().contains("expected a JSON object"), "{error}");
}

#[test]
fn replies_come_once_and_not_late() {
    let (_, body, output) = run("reply_twice", b"{}", &[]);
    assert_eq!(body, "first");
    assert!(output.contains("first Ok(()), second Err(AlreadyReplied)"), "{output}");
    let (error, output) = error("reply_late", b"{}", &[]);
    assert_eq!(error["errorType"], "FunctionNotReplied");
    assert!(output.contains("late Ok(Err(Late))"), "{output}");
}

#[test]
fn a_second_handler_is_refused() {
    let (_, body, _) = run("second_run", b"{}", &[]);
    assert_eq!(body, "a handler is already running in this process; a process runs one handler");
}

#[test]
fn a_failing_initializer_answers_the_first_event_and_ends_the_process() {
    for (handler, reason) in [("initializer_fails", "no database"), ("initializer_panics", "no database")] {
        let platform = Platform::start(vec![Step::event("r1", "{}")], Vec::new());
        let function = start(handler, &platform, &[]);
        let reply = platform.reply();
        assert_eq!((reply.path.as_str(), &reply.json()["errorType"]), (ERROR, &"FunctionInitError".into()));
        assert!(reply.text().contains(reason), "{}", reply.text());
        let (status, output) = function.wait();
        assert_eq!(status.code(), Some(1), "{output}");
        assert!(output.contains("ended: the initializer failed: no database"), "{output}");
    }
}

#[test]
fn signals_let_the_running_invocation_finish() {
    for signal in [Signal::TERM, Signal::INT] {
        let platform = Platform::start(vec![Step::event("r1", "{}"), Step::event("r2", "{}")], Vec::new());
        let variables = [("RUNTIME_USERDATA", r#"{"sleep_ms":"300"}"#)];
        let mut function = start("sleep", &platform, &variables);
        function.wait_for_line("sleeping");
        function.signal(signal);
        assert_eq!(platform.reply().text(), "slept");
        let (status, output) = function.wait();
        assert_eq!(status.code(), Some(0), "{output}");
        assert!(platform.is_quiet(), "no further event is taken");
    }
}

#[test]
fn a_second_signal_ends_the_process_at_once() {
    let platform = Platform::start(vec![Step::event("r1", "{}")], Vec::new());
    let mut function = start("sleep", &platform, &[]);
    function.wait_for_line("sleeping");
    // Two signals of a kind that are pending at once are one; the other kind is a second one for sure.
    function.signal(Signal::TERM);
    function.signal(Signal::INT);
    assert_eq!(function.wait().0.code(), Some(1));
}

#[test]
fn idle_functions_end_at_once() {
    let platform = Platform::start(vec![Step::Silence], Vec::new());
    let function = start("echo", &platform, &[]);
    platform.wait_for_poll();
    function.signal(Signal::TERM);
    assert_eq!(function.wait().0.code(), Some(0));
}

#[test]
fn without_an_address_the_function_says_what_to_do() {
    for (address, reason) in
        [(None, "RUNTIME_API_ADDR is not set"), (Some("nonsense"), "RUNTIME_API_ADDR is \"nonsense\"")]
    {
        let mut variables = vec![("RUNTIME_HANDLER", "echo")];
        variables.extend(address.map(|address| ("RUNTIME_API_ADDR", address)));
        let (status, output) = FunctionProcess::start(&variables).wait();
        assert_eq!(status.code(), Some(1));
        assert!(output.starts_with("fgruntime: ") && output.contains(reason), "{output}");
        assert_eq!(output.lines().count(), 1, "{output}");
    }
}

#[test]
fn bad_variables_are_warned_of_once_at_the_start() {
    let (_, _, output) = run("echo", b"{}", &[("RUNTIME_TIMEOUT", "soon"), ("FGRUNTIME_LOG_FORMAT", "xml")]);
    for warning in [
        "WARN RUNTIME_TIMEOUT is \"soon\", which is not a positive whole number; using 3 seconds",
        "WARN FGRUNTIME_LOG_FORMAT is \"xml\", which is not text or json; using text",
        "WARN RUNTIME_PROJECT_ID is not set",
    ] {
        assert_eq!(output.matches(warning).count(), 1, "{warning}: {output}");
    }
}

#[test]
fn json_logs_are_json_to_the_last_line() {
    let variables = [("FGRUNTIME_LOG_FORMAT", "json"), ("RUNTIME_FUNC_NAME", "0@default@resize")];
    let (_, _, output) = run("panic", b"{}", &variables);
    let lines: Vec<serde_json::Value> =
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let panic = lines.iter().find(|line| line["request_id"] == "r1").unwrap();
    assert_eq!((&panic["level"], &panic["function"]), (&"ERROR".into(), &"resize".into()));
    assert!(panic["message"].as_str().unwrap().contains("\n    function::panics ("), "{panic}");
}
