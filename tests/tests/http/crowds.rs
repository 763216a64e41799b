//! Very many requests and connections at once: none is lost, none is mixed up with another, and nothing grows. `http` runs this for seconds,
//! `soak` with larger numbers.

use fgruntime_tests::{Load, ServedFunction, Tally, began, ends_well, raise_file_limit, told};
use rustix::process::Signal;
use std::collections::HashSet;
use std::thread;

const GROWTH_KIB: u64 = 8 << 10;
/// The threads of `FGRUNTIME_CONCURRENCY=8`, the guard, that of signals, and some of the system's.
const MOST_THREADS: u64 = 8 + 4;
const CONCURRENT: (&str, &str) = ("FGRUNTIME_CONCURRENCY", "8");

/// Everything is answered with what belongs to it.
fn assert_all_answered(tally: &Tally, load: &Load) {
    assert!(tally.wrong.is_empty(), "{:?}", &tally.wrong[..tally.wrong.len().min(3)]);
    assert!(tally.unanswered.is_empty(), "{} are lost", tally.unanswered.len());
    let ids: HashSet<&str> = tally.answered.iter().map(String::as_str).collect();
    assert_eq!((tally.answered.len(), ids.len()), (load.requests, load.requests));
}

/// The log has what each handler said exactly once, and nothing else's.
fn assert_logged_once(output: &str, answered: &[String]) {
    let mut answered: Vec<&str> = answered.iter().map(String::as_str).collect();
    answered.sort_unstable();
    for what in ["began", "ended"] {
        let mut logged = told(output, what);
        logged.sort_unstable();
        assert!(logged == answered, "{} {what}, {} answered", logged.len(), answered.len());
    }
}

/// A load once small and once whole; what the function has at its end compared.
pub(crate) fn nothing_is_lost(files: Option<u32>, connections: usize, first: usize, whole: usize) {
    if !raise_file_limit(connections as u64 + 500) {
        return;
    }
    let function = ServedFunction::start_with_files(files, "obey", &[CONCURRENT]);
    let mut answered = Vec::new();
    let mut send = |name, requests| {
        let load = Load { name, connections, requests, panics_every: None };
        let tally = load.run(function.address);
        assert_all_answered(&tally, &load);
        answered.extend(tally.answered);
        (function.process.status_number("VmRSS"), function.process.status_number("Threads"))
    };
    let (memory, _) = send("first", first);
    let (memory_later, threads) = send("second", whole - first);
    assert!(memory_later <= memory + GROWTH_KIB, "from {memory} KiB to {memory_later} KiB");
    assert!(threads <= MOST_THREADS, "{threads} threads");
    println!("RSS {memory} KiB after {first}, {memory_later} KiB after {whole}; {threads} threads");
    assert_logged_once(&ends_well(function), &answered);
}

/// SIGTERM in the middle. A request has been accepted if the function has read all of it: then it is answered, with what belongs to it,
/// before the process ends with status 0. A request that is cut off by the end of its connection has not been read, and the handler has
/// not seen it; whoever sent it may send it elsewhere.
pub(crate) fn the_end_loses_nothing(connections: usize, requests: usize) {
    if !raise_file_limit(connections as u64 + 500) {
        return;
    }
    let mut function = ServedFunction::start("obey", &[CONCURRENT, ("FGRUNTIME_GRACE", "600")]);
    let load = Load { name: "end", connections, requests, panics_every: None };
    let tally = thread::scope(|threads| {
        let running = threads.spawn(|| load.run(function.address));
        while function.process.lines_so_far() < requests / 8 {
            thread::yield_now();
        }
        function.process.signal(Signal::TERM);
        running.join().unwrap()
    });
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(0), "{output}");
    assert!(tally.wrong.is_empty(), "{:?}", tally.wrong);
    assert!(tally.answered.len() < requests, "the load was over before the signal");
    assert_logged_once(&output, &tally.answered);
    let seen: HashSet<&str> = began(&output).into_iter().collect();
    assert!(!tally.unanswered.iter().any(|id| seen.contains(id.as_str())), "what was begun is lost");
    println!("{} answered, {} not read", tally.answered.len(), tally.unanswered.len());
}

/// `count` connections that have begun a request and say no more, while others come and are served.
pub(crate) fn half_open_connections_shut_out_nobody(count: usize, files: Option<u32>) {
    if !raise_file_limit(count as u64 + 500) {
        return;
    }
    let function = ServedFunction::start_with_files(files, "obey", &[]);
    let mut held = Vec::new();
    for number in 0..count {
        let mut caller = function.caller();
        caller.send_if_wanted("POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Le");
        held.push(caller);
        if number % (count / 100) == 0 {
            let id = format!("good-{number}");
            assert_eq!(function.invoke(&id, &id).text(), id);
        }
    }
    let load = Load { name: "meanwhile", connections: 20, requests: 200, panics_every: None };
    assert_all_answered(&load.run(function.address), &load);
    drop(held);
    assert_eq!(function.invoke("after", "after").text(), "after");
    let output = ends_well(function);
    assert_eq!(began(&output).len(), 100 + 200 + 1);
}
