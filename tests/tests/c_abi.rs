//! The library as C programs use it: every program in `tests/c` plainly, under sanitizers and under valgrind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{
    FunctionProcess, Platform, Received, Step, Watch, c_program, start_c_program, succeed,
};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::process::Command;

/// Makes each function below three tests of that name.
macro_rules! every_way {
    ($($program:ident)*) => {$(
        mod $program {
            use fgruntime_tests::Watch;

            #[test]
            fn plain() {
                super::$program(Watch::Nothing);
            }

            #[test]
            fn sanitized() {
                super::$program(Watch::Sanitizers);
            }

            #[test]
            fn under_valgrind() {
                super::$program(Watch::Valgrind);
            }
        }
    )*};
}

/// The same for programs that need no platform.
macro_rules! alone {
    ($($program:ident)*) => {
        $(fn $program(watch: Watch) {
            if let Some(process) = start_c_program(stringify!($program), &[], watch, &[]) {
                all_hold(process);
            }
        })*
        every_way! { $($program)* }
    };
}

alone! { apig_authorizer obs view event event_fields alias map context logger options signals push_failures }
// The fields of each kind of event.
alone! {
    fields_apig fields_apig_authorizer fields_async_destination fields_config fields_cts fields_dds fields_dis fields_dms fields_eventgrid fields_gauss_mongo fields_iotda fields_kafka fields_lts fields_obs fields_rabbitmq fields_rocketmq fields_smn fields_timer
}
every_way! { null invocation apig_response runtime_pull runtime_push failing_initializer pollers stop threads }

/// Starts a program with a platform; None if there is nothing to watch it with.
fn start(program: &str, arguments: &[&str], watch: Watch, platform: &Platform) -> Option<FunctionProcess> {
    start_c_program(program, arguments, watch, &[("RUNTIME_API_ADDR", platform.address())])
}

/// Waits for the program's end; what it printed.
fn all_hold(process: FunctionProcess) -> String {
    let (status, output) = process.wait();
    assert!(status.success(), "{status}: {output}");
    let checks = output.lines().find_map(|line| line.strip_suffix(" checks")).unwrap();
    assert!(checks.parse::<u32>().unwrap() > 0, "{output}");
    output
}

fn events(ids: &[&str]) -> Vec<Step> {
    ids.iter().map(|id| Step::event(id, id)).collect()
}

/// `response` or `error`, the invocation's id, and the text or the error's type.
fn told(reply: &Received) -> (String, String, String) {
    let mut path = reply.path.rsplit('/').map(str::to_owned);
    let (id, outcome) = (path.next().unwrap(), path.next().unwrap());
    let text = if outcome == "error" {
        reply.json()["errorType"].as_str().unwrap().to_owned()
    } else {
        reply.text()
    };
    (outcome, id, text)
}

fn assert_told(platform: &Platform, expected: &[(&str, &str, &str)]) {
    for (outcome, id, text) in expected {
        let (is_outcome, is_id, is_text) = told(&platform.reply());
        assert_eq!((is_outcome.as_str(), is_id.as_str(), is_text.as_str()), (*outcome, *id, *text));
    }
    assert!(platform.is_quiet(), "there is no further reply");
}

fn null(watch: Watch) {
    let platform = Platform::start(events(&["null"]), Vec::new());
    let Some(process) = start("null", &[], watch, &platform) else { return };
    all_hold(process);
    assert_told(&platform, &[("response", "null", "")]);
}

fn invocation(watch: Watch) {
    const APIG: &str = r#"{"httpMethod":"GET","path":"/","requestContext":{}}"#;
    let mut steps = vec![Step::event_with("once", "X-Mine: yes\r\n", APIG)];
    steps.extend(events(&["mistakes", "given-up", "failed", "untyped", "refused", "lost"]));
    let gone = || Step::SendAndClose(Vec::new());
    let mut answers = vec![Step::status(200, ""); 5];
    // A reply over a kept connection that is closed goes over a new one once more.
    answers.extend([Step::status(500, "no"), gone(), gone()]);
    let platform = Platform::start(steps, answers);
    let Some(process) = start("invocation", &[], watch, &platform) else { return };
    all_hold(process);
    let failed =
        json!({"errorMessage": "no luck", "errorType": "MyError", "stackTrace": ["first (a.c:1)", ""]});
    assert_eq!(told(&platform.reply()).2, "first");
    assert_eq!(platform.reply().json(), json!({"a": 1}));
    assert_eq!(told(&platform.reply()).2, "FunctionNotReplied");
    assert_eq!(platform.reply().json(), failed);
    let told_last = [
        ("error", "untyped", "FunctionReturnError"),
        ("response", "refused", "\0\u{FFFD}"),
        ("response", "lost", ""),
        ("response", "lost", ""),
    ];
    assert_told(&platform, &told_last);
}

fn apig_response(watch: Watch) {
    let platform = Platform::start(events(&["default", "base64", "text"]), Vec::new());
    let Some(process) = start("apig_response", &[], watch, &platform) else { return };
    all_hold(process);
    let default = platform.reply().json();
    assert_eq!((&default["statusCode"], &default["body"]), (&json!(200), &json!("")));
    let check = |response: &Value, body: &str, is_base64: bool| {
        assert_eq!((&response["statusCode"], &response["body"]), (&json!(201), &json!(body)));
        assert_eq!(response["isBase64Encoded"].as_bool().unwrap_or_default(), is_base64);
        let headers = json!({"Content-Type": "text/plain", "Set-Cookie": ["a=1", "b=2"]});
        assert_eq!(response["headers"], headers);
    };
    check(&platform.reply().json(), "AP8=", true);
    check(&platform.reply().json(), "café", false);
}

