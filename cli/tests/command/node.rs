//! Functions for Node.js: a package that only tells how it was called stands where npm would put fgruntime.

use crate::support::{Done, executable, fgruntime, has_node};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Asks for an event, and answers how it was called.
const PROGRAM: &str = r#"
const http = require("node:http");
const api = `http://${process.env.RUNTIME_API_ADDR}/v1/runtime/invocation`;
http.get(`${api}/request`, (event) => {
  event.resume();
  const { RUNTIME_HANDLER: setting, RUNTIME_FUNC_NAME: name } = process.env;
  const id = event.headers["x-cff-request-id"];
  const reply = http.request(`${api}/response/${id}`, { method: "POST" });
  reply.end(JSON.stringify({ program: process.argv.slice(1), folder: process.cwd(), setting, name }));
});
"#;

/// Puts the package into a folder; the path of its program.
fn install(folder: &Path) -> PathBuf {
    let package = folder.join("node_modules/fgruntime");
    fs::create_dir_all(package.join("bin")).unwrap();
    fs::write(package.join("package.json"), r#"{"name": "fgruntime", "version": "0.0.0"}"#).unwrap();
    let program = package.join("bin/fgruntime.js");
    fs::write(&program, PROGRAM).unwrap();
    program.canonicalize().unwrap()
}

/// A folder with empty source files, without the package.
fn code() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("two words")).unwrap();
    for file in ["index.mjs", "orders.cjs", "index.ts", "my.func.mjs", "two words/index.js"] {
        fs::write(folder.path().join(file), "").unwrap();
    }
    folder
}

fn command(code: &TempDir, arguments: &[&str]) -> Command {
    let mut command = fgruntime(&[&["invoke", "--output", "json"], arguments].concat());
    command.current_dir(code.path()).env_remove("NODE_PATH").env_remove("NODE_OPTIONS");
    command
}

fn invoke(code: &TempDir, arguments: &[&str]) -> Done {
    command(code, arguments).output().unwrap().into()
}

fn answer(done: &Done) -> Value {
    assert_eq!(done.status, Some(0), "{done:?}");
    serde_json::from_str(done.result()["function_output"].as_str().unwrap()).unwrap()
}

#[test]
fn node_runs_a_source_file_in_its_folder() {
    if !has_node() {
        return;
    }
    let code = code();
    let program = install(code.path());
    let root = code.path().canonicalize().unwrap();
    let name = root.file_name().unwrap().to_str().unwrap();
    let absolute = root.join("orders.cjs");
    for (arguments, handler, folder, name) in [
        (&["index.mjs"][..], "index.handler", root.clone(), name),
        (&["./orders.cjs"], "orders.handler", root.clone(), "orders"),
        (&[absolute.to_str().unwrap()], "orders.handler", root.clone(), "orders"),
        (&["index.ts"], "index.handler", root.clone(), name),
        (&["--handler", "main", "index.mjs"], "index.main", root.clone(), name),
        (&["--handler", "orders.place", "orders.cjs"], "orders.place", root.clone(), "orders"),
        (&["my.func.mjs"], "my.func.handler", root.clone(), "my.func"),
        (&["--handler", "main", "my.func.mjs"], "my.func.main", root.clone(), "my.func"),
        (&["two words/index.js"], "index.handler", root.join("two words"), "two words"),
    ] {
        let expected =
            json!({ "program": [program, handler], "folder": folder, "setting": handler, "name": name });
        assert_eq!(answer(&invoke(&code, arguments)), expected, "{arguments:?}");
    }
}

#[test]
fn a_link_counts_where_it_is_and_not_where_it_leads() {
    if !has_node() {
        return;
    }
    let (code, elsewhere) = (code(), tempfile::tempdir().unwrap());
    let program = install(code.path());
    fs::write(elsewhere.path().join("real.mjs"), "").unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("real.mjs"), code.path().join("link.mjs")).unwrap();
    let answer = answer(&invoke(&code, &["link.mjs"]));
    assert_eq!(answer["program"], json!([program, "link.handler"]));
    assert_eq!(answer["folder"], json!(code.path().canonicalize().unwrap()));
}

#[test]
fn the_package_nearest_to_the_file_is_taken() {
    if !has_node() {
        return;
    }
    let code = code();
    install(code.path());
    let nearest = install(&code.path().join("two words"));
    assert_eq!(answer(&invoke(&code, &["two words/index.js"]))["program"][0], json!(nearest));
}

#[test]
fn a_folder_without_the_package_is_told_with_what_to_do() {
    if !has_node() {
        return;
    }
    let code = code();
    let folder = code.path().canonicalize().unwrap().join("two words");
    let folder = format!("from the folder '{}'", folder.display());
    invoke(&code, &["two words/index.js"]).assert_refused(&[&folder, "run there: npm install fgruntime"]);
}

#[test]
fn without_node_it_is_told_what_to_install() {
    let code = code();
    let done: Done = command(&code, &["index.mjs"]).env("PATH", "").output().unwrap().into();
    done.assert_refused(&["there is no node", "install Node.js 18 or newer"]);
    assert!(!done.stderr.contains('$'), "Node.js has no environments to activate: {done:?}");
}

#[test]
fn what_is_no_source_file_is_not_run_by_node() {
    let code = code();
    invoke(&code, &["missing.mjs"]).assert_refused(&["there is no 'missing.mjs'"]);
    fs::create_dir(code.path().join("folder.js")).unwrap();
    invoke(&code, &["folder.js"]).assert_refused(&["has no 'bootstrap'"]);
    executable(&code.path().join("own.js"), "#!/bin/sh\necho started itself\n");
    let done = invoke(&code, &["--", "./own.js"]);
    assert!(done.result()["log"].as_str().unwrap().contains("started itself"), "{done:?}");
}
