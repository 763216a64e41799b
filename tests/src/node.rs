//! The Node package, as it is developed.

use crate::program::has_program;
use crate::{repository, succeed};
use std::process::Command;
use std::sync::OnceLock;

/// Whether the examples find the package of this repository, which is built the first time it is asked for; without Node, which is
/// told, they do not.
///
/// # Panics
/// It cannot be built, or Node is missing where nothing may be.
#[must_use]
pub fn has_node_package() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        if !has_program("node") {
            return false;
        }
        let mut xtask = Command::new(env!("CARGO"));
        succeed(xtask.current_dir(repository()).args(["xtask", "node", "install"]));
        true
    })
}
