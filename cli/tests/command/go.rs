//! Functions of the Go 1.x runtime, which are called over net/rpc.

use crate::support::{Done, function, go_function, run};
use serde_json::{Value, json};
use std::path::Path;

/// Runs the function with a handler setting that says what it does.
fn invoke(program: &Path, handler: &str, options: &[&str]) -> Done {
    let path = program.to_str().unwrap();
    let own = ["invoke", "--runtime", "go1.x", "--output", "json", "--handler", handler];
    run(&[&own, options, &[path]].concat())
}

fn message(result: &Value) -> &str {
    result["error"]["errorMessage"].as_str().unwrap_or_else(|| panic!("{result}"))
}

#[test]
fn results_and_output_are_those_of_the_event() {
    let Some(program) = go_function() else { return };
    let done = invoke(program, "echo", &["--set", "a=1", "--request-id", "id-1"]);
    let result = done.result();
    assert_eq!((done.status, &result["status"]), (Some(0), &json!("success")));
    assert_eq!(result["function_output"], r#"{"a":1}"#);
    let log = result["log"].as_str().unwrap();
    assert!(log.contains("Start invoke request 'id-1', version: latest\nhandling id-1\n"), "{log}");
    assert!(result["summary"]["memory_used_mb"].as_f64().unwrap() > 0.0, "{result}");
}

#[test]
fn the_folder_of_a_handler_will_do_and_case_does_not_matter() {
    let Some(program) = go_function() else { return };
    let folder = program.parent().unwrap().to_str().unwrap();
    let done = run(&["invoke", "--runtime", "Go1.x", "--output", "json", folder]);
    assert_eq!(done.result()["function_output"], "{}", "{done:?}");
    run(&["invoke", "--runtime", "go1.x", "--handler", "other", folder]).assert_refused(&["/other'"]);
    run(&["invoke", "--runtime", "go2"]).assert_refused(&["go2", "custom", "go1.x"]);
}

#[test]
fn headers_are_canonical_and_one_process_serves_all() {
    let Some(program) = go_function() else { return };
    let done = invoke(program, "context", &["--repeat", "3", "--request-id", "id", "--async"]);
    let contexts: Vec<Value> = done
        .results()
        .iter()
        .map(|result| serde_json::from_str(result["function_output"].as_str().unwrap()).unwrap())
        .collect();
    let header = json!({"X-Cff-Request-Id": ["id"], "X-Cff-Invoke-Type": ["async"]});
    assert_eq!((&contexts[0]["id"], &contexts[0]["header"]), (&json!("id"), &header));
    assert!(contexts.iter().all(|context| context["pid"] == contexts[0]["pid"]), "{contexts:?}");
    assert_eq!(contexts.len(), 3);
}

#[test]
fn errors_are_shown_as_they_are_and_texts_become_one() {
    let Some(program) = go_function() else { return };
    let done = invoke(program, "fail", &[]);
    let result = done.result();
    assert_eq!((done.status, &result["status"]), (Some(1), &json!("error")));
    assert_eq!(result["error"], json!({"errorMessage": "no luck", "errorType": "FunctionReturnError"}));

    let nothing = ["--event", "/dev/null"];
    let result = invoke(program, "echo", &nothing).result();
    assert_eq!((&result["status"], message(&result)), (&json!("error"), "bad request parameters"));
}

#[test]
fn results_beyond_the_limit_are_errors() {
    let Some(program) = go_function() else { return };
    for handler in ["too_much", "much_too_much"] {
        let result = invoke(program, handler, &[]).result();
        assert_eq!(result["error"]["errorType"], "FunctionResponseTooLarge");
        assert!(message(&result).contains("exceeds the limit of 6291456"), "{result}");
    }
}

#[test]
fn a_function_that_takes_too_long_is_killed() {
    let Some(program) = go_function() else { return };
    let done = invoke(program, "hang", &["--timeout", "1", "--repeat", "2"]);
    assert_eq!(done.status, Some(3), "{done:?}");
    for result in done.results() {
        assert_eq!((&result["status"], message(&result)), (&json!("timeout"), "call invoke timeout 1s"));
    }
    assert_eq!(done.results().len(), 2);
}

#[test]
fn processes_that_end_are_told_with_when_they_did() {
    let Some(program) = go_function() else { return };
    let result = invoke(program, "exit", &[]).result();
    assert_eq!(
        (&result["status"], &result["error"]["errorType"]),
        (&json!("crash"), &json!("FunctionCrashed"))
    );
    let words = "the process ended (exit status: 7) after it had been given the event and before it replied";
    assert_eq!(message(&result), words);

    let result = invoke(program, "exit_at_once", &[]).result();
    let words = "the process ended (exit status: 3) before it could be given an event";
    assert_eq!((&result["status"], message(&result)), (&json!("crash"), words));
    assert!(result["log"].as_str().unwrap().contains("no database\n"), "{result}");
}

#[test]
fn a_slow_start_is_waited_for_and_does_not_count() {
    let Some(program) = go_function() else { return };
    let result = invoke(program, "slow_start", &["--timeout", "1"]).result();
    assert_eq!(result["status"], "success", "{result}");
}

#[test]
fn programs_that_cannot_be_called_are_told_what_is_expected() {
    let Some(program) = go_function() else { return };
    let done = invoke(program, "never_listens", &["--init-timeout", "1"]);
    let result = done.result();
    assert_eq!((done.status, &result["error"]["errorType"]), (Some(3), &json!("FunctionNotReady")));
    let words =
        ["did not serve $RUNTIME_API_ADDR (127.0.0.1:", "within 1s", "net/rpc", "FGRUNTIME_TRANSPORT=go-rpc"];
    assert!(words.iter().all(|word| message(&result).contains(word)), "{result}");

    let result = invoke(program, "other_protocol", &[]).result();
    assert_eq!(result["error"]["errorType"], "FunctionNotReady");
    assert!(message(&result).contains("HTTP status 404"), "{result}");
}

#[test]
fn a_program_that_asks_for_its_events_is_told_too() {
    let folder = function("sleep 60");
    let path = folder.path().join("bootstrap");
    let done = run(&[
        "invoke",
        "--runtime",
        "go1.x",
        "--output",
        "json",
        "--init-timeout",
        "1",
        path.to_str().unwrap(),
    ]);
    assert_eq!(done.result()["error"]["errorType"], "FunctionNotReady", "{done:?}");
}
