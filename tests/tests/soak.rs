//! What is too much for every day: `make soak`. A short version of each is in `http`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]
#![allow(clippy::print_stdout, reason = "what was measured is worth knowing")]

#[path = "http/crowds.rs"]
mod crowds;

#[test]
fn nothing_is_lost() {
    crowds::nothing_is_lost(None, 1000, 5000, 50_000);
}

#[test]
fn nothing_is_lost_with_few_files() {
    crowds::nothing_is_lost(Some(2048), 1000, 5000, 50_000);
}

#[test]
fn the_end_loses_nothing() {
    (0..10).for_each(|_| crowds::the_end_loses_nothing(1000, 100_000));
}

#[test]
fn half_open_connections_shut_out_nobody() {
    crowds::half_open_connections_shut_out_nobody(10_000, None);
}

#[test]
fn half_open_connections_shut_out_nobody_from_few_files() {
    crowds::half_open_connections_shut_out_nobody(10_000, Some(2048));
}
