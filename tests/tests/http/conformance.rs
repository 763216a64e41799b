//! What HTTP/1.1 asks of a server.

use crate::{began, ends_well};
use fgruntime_tests::{Answer, ServedFunction, invocation, request};
use std::net::Shutdown;

/// The body of a request in chunks of these texts, with everything that may stand beside them.
fn chunked(id: &str, chunks: &[&str]) -> String {
    let chunks: String =
        chunks.iter().map(|chunk| format!("{:X};name=\"value\"\r\n{chunk}\r\n", chunk.len())).collect();
    format!(
        "POST /invoke HTTP/1.1\r\nHost: h\r\nX-Cff-Request-Id: {id}\r\nTransfer-Encoding: Chunked\r\n\r\n{chunks}00\r\nTrailer: x\r\n\r\n"
    )
}

fn assert_says(answer: &Answer, text: &str) {
    assert_eq!((answer.status, answer.text().as_str()), (200, text), "{answer:?}");
}

#[test]
fn connections_are_kept_and_end_when_asked() {
    let function = ServedFunction::start("obey", &[]);
    let mut caller = function.caller();
    for number in 0..20 {
        let id = format!("kept-{number}");
        caller.send(invocation(&id, &id));
        let answer = caller.answer();
        assert_says(&answer, &id);
        assert_eq!(answer.header("X-Cff-Request-Id"), Some(id.as_str()));
        assert!(answer.header("Date").is_some() && answer.header("Connection").is_none(), "{answer:?}");
    }
    caller.send(request("POST /invoke", "Connection: Close\r\n", "last"));
    let answer = caller.answer();
    assert_eq!((answer.text().as_str(), answer.header("Connection")), ("last", Some("close")));
    assert!(caller.is_closed());
    ends_well(function);
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let function = ServedFunction::start("obey", &[("FGRUNTIME_CONCURRENCY", "8")]);
    let ids: Vec<String> = (0..10).map(|number| format!("pipelined-{number}")).collect();
    // Answers of the function and of the server.
    let requests: String = ids
        .iter()
        .map(|id| {
            invocation(id, id) + &request("GET /nowhere", "", "") + &chunked(id, &[id, " in ", "chunks"])
        })
        .collect();
    let mut caller = function.caller();
    caller.send(requests);
    for id in &ids {
        assert_says(&caller.answer(), id);
        assert_eq!(caller.answer().error(), (404, "NotFound".to_owned()));
        assert_says(&caller.answer(), &format!("{id} in chunks"));
    }
    // However many there are: others have their turn in between.
    caller.send(
        invocation("many", "many")
            + &request("GET /healthz", "", "").repeat(2000)
            + &invocation("end", "end"),
    );
    assert_says(&caller.answer(), "many");
    (0..2000).for_each(|_| assert_says(&caller.answer(), "ready\n"));
    assert_says(&caller.answer(), "end");
    // Nothing is behind what ends the connection.
    caller.send(request("POST /invoke", "Connection: close\r\n", "end") + &invocation("behind", "behind"));
    assert_says(&caller.answer(), "end");
    assert!(caller.is_closed());
    assert!(!ends_well(function).contains("behind"));
}

#[test]
fn chunked_bodies_may_be_cut_anywhere() {
    let function = ServedFunction::start("obey", &[]);
    let request = chunked("cut", &["cut ", "into", " ", "pieces"]);
    let mut caller = function.caller();
    for at in 1..request.len() {
        caller.send(&request[..at]);
        caller.send(&request[at..]);
        assert_says(&caller.answer(), "cut into pieces");
    }
    request.as_bytes().chunks(1).for_each(|byte| caller.send(byte));
    assert_says(&caller.answer(), "cut into pieces");
    assert_eq!(began(&ends_well(function)).len(), request.len());
}

