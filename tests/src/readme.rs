//! The functions of the README, for tests that do what it says.

use crate::{repository, workspace_program};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// What the README's functions answer to somebody called Ada.
const GREETING: &str = "Hello, Ada!\n";

/// The blocks of code in that language, in the section with that heading.
///
/// # Panics
/// There is no such section.
#[must_use]
pub fn readme_blocks(heading: &str, language: &str) -> Vec<String> {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the README can be read");
    let section = readme.split(&format!("## {heading}\n")).nth(1).expect("a section with that heading");
    let section = section.split("\n## ").next().unwrap_or(section);
    let start = format!("```{language}\n");
    let blocks = section.split(&start).skip(1);
    blocks.filter_map(|block| block.split("```").next()).map(str::to_owned).collect()
}

/// An empty folder below the target folder, so that nothing is left elsewhere.
///
/// # Panics
/// It cannot be made.
#[must_use]
pub fn fresh_folder(area: &str, name: &str) -> PathBuf {
    let folder = workspace_program("fgruntime-cli", area).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// Holds an execution result against what the README's functions answer.
///
/// # Panics
/// It is something else.
pub fn assert_greets(result: &Value) {
    let output = result["function_output"].as_str().unwrap_or_default();
    let answer: Value = serde_json::from_str(output).unwrap_or_default();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&200.into(), &GREETING.into()), "{result}");
}

/// The cases that the examples of every language have.
///
/// # Panics
/// They cannot be read.
#[must_use]
pub fn conformance_cases() -> Vec<Value> {
    let file = repository().join("tests/conformance/expected.json");
    let text = fs::read(file).expect("the cases can be read");
    serde_json::from_slice(&text).expect("the cases are JSON")
}
