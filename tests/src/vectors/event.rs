//! Cases of the area `events`.

use super::{Case, asking, bytes, bytes_value, put, put_bytes, text};
use fgruntime_core::event::Kind;
use fgruntime_core::event::field::FieldKind;
use serde_json::{Value, json};

/// Findings that canonical JSON makes again, because what they are about is kept as it was.
const KEPT: [&str; 10] = [
    "array",
    "null",
    "number that is not a time",
    "milliseconds",
    "string with a date",
    "string that is not a number",
    "string that is not a time",
    "string that is not an RFC 3339 time",
    "a member of a record",
    "a member of `notify_data`",
];

/// What a language reads from a payload.
pub struct Reading {
    /// The kind's name.
    pub kind: String,
    /// The event in canonical JSON.
    pub canonical: Vec<u8>,
    /// `{"path", "found", "read"}` each, in order.
    pub findings: Vec<Value>,
    /// What accessors decode, by the names that cases have for it.
    pub decoded: Case,
}

/// Why a language does not read a payload.
pub struct Refusal {
    /// The error's name in cases.
    pub kind: &'static str,
    /// Where it is, in bytes.
    pub offset: u64,
}

/// The case that a language would give: `read` reads a payload as the kind of that name, or as the one its shape shows.
///
/// # Panics
/// Canonical JSON is as expected, but reads as something else.
pub fn event(case: &Case, mut read: impl FnMut(Option<&str>, &[u8]) -> Result<Reading, Refusal>) -> Case {
    let kind = case.get("as").map(text);
    let reading = match read(kind, &bytes(&case["input"])) {
        Ok(reading) => reading,
        Err(refusal) => return refused(case, &refusal),
    };
    // Where canonical JSON is another than expected, the case fails in any case.
    if case.get("canonical").is_some_and(|expected| bytes(expected) == reading.canonical) {
        let Ok(again) = read(kind, &reading.canonical) else { panic!("{}: canonical", case["name"]) };
        check_again(text(&case["name"]), &reading, &again);
    }
    given(case, reading)
}

fn refused(case: &Case, refusal: &Refusal) -> Case {
    let mut given = asking(case, &["name", "input", "as"]);
    put(&mut given, "error", json!({ "kind": refusal.kind, "offset": refusal.offset }));
    given
}

fn given(case: &Case, reading: Reading) -> Case {
    let mut given = asking(case, &["name", "input", "as", "kind", "canonical", "findings"]);
    put(&mut given, "kind", reading.kind);
    put_bytes(&mut given, "canonical", &reading.canonical);
    put(&mut given, "findings", reading.findings);
    for (member, decoded) in reading.decoded {
        let Some(expected) = case.get(&member) else { continue };
        // Lists have no other form than that of their elements.
        let decoded =
            if decoded.is_array() { decoded } else { bytes_value(Some(expected), &bytes(&decoded)) };
        put(&mut given, &member, decoded);
    }
    given
}

/// Canonical JSON is of the same kind, its canonical form is itself, and it has no findings of its own.
fn check_again(name: &str, first: &Reading, again: &Reading) {
    let canonical = String::from_utf8_lossy(&first.canonical);
    assert_eq!(again.kind, first.kind, "{name}: the kind of {canonical}");
    let other = String::from_utf8_lossy(&again.canonical);
    assert!(other == canonical, "{name}: canonical of canonical is\n{other}");
    for finding in &again.findings {
        let kept = first.findings.contains(finding) && is_encoded(&first.kind, text(&finding["path"]))
            || is_kept(finding, &first.findings);
        assert!(kept, "{name}: canonical JSON has a finding of its own: {finding}");
    }
}

fn is_kept(finding: &Value, first: &[Value]) -> bool {
    let path = text(&finding["path"]);
    let mut paths = first.iter().map(|first| text(&first["path"]));
    KEPT.contains(&text(&finding["found"])) && paths.any(|first| !first.is_empty() && path.ends_with(first))
}

/// Whether a path leads to a text of base64 or JSON, or on into what it contains.
fn is_encoded(kind: &str, path: &str) -> bool {
    let mut table = Kind::from_name(kind).and_then(Kind::table);
    for step in path.split('/').skip(1).filter(|step| step.parse::<usize>().is_err()) {
        let field = table.and_then(|table| table.fields.iter().find(|field| field.key == step));
        match field.map(|field| field.kind) {
            Some(FieldKind::JsonText(_) | FieldKind::Base64(_) | FieldKind::Base64Json(_)) => return true,
            other => table = other.and_then(FieldKind::table),
        }
    }
    false
}
