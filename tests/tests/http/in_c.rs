//! The same through the C ABI.

use crate::{began, told};
use fgruntime_tests::{Load, ServedFunction, Watch, invocation_within, request, start_c_program};
use rustix::process::Signal;
use std::fs::write;
use tempfile::tempdir;

fn start(program: &str, watch: Watch, variables: &[(&str, &str)]) -> ServedFunction {
    let start = |variables: &[(&str, &str)]| start_c_program(program, &[], watch, variables).unwrap();
    ServedFunction::listening(start, variables)
}

/// Ends the program, of which all checks must hold: what it printed.
fn all_hold(function: ServedFunction) -> String {
    function.process.signal(Signal::TERM);
    let (status, output) = function.process.wait();
    assert!(status.success(), "{status}: {output}");
    assert!(output.lines().any(|line| line.ends_with(" checks")), "{output}");
    output
}

#[test]
fn a_loop_of_ones_own_mixes_nothing_up() {
    for (watch, requests) in [(Watch::Nothing, 2000), (Watch::Sanitizers, 400)] {
        let function = start("http_pull", watch, &[("FGRUNTIME_CONCURRENCY", "4")]);
        let load = Load { name: "c", connections: 50, requests, panics_every: None };
        let tally = load.run(function.address);
        assert_eq!((tally.answered.len(), tally.wrong.len()), (requests, 0), "{tally:?}");
        let output = all_hold(function);
        let (mut begun, mut ended) = (began(&output), told(&output, "ended"));
        let mut answered: Vec<&str> = tally.answered.iter().map(String::as_str).collect();
        [&mut begun, &mut ended, &mut answered].into_iter().for_each(|ids| ids.sort_unstable());
        assert!(begun == answered && ended == answered);
    }
}

#[test]
fn a_loop_of_ones_own_hears_of_timeouts() {
    let folder = tempdir().unwrap();
    let gate = folder.path().join("gate");
    let mut function = start("http_pull", Watch::Sanitizers, &[("FGRUNTIME_CONCURRENCY", "2")]);
    let mut caller = function.caller();
    caller.send(invocation_within(1, "r1", &format!("late {}", gate.display())));
    assert_eq!(caller.answer().error(), (504, "FunctionTimeout".to_owned()));
    function.process.wait_for_line("r1 ERROR stuck");
    assert_eq!(function.invoke("r2", "in time").text(), "in time");
    write(&gate, "").unwrap();
    function.process.wait_for_line("r1 INFO ended r1");
    assert_eq!(function.invoke("r3", "after").text(), "after");
    let output = all_hold(function);
    assert!(output.contains(" r1 ERROR the outcome came after the timeout"), "{output}");
}

#[test]
fn a_handler_is_begun_and_ended_in_order() {
    let function = start("http_push", Watch::Sanitizers, &[("FGRUNTIME_CONCURRENCY", "3")]);
    assert_eq!(function.invoke("r1", "hello").text(), "hello");
    let output = all_hold(function);
    let lines: Vec<&str> =
        output.lines().filter_map(|line| line.split_once(" - INFO ")).map(|(_, said)| said).collect();
    let [serving, rest @ ..] = lines.as_slice() else { panic!("{output}") };
    assert!(serving.starts_with("serving HTTP on 127.0.0.1:") && serving.ends_with(", in the mode event"));
    assert_eq!(rest, ["initialized", "shut down"], "{output}");

    let function = start("http_push", Watch::Sanitizers, &[("FAILS", "1")]);
    let mut caller = function.caller();
    caller.send(request("POST /init", "", ""));
    assert_eq!(caller.answer().error(), (500, "FunctionInitError".to_owned()));
    let (status, output) = function.process.wait();
    assert!(status.success() && !output.contains("shut down"), "{output}");
}

#[test]
fn the_log_shows_where_a_handler_is_stuck() {
    for watch in [Watch::Nothing, Watch::Sanitizers] {
        let mut function = start("http_push", watch, &[("FGRUNTIME_CONCURRENCY", "2")]);
        let mut caller = function.caller();
        caller.send(invocation_within(1, "r1", "busy"));
        assert_eq!(caller.answer().error(), (504, "FunctionTimeout".to_owned()));
        function.process.wait_for_line("r1 ERROR the handler that takes too long is here:");
        assert_eq!(function.invoke("r2", "in time").text(), "in time");
        let output = all_hold(function);
        let stack = output.split_once("takes too long is here:").unwrap().1;
        let frames: Vec<&str> = stack.lines().skip(1).take_while(|line| line.starts_with("    ")).collect();
        let named = |name: &str| frames.iter().any(|frame| frame.trim_start().starts_with(name));
        assert!(named("busy_in_here") && named("handle"), "{output}");
        assert!(
            !stack.contains("restore_rt") && !frames.iter().any(|frame| frame.contains("fgruntime")),
            "{output}"
        );
    }
}
