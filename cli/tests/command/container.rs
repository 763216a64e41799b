//! Functions in containers, to which events are posted.

use crate::server::{free_port, has_python, header, invoke, invoke_told, message, seen};
use crate::support::fgruntime;
use serde_json::{Value, json};
use std::fs;

const RUNTIME: &str = "container";

/// The result of the only invocation with that event.
fn answer(event: &Value, options: &[&str]) -> (Option<i32>, Value) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("event.json");
    fs::write(&file, event.to_string()).unwrap();
    let done = invoke_told(RUNTIME, &[&["-e", file.to_str().unwrap()], options].concat());
    (done.status, done.result())
}

fn kind(result: &Value) -> (&Value, &Value) {
    (&result["status"], &result["error"]["errorType"])
}

#[test]
fn the_event_is_posted_with_the_headers_of_the_platform() {
    if !has_python() {
        return;
    }
    let named = ["--function-name", "orders", "--function-version", "v7", "--memory", "256"];
    let told = ["--set", "a=1", "--request-id", "id-1", "--timeout", "5"];
    let done = invoke_told(RUNTIME, &[&named[..], &told].concat());
    let result = done.result();
    assert_eq!((done.status, &result["status"]), (Some(0), &json!("success")), "{done:?}");
    let seen = seen(&result);
    assert_eq!((&seen["method"], &seen["path"]), (&json!("POST"), &json!("/invoke")));
    assert_eq!(seen["body"], r#"{"a": 1}"#);
    for (name, value) in [
        ("Content-Type", "application/json"),
        ("Content-Length", "7"),
        ("Connection", "close"),
        ("X-Cff-Request-Id", "id-1"),
        ("X-Cff-Memory", "256"),
        ("X-Cff-Timeout", "5"),
        ("X-Cff-Func-Version", "v7"),
        ("X-Cff-Func-Name", "0@default@orders"),
        ("X-Cff-Project-Id", "sn"),
        ("X-Cff-Package", "default"),
        ("X-Cff-Region", "cn"),
    ] {
        assert_eq!(header(&seen, name), [value], "{name}");
    }
    assert!(header(&seen, "Host")[0].starts_with("127.0.0.1:"), "{seen}");
    let log = result["log"].as_str().unwrap();
    assert!(log.contains("Start invoke request 'id-1', version: v7\nhandling id-1\n"), "{log}");
}

#[test]
fn the_environment_is_that_of_a_container() {
    if !has_python() {
        return;
    }
    let mut command = fgruntime(&["invoke", "--runtime", "container", "--output", "json"]);
    command.args(["--user-data", "TABLE=orders", "--handler", "index.handler", "--", "python3"]);
    command.args([crate::server::SERVER, "told"]).env("PORT", "1").env("RUNTIME_API_ADDR", "127.0.0.1:1");
    let done: crate::support::Done = command.output().unwrap().into();
    let environment = &seen(&done.result())["environment"];
    for (name, value) in [
        ("FGRUNTIME_TRANSPORT", "http"),
        ("FGRUNTIME_HTTP_MODE", "event"),
        ("RUNTIME_HANDLER", "index.handler"),
        ("RUNTIME_INITIALIZER_HANDLER", ""),
        ("TABLE", "orders"),
        ("RUNTIME_USERDATA", r#"{"TABLE":"orders"}"#),
    ] {
        assert_eq!(environment[name], value, "{name}");
    }
    for name in ["PORT", "RUNTIME_API_ADDR"] {
        assert_eq!(environment[name], Value::Null, "{name} is of another function");
    }
}

#[test]
fn one_process_gets_all_events_and_is_initialized_once() {
    if !has_python() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    let noting = format!("NOTES={}", notes.display());
    // It is told of its end, and stays: then it is terminated.
    let options = ["--env", &noting, "--env", "STAY=1", "--repeat", "2", "--initializer", "-"];
    let done = invoke_told(RUNTIME, &options);
    let seen: Vec<_> = done.results().iter().map(seen).collect();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0]["pid"], seen[1]["pid"]);
    assert_eq!(seen[0]["environment"]["RUNTIME_INITIALIZER_HANDLER"], "-");
    let expected = "POST /init\nPOST /invoke\nPOST /invoke\nGET /shutdown\nterminated\n";
    assert_eq!(fs::read_to_string(&notes).unwrap(), expected);
}

#[test]
fn without_an_initializer_there_is_no_init_and_who_ends_when_told_is_let_go() {
    if !has_python() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    let noting = format!("NOTES={}", notes.display());
    assert_eq!(invoke_told(RUNTIME, &["--env", &noting]).status, Some(0));
    assert_eq!(fs::read_to_string(&notes).unwrap(), "POST /invoke\nGET /shutdown\n");
}

