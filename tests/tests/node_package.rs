//! `make npm` as a Node developer uses it: an empty project, npm without a registry, and the README; no Rust and no compiler.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{
    assert_greets, conformance_cases, fresh_folder, has_program, readme_blocks, repository, succeed,
};
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where the folders of these tests are, and what of the README they try.
const AREA: &str = "tests-npm";
const SECTION: &str = "A Node.js function";
const ASKED: [&str; 4] = ["-e", "apig", "--set", "queryStringParameters.name=Ada"];

/// A project with the packages of dist/ and nothing else; None, which is told, if Node is missing.
fn installed() -> Option<&'static Path> {
    static INSTALLED: OnceLock<Option<PathBuf>> = OnceLock::new();
    let installed = INSTALLED.get_or_init(|| {
        if !has_program("npm") {
            return None;
        }
        let mut make = Command::new("make");
        make.arg("-C").arg(repository()).arg("npm");
        // What `make test` was called with is not for this make.
        succeed(make.env("CARGO", env!("CARGO")).env_remove("MAKEFLAGS"));
        Some(project("project"))
    });
    installed.as_deref()
}

/// A new project into which the README's commands install the tarballs.
fn project(name: &str) -> PathBuf {
    let folder = fresh_folder(AREA, name);
    fs::write(folder.join("package.json"), r#"{ "private": true }"#).unwrap();
    let commands = readme_commands("../fgruntime/dist/")
        .replace("../fgruntime/dist/", &format!("{}/dist/", repository().display()));
    succeed(command("sh", &folder).args(["-euc", &commands]));
    folder
}

/// The README's block of commands with these words in it.
fn readme_commands(words: &str) -> String {
    readme_blocks(SECTION, "sh").into_iter().find(|block| block.contains(words)).unwrap()
}

/// A program where there is Node, but nothing of Rust, and no registry.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", path()).env("HOME", folder).env("npm_config_offline", "true");
    command.env("npm_config_cache", folder.join("cache")).current_dir(folder);
    command
}

/// Where Node is, and the system's own programs.
fn path() -> OsString {
    let path = std::env::var_os("PATH").unwrap();
    let node = std::env::split_paths(&path).find(|folder| folder.join("node").is_file()).unwrap();
    let folders = [node, "/usr/bin".into(), "/bin".into()];
    assert!(folders.iter().all(|folder| !folder.join("cargo").exists()), "{folders:?} have Rust");
    std::env::join_paths(folders).unwrap()
}

/// What `npx fgruntime invoke` shows of a function.
fn invoke(folder: &Path, arguments: &[&str]) -> Value {
    let mut npx = command("npx", folder);
    let output = npx.args(["fgruntime", "invoke", "--output", "json"]).args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// A project with the README's function and its test.
fn readme_function(name: &str) -> PathBuf {
    let folder = project(name);
    let [function, test] = &readme_blocks(SECTION, "js")[..] else { panic!("a function and its test") };
    fs::write(folder.join("index.mjs"), function).unwrap();
    fs::write(folder.join("index.test.mjs"), test).unwrap();
    folder
}

#[test]
fn the_examples_run_with_nothing_but_the_packages() {
    let Some(folder) = installed() else { return };
    let cases = conformance_cases();
    let mut examples = 0;
    for file in fs::read_dir(repository().join("examples/node")).unwrap() {
        let path = file.unwrap().path();
        if !path.extension().is_some_and(|extension| extension == "mjs" || extension == "cjs") {
            continue;
        }
        let (file, name) =
            (path.file_name().unwrap().to_str().unwrap(), path.file_stem().unwrap().to_str().unwrap());
        fs::copy(&path, folder.join(file)).unwrap();
        let case = cases.iter().find(|case| case["arguments"] == serde_json::json!(["-e", name])).unwrap();
        let result = invoke(folder, &["-e", name, file]);
        assert_eq!(result["status"], "success", "{name}: {result}");
        assert_eq!(result["function_output"], case["function_output"], "{name}");
        examples += 1;
    }
    assert_eq!(examples, 3);
}

#[test]
fn an_ordinary_function_is_found_by_require_and_by_import() {
    let Some(folder) = installed() else { return };
    let body = "async (event, context) => ({ method: event.httpMethod, id: context.getRequestID() })";
    for (file, source) in [
        ("plain.cjs", format!("exports.handler = {body};")),
        ("plain2.mjs", format!("export const handler = {body};")),
    ] {
        fs::write(folder.join(file), source).unwrap();
        let result = invoke(folder, &["--request-id", "id-1", "-e", "apig", file]);
        assert_eq!(result["function_output"], r#"{"method":"GET","id":"id-1"}"#, "{result}");
    }
}

#[test]
fn the_function_of_the_readme_runs_and_passes_its_test() {
    if installed().is_none() {
        return;
    }
    let folder = readme_function("readme");
    assert_greets(&invoke(&folder, &[&ASKED[..], &["index.mjs"]].concat()));
    let printed = succeed(command("node", &folder).args(["--test", "--test-reporter=tap", "index.test.mjs"]));
    assert!(printed.contains("# pass 1\n"), "{printed}");
}

#[test]
fn the_custom_runtime_of_the_readme_is_what_its_commands_make() {
    if !has_program("zip") || installed().is_none() {
        return;
    }
    let folder = readme_function("deploy");
    succeed(command("sh", &folder).args(["-euc", &readme_commands("> bootstrap")]));
    let unpacked = fresh_folder(AREA, "unpacked");
    succeed(
        command("python3", &unpacked).args(["-m", "zipfile", "-e"]).arg(folder.join("function.zip")).arg("."),
    );
    assert!(!unpacked.join("node_modules/fgruntime-cli").exists(), "the command is not for the platform");
    // As the platform does, which keeps the permissions.
    succeed(command("chmod", &unpacked).args(["+x", "bootstrap"]));
    let project = folder.join("elsewhere");
    fs::rename(&unpacked, &project).unwrap();
    assert_greets(&invoke(&folder, &[&ASKED[..], &["elsewhere"]].concat()));
}

#[test]
fn without_the_command_the_package_says_how_to_get_it() {
    let Some(installed) = installed() else { return };
    let folder = fresh_folder(AREA, "alone");
    let modules = folder.join("node_modules");
    fs::create_dir_all(&modules).unwrap();
    std::os::unix::fs::symlink(installed.join("node_modules/fgruntime"), modules.join("fgruntime")).unwrap();
    let mut node = command("node", &folder);
    // Where links lead does not count, as for a package that was copied here.
    let output = node
        .args(["--preserve-symlinks", "--preserve-symlinks-main"])
        .arg(modules.join("fgruntime/bin/fgruntime.js"));
    let output = output.args(["invoke", "-e", "apig"]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("run: npm install --save-dev fgruntime-cli") && output.status.code() == Some(1),
        "{told}"
    );
}