fn runtime_pull(watch: Watch) {
    let platform = Platform::start(vec![Step::Silence], Vec::new());
    let Some(mut process) = start("runtime_pull", &[], watch, &platform) else { return };
    process.wait_for_line("timed out");
    platform.push(Step::event("empty", ""));
    events(&["held", "forgotten"]).into_iter().for_each(|step| platform.push(step));
    platform.answer_silence(Step::event("late", "{}"));
    let output = all_hold(process);
    assert!(output.contains(" held INFO logged after all\n"), "{output}");
    let expected = [
        ("response", "late", "not lost"),
        ("error", "empty", "FunctionNotReplied"),
        ("response", "held", "after all"),
        ("error", "forgotten", "FunctionNotReplied"),
    ];
    assert_told(&platform, &expected);
}

fn runtime_push(watch: Watch) {
    const REPLIES: [(&str, &str, &str); 11] = [
        ("response", "reply", "reply"),
        ("response", "twice", "reply"),
        ("response", "free", "reply"),
        ("response", "run", "reply"),
        ("response", "elsewhere", "elsewhere"),
        ("error", "keep", "FunctionNotReplied"),
        ("response", "late", "reply"),
        ("error", "failed", "FunctionReturnError"),
        ("error", "unknown", "FunctionReturnError"),
        ("response", "both", "reply"),
        ("error", "nothing", "FunctionNotReplied"),
    ];
    let platform = Platform::start(events(&REPLIES.map(|(_, id, _)| id)), Vec::new());
    let Some(process) = start("runtime_push", &[], watch, &platform) else { return };
    assert_told(&platform, &REPLIES);
    process.signal(Signal::TERM);
    all_hold(process);
}

fn failing_initializer(watch: Watch) {
    let platform = Platform::start(events(&["first", "second"]), Vec::new());
    let Some(process) = start("push_failures", &["initializer"], watch, &platform) else { return };
    all_hold(process);
    assert_told(&platform, &[("error", "first", "FunctionInitError")]);
}

fn pollers(watch: Watch) {
    let platform = Platform::start(events(&["a", "b", "c", "d"]), Vec::new());
    let Some(process) = start("pollers", &[], watch, &platform) else { return };
    let mut ids: Vec<String> = (0..4).map(|_| told(&platform.reply()).1).collect();
    ids.sort();
    assert_eq!(ids, ["a", "b", "c", "d"]);
    process.signal(Signal::TERM);
    all_hold(process);
}

fn stop(watch: Watch) {
    let platform = Platform::start(vec![Step::Silence; 4], Vec::new());
    let Some(process) = start("stop", &[], watch, &platform) else { return };
    (0..4).for_each(|_| platform.wait_for_poll());
    process.signal(Signal::TERM);
    all_hold(process);
}

fn threads(watch: Watch) {
    const EVENT: &str = r#"{"httpMethod":5,"path":"/a","requestContext":{},"headers":{"x-one":"1"},"body":"aGVsbG8=",
        "isBase64Encoded":true,"other":1}"#;
    let platform = Platform::start(vec![Step::event("raced", EVENT)], Vec::new());
    let Some(process) = start("threads", &[], watch, &platform) else { return };
    let output = all_hold(process);
    for thread in 0..8 {
        for record in 0..50 {
            let whole = format!(" raced INFO thread {thread} record {record}.\n");
            assert_eq!(output.matches(&whole).count(), 1, "{whole}{output}");
        }
    }
    assert_told(&platform, &[("response", "raced", "me")]);
}

/// A program with a fault: whether it ended well, and what it printed.
fn faulty(fault: &str, watch: Watch) -> Option<(bool, String)> {
    let (status, output) = start_c_program("faulty", &[fault], watch, &[])?.wait();
    Some((status.success(), output))
}

#[test]
fn sanitizers_are_on() {
    assert!(faulty("none", Watch::Sanitizers).unwrap().0);
    for (fault, word) in [
        ("use_after_free", "heap-use-after-free"),
        ("leak", "LeakSanitizer"),
        ("overflow", "signed integer overflow"),
    ] {
        let (succeeded, output) = faulty(fault, Watch::Sanitizers).unwrap();
        assert!(!succeeded && output.contains(word), "{fault}: {output}");
    }
    let symbols = |sanitized| succeed(Command::new("nm").arg(c_program("faulty", sanitized)));
    assert!(symbols(true).contains("__asan_init") && !symbols(false).contains("__asan_init"));
}

#[test]
fn valgrind_is_on() {
    for (fault, word) in [("use_after_free", "Invalid read"), ("leak", "definitely lost")] {
        let Some((succeeded, output)) = faulty(fault, Watch::Valgrind) else { return };
        assert!(!succeeded && output.contains(word), "{fault}: {output}");
    }
    assert!(faulty("none", Watch::Valgrind).unwrap().0);
}
