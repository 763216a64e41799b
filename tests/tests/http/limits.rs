//! What is too much, too long or too slow, and what is not there.

use crate::{began, ends_well};
use fgruntime_tests::{Answer, Caller, ServedFunction, invocation, raise_file_limit, request};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::Signal;

/// So many requests wait at most, besides the one that runs.
const MOST_WAITING: usize = 1024;
const MIB: usize = 1 << 20;

/// The answer to what is sent over a connection of its own, which must be the last.
fn refusal(function: &ServedFunction, bytes: impl AsRef<[u8]>) -> (u16, String) {
    let mut caller = function.caller();
    caller.send_if_wanted(bytes);
    let answer = caller.answer();
    assert!(caller.is_closed(), "{answer:?}");
    answer.error()
}

#[test]
fn heads_have_limits() {
    let function = ServedFunction::start("obey", &[]);
    let too_large = (431, "RequestHeadersTooLarge".to_owned());
    let start = "POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n";
    let of_headers = |count: usize| format!("{start}{}\r\nhead", "X: y\r\n".repeat(count - 2));
    let of_length = |length: usize| {
        let rest = length - start.len() - "X: \r\n\r\n".len();
        format!("{start}X: {}\r\n\r\nhead", "y".repeat(rest))
    };
    for fits in [of_headers(128), of_length(64 << 10)] {
        let mut caller = function.caller();
        caller.send(fits);
        assert_eq!(caller.answer().text(), "head");
    }
    assert_eq!(refusal(&function, of_headers(129)), too_large);
    assert_eq!(refusal(&function, of_length((64 << 10) + 1)), too_large);
    // It need not end to be too large.
    assert_eq!(refusal(&function, &of_length(1 << 20)[..512 << 10]), too_large);
    let target = format!("POST /{} HTTP/1.1\r\nHost: h\r\n\r\n", "a".repeat(64 << 10));
    assert_eq!(refusal(&function, target), too_large);
    ends_well(function);
}

#[test]
fn bodies_have_a_limit() {
    let function = ServedFunction::start("obey", &[("RUNTIME_MAX_REQUEST_BODY_SIZE", "1000")]);
    let too_large = (413, "PayloadTooLarge".to_owned());
    let chunked = |size: usize| {
        let head = "POST /invoke HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        let half = "b".repeat(size / 2);
        format!("{head}{:x}\r\n{half}\r\n{:x}\r\n{half}\r\n0\r\n\r\n", size / 2, size / 2)
    };
    for fits in [request("POST /invoke", "", &"b".repeat(1000)), chunked(1000)] {
        let mut caller = function.caller();
        caller.send(fits);
        assert_eq!(caller.answer().text(), "b".repeat(1000));
    }
    assert_eq!(refusal(&function, request("POST /invoke", "", &"b".repeat(1001))), too_large);
    assert_eq!(refusal(&function, chunked(1002)), too_large);
    // Whoever sends far too much still gets the answer.
    assert_eq!(refusal(&function, request("POST /invoke", "", &"b".repeat(20 * MIB))), too_large);
    let claimed = "POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551615\r\n\r\n";
    assert_eq!(refusal(&function, claimed), too_large);
    ends_well(function);
}

#[test]
fn what_is_not_there_says_what_is() {
    let function = ServedFunction::start("obey", &[]);
    let mut caller = function.caller();
    let mut ask = |line: &str| {
        caller.send(request(line, "", "{}"));
        caller.answer()
    };
    for target in ["/", "/invoke/", "/Invoke", "//invoke", "/invoke/../healthz", "/%69nvoke", "/?/invoke"] {
        let answer = ask(&format!("POST {target}"));
        assert_eq!(answer.error(), (404, "NotFound".to_owned()), "{target}");
        assert!(answer.text().contains("POST /invoke"), "{answer:?}");
    }
    assert_eq!(ask("OPTIONS *").status, 404);
    for (line, allowed) in [
        ("GET /invoke", "POST"),
        ("PUT /invoke?a=b", "POST"),
        ("OPTIONS /invoke", "POST"),
        ("post /invoke", "POST"),
        ("GET /init", "POST"),
        ("DELETE /healthz", "GET, HEAD"),
        ("PUT /shutdown", "GET, POST"),
    ] {
        let answer = ask(line);
        assert_eq!(answer.error(), (405, "MethodNotAllowed".to_owned()), "{line}");
        assert_eq!(answer.header("Allow"), Some(allowed), "{line}");
    }
    assert!(began(&ends_well(function)).is_empty());
}

