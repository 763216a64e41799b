//! Callers that misbehave, while others are served.

use crate::{began, ends_well, told};
use fgruntime_tests::{Caller, Load, ServedFunction, invocation, request};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const LARGE: usize = 5 << 20;

/// All of a load is answered, and each with its own.
fn serves(function: &ServedFunction, name: &'static str, requests: usize) {
    let tally = Load { name, connections: 20, requests, panics_every: None }.run(function.address);
    assert_eq!(tally.answered.len(), requests, "{tally:?}");
}

#[test]
fn who_reads_slowly_does_not_hold_up_others() {
    let function = ServedFunction::start("obey", &[("FGRUNTIME_CONCURRENCY", "2")]);
    let mut slow: Vec<Caller> = (0..5)
        .map(|number| {
            let mut caller = function.caller();
            let id = format!("slow-{number}");
            caller.send(invocation(&id, &format!("{id} large {LARGE}")) + &invocation(&id, &id));
            caller
        })
        .collect();
    serves(&function, "quick", 200);
    for (number, caller) in slow.iter_mut().enumerate() {
        let answer = caller.answer();
        assert_eq!((answer.status, answer.body.len()), (200, LARGE));
        assert!(answer.body.iter().all(|&byte| byte == b'x'));
        assert_eq!(caller.answer().text(), format!("slow-{number}"));
    }
    ends_well(function);
}

#[test]
fn who_leaves_does_not_take_others_along() {
    let function = ServedFunction::start("obey", &[]);
    let whole = invocation("gone", "gone large 1000000");
    for end in (1..whole.len()).step_by(7).chain([whole.len(); 20]) {
        let mut caller = function.caller();
        caller.send(&whole[..end]);
    }
    for _ in 0..20 {
        let mut caller = function.caller();
        caller.send("POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\nmid-body");
        let mut caller = function.caller();
        caller
            .send("POST /invoke HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\nmid-chunk");
    }
    serves(&function, "stays", 200);
    let output = ends_well(function);
    assert_eq!(began(&output).iter().filter(|id| id.starts_with("stays-")).count(), 200);
    // Whoever left before it was their turn is not served; nobody is served twice.
    assert!(began(&output).iter().filter(|id| **id == "gone").count() <= 20);
}

/// Sends the same bytes for as long as anybody reads them, and reads none of the answers or all.
fn flood(address: SocketAddr, bytes: &[u8], reads: bool, is_over: &AtomicBool) {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut reader = stream.try_clone().unwrap();
    let reading = thread::spawn(move || reads && std::io::copy(&mut reader, &mut std::io::sink()).is_ok());
    while !is_over.load(Ordering::Relaxed) {
        if stream.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = stream.shutdown(std::net::Shutdown::Both);
    let _ = reading.join();
}

#[test]
fn who_never_stops_talking_does_not_hold_up_others() {
    let probes = request("GET /healthz", "", "").repeat(500);
    let refused = format!("nonsense\r\n\r\n{}", "x".repeat(64 << 10));
    let behind_an_event = [invocation("flood", "flood"), probes.clone()].concat();
    for bytes in [probes, refused, behind_an_event] {
        let function = ServedFunction::start("obey", &[]);
        let is_over = AtomicBool::new(false);
        thread::scope(|threads| {
            for _ in 0..2 {
                threads.spawn(|| flood(function.address, bytes.as_bytes(), true, &is_over));
            }
            let served = std::panic::catch_unwind(|| serves(&function, "quick", 200));
            is_over.store(true, Ordering::Relaxed);
            served.unwrap();
        });
        ends_well(function);
    }
}

#[test]
fn a_panic_concerns_its_own_request_only() {
    let function = ServedFunction::start("obey", &[("FGRUNTIME_CONCURRENCY", "4")]);
    let load = Load { name: "panics", connections: 20, requests: 300, panics_every: Some(3) };
    let tally = load.run(function.address);
    assert_eq!((tally.answered.len(), tally.panicked.len()), (200, 100), "{tally:?}");
    assert_eq!(function.invoke("after", "after").text(), "after");
    let output = ends_well(function);
    assert_eq!((began(&output).len(), told(&output, "ended").len()), (301, 201));
    assert_eq!(output.matches(" ERROR panic: as it was told").count(), 100);
}
