//! What the runtime does when the platform misbehaves: it asks again, loses nothing, answers everything once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_core::context::FunctionSettings;
use fgruntime_core::logging::CapturedLog;
use fgruntime_core::response::{FunctionError, Output};
use fgruntime_core::runtime::{Invocation, Next, ReplyError, Runtime, StartError};
use fgruntime_tests::{Platform, Step};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

const RESPONSE: &str = "/v1/runtime/invocation/response/";
const ERROR: &str = "/v1/runtime/invocation/error/";

fn runtime(address: &str) -> (Runtime, Arc<CapturedLog>) {
    let log = Arc::new(CapturedLog::default());
    let builder = Runtime::builder().api_address(address).settings(FunctionSettings::default());
    let quick = builder.log_output(log.clone()).backoff(Duration::from_millis(1), Duration::from_millis(2));
    (quick.build().unwrap(), log)
}

fn answer(invocation: &Invocation, text: &str) -> Result<(), ReplyError> {
    invocation.respond(Ok(Output::Text(text.to_owned())))
}

/// Whatever comes first, the event after it is received and answered.
fn survives(faults: Vec<Step>) -> Arc<CapturedLog> {
    let mut steps = faults;
    steps.push(Step::event("after", "{}"));
    let platform = Platform::start(steps, Vec::new());
    let (runtime, log) = runtime(platform.address());
    let invocation = runtime.next().unwrap();
    assert_eq!(invocation.context().request_id(), "after");
    answer(&invocation, "fine").unwrap();
    let reply = platform.reply();
    assert_eq!((reply.path, reply.body), (format!("{RESPONSE}after"), b"fine".to_vec()));
    log
}

fn logged(log: &CapturedLog, text: &str) -> bool {
    log.records().iter().any(|record| record.contains(text))
}

#[test]
fn addresses_that_cannot_be_used_are_named() {
    for address in ["", "localhost", "http://127.0.0.1:80"] {
        let error = Runtime::builder().api_address(address).build().err().unwrap();
        match &error {
            StartError::NoAddress => assert_eq!(address, ""),
            StartError::InvalidAddress(_) => assert!(error.to_string().contains(address), "{error}"),
            _ => panic!("{error}"),
        }
        assert!(error.to_string().contains("RUNTIME_API_ADDR"), "{error}");
    }
}

#[test]
fn a_refusing_address_is_tried_again_until_stopped() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (runtime, log) = runtime(&port.to_string());
    let stopper = runtime.clone();
    let waiting = thread::spawn(move || runtime.next().is_none());
    while log.records().len() < 3 {
        thread::sleep(Duration::from_millis(1));
    }
    stopper.stop();
    assert!(waiting.join().unwrap());
    assert!(logged(&log, &format!("cannot connect to the platform at {port}")), "{:?}", log.records());
}

#[test]
fn a_silent_platform_is_waited_for_and_can_be_stopped() {
    let platform = Platform::start(vec![Step::Silence], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let runtime = runtime.clone();
            thread::spawn(move || runtime.next().is_none())
        })
        .collect();
    (0..4).for_each(|_| platform.wait_for_poll());
    let before = Instant::now();
    runtime.stop();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
    assert!(before.elapsed() < Duration::from_secs(5));
    assert!(runtime.next().is_none(), "stopped stays stopped");
}

#[test]
fn refusals_are_survived_a_hundred_times_in_a_row() {
    let log = survives(vec![Step::status(500, "overloaded"); 100]);
    assert!(logged(&log, "status 500: overloaded (failure 64 in a row)"), "{:?}", log.records());
    // The log tells of ever fewer of them.
    assert!(log.records().iter().filter(|record| record.contains("status 500")).count() < 10);
}

#[test]
fn an_answer_without_an_id_is_no_event() {
    let log = survives(vec![Step::status(200, "{}"), Step::status(200, "")]);
    assert!(logged(&log, "no X-Cff-Request-Id"), "{:?}", log.records());
    survives(vec![Step::event("", "{}")]);
}

