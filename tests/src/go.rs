//! The Go module, as it is developed.

use crate::program::skip;
use crate::{repository, succeed};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Whether the examples find the module of this repository with its library, which is built the first time it is asked for; without
/// Go, which is told, they do not.
///
/// # Panics
/// It cannot be built, or Go is missing where nothing may be.
#[must_use]
pub fn has_go_module() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        // `go --version` is no command.
        let mut version = Command::new("go");
        if version.arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            skip("go is missing");
            return false;
        }
        let mut xtask = Command::new(env!("CARGO"));
        succeed(xtask.current_dir(repository()).args(["xtask", "go", "install"]));
        true
    })
}