#[test]
fn slow_requests_are_given_up() {
    let function = ServedFunction::start("obey", &[("FGRUNTIME_HTTP_READ_TIMEOUT", "1")]);
    let whole = "POST /invoke HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nslow\r\n0\r\n";
    let mut slow: Vec<Caller> = (1..=whole.len())
        .map(|end| {
            let mut caller = function.caller();
            caller.send(&whole[..end]);
            caller
        })
        .collect();
    // Empty lines are no request yet.
    let mut blank = function.caller();
    blank.send("\r\n\r\n");
    // Others do not notice.
    assert_eq!(function.invoke("quick", "quick").text(), "quick");
    for caller in &mut slow {
        assert_eq!(caller.answer().error(), (408, "RequestTimeout".to_owned()));
        assert!(caller.is_closed());
    }
    blank.send(invocation("late", "late"));
    assert_eq!(blank.answer().text(), "late");
    assert_eq!(began(&ends_well(function)), ["quick", "late"]);
}

/// An event that is never done with.
fn waits(number: usize) -> String {
    invocation(&format!("waits-{number}"), &format!("waits-{number} wait /nowhere/gate"))
}

/// One of the callers that has an answer.
fn first_answer(callers: &mut [Caller]) -> Answer {
    let mut fds: Vec<PollFd<'_>> =
        callers.iter().map(|caller| PollFd::new(&caller.stream, PollFlags::IN)).collect();
    assert!(poll(&mut fds, None).unwrap() > 0);
    let at = fds.iter().position(|fd| !fd.revents().is_empty()).unwrap();
    callers[at].answer()
}

#[test]
fn more_than_may_wait_are_told_to_come_later_and_a_second_signal_tells_all() {
    if !raise_file_limit(4000) {
        return;
    }
    let mut function = ServedFunction::start("obey", &[]);
    let address = function.address;
    let waiting = |number: usize| {
        let mut caller = Caller::connect(address);
        caller.send(waits(number));
        caller
    };
    let mut callers = vec![waiting(0)];
    function.process.wait_for_line("began waits-0");
    callers.extend((1..=MOST_WAITING + 1).map(waiting));
    // Which of them comes last is the system's to say.
    let answer = first_answer(&mut callers);
    assert_eq!(answer.error(), (429, "TooManyRequests".to_owned()));
    assert_eq!(answer.header("Retry-After"), Some("1"));

    function.process.signal(Signal::TERM);
    let (status, output) = function.process.insist(Signal::INT);
    assert_eq!(status.code(), Some(1), "{output}");
    let lost = output.lines().find(|line| line.starts_with("fgruntime: ")).unwrap();
    let expected = format!("ended at once by a second signal; {} requests are lost: ", MOST_WAITING + 1);
    assert!(lost.contains(&expected) && lost.contains("waits-0, "), "{lost}");
    let answers = callers.iter_mut().filter_map(|caller| caller.answer_if_any(false));
    let told = answers.filter(|answer| answer.error() == (503, "NotReady".to_owned())).count();
    assert_eq!(told, MOST_WAITING + 1);
}

#[test]
fn more_bytes_than_may_wait_are_told_to_come_later() {
    let mut function = ServedFunction::start("obey", &[]);
    let large = "b".repeat(6 * MIB);
    let mut first = function.caller();
    first.send(waits(0));
    function.process.wait_for_line("began waits-0");
    let mut callers: Vec<Caller> = (0..11)
        .map(|_| {
            let mut caller = function.caller();
            caller.send(request("POST /invoke", "", &large));
            caller
        })
        .collect();
    assert_eq!(first_answer(&mut callers).error(), (429, "TooManyRequests".to_owned()));
    drop(function);
    // The others waited until the end.
    let answered = callers.iter_mut().filter_map(|caller| caller.answer_if_any(false)).count();
    assert_eq!(answered, 0);
}

#[test]
fn bodies_that_never_arrive_whole_do_not_take_all_memory() {
    const MANY: usize = 30;
    let function = ServedFunction::start("obey", &[]);
    let nearly = request("POST /invoke", "", &"b".repeat(6 * MIB));
    let nearly = &nearly[..nearly.len() - 1];
    let mut callers: Vec<Caller> = (0..MANY)
        .map(|_| {
            let mut caller = function.caller();
            caller.send_if_wanted(nearly);
            caller
        })
        .collect();
    assert_eq!(first_answer(&mut callers).error(), (429, "TooManyRequests".to_owned()));
    let megabytes = function.process.status_number("VmHWM") / 1024;
    assert!(megabytes < 120, "{megabytes} MiB for {} MiB of bodies", MANY * 6);
    // When they have left there is room again.
    drop(callers);
    let large = "b".repeat(6 * MIB);
    assert_eq!(function.invoke("large", &large).text(), large);
    ends_well(function);
}
