//! Handlers that take too long.

use crate::{ends_well, told};
use fgruntime_tests::{ServedFunction, invocation, invocation_within};
use rustix::process::Signal;
use std::fs::{remove_file, write};
use tempfile::tempdir;

#[test]
fn a_late_outcome_is_dropped_and_others_are_served() {
    let folder = tempdir().unwrap();
    let gate = folder.path().join("gate");
    let mut function = ServedFunction::start("obey", &[("FGRUNTIME_CONCURRENCY", "2")]);
    let mut late = function.caller();
    for number in 1..=2 {
        let (id, next) = (format!("late-{number}"), format!("next-{number}"));
        // The next request over the connection gets its own answer, not the late one.
        let event = format!("{id} wait {}", gate.display());
        late.send(invocation_within(1, &id, &event) + &invocation(&next, &next));
        let answer = late.answer();
        assert_eq!(answer.error(), (504, "FunctionTimeout".to_owned()));
        assert_eq!(answer.header("X-Cff-Request-Id"), Some(id.as_str()));
        assert_eq!(late.answer().text(), next);
        assert_eq!(function.invoke("other", "other").text(), "other");
        write(&gate, "").unwrap();
        function.process.wait_for_line(&format!("ended {id}"));
        remove_file(&gate).unwrap();
    }
    assert_eq!(function.invoke("after", "after").text(), "after");
    let output = ends_well(function);
    for number in 1..=2 {
        let said = |words: &str| output.lines().any(|line| line.contains(&format!(" late-{number} {words}")));
        assert!(
            said(
                "ERROR FunctionTimeout: the handler did not end within its timeout of 1 s (RUNTIME_TIMEOUT)"
            ),
            "{output}"
        );
        let dropped = format!(
            "ERROR the outcome came after the timeout, of which the caller has been told; it is dropped ({number} so far)"
        );
        assert!(said(&dropped), "{output}");
    }
    assert_eq!(told(&output, "ended").len(), 7, "{output}");
}

#[test]
fn the_functions_own_timeout_is_for_requests_without_one() {
    let function = ServedFunction::start("obey", &[("RUNTIME_TIMEOUT", "1"), ("FGRUNTIME_CONCURRENCY", "2")]);
    let answer = function.invoke("stuck", "stuck wait /nowhere/gate");
    assert_eq!(answer.error(), (504, "FunctionTimeout".to_owned()));
}

#[test]
fn an_instance_of_which_all_is_stuck_ends() {
    // As many as may run at once, and as many as there are threads for.
    for (handler, concurrency) in [("obey", "2"), ("obey_on_two_threads", "64")] {
        ends_when_two_are_stuck(ServedFunction::start(handler, &[("FGRUNTIME_CONCURRENCY", concurrency)]));
    }
}

fn ends_when_two_are_stuck(mut function: ServedFunction) {
    let mut stuck = [function.caller(), function.caller()];
    for (number, caller) in stuck.iter_mut().enumerate() {
        caller.send(invocation_within(4, &format!("s-{number}"), &format!("s-{number} wait /nowhere/gate")));
        function.process.wait_for_line(&format!("began s-{number}"));
    }
    let mut waiting = function.caller();
    waiting.send(invocation("waiting", "waiting"));
    for caller in &mut stuck {
        assert_eq!(caller.answer().error(), (504, "FunctionTimeout".to_owned()));
    }
    assert_eq!(waiting.answer().error(), (503, "NotReady".to_owned()));
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(1), "{output}");
    assert!(output.contains("fgruntime: every handler that may run at once has been running"), "{output}");
    assert!(!output.contains("began waiting"), "{output}");
}

#[test]
fn the_log_shows_where_a_watched_handler_is() {
    let mut function =
        ServedFunction::start("watched", &[("FGRUNTIME_CONCURRENCY", "3"), ("FGRUNTIME_GRACE", "1")]);
    let mut late = function.caller();
    let said = |id: &str| format!(" {id} ERROR the handler that takes too long is here:");
    let stuck = [("waits", "w wait /nowhere/gate", "wait_for"), ("spins", "s spin", "spins")];
    for (id, event, _) in stuck {
        late.send(invocation_within(1, id, event));
        assert_eq!(late.answer().error(), (504, "FunctionTimeout".to_owned()));
        function.process.wait_for_line(&said(id));
        assert_eq!(function.invoke("other", "other").text(), "other");
    }
    function.process.signal(Signal::TERM);
    let (_, output) = function.process.wait();
    for (id, _, frame) in stuck {
        let stack = output.split(&said(id)).nth(1).unwrap();
        let frames: Vec<&str> = stack.lines().skip(1).take_while(|line| line.starts_with("    ")).collect();
        let place = |name: &str| frames.iter().position(|line| line.contains(name));
        assert!(place(frame) < place("obedient::obeys"), "{output}");
        assert_eq!(place("obedient::obeys"), frames.len().checked_sub(1), "{output}");
        assert!(place("obedient.rs:").is_some(), "{output}");
    }
}
