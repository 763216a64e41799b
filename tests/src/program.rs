//! The programs under test, built on demand and run as processes.

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A program of another package of the workspace, built the first time it is asked for.
///
/// # Panics
/// It cannot be built.
#[must_use]
pub fn workspace_program(package: &str, program: &str) -> PathBuf {
    static BUILT: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if built.get_or_insert_default().insert(package.to_owned()) {
        let build = Command::new(env!("CARGO")).args(["build", "--quiet", "--package", package]).status();
        assert!(build.is_ok_and(|status| status.success()), "{package} cannot be built");
    }
    // The test runs from target/<profile>/deps.
    let folder = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.parent()?.to_owned()));
    folder.unwrap_or_default().join(program)
}

/// Whether a program that not every machine has is there; without it, what needs it is to be skipped, which is told here.
///
/// # Panics
/// It is missing, and with `CI=true` nothing may be skipped.
#[must_use]
pub fn has_program(name: &str) -> bool {
    let mut command = Command::new(name);
    // Go alone wants it without dashes.
    let version = command
        .arg(if name == "go" { "version" } else { "--version" })
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let found = version.is_ok_and(|status| status.success());
    if !found {
        skip(&format!("{name} is missing"));
    }
    found
}

/// Tells that something is skipped, and why.
///
/// # Panics
/// With `CI=true` nothing may be skipped.
pub fn skip(why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{why}");
    // Past the capture of the test harness, which would keep it.
    let _ = writeln!(std::io::stdout(), "skipped: {why}");
}

/// Lets this process have so many files open; false, which is told, if the system does not let it.
#[must_use]
pub fn raise_file_limit(files: u64) -> bool {
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= files) {
        return true;
    }
    let is_raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).is_ok()
        && limit.maximum.is_none_or(|most| most >= files);
    if !is_raised {
        skip(&format!("{files} open files are too many here"));
    }
    is_raised
}

/// The function that misbehaves as its event says; see `tests/functions/function.rs`.
#[must_use]
pub fn function_program() -> PathBuf {
    workspace_program("fgruntime-tests", "function")
}

/// A function running as its own process.
pub struct FunctionProcess {
    child: Child,
    lines: Receiver<String>,
    seen: String,
}

impl FunctionProcess {
    /// Starts the function with these variables, and none of the runtime's that happen to be set.
    ///
    /// # Panics
    /// It cannot be started.
    #[must_use]
    pub fn start(variables: &[(&str, &str)]) -> Self {
        Self::spawn(Command::new(function_program()), variables)
    }

    /// Starts another program in the same way.
    ///
    /// # Panics
    /// It cannot be started.
    #[must_use]
    pub fn spawn(mut command: Command, variables: &[(&str, &str)]) -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("RUNTIME_") {
                command.env_remove(name);
            }
        }
        command.envs(variables.iter().copied()).stdin(Stdio::null());
        command.stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let child = command.spawn().expect("the function starts");
        drop(command);
        let (sender, lines) = channel();
        thread::spawn(move || {
            let mut reader = BufReader::new(reader);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
                line.clear();
            }
        });
        Self { child, lines, seen: String::new() }
    }

    /// Waits until the function has printed a line that contains `text`.
    ///
    /// # Panics
    /// It does not in ten seconds.
    pub fn wait_for_line(&mut self, text: &str) {
        while !self.seen.lines().any(|line| line.contains(text)) {
            let line = self.lines.recv_timeout(Duration::from_secs(10));
            self.seen.push_str(&line.expect("the function prints the line in time"));
        }
    }

    /// How many lines the function has printed, as far as they have been heard of.
    pub fn lines_so_far(&mut self) -> usize {
        self.seen.extend(self.lines.try_iter());
        self.seen.lines().count()
    }

    /// A number of the system's account of the process, `/proc/<id>/status`: `VmRSS` is in KiB.
    ///
    /// # Panics
    /// There is none of that name.
    #[must_use]
    pub fn status_number(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a process");
        let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let number = value.and_then(|value| value.split_whitespace().next()?.parse().ok());
        number.unwrap_or_else(|| panic!("no number {name} in {status}"))
    }

    /// How many files the process has open.
    ///
    /// # Panics
    /// It has ended.
    #[must_use]
    pub fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("a process").count()
    }

    /// Sends the function a signal.
    pub fn signal(&self, signal: Signal) {
        if let Some(process) = Pid::from_raw(self.child.id().cast_signed()) {
            let _ = kill_process(process, signal);
        }
    }

    /// Sends the function a signal until it ends, for those that may be taken for others: its status and everything it printed.
    ///
    /// # Panics
    /// It does not end in twenty seconds.
    #[must_use]
    pub fn insist(mut self, signal: Signal) -> (ExitStatus, String) {
        let give_up = Instant::now() + Duration::from_secs(20);
        while self.child.try_wait().expect("a child").is_none() && Instant::now() < give_up {
            self.signal(signal);
            thread::sleep(Duration::from_millis(50));
        }
        self.wait()
    }

    /// Waits for the function's end: its status and everything it printed.
    ///
    /// # Panics
    /// It does not end in twenty seconds.
    #[must_use]
    pub fn wait(mut self) -> (ExitStatus, String) {
        let give_up = Instant::now() + Duration::from_secs(20);
        let status = loop {
            match self.child.try_wait().expect("a child") {
                Some(status) => break status,
                None => thread::sleep(Duration::from_millis(5)),
            }
            assert!(Instant::now() < give_up, "the function does not end");
        };
        // The lines end when nobody holds the other end of the pipe any more.
        self.seen.extend(self.lines.iter());
        (status, std::mem::take(&mut self.seen))
    }
}

impl Drop for FunctionProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
