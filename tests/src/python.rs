//! The Python package, as it is developed and as it is released.

use crate::program::has_program;
use crate::{repository, succeed};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The virtual environment with the package of this repository, made the first time it is asked for; None, which is told, if
/// Python is missing.
///
/// # Panics
/// It cannot be made, or Python is missing where nothing may be.
#[must_use]
pub fn python_environment() -> Option<PathBuf> {
    static READY: OnceLock<Option<PathBuf>> = OnceLock::new();
    READY
        .get_or_init(|| {
            if !has_program("python3") {
                return None;
            }
            let mut xtask = Command::new(env!("CARGO"));
            succeed(xtask.current_dir(repository()).args(["xtask", "python", "install"]));
            Some(repository().join("target/python"))
        })
        .clone()
}
