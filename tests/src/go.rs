//! Programs in Go, compiled when they are asked for.

use crate::program::has_program;
use crate::{repository, succeed};
use std::path::{Path, PathBuf};
use std::process::Command;

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
