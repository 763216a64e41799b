//! The vectors, which every language answers; `tests/vectors/README.md` describes them.
//!
//! Everything here is the same for all languages. For each case a runner makes the case that its language would give; the two
//! must be equal.

#![allow(clippy::print_stdout, reason = "how many cases ran is worth saying")]

mod areas;
mod event;
mod text;

pub use areas::{context, contract, logging, reply};
pub use event::{Reading, Refusal, event};
pub use text::{bytes, bytes_value, text};

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A case, or the case that a language would give.
pub type Case = Map<String, Value>;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");

/// Holds the cases of an area against those that a language gives.
///
/// # Panics
/// They differ, or are not as many as the manifest says.
pub fn check(area: &str, give: impl FnMut(&Case) -> Case) {
    run(area, give, false);
}

/// Like [`check`]; with `FGRUNTIME_BLESS=1` the cases become those that the language gives, for somebody to read before they
/// are kept.
///
/// # Panics
/// As for [`check`].
pub fn check_or_bless(area: &str, give: impl FnMut(&Case) -> Case) {
    run(area, give, std::env::var("FGRUNTIME_BLESS").as_deref() == Ok("1"));
}

fn run(area: &str, mut give: impl FnMut(&Case) -> Case, bless: bool) {
    let mut differences = Vec::new();
    let mut count = 0;
    for path in files(area) {
        let cases: Vec<Case> = serde_json::from_value(read(&path)).expect("an array of cases");
        let given: Vec<Case> = cases.iter().map(&mut give).collect();
        count += cases.len();
        if bless {
            let json = serde_json::to_string_pretty(&given).expect("cases are JSON");
            fs::write(&path, json + "\n").expect("the file can be written");
        } else {
            differences.extend(differing_cases(&path, &cases, &given));
        }
    }
    println!("{area}: {count} cases");
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
    let manifest = read(&Path::new(VECTORS).join("manifest.json"));
    assert_eq!(json!(count), manifest[area], "{area}: cases that ran, cases in manifest.json");
}

fn files(area: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(VECTORS).join(area)).expect("the area has a directory");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

fn read(path: &Path) -> Value {
    let json = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What differs in the cases of one file, whose names must be unique.
fn differing_cases(path: &Path, cases: &[Case], given: &[Case]) -> Vec<String> {
    let file = path.strip_prefix(VECTORS).unwrap_or(path).display();
    let mut names = BTreeSet::new();
    let mut differences = Vec::new();
    for (case, given) in cases.iter().zip(given) {
        let name = text(&case["name"]);
        assert!(names.insert(name), "{file}: {name}: two cases have this name");
        differences.extend(differing(case, given).map(|what| format!("{file}: {name}: {what}")));
    }
    differences
}

/// One sentence for each member in which the two cases differ.
fn differing<'c>(expected: &'c Case, given: &'c Case) -> impl Iterator<Item = String> + 'c {
    let members: BTreeSet<&String> = expected.keys().chain(given.keys()).collect();
    members.into_iter().filter(|&member| expected.get(member) != given.get(member)).map(|member| {
        let json = |case: &Case| case.get(member).map_or("nothing".to_owned(), Value::to_string);
        let (expected, given) = around_difference(&json(expected), &json(given));
        format!("{member}:\n  expected {expected}\n  given    {given}")
    })
}

/// Both texts from shortly before they differ: some are megabytes long.
fn around_difference(a: &str, b: &str) -> (String, String) {
    let equal = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let excerpt = |text: &str| text.chars().skip(equal.saturating_sub(60)).take(240).collect();
    (excerpt(a), excerpt(b))
}

/// The members of the case that are the same in every answer, in their order. Members that the runners do not know are left
/// out, which makes the case fail.
fn asking(case: &Case, members: &[&str]) -> Case {
    case.iter()
        .filter(|(member, _)| members.contains(&member.as_str()))
        .map(|(member, value)| (member.clone(), value.clone()))
        .collect()
}

fn put(case: &mut Case, member: &str, value: impl Into<Value>) {
    case.insert(member.to_owned(), value.into());
}

/// Puts bytes into a case, in the form they have there if it says the same.
fn put_bytes(case: &mut Case, member: &str, given: &[u8]) {
    let value = bytes_value(case.get(member), given);
    case.insert(member.to_owned(), value);
}
