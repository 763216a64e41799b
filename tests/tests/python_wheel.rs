//! `make wheel` as a Python developer uses it: an empty virtual environment, pip, and the README; no Rust and no compiler.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{
    assert_greets, conformance_cases, fresh_folder, has_program, python_environment, readme_blocks,
    repository, succeed,
};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where the folders of these tests are, and what of the README they try.
const AREA: &str = "tests-wheel";
const SECTION: &str = "A Python function";

/// Where the wheels are installed, with nothing else; None, which is told, if Python is missing.
fn installed() -> Option<&'static Path> {
    static INSTALLED: OnceLock<Option<PathBuf>> = OnceLock::new();
    let installed = INSTALLED.get_or_init(|| {
        if !has_program("python3") {
            return None;
        }
        let mut make = Command::new("make");
        make.arg("-C").arg(repository()).arg("wheel");
        // What `make test` was called with is not for this make.
        succeed(make.env("CARGO", env!("CARGO")).env_remove("MAKEFLAGS"));
        let environment = fresh_folder(AREA, "environment");
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&environment));
        let mut pip = Command::new(environment.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check", "--no-index", "--find-links"]);
        succeed(pip.arg(repository().join("dist")).arg("fgruntime[cli]"));
        Some(environment)
    });
    installed.as_deref()
}

/// A command of the environment, where nothing else is on the `PATH`.
fn command(environment: &Path, program: &str, folder: &Path) -> Command {
    let mut command = Command::new(environment.join("bin").join(program));
    command.env_clear().env("PATH", environment.join("bin")).env("VIRTUAL_ENV", environment);
    command.current_dir(folder);
    command
}

/// What `fgruntime invoke` shows of a function.
fn invoke(environment: &Path, folder: &Path, arguments: &[&str]) -> Value {
    let mut invoke = command(environment, "fgruntime", folder);
    let output = invoke.args(["invoke", "--output", "json"]).args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// A folder with the README's function and its test.
fn readme_function(name: &str) -> PathBuf {
    let folder = fresh_folder(AREA, name);
    let [function, test] = &readme_blocks(SECTION, "python")[..] else { panic!("a function and its test") };
    fs::write(folder.join("index.py"), function).unwrap();
    fs::write(folder.join("test_index.py"), test).unwrap();
    folder
}

#[test]
fn the_examples_run_with_nothing_but_the_wheels() {
    let Some(environment) = installed() else { return };
    let cases = conformance_cases();
    let folder = fresh_folder(AREA, "examples");
    let mut examples = 0;
    for file in fs::read_dir(repository().join("examples/python")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let (file, name) = (path.file_name().unwrap(), path.file_stem().unwrap().to_str().unwrap());
        // Away from the repository, so that only what is installed can be imported.
        fs::copy(&path, folder.join(file)).unwrap();
        let case = cases.iter().find(|case| case["arguments"] == serde_json::json!(["-e", name]));
        let event = if case.is_some() { name } else { "apig" };
        let result = invoke(environment, &folder, &["-e", event, file.to_str().unwrap()]);
        assert_eq!(result["status"], "success", "{name}: {result}");
        if let Some(case) = case {
            assert_eq!(result["function_output"], case["function_output"], "{name}");
        }
        examples += 1;
    }
    assert!(examples >= 4, "{examples} examples");
}

#[test]
fn the_function_of_the_readme_runs_and_passes_its_test() {
    let Some(environment) = installed() else { return };
    let folder = readme_function("readme");
    let arguments = ["-e", "apig", "--set", "queryStringParameters.name=Ada", "index.py"];
    assert_greets(&invoke(environment, &folder, &arguments));
    let Some(tools) = python_environment() else { return };
    let mut pytest = Command::new(tools.join("bin/python"));
    let printed = succeed(pytest.args(["-m", "pytest", "-p", "no:cacheprovider"]).current_dir(&folder));
    assert!(printed.contains("1 passed"), "{printed}");
}

#[test]
fn the_custom_runtime_of_the_readme_is_what_its_commands_make() {
    if !has_program("zip") {
        return;
    }
    let Some(environment) = installed() else { return };
    let folder = readme_function("deploy");
    let commands =
        readme_blocks(SECTION, "sh").into_iter().find(|block| block.contains("> bootstrap")).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-euc", &commands]).current_dir(&folder).env("PIP_NO_INDEX", "1");
    let path = std::env::var("PATH").unwrap();
    shell.env("PATH", format!("{}:{path}", environment.join("bin").display()));
    succeed(shell.env("PIP_FIND_LINKS", repository().join("dist")));
    let unpacked = fresh_folder(AREA, "unpacked");
    let mut unzip = command(environment, "python", &folder);
    succeed(unzip.args(["-m", "zipfile", "-e", "function.zip"]).arg(&unpacked));
    assert!(unpacked.join("bootstrap").is_file() && unpacked.join("fgruntime/__init__.py").is_file());
    // As it is deployed, with a Python that has no fgruntime of its own.
    let mut bare = Command::new(environment.join("bin/fgruntime"));
    bare.args([
        "invoke",
        "--output",
        "json",
        "-e",
        "apig",
        "--set",
        "queryStringParameters.name=Ada",
        "build",
    ]);
    let output = bare.current_dir(&folder).env_remove("VIRTUAL_ENV").output().unwrap();
    assert_greets(&serde_json::from_slice(&output.stdout).unwrap());
}
