//! The Python package: what is generated of it, how it is built, and its checks.

mod attributes;
mod environment;
mod events;
mod wheel;

pub(crate) use wheel::build as build_wheels;

use crate::generated::File;
use crate::step::{Count, check, missing, program, pytest};
use environment::{Environment, TOOLS};

const PACKAGE: &str = "bindings-python/python";

/// What is generated of the package.
pub(crate) fn files() -> Result<Vec<File>, String> {
    Ok(events::files()
        .into_iter()
        .chain(crate::samples::files(&format!("{PACKAGE}/fgruntime/samples"))?)
        .collect())
}

/// Makes target/python and installs the package there, to be edited in place.
pub(crate) fn install() -> Result<(), String> {
    Environment::ready()?.develop()
}

/// Every check of the package; they count as skipped if Python is missing.
pub(crate) fn run() -> Count {
    if let Some(count) = missing("Python", TOOLS) {
        return count;
    }
    let mut environment = None;
    let mut count = check("the Python package can be built", || {
        let ready = Environment::ready()?;
        ready.develop()?;
        environment = Some(ready);
        Ok(())
    });
    let Some(environment) = environment else { return count };
    let config = ["--config-file", "bindings-python/pyproject.toml"];
    let ruff = |arguments: &[&str]| {
        let mut command = environment.command("ruff");
        command.args(arguments).args(["--config", "bindings-python/pyproject.toml"]);
        command.args(["bindings-python", "examples/python"]);
        command
    };
    count.add(program("Python lints", &mut ruff(&["check", "--quiet"])));
    count.add(program("Python format", &mut ruff(&["format", "--check", "--quiet"])));
    let mut mypy = environment.command("mypy");
    mypy.args(config).args([
        "--strict",
        "--no-error-summary",
        PACKAGE,
        "bindings-python/tests",
        "examples/python",
    ]);
    count.add(program("Python types", mypy.env("MYPYPATH", PACKAGE)));
    let mut stubtest = environment.command("stubtest");
    stubtest.args(["--concise", "--mypy-config-file", "bindings-python/pyproject.toml"]);
    stubtest.args(["--allowlist", "bindings-python/stubtest-allowlist.txt", "--ignore-unused-allowlist"]);
    stubtest.args(["fgruntime._native", "fgruntime.events"]);
    count.add(program("Python stubs", stubtest.env("MYPYPATH", PACKAGE)));
    let mut tests = environment.command("python");
    tests.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "bindings-python/tests"]);
    count.add(pytest("Python tests", &mut tests));
    count
}

/// Every check of the package, alone.
pub(crate) fn test() -> Result<(), String> {
    run().report()
}
