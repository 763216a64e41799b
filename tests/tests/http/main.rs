//! Functions that serve HTTP, as their callers see them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

mod callers;
mod conformance;
mod in_c;
mod life;
mod limits;
mod load;
mod modes;
mod refused;
mod timeouts;

use fgruntime_tests::ServedFunction;
use rustix::process::Signal;

/// Ends the function as it should end: what it printed.
fn ends_well(function: ServedFunction) -> String {
    function.process.signal(Signal::TERM);
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(0), "{output}");
    output
}

/// The ids of the events that the handler of `tests/functions/obedient.rs` has begun with.
fn began(output: &str) -> Vec<&str> {
    told(output, "began")
}

/// The ids of which the handler says this; each must be said in the log of its own invocation.
fn told<'o>(output: &'o str, what: &str) -> Vec<&'o str> {
    let words = |line: &'o str| {
        let mut words = line.split(' ').skip(1);
        let (logged_for, _level, said, id) = (words.next()?, words.next()?, words.next()?, words.next()?);
        (said == what).then_some((logged_for, id))
    };
    let told = output.lines().filter_map(words);
    told.map(|(logged_for, id)| {
        assert_eq!(logged_for, id, "one invocation's words are in another's log");
        id
    })
    .collect()
}
