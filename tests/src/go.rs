//! Go: programs compiled when they are asked for, and the module as it is developed.

use crate::program::has_program;
use crate::{repository, succeed};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Compiles `tests/go/<name>.go` into `folder`; None, which is told, without Go.
///
/// # Panics
/// It cannot be compiled, or Go is missing where nothing may be.
#[must_use]
pub fn go_program(name: &str, folder: &Path) -> Option<PathBuf> {
    if !has_program("go") {
        return None;
    }
    let program = folder.join(name);
    let source = repository().join(format!("tests/go/{name}.go"));
    succeed(Command::new("go").args(["build", "-o"]).arg(&program).arg(source));
    Some(program)
}

/// Whether the examples find the module of this repository with its library, which is built the first time it is asked for; without
/// Go, which is told, they do not.
///
/// # Panics
/// It cannot be built, or Go is missing where nothing may be.
#[must_use]
pub fn has_go_module() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        if !has_program("go") {
            return false;
        }
        let mut xtask = Command::new(env!("CARGO"));
        succeed(xtask.current_dir(repository()).args(["xtask", "go", "install"]));
        true
    })
}
