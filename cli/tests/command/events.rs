//! Events: where they come from, how they are changed, and what is said about bad ones.

use crate::support::{Done, fgruntime, function, run, run_with_input};
use serde_json::{Value, json};
use std::fs;

fn with_event(event: &str) -> Done {
    run(&["invoke", "-e", event, "--", "sh"])
}

#[test]
fn an_unknown_event_lists_the_samples() {
    let samples = "(apig, apig_authorizer, timer, ";
    with_event("apigw").assert_refused(&["'apigw'", samples, "did you mean 'apig'"]);
    with_event("eventbridge").assert_refused(&["'eventbridge'", samples, "did you mean 'eventgrid'"]);
    with_event("no/such/file.json").assert_refused(&["'no/such/file.json'", samples]);
}

#[test]
fn a_folder_is_no_event() {
    let folder = tempfile::tempdir().unwrap();
    with_event(folder.path().to_str().unwrap()).assert_refused(&["is a folder", "JSON file"]);
}

#[test]
fn an_unreadable_event_says_why() {
    // Permissions do not keep a superuser out, but reading this file fails for everybody.
    #[cfg(target_os = "linux")]
    with_event("/proc/self/mem").assert_refused(&["cannot read", "'/proc/self/mem'"]);
}

#[test]
fn an_event_that_is_not_json_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("event.json");
    fs::write(&file, "{\n  \"a\": oops\n}").unwrap();
    let file = file.to_str().unwrap();
    with_event(file).assert_refused(&["event.json", "not JSON", "line 2"]);
    let piped = run_with_input(&["invoke", "-e", "-", "--", "sh"], b"[1,");
    piped.assert_refused(&["standard input", "not JSON", "line 1"]);
}

#[test]
fn assignments_that_do_not_fit_name_their_path() {
    let set = |text: &str| run(&["invoke", "-e", "apig", "--set", text, "--", "sh"]);
    set("httpMethod").assert_refused(&["path=value"]);
    set("httpMethod.x=1").assert_refused(&["--set httpMethod.x", "'httpMethod' is text"]);
    set("a..b=1").assert_refused(&["empty part"]);
    run_with_input(&["invoke", "-e", "-", "--set", "a.7=1", "--", "sh"], b"{\"a\":[1]}")
        .assert_refused(&["'a' is an array of 1"]);
}

#[test]
fn list_names_every_sample() {
    let done = run(&["event", "list"]);
    assert_eq!(done.status, Some(0));
    let names: Vec<_> = done.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!((names.len(), names[0], names[17]), (18, "apig", "config"), "{done:?}");
    // The descriptions are a column, two blanks from the longest name.
    assert!(done.stdout.starts_with("apig               API Gateway: "), "{done:?}");
    for line in done.stdout.lines() {
        assert!(line.is_char_boundary(19) && &line[17..19] == "  " && &line[19..20] != " ", "{line:?}");
    }
}

#[test]
fn print_gives_the_sample_with_its_changes() {
    let done = run(&["event", "print", "apig", "--set", "queryStringParameters.name=Ada", "--set", "n=[1]"]);
    assert_eq!(done.status, Some(0), "{done:?}");
    assert!(done.stdout.starts_with("{\n  \"body\": \"\","), "{done:?}");
    let event: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(event["queryStringParameters"], json!({"name": "Ada"}));
    assert_eq!(event["n"], json!([1]));
    assert_eq!(event["httpMethod"], "GET");
    run(&["event", "print", "kafkaesque"]).assert_refused(&["'kafkaesque'", "did you mean 'kafka'"]);
    run(&["event", "print", "lambda"]).assert_refused(&["'lambda'", "rocketmq, rabbitmq, dis"]);
}

#[test]
fn inspect_tells_kind_event_and_findings() {
    let done = run(&["event", "inspect", "--json", "timer"]);
    assert_eq!(done.status, Some(0), "{done:?}");
    assert_eq!(done.stdout.lines().count(), 1);
    let json: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["kind", "event", "findings"]);
    assert_eq!(json["kind"], "timer");
    assert_eq!(json["event"]["trigger_name"], "every-morning");
    assert_eq!(json["findings"], json!([]));
    let text = run(&["event", "inspect", "timer"]).stdout;
    assert!(text.starts_with("Kind\ntimer\n\nEvent\n{\n  \"version\""), "{text}");
    assert!(text.ends_with("Findings\n(none)\n"), "{text}");
}

