//! Little functions, the command that runs them, and what it says.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The command, with arguments.
pub(crate) fn fgruntime<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fgruntime"));
    command.args(arguments);
    command
}

/// What a finished command left behind.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Done {
    /// The execution results of `--output json`.
    pub(crate) fn results(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The only execution result.
    pub(crate) fn result(&self) -> Value {
        let mut results = self.results();
        assert_eq!(results.len(), 1, "{self:?}");
        results.remove(0)
    }

    /// Fails unless the command refused to work, with all of `words` in its message and nothing on stdout.
    pub(crate) fn assert_refused(&self, words: &[&str]) {
        assert_eq!(self.status, Some(2), "{self:?}");
        assert_eq!(self.stdout, "");
        for word in words {
            assert!(self.stderr.contains(word), "{word:?} is not in {self:?}");
        }
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the command to its end.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Done {
    fgruntime(arguments).stdin(Stdio::null()).output().unwrap().into()
}

/// Runs the command with that standard input.
pub(crate) fn run_with_input<S: AsRef<std::ffi::OsStr>>(arguments: &[S], input: &[u8]) -> Done {
    let mut command = fgruntime(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

/// A folder whose `bootstrap` is a shell script with that body.
pub(crate) fn function(body: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    executable(&folder.path().join("bootstrap"), &format!("#!/bin/sh\n{body}\n"));
    folder
}

/// An executable file with that content.
pub(crate) fn executable(path: &Path, content: &str) {
    fs::write(path, content).unwrap();
    fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
}

/// The arguments that invoke the function in `folder` with results as JSON.
pub(crate) fn invoke(folder: &TempDir, options: &[&str]) -> Vec<String> {
    let mut arguments = vec!["invoke".to_owned(), "--output".to_owned(), "json".to_owned()];
    arguments.extend(options.iter().map(|&option| option.to_owned()));
    arguments.push(folder.path().to_str().unwrap().to_owned());
    arguments
}

/// Waits for a condition that must come true soon.
pub(crate) fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(30), "waited in vain until {what}");
        sleep(Duration::from_millis(10));
    }
}

/// The process ids that a function has written to a file, one per line.
pub(crate) fn process_ids(file: &PathBuf) -> Vec<i32> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| line.parse().unwrap()).collect()
}

/// Whether the process is there and not just waiting to be reaped.
pub(crate) fn is_running(id: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit(')')
        .next()
        .is_some_and(|fields| !fields.trim().is_empty() && !fields.trim_start().starts_with('Z'))
}

/// Whether there is a program that tells its version when it is called so; without it, what needs it is to be skipped, which is told here,
/// and fails with `CI=true`.
fn has_program(name: &str, version: &str) -> bool {
    let version = Command::new(name).arg(version).stdout(Stdio::null()).status();
    if version.is_ok_and(|status| status.success()) {
        return true;
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{name} is missing");
    // Past the capture of the test harness, which would keep it.
    let _ = writeln!(std::io::stdout(), "skipped: {name} is missing");
    false
}

/// Whether there is Node.js.
pub(crate) fn has_node() -> bool {
    has_program("node", "--version")
}

/// Whether there is Go.
pub(crate) fn has_go() -> bool {
    has_program("go", "version")
}

/// The function in Go that does what its handler setting says, compiled when it is asked for first; None without Go.
pub(crate) fn go_function() -> Option<&'static Path> {
    static COMPILED: LazyLock<Option<(TempDir, PathBuf)>> = LazyLock::new(|| {
        if !has_go() {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("handler");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/go/function.go");
        let status = Command::new("go").args(["build", "-o"]).args([&program, &source]).status();
        assert!(status.unwrap().success(), "the function in Go cannot be compiled");
        Some((folder, program))
    });
    COMPILED.as_ref().map(|(_, program)| program.as_path())
}