#[test]
fn whoever_waits_to_continue_is_told_to() {
    let function = ServedFunction::start("obey", &[("RUNTIME_MAX_REQUEST_BODY_SIZE", "100")]);
    let expecting = |length: &str| {
        format!(
            "POST /invoke HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let mut caller = function.caller();
    for _ in 0..3 {
        caller.send(expecting("4"));
        assert_eq!(caller.answer().status, 100);
        caller.send("wait");
        assert_says(&caller.answer(), "wait");
    }
    // Whoever does not wait may be told so or not.
    let mut caller = function.caller();
    caller.send(expecting("2") + "at once");
    let mut answer = caller.answer();
    if answer.status == 100 {
        answer = caller.answer();
    }
    assert_says(&answer, "at");
    // Without a body there is nothing to wait for.
    let mut caller = function.caller();
    caller.send(expecting("0"));
    assert_says(&caller.answer(), "");
    caller.send(expecting("101"));
    assert_eq!(caller.answer().error(), (413, "PayloadTooLarge".to_owned()));
    assert!(caller.is_closed());
    // HTTP/1.0 has no such answer.
    let mut caller = function.caller();
    caller.send(expecting("2").replace("HTTP/1.1", "HTTP/1.0") + "ok");
    assert_says(&caller.answer(), "ok");
    ends_well(function);
}

#[test]
fn heads_are_asked_for_without_bodies() {
    let function = ServedFunction::start("obey", &[]);
    function.wait_until_ready();
    let mut caller = function.caller();
    for _ in 0..2 {
        caller.send(request("HEAD /healthz", "", ""));
        let answer = caller.answer_to_head();
        assert_eq!((answer.status, answer.header("Content-Length")), (200, Some("6")));
        // What follows is no body but the next answer.
        caller.send(request("GET /healthz", "", ""));
        assert_says(&caller.answer(), "ready\n");
    }
    caller.send(request("HEAD /nowhere", "", ""));
    assert_eq!(caller.answer_to_head().status, 404);
    caller.send(invocation("after", "after"));
    assert_says(&caller.answer(), "after");
    ends_well(function);
}

#[test]
fn old_clients_are_served() {
    let function = ServedFunction::start("obey", &[]);
    let mut caller = function.caller();
    caller.send("POST /invoke HTTP/1.0\r\nContent-Length: 3\r\n\r\nold");
    assert_says(&caller.answer(), "old");
    assert!(caller.is_closed());
    let mut caller = function.caller();
    for _ in 0..3 {
        caller.send("POST /invoke HTTP/1.0\r\nConnection: Keep-Alive\r\nContent-Length: 3\r\n\r\nold");
        let answer = caller.answer();
        assert_says(&answer, "old");
        // Without this they do not know that they may ask again (RFC 9112, appendix C.2.2).
        assert_eq!(answer.header("Connection"), Some("keep-alive"), "{answer:?}");
    }
    ends_well(function);
}

#[test]
fn what_is_harmless_is_accepted() {
    let function = ServedFunction::start("obey", &[]);
    for (line, headers) in [
        ("\r\nPOST /invoke", ""),
        ("\r\n\r\nPOST /invoke", ""),
        ("POST http://h/invoke", ""),
        ("POST HTTPS://H/invoke?a=b", ""),
        ("POST /invoke?", ""),
        ("POST /invoke", "X-Empty:\r\nX-Blanks: \t a \t\r\nX-Latin: \u{e4}\r\n"),
        ("POST /invoke", "Connection: upgrade\r\nUpgrade: h2c\r\n"),
        ("POST /invoke", "Expect: something\r\n"),
        ("POST /invoke", "Expect: something, 100-continue\r\n"),
    ] {
        let mut caller = function.caller();
        for _ in 0..2 {
            caller.send(request(line, headers, "fine"));
            assert_says(&caller.answer(), "fine");
        }
    }
    ends_well(function);
}

#[test]
fn who_has_said_all_still_gets_the_answer() {
    let function = ServedFunction::start("obey", &[]);
    let mut caller = function.caller();
    caller.send(invocation("one", "one") + &invocation("two", "two"));
    caller.stream.shutdown(Shutdown::Write).unwrap();
    assert_says(&caller.answer(), "one");
    assert_says(&caller.answer(), "two");
    assert!(caller.is_closed());
    // The end in the middle of a request is the end.
    let mut caller = function.caller();
    caller.send("POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf");
    caller.stream.shutdown(Shutdown::Write).unwrap();
    assert!(caller.is_closed());
    assert_eq!(began(&ends_well(function)), ["one", "two"]);
}
