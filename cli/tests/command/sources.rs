//! Source files, run by an interpreter that only tells how it was called.

use crate::support::{Done, executable, fgruntime};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// An environment whose Python has fgruntime or not.
fn environment(has_fgruntime: bool) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("bin")).unwrap();
    let status = if has_fgruntime { 0 } else { 1 };
    let probe = format!("[ \"$1\" = -c ] && exit {status}");
    let script = format!(
        "#!/bin/sh\n{probe}\necho \"$@\"\npwd\nenv | grep -E '^(RUNTIME_(HANDLER|FUNC)|FGRUNTIME_)'\n"
    );
    executable(&folder.path().join("bin/python"), &script);
    folder
}

/// A folder with empty source files.
fn code() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    for file in ["index.py", "src/orders.py"] {
        fs::write(folder.path().join(file), "").unwrap();
    }
    folder
}

fn invoke(code: &TempDir, environment: &Path, arguments: &[&str]) -> Done {
    let mut command = fgruntime(&[&["invoke", "--output", "json"], arguments].concat());
    command.current_dir(code.path()).env("VIRTUAL_ENV", environment);
    command.output().unwrap().into()
}

#[test]
fn the_python_of_the_environment_runs_a_source_file_in_its_folder() {
    let (code, environment) = (code(), environment(true));
    let root = code.path().canonicalize().unwrap();
    let name = root.file_name().unwrap().to_str().unwrap();
    for (arguments, handler, folder, name) in [
        (&["index.py"][..], "index.handler", root.clone(), name),
        (&["--handler", "main", "index.py"], "index.main", root.clone(), name),
        (&["./src/orders.py"], "orders.handler", root.join("src"), "orders"),
        (&["--handler", "orders.place", "src/orders.py"], "orders.place", root.join("src"), "orders"),
    ] {
        let done = invoke(&code, environment.path(), arguments);
        let log = done.result()["log"].as_str().unwrap().to_owned();
        for line in [
            &format!("-m fgruntime {handler}"),
            folder.to_str().unwrap(),
            &format!("RUNTIME_HANDLER={handler}"),
            &format!("RUNTIME_FUNC_NAME={name}"),
        ] {
            assert!(log.lines().any(|logged| logged == line), "{line} is not in {log}");
        }
    }
}

#[test]
fn the_runtime_tells_a_source_file_which_transport_to_serve() {
    let (code, environment) = (code(), environment(true));
    for (options, transport) in [
        (&["index.py"][..], "FGRUNTIME_TRANSPORT=poll"),
        (&["--runtime", "container", "index.py"], "FGRUNTIME_TRANSPORT=http\nFGRUNTIME_HTTP_MODE=event\n"),
        (
            &["--runtime", "http", "-e", "apig", "index.py"],
            "FGRUNTIME_TRANSPORT=http\nFGRUNTIME_HTTP_MODE=apig\n",
        ),
    ] {
        let done = invoke(&code, environment.path(), options);
        let log = done.result()["log"].as_str().unwrap().to_owned();
        assert!(log.contains("\n-m fgruntime index.handler\n"), "{log}");
        let mut lines: Vec<_> = log.lines().collect();
        lines.sort_unstable();
        let expected = transport.lines().all(|line| lines.binary_search(&line).is_ok());
        assert!(expected, "{transport} is not in {log}");
    }
}

#[test]
fn without_an_environment_python3_is_taken_from_the_path() {
    let (code, environment) = (code(), environment(true));
    let bin = environment.path().join("bin");
    fs::rename(bin.join("python"), bin.join("python3")).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut command = fgruntime(&["invoke", "--output", "json", "index.py"]);
    command.current_dir(code.path()).env_remove("VIRTUAL_ENV").env("PATH", path);
    let done: Done = command.output().unwrap().into();
    assert!(done.result()["log"].as_str().unwrap().contains("-m fgruntime index.handler"), "{done:?}");
}

#[test]
fn what_is_missing_is_told_with_what_to_do() {
    let code = code();
    let without = environment(false);
    let python = without.path().join("bin/python");
    let install = format!("run: {} -m pip install fgruntime", python.display());
    invoke(&code, without.path(), &["index.py"]).assert_refused(&["cannot import fgruntime", &install]);
    let nowhere = code.path().join("nowhere");
    invoke(&code, &nowhere, &["index.py"]).assert_refused(&[
        "nowhere/bin/python",
        "install Python",
        "$VIRTUAL_ENV",
    ]);
    invoke(&code, without.path(), &["missing.py"]).assert_refused(&["there is no 'missing.py'"]);
    fs::create_dir(code.path().join("folder.py")).unwrap();
    invoke(&code, without.path(), &["folder.py"]).assert_refused(&["has no 'bootstrap'"]);
}

#[test]
fn an_executable_source_file_can_still_be_a_command_of_its_own() {
    let code = code();
    executable(&code.path().join("own.py"), "#!/bin/sh\necho started itself\n");
    let done = invoke(&code, environment(false).path(), &["--", "./own.py"]);
    assert!(done.result()["log"].as_str().unwrap().contains("started itself"), "{done:?}");
}