#[test]
fn inspect_points_at_what_is_odd() {
    let event = run(&["event", "print", "apig", "--set", "isBase64Encoded=\"true\""]).stdout;
    let done = run_with_input(&["event", "inspect", "--json", "-"], event.as_bytes());
    let json: Value = serde_json::from_str(&done.stdout).unwrap();
    let finding = json["findings"][0].as_object().unwrap();
    assert_eq!(finding.keys().collect::<Vec<_>>(), ["path", "found", "read"]);
    assert_eq!(finding["path"], "/isBase64Encoded");
    let text = run_with_input(&["event", "inspect", "-"], event.as_bytes()).stdout;
    assert!(text.contains("/isBase64Encoded: found "), "{text}");
}

#[test]
fn inspect_reads_an_event_as_the_kind_it_is_told() {
    let inspect = |arguments: &[&str], event: &str| {
        let done = run_with_input(&[&["event", "inspect", "--json"], arguments].concat(), event.as_bytes());
        assert_eq!(done.status, Some(0), "{done:?}");
        serde_json::from_str::<Value>(&done.stdout).unwrap()
    };
    let trace = r#"{"trace_name":"deleteServer","code":204}"#;
    assert_eq!(inspect(&["-"], trace)["kind"], "unknown");
    let read = inspect(&["--as", "cts", "-"], trace);
    assert_eq!((&read["kind"], &read["event"]["cts"]["code"]), (&json!("cts"), &json!(204)), "{read}");
    assert_eq!(inspect(&["--as", "unknown", "timer"], "")["kind"], "unknown");
    let read = inspect(&["--as", "apig_authorizer", "apig_authorizer"], "");
    assert_eq!((&read["kind"], &read["findings"]), (&json!("apig_authorizer"), &json!([])));
    let refused = run(&["event", "inspect", "--as", "rocket", "rocketmq"]);
    refused.assert_refused(&[
        "'rocket'",
        "--as",
        "the kinds are apig, ",
        "unknown",
        "did you mean 'rocketmq'",
    ]);
}

#[test]
fn inspect_refuses_what_is_not_json() {
    run_with_input(&["event", "inspect", "-"], b"{\"a\" 1}").assert_refused(&["standard input", "not JSON"]);
    run(&["event", "inspect", "no-such-file"]).assert_refused(&["'no-such-file'"]);
}

#[test]
fn a_closed_output_is_no_failure() {
    for arguments in [&["event", "print", "apig"][..], &["invoke", "--", "false"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child =
            fgruntime(arguments).stdout(writer).stderr(std::process::Stdio::piped()).spawn().unwrap();
        let status = child.wait().unwrap();
        let stderr = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
        assert_eq!(stderr, "", "{arguments:?}");
        assert_eq!(status.code(), Some(if arguments[0] == "invoke" { 3 } else { 0 }));
    }
}

#[test]
fn help_and_version_work_everywhere() {
    assert!(run(&["--version"]).stdout.starts_with("fgruntime "));
    for arguments in [&["--help"][..], &["invoke", "--help"], &["event", "--help"]] {
        let done = run(arguments);
        assert_eq!(done.status, Some(0));
        assert!(done.stdout.contains("Examples:"), "{done:?}");
    }
}

#[test]
fn wrong_usage_is_refused_with_a_sentence() {
    let folder = function("exit 0");
    let path = folder.path().to_str().unwrap();
    run(&["invoke", path, "--", "sh"]).assert_refused(&["PATH", "COMMAND"]);
    run(&["invoke", "--env", "RUNTIME_CPU=1", path]).assert_refused(&["RUNTIME_CPU is reserved"]);
    run(&["invoke", "--user-data", "RUNTIME_CPU=1", path]).assert_refused(&["RUNTIME_CPU is reserved"]);
    run(&["invoke", "--user-data", "novalue", path]).assert_refused(&["KEY=VALUE"]);
    run(&["invoke", "--request-id", "a b", path]).assert_refused(&["letters, digits"]);
    run(&["invoke", "--repeat", "0", path]).assert_refused(&["--repeat"]);
    run(&["invoke", "--timeout", "0", path]).assert_refused(&["--timeout"]);
    run(&["invoke", "--output", "xml", path]).assert_refused(&["text, json"]);
}
