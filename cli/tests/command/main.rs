//! Drives the `fgruntime` command from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod events;
mod go;
mod go_sources;
mod node;
mod polling;
mod programs;
mod sources;
mod support;
