//! What the end-to-end tests share: a platform that can be told to misbehave, and the programs under test.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so and ends")]

mod platform;
mod program;

pub use platform::{Platform, Received, Step};
pub use program::{FunctionProcess, function_program, workspace_program};
