//! Requests that may be read in two ways: `tests/http/refused.json`.

use crate::{began, ends_well};
use fgruntime_tests::{Caller, ServedFunction, invocation, repository};
use serde_json::Value;

const CASES: usize = 83;

fn cases() -> Vec<Value> {
    let text = std::fs::read_to_string(repository().join("tests/http/refused.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(cases.len(), CASES);
    cases
}

/// The bytes of a case, followed by a request that nothing is wrong with.
fn bytes(case: &Value, follower: &str) -> Vec<u8> {
    let request = case["request"].as_str().unwrap();
    let mut bytes: Vec<u8> = request.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    bytes.extend_from_slice(follower.as_bytes());
    bytes
}

fn assert_refused(mut caller: Caller, name: &str) {
    let answer = caller.answer();
    assert_eq!(answer.error(), (400, "BadRequest".to_owned()), "{name}: {answer:?}");
    assert_eq!(answer.header("Connection"), Some("close"), "{name}: {answer:?}");
    assert!(caller.is_closed(), "{name}: something follows the refusal");
}

#[test]
fn what_may_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_done() {
    let function = ServedFunction::start("obey", &[]);
    let follower = invocation("smuggled", "smuggled");
    for case in cases() {
        let (name, bytes) = (case["name"].as_str().unwrap(), bytes(&case, &follower));
        let mut caller = function.caller();
        caller.send_if_wanted(&bytes);
        assert_refused(caller, name);
        let mut caller = function.caller();
        // One byte after another, each in a packet of its own.
        bytes.chunks(1).for_each(|byte| caller.send_if_wanted(byte));
        assert_refused(caller, name);
        // What is cut off by the end of the connection is nothing either.
        let mut caller = function.caller();
        caller.send_if_wanted(&bytes[..bytes.len() - follower.len()]);
        drop(caller);
    }
    assert_eq!(function.invoke("after", "after").text(), "after");
    assert_eq!(began(&ends_well(function)), ["after"]);
}
