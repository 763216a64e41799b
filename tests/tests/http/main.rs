//! Functions that serve HTTP, as their callers see them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]
#![allow(clippy::print_stdout, reason = "what was measured is worth knowing")]

mod callers;
mod conformance;
mod crowds;
mod curl;
mod faults;
mod in_c;
mod life;
mod limits;
mod modes;
mod refused;
mod timeouts;

use fgruntime_tests::{began, ends_well, told};

#[test]
fn nothing_is_lost_of_many() {
    crowds::nothing_is_lost(None, 300, 2000, 6000);
    crowds::nothing_is_lost(Some(512), 300, 500, 1000);
}

#[test]
fn the_end_loses_nothing_of_many() {
    crowds::the_end_loses_nothing(200, 20_000);
}

#[test]
fn half_open_connections_do_not_shut_out_others() {
    crowds::half_open_connections_shut_out_nobody(1000, None);
    crowds::half_open_connections_shut_out_nobody(1000, Some(300));
}
