//! Drives the `fgruntime` command from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod container;
mod events;
mod go;
mod go_sources;
mod http_function;
mod node;
mod polling;
mod ports;
mod programs;
mod server;
mod sources;
mod support;
