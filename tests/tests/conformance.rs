//! The examples of every language do the same: what `tests/conformance/expected.json` says, on the local emulator.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{
    conformance_cases, has_go_module, has_node_package, library, python_environment, repository, succeed,
    workspace_program,
};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::process::Command;
use std::sync::Once;

/// A language, and what `fgruntime invoke` is told to start its example of that name, built if need be; None if the language is
/// missing here.
type Language = (&'static str, fn(example: &str) -> Option<Vec<OsString>>);

/// A further language adds its row.
const LANGUAGES: [Language; 5] = [("Rust", rust), ("C", c), ("Python", python), ("Node", node), ("Go", go)];
const EXAMPLES: [&str; 3] = ["apig", "timer", "kafka"];
/// How many cases the file has, so that none gets lost.
const CASES: usize = 14;
const REQUEST_ID: &str = "id-1";

fn rust(example: &str) -> Option<Vec<OsString>> {
    Some(vec!["--".into(), workspace_program("fgruntime-examples", example).into()])
}

fn python(example: &str) -> Option<Vec<OsString>> {
    python_environment()?;
    Some(vec![repository().join(format!("examples/python/{example}.py")).into()])
}

fn node(example: &str) -> Option<Vec<OsString>> {
    if !has_node_package() {
        return None;
    }
    let folder = repository().join("examples/node");
    let files = ["mjs", "cjs"].map(|extension| folder.join(format!("{example}.{extension}")));
    let file = files.into_iter().find(|file| file.exists());
    Some(vec![file.unwrap_or_else(|| panic!("no example {example}")).into()])
}

fn go(example: &str) -> Option<Vec<OsString>> {
    static BUILT: Once = Once::new();
    if !has_go_module() {
        return None;
    }
    let out = library("examples-go");
    BUILT.call_once(|| {
        std::fs::create_dir_all(&out).unwrap();
        let mut go = Command::new("go");
        go.current_dir(repository().join("examples/go")).args(["build", "-o"]).arg(&out).arg("./...");
        succeed(&mut go);
    });
    Some(vec!["--".into(), out.join(example).into()])
}

fn c(example: &str) -> Option<Vec<OsString>> {
    static BUILT: Once = Once::new();
    // Asking for it builds the library.
    let (target, out) = (library(""), library("examples-c"));
    BUILT.call_once(|| {
        let mut make = Command::new("make");
        make.arg("-C").arg(repository().join("examples/c"));
        make.arg(format!("TARGET={}", target.display())).arg(format!("OUT={}", out.display()));
        succeed(&mut make);
    });
    Some(vec!["--".into(), out.join(example).into()])
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap_or_else(|| panic!("no text '{member}': {value}"))
}

/// What the case says, as this language's example does it.
fn run(case: &Value, start: &[OsString]) -> Value {
    let arguments = case["arguments"].as_array().unwrap().iter().map(|argument| argument.as_str().unwrap());
    let mut invoke = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
    invoke.args(["invoke", "--output", "json", "--request-id", REQUEST_ID]).args(arguments);
    // Settings of whoever runs the tests must not change what is logged.
    invoke.env_remove("FGRUNTIME_LOG_FORMAT").env_remove("RUNTIME_LOG_LEVEL");
    invoke.env("VIRTUAL_ENV", repository().join("target/python"));
    let output = invoke.args(start).output().unwrap();
    let result: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(output.status.success(), result["status"] == "success", "{result}");
    json!({
        "example": case["example"],
        "arguments": case["arguments"],
        "status": result["status"],
        "function_output": result["function_output"],
        "log": records(text(&result, "log")),
    })
}

/// Level and text of each record that a function logged; a text may have several lines.
fn records(log: &str) -> Vec<String> {
    let lines: Vec<&str> = log.lines().collect();
    let [start, between @ .., finish] = &lines[..] else { panic!("no start and finish: {log}") };
    assert!(start.contains(" Start invoke request ") && finish.contains(" Finish invoke request "), "{log}");
    let mut records: Vec<String> = Vec::new();
    for line in between {
        match (line.split_once(&format!(" {REQUEST_ID} ")), records.last_mut()) {
            (Some((_time, record)), _) => records.push(record.to_owned()),
            (None, Some(record)) => record.extend(["\n", line]),
            (None, None) => panic!("a line of no record: {line}"),
        }
    }
    records
}

#[test]
fn every_language_does_what_is_expected() {
    let cases = conformance_cases();
    let (mut runs, mut missing) = (0, 0);
    for (language, start) in LANGUAGES {
        for case in &cases {
            let Some(start) = start(text(case, "example")) else {
                missing += 1;
                continue;
            };
            assert_eq!(&run(case, &start), case, "{language}");
            runs += 1;
        }
    }
    assert_eq!((cases.len(), runs + missing), (CASES, CASES * LANGUAGES.len()));
}

#[test]
fn every_example_is_tried_with_its_sample_event() {
    let cases = conformance_cases();
    for example in EXAMPLES {
        let plain = json!(["-e", example]);
        assert!(
            cases.iter().any(|case| case["example"] == example && case["arguments"] == plain),
            "{example}"
        );
    }
    assert!(cases.iter().all(|case| EXAMPLES.contains(&text(case, "example"))), "an example of no language");
}