#[test]
fn answers_that_are_not_http_are_survived() {
    for garbage in [
        &b"\0\xFF\r\n\r\n"[..],
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    ] {
        survives(vec![Step::SendAndClose(garbage.to_vec())]);
    }
    survives(vec![Step::SendAndClose(Vec::new()); 3]);
    let endless = [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 200_000]].concat();
    survives(vec![Step::SendAndClose(endless)]);
}

#[test]
fn an_event_may_be_empty() {
    let platform = Platform::start(vec![Step::event("r1", "")], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    let invocation = runtime.next().unwrap();
    assert!(invocation.payload().is_empty());
    invocation.respond(Ok(Output::None)).unwrap();
    let reply = platform.reply();
    assert_eq!((reply.path, reply.body.len()), (format!("{RESPONSE}r1"), 0));
}

#[test]
fn chunked_events_are_put_together() {
    let head = "HTTP/1.1 200 OK\r\nx-cff-request-id: r1\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = "3\r\n{\"a\r\n5;x=y\r\n\":1}\n\r\n0\r\nTrailer: t\r\n\r\n";
    let platform = Platform::start(
        vec![Step::Send([head, body].concat().into_bytes()), Step::event("r2", "2")],
        Vec::new(),
    );
    let (runtime, _log) = runtime(platform.address());
    let invocation = runtime.next().unwrap();
    assert_eq!(invocation.payload(), "{\"a\":1}\n");
    answer(&invocation, "1").unwrap();
    assert_eq!(runtime.next().unwrap().payload(), "2");
    let first = platform.reply();
    assert_eq!(platform.reply().connection, first.connection, "the connection is kept after chunks");
}

#[test]
fn an_event_may_end_with_its_connection() {
    let whole = "HTTP/1.1 200 OK\r\nX-CFF-Request-Id: r1\r\n\r\nall of it";
    let platform = Platform::start(vec![Step::SendAndClose(whole.into())], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    assert_eq!(runtime.next().unwrap().payload(), "all of it");
}

#[test]
fn events_that_cannot_be_received_are_answered_with_the_reason() {
    let head = "HTTP/1.1 200 OK\r\nX-CFF-Request-Id: cut\r\n";
    let chunks = |body: &str| format!("{head}Transfer-Encoding: chunked\r\n\r\n{body}");
    for (answer, reason) in [
        (format!("{head}Content-Length: 10\r\n\r\n12345"), "ended after 5 of 10 bytes"),
        (chunks("5\r\n123"), "ended after 3 of an unknown number of bytes"),
        (chunks("5\r\n12345\r\n"), "ended after 5 of"),
        (chunks("zz\r\n"), "a chunk's size is not"),
        (chunks("1\r\n123\r\n"), "a chunk is longer than its size"),
        (chunks("ffffffffffffffff\r\n1"), "exceeds the limit of 6291456 bytes"),
        (
            format!("{head}Content-Length: 6291457\r\n\r\n1"),
            "of 6291457 bytes exceeds the limit of 6291456 bytes",
        ),
        (format!("{head}Content-Length: 99999999999999\r\n\r\n1"), "exceeds the limit of 6291456 bytes"),
    ] {
        let platform = Platform::start(
            vec![Step::SendAndClose(answer.into_bytes()), Step::event("after", "{}")],
            Vec::new(),
        );
        let (runtime, log) = runtime(platform.address());
        assert_eq!(runtime.next().unwrap().context().request_id(), "after");
        let reply = platform.reply();
        assert_eq!(reply.path, format!("{ERROR}cut"));
        assert_eq!(reply.json()["errorType"], "EventInvalid");
        assert!(reply.text().contains(reason), "{reason}: {}", reply.text());
        assert!(logged(&log, reason), "{:?}", log.records());
    }
}

#[test]
fn an_event_of_exactly_the_limit_is_delivered() {
    let payload = vec![b' '; 6 << 20];
    let platform = Platform::start(vec![Step::event("r1", &payload)], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    assert_eq!(runtime.next().unwrap().payload().len(), payload.len());
}

#[test]
fn refused_replies_are_told_and_logged() {
    let platform = Platform::start(
        vec![Step::event("r1", "1"), Step::event("r2", "2")],
        vec![Step::status(413, "too big"); 2],
    );
    let (runtime, log) = runtime(platform.address());
    let error = answer(&runtime.next().unwrap(), "x").unwrap_err();
    assert!(matches!(&error, ReplyError::Refused(why) if why.contains("413: too big")), "{error}");
    assert!(logged(&log, " r1 ERROR the platform refused the reply"), "{:?}", log.records());
    assert_eq!(runtime.next().unwrap().payload(), "2");
}

#[test]
fn a_connection_dropped_between_event_and_reply_is_replaced() {
    let event = "HTTP/1.1 200 OK\r\nX-CFF-Request-Id: r1\r\nContent-Length: 1\r\n\r\n1";
    let platform = Platform::start(vec![Step::SendAndClose(event.into())], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    answer(&runtime.next().unwrap(), "kept").unwrap();
    let reply = platform.reply();
    assert_eq!((reply.text(), reply.connection), ("kept".to_owned(), 1));
}

#[test]
fn a_reply_that_gets_no_answer_on_a_new_connection_is_lost_and_logged() {
    let platform = Platform::start(
        vec![Step::event("r1", "1"), Step::event("r2", "2")],
        vec![Step::SendAndClose(Vec::new()); 2],
    );
    let (runtime, log) = runtime(platform.address());
    let error = answer(&runtime.next().unwrap(), "x").unwrap_err();
    assert!(matches!(error, ReplyError::Lost(_)), "{error}");
    assert!(logged(&log, " r1 ERROR the reply is lost"), "{:?}", log.records());
    assert_eq!(runtime.next().unwrap().payload(), "2");
}

#[test]
fn one_kept_connection_serves_events_and_replies() {
    let events = (0..20).map(|number| Step::event(&format!("r{number}"), "{}")).collect();
    let platform = Platform::start(events, Vec::new());
    let (runtime, _log) = runtime(platform.address());
    for number in 0..20 {
        answer(&runtime.next().unwrap(), "x").unwrap();
        let reply = platform.reply();
        assert_eq!((reply.path, reply.connection), (format!("{RESPONSE}r{number}"), 0));
    }
}

#[test]
fn a_reply_does_not_wait_behind_a_hanging_poll() {
    let platform = Platform::start(vec![Step::event("r1", "1"), Step::Silence], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    let invocation = runtime.next().unwrap();
    platform.wait_for_poll();
    let poller = runtime.clone();
    let hanging = thread::spawn(move || poller.next().is_none());
    platform.wait_for_poll();
    answer(&invocation, "x").unwrap();
    assert_eq!(platform.reply().text(), "x");
    runtime.stop();
    assert!(hanging.join().unwrap());
}

#[test]
fn waiting_can_have_a_limit_and_loses_nothing() {
    let platform = Platform::start(vec![Step::Silence], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    let soon = Duration::from_millis(20);
    (0..3).for_each(|_| assert!(matches!(runtime.next_timeout(soon), Next::TimedOut)));
    platform.wait_for_poll();
    // All three waited for the one request, whose answer comes only now.
    assert!(platform.is_left_alone());
    platform.answer_silence(Step::event("r1", "late but not lost"));
    let Next::Invocation(invocation) = runtime.next_timeout(Duration::from_secs(10)) else {
        panic!("no invocation")
    };
    assert_eq!(invocation.payload(), "late but not lost");
    answer(&invocation, "x").unwrap();
    assert_eq!(platform.reply().text(), "x");
    runtime.stop();
    assert!(matches!(runtime.next_timeout(soon), Next::Stopped));

    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (refused, _log) = self::runtime(&port.to_string());
    assert!(matches!(refused.next_timeout(soon), Next::TimedOut));
}

#[test]
fn an_invocation_is_answered_once() {
    let platform = Platform::start(
        vec![Step::event("r1", "1"), Step::event("r2", "2"), Step::event("r3", "3")],
        Vec::new(),
    );
    let (runtime, log) = runtime(platform.address());
    let first = runtime.next().unwrap();
    answer(&first, "first").unwrap();
    assert!(matches!(answer(&first, "second"), Err(ReplyError::AlreadyReplied)));
    drop(first);
    assert_eq!(platform.reply().text(), "first");
    assert!(logged(&log, " r1 ERROR the invocation has already been answered"), "{:?}", log.records());

    let given_up = runtime.next().unwrap();
    let responder = given_up.responder();
    drop(given_up);
    let reply = platform.reply();
    assert_eq!(
        (reply.path.as_str(), &reply.json()["errorType"]),
        (&*format!("{ERROR}r2"), &"FunctionNotReplied".into())
    );
    let late = thread::spawn(move || responder.respond(Ok(Output::None)));
    assert!(matches!(late.join().unwrap(), Err(ReplyError::Late)));

    let raced = runtime.next().unwrap();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let responder = raced.responder();
            thread::spawn(move || responder.respond(Ok(Output::Text("one".to_owned()))).is_ok())
        })
        .collect();
    assert_eq!(threads.into_iter().map(|thread| thread.join().unwrap()).filter(|won| *won).count(), 1);
    assert_eq!(platform.reply().text(), "one");
    assert!(platform.is_quiet());
}

#[test]
fn many_pollers_never_mix_invocations() {
    let events = (0..200).map(|number| Step::event(&format!("r{number}"), number.to_string())).collect();
    let platform = Platform::start(events, Vec::new());
    let (runtime, log) = runtime(platform.address());
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let runtime = runtime.clone();
            thread::spawn(move || {
                while let Some(invocation) = runtime.next() {
                    let payload = String::from_utf8(invocation.payload().to_vec()).unwrap();
                    invocation.context().logger().info(format_args!("saw {payload}"));
                    answer(&invocation, &payload).unwrap();
                }
            })
        })
        .collect();
    for _ in 0..200 {
        let reply = platform.reply();
        assert_eq!(reply.path, format!("{RESPONSE}r{}", reply.text()));
    }
    runtime.stop();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let seen: Vec<String> =
        log.records().into_iter().filter(|record| record.contains(" INFO saw ")).collect();
    assert_eq!(seen.len(), 200);
    for record in seen {
        let (id, payload) = record[24..].trim().split_once(" INFO saw ").unwrap();
        assert_eq!(id.trim(), format!("r{payload}"));
    }
}

#[test]
fn ids_are_safe_in_paths() {
    let platform = Platform::start(vec![Step::event("a/b c?d%", "1")], Vec::new());
    let (runtime, _log) = runtime(platform.address());
    answer(&runtime.next().unwrap(), "x").unwrap();
    assert_eq!(platform.reply().path, format!("{RESPONSE}a%2Fb%20c%3Fd%25"));
}

#[test]
fn credentials_stay_out_of_logs_and_errors() {
    let headers = "X-CFF-Security-Token: token-0123456789\r\nX-CFF-Auth-Token: null\r\n";
    let platform = Platform::start(vec![Step::event_with("r1", headers, "1")], Vec::new());
    let (runtime, log) = runtime(platform.address());
    let invocation = runtime.next().unwrap();
    let context = invocation.context();
    assert_eq!((context.security_token(), context.token()), (Some("token-0123456789"), None));
    assert!(!format!("{invocation:?} {context:?} {:?}", context.headers()).contains("token-0123456789"));
    let error = FunctionError::new("Denied", "token-0123456789 is null")
        .with_stack_trace(vec!["at token-0123456789".into()]);
    invocation.respond(Err(error)).unwrap();
    let reply = platform.reply().text();
    assert!(reply.contains("******** is null") && !reply.contains("token-0123456789"), "{reply}");
    assert!(!logged(&log, "token-0123456789"), "{:?}", log.records());
}
