//! `cargo xtask test`: everything that must hold before a change lands.

use crate::step::{Count, cargo, cargo_component, cargo_test, check, check_with};
use crate::{abi, dependencies, generated, go, miri, node, python};
use std::process::ExitCode;

pub(crate) fn run() -> ExitCode {
    let steps: [fn() -> Count; 11] = [
        || cargo_component("format", "fmt", &["fmt", "--all", "--check"]),
        || check("docs/dependencies.md names every dependency", dependencies::check),
        || check("generated files are up to date", generated::check),
        || check_with("the C ABI is the recorded one", abi::TOOLS, abi::check),
        || {
            let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
            cargo_component("clippy", "clippy", &arguments)
        },
        || {
            let arguments =
                ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked", "--quiet"];
            cargo("documentation", &arguments, &[("RUSTDOCFLAGS", "-D warnings")])
        },
        miri::run,
        // Before the tests, which run functions in Python, for Node and in Go too.
        python::run,
        node::run,
        go::run,
        || cargo_test("tests", &["test", "--workspace", "--locked", "--no-fail-fast"]),
    ];
    let mut total = Count::default();
    for step in steps {
        total.add(step());
    }
    // In CI everything is installed: a check that was skipped is a check that is missing.
    let complete = total.skipped == 0 || std::env::var("CI").as_deref() != Ok("true");
    if !complete {
        println!("\nwith CI=true nothing may be skipped");
    }
    if total.report().is_ok() && complete { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
