//! Cases of the areas `context`, `logging`, `response`, `error` and `apig_contract`.

use super::{Case, asking, put, put_bytes, text};
use serde_json::Value;

/// The case that a language would give: `ask` is the answer of the context's method, for which the case expects the value.
///
/// # Panics
/// The case is none of this area.
pub fn context(case: &Case, mut ask: impl FnMut(&str, &Value) -> Value) -> Case {
    let mut given = asking(case, &["name", "variables", "headers", "expect", "warnings"]);
    let expected = case["expect"].as_object().expect("an object of methods");
    let answers: Case =
        expected.iter().map(|(method, expected)| (method.clone(), ask(method, expected))).collect();
    put(&mut given, "expect", answers);
    given
}

/// The case that a language would give: `records` are what it writes.
///
/// # Panics
/// A record has no time where it must be.
#[must_use]
pub fn logging(case: &Case, records: &[String]) -> Case {
    let asked = [
        "name",
        "format",
        "request_id",
        "function",
        "version",
        "threshold",
        "headers",
        "level",
        "text",
        "lines",
    ];
    let mut given = asking(case, &asked);
    let lines: Vec<String> = records.iter().map(|record| without_time(record)).collect();
    match given.get_mut("lines") {
        Some(Value::Object(summary)) => summarise(case, &lines, summary),
        _ => put(&mut given, "lines", lines),
    }
    given
}

const TIME: &str = "0000-00-00T00:00:00.000Z";

/// The record with `TIME` for its time, which must be UTC with milliseconds.
fn without_time(record: &str) -> String {
    let (before, rest) = record.split_at(if record.starts_with('{') { r#"{"time":""#.len() } else { 0 });
    let (time, rest) = rest.split_at(TIME.len());
    let same = |(c, s): (char, char)| if s == '0' { c.is_ascii_digit() } else { c == s };
    assert!(time.chars().zip(TIME.chars()).all(same), "{time} is not a time in {record}");
    format!("{before}TIME{rest}")
}

/// What can be said of lines too long to be written down; `TIME` counts as the bytes it stands for.
fn summarise(case: &Case, lines: &[String], summary: &mut Case) {
    let stripped = TIME.len() - "TIME".len();
    put(summary, "count", lines.len());
    put(summary, "longest", lines.iter().map(|line| line.len() + stripped).max());
    let joined: String = lines.iter().map(|line| message(case, line)).collect();
    put_bytes(summary, "joined", joined.as_bytes());
}

/// The part of the text that a line carries.
fn message(case: &Case, line: &str) -> String {
    if case["format"] == "json" {
        let record: Value = serde_json::from_str(line).expect("a record of JSON");
        return text(&record["message"]).to_owned();
    }
    let level = case["level"].as_str().map_or(String::new(), |level| format!("{level} "));
    let prefix = format!("TIME {} {level}", text(&case["request_id"]));
    let message = line.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix('\n'));
    message.unwrap_or_else(|| panic!("{line} does not begin with {prefix}")).to_owned()
}

/// The case that a language would give, where it answers over `path`, `response` or `error`. An error object has no content
/// type that a function could choose.
#[must_use]
pub fn reply(case: &Case, path: &str, content_type: Option<&str>, body: &[u8]) -> Case {
    let mut given = asking(case, &["name", "outcome", "max_size"]);
    let mut reply = Case::new();
    put(&mut reply, "path", path);
    if path == "response" {
        put(&mut reply, "content_type", content_type);
    }
    reply.extend(case.get("reply").and_then(|reply| Some(("body".to_owned(), reply.get("body")?.clone()))));
    put_bytes(&mut reply, "body", body);
    put(&mut given, "reply", reply);
    given
}

/// The case that a language would give, where it tells these breaches of the contract.
#[must_use]
pub fn contract(case: &Case, breaches: Vec<String>) -> Case {
    let mut given = asking(case, &["name", "answer"]);
    put(&mut given, "breaches", breaches);
    given
}