#[test]
fn what_init_answers_does_not_matter_but_it_must_answer() {
    if !has_python() {
        return;
    }
    let with = |wish: &str, options: &[&str]| {
        let wish = format!("INIT={wish}");
        invoke_told(RUNTIME, &[&["--initializer", "-", "--env", &wish], options].concat()).result()
    };
    assert_eq!(with(r#"{"status":500}"#, &[])["status"], "success");

    let closed = with(r#"{"close":1}"#, &[]);
    assert_eq!(kind(&closed), (&json!("crash"), &json!("FunctionNotReady")));
    assert!(message(&closed).starts_with("the function did not answer POST /init ("), "{closed}");

    let folder = tempfile::tempdir().unwrap();
    let hang = json!({ "hang_unless": folder.path().join("seen") }).to_string();
    let silent = with(&hang, &["--init-timeout", "5"]);
    assert_eq!(kind(&silent), (&json!("crash"), &json!("FunctionNotReady")));
    assert!(message(&silent).starts_with("the process did not answer POST /init within 5s; "), "{silent}");

    let ended = with(r#"{"exit":4}"#, &[]);
    let words = "the process ended (exit status: 4) before it could be given an event";
    assert_eq!((kind(&ended).1, message(&ended)), (&json!("FunctionCrashed"), words));
}

#[test]
fn a_status_outside_2xx_is_a_failure_whose_body_is_kept() {
    if !has_python() {
        return;
    }
    let error = json!({"errorMessage": "no luck", "errorType": "Unlucky", "stackTrace": ["a", "b"]});
    let (status, result) = answer(&json!({"status": 500, "text": error.to_string()}), &[]);
    assert_eq!((status, &result["status"], &result["error"]), (Some(1), &json!("error"), &error));
    assert_eq!(result["function_output"], error.to_string());

    let (_, result) = answer(&json!({"status": 404, "text": "no such thing"}), &[]);
    assert_eq!(kind(&result), (&json!("error"), &json!("FunctionReturnError")));
    assert_eq!(message(&result), "no such thing");

    let (_, result) = answer(&json!({"status": 302}), &[]);
    assert_eq!(message(&result), "POST /invoke was answered with HTTP status 302 Found and no body");

    let (status, result) = answer(&json!({"status": 204}), &[]);
    assert_eq!((status, &result["function_output"]), (Some(0), &json!("")));
}

#[test]
fn results_beyond_the_limit_are_errors() {
    if !has_python() {
        return;
    }
    let (_, result) = answer(&json!({"size": 6 * 1024 * 1024}), &[]);
    assert_eq!(result["function_output"].as_str().unwrap().len(), 6 * 1024 * 1024);
    let (_, result) = answer(&json!({"size": 6 * 1024 * 1024 + 1}), &[]);
    assert_eq!(result["error"]["errorType"], "FunctionResponseTooLarge");
    assert_eq!(message(&result), "response body size 6291457 exceeds the limit of 6291456");
}

#[test]
fn who_takes_too_long_is_killed_and_the_next_event_finds_the_port_free() {
    if !has_python() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let seen_before = folder.path().join("seen");
    let wish = format!("hang_unless={}", seen_before.display());
    let port = free_port();
    let options = ["--port", &port, "--timeout", "1", "--repeat", "2", "--set", &wish];
    let done = invoke(RUNTIME, &options, &[&port]);
    let results = done.results();
    assert_eq!((done.status, results.len()), (Some(3), 2), "{done:?}");
    assert_eq!(kind(&results[0]), (&json!("timeout"), &json!("FunctionTimeout")));
    assert_eq!(message(&results[0]), "call invoke timeout 1s");
    assert_eq!(results[1]["status"], "success", "{done:?}");
}

#[test]
fn who_ends_or_breaks_off_has_crashed() {
    if !has_python() {
        return;
    }
    let (status, result) = answer(&json!({"exit": 7}), &[]);
    let words = "the process ended (exit status: 7) after it had been given the event and before it replied";
    assert_eq!((status, kind(&result).1), (Some(3), &json!("FunctionCrashed")));
    assert_eq!(message(&result), words);
    for wish in ["close", "half", "not_http"] {
        let (status, result) = answer(&json!({ wish: 1 }), &[]);
        assert_eq!(
            (status, kind(&result)),
            (Some(3), (&json!("crash"), &json!("FunctionCrashed"))),
            "{wish}"
        );
        assert!(message(&result).starts_with("the function did not answer the request ("), "{result}");
    }
}

#[test]
fn a_late_listener_is_waited_for_and_another_is_told_what_is_expected() {
    if !has_python() {
        return;
    }
    let result = invoke(RUNTIME, &["--timeout", "1"], &["told", "late"]).result();
    assert_eq!(result["status"], "success", "{result}");

    let done = invoke(RUNTIME, &["--init-timeout", "1"], &["told", "never"]);
    let result = done.result();
    assert_eq!((done.status, kind(&result).1), (Some(3), &json!("FunctionNotReady")));
    let words = ["did not listen within 1s", "port 8000", "$FGRUNTIME_HTTP_ADDR (127.0.0.1:"];
    assert!(words.iter().all(|word| message(&result).contains(word)), "{result}");

    let result = invoke(RUNTIME, &[], &["told", "exit"]).result();
    let words = "the process ended (exit status: 3) before it could be given an event";
    assert!(message(&result).starts_with(words), "{result}");
}
