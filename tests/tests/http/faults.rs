//! What becomes of a function whose callers leave, or whose output nobody reads.

use crate::life::health;
use crate::{began, ends_well};
use fgruntime_tests::{ServedFunction, function_program, invocation, invocation_within};
use rustix::fs::{CWD, Mode, OFlags};
use rustix::io::Errno;
use rustix::net::sockopt::set_socket_linger;
use rustix::process::Signal;
use std::fs::write;
use std::os::fd::OwnedFd;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

#[test]
fn callers_who_leave_take_their_requests_with_them() {
    const LEAVING: u64 = 300;
    let folder = tempdir().unwrap();
    let gate = folder.path().join("gate");
    let mut function = ServedFunction::start_with_files(Some(200 + 128), "obey", &[]);
    let mut running = function.caller();
    running.send(invocation("running", &format!("running wait {}", gate.display())));
    function.process.wait_for_line("began running");
    let before = function.process.open_files();
    for number in 0..LEAVING {
        let mut leaving = function.caller();
        leaving.send(invocation(&format!("left-{number}"), "left"));
        // So that the end is a reset.
        set_socket_linger(&leaving.stream, Some(Duration::ZERO)).unwrap();
    }
    let give_up = Instant::now() + Duration::from_secs(20);
    while function.process.open_files() > before {
        assert!(Instant::now() < give_up, "{} files, {before} before", function.process.open_files());
        thread::sleep(Duration::from_millis(5));
    }
    let mut waiting = function.caller();
    waiting.send(invocation("waiting", "waiting"));
    write(&gate, "").unwrap();
    assert_eq!(running.answer().text(), "waited");
    assert_eq!(waiting.answer().text(), "waiting");
    assert_eq!(began(&ends_well(function)), ["running", "waiting"]);
}

/// A pipe that takes nothing more.
struct Full {
    folder: TempDir,
    end: OwnedFd,
}

impl Full {
    fn new() -> Self {
        let folder = tempdir().unwrap();
        let path = folder.path().join("pipe");
        rustix::fs::mkfifoat(CWD, &path, Mode::RUSR | Mode::WUSR).unwrap();
        let end = rustix::fs::open(&path, OFlags::RDWR | OFlags::NONBLOCK, Mode::empty()).unwrap();
        Self { folder, end }
    }

    fn fill(&self) {
        for size in [4096, 1] {
            while rustix::io::write(&self.end, &[b'x'; 4096][..size]) != Err(Errno::AGAIN) {}
        }
    }

    /// The function with `stream` (1 or 2) going there.
    fn function(&self, stream: u8, variables: &[(&str, &str)]) -> ServedFunction {
        let path = self.folder.path().join("pipe");
        redirected(&format!("{stream}>'{}'", path.display()), variables)
    }
}

fn redirected(redirection: &str, variables: &[(&str, &str)]) -> ServedFunction {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("exec \"$0\" {redirection}")]).arg(function_program());
    ServedFunction::spawn(command, &[&[("RUNTIME_HANDLER", "obey")], variables].concat())
}

fn stuck(seconds: u32) -> String {
    invocation_within(seconds, "stuck", "stuck wait /nowhere/gate")
}

fn ends_with_one(function: ServedFunction) {
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(1), "{output}");
}

/// What ends at once, however it comes to that.
fn ends_at_once(start: impl Fn(&[(&str, &str)]) -> ServedFunction) {
    let mut function = start(&[("FGRUNTIME_GRACE", "600")]);
    let mut caller = function.caller();
    caller.send(stuck(600));
    function.process.wait_for_line("began stuck");
    let (status, output) = function.process.insist(Signal::TERM);
    assert_eq!(status.code(), Some(1), "{output}");
    assert_eq!(caller.answer().status, 503);

    let mut function = start(&[("FGRUNTIME_GRACE", "1")]);
    let mut caller = function.caller();
    caller.send(stuck(600));
    function.process.wait_for_line("began stuck");
    function.process.signal(Signal::TERM);
    assert_eq!(caller.answer().status, 503);
    ends_with_one(function);

    let function = start(&[]);
    let mut caller = function.caller();
    caller.send(stuck(1));
    assert_eq!(caller.answer().error(), (504, "FunctionTimeout".to_owned()));
    ends_with_one(function);
}

#[test]
fn what_ends_at_once_ends_though_nobody_reads_why() {
    let full = Full::new();
    full.fill();
    ends_at_once(|variables| full.function(2, variables));
    // Every write fails.
    ends_at_once(|variables| redirected("2>/dev/full", variables));
}

#[test]
fn a_log_that_nobody_reads_holds_up_handlers_only() {
    let full = Full::new();
    let function = full.function(1, &[("FGRUNTIME_CONCURRENCY", "2")]);
    function.wait_until_ready();
    full.fill();
    let mut caller = function.caller();
    // Its first word to the log is its last. That its memory is none is a word, too.
    caller.send(stuck(1).replace("\r\n\r\n", "\r\nX-Cff-Memory: none\r\n\r\n"));
    assert_eq!(caller.answer().error(), (504, "FunctionTimeout".to_owned()));
    assert_eq!(health(&mut caller), 200);
    // The other handler that may run.
    caller.send(stuck(1));
    assert_eq!(caller.answer().error(), (504, "FunctionTimeout".to_owned()));
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(1), "{output}");
    assert!(output.contains("every handler that may run at once"), "{output}");
}
