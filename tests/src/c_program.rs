//! C programs, compiled against the library on demand and run plainly or under something that watches them.

use crate::program::{FunctionProcess, has_program, workspace_program};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What every C file here must compile with.
pub const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];
/// What the static library needs; `cargo rustc -p fgruntime-ffi --crate-type staticlib -- --print native-static-libs`.
const NATIVE_LIBRARIES: [&str; 6] = ["-lgcc_s", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl"];
const SANITIZERS: [&str; 3] =
    ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"];

/// What watches a program while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Watch {
    /// Nothing.
    Nothing,
    /// The address, leak and undefined behaviour sanitizers.
    Sanitizers,
    /// Valgrind.
    Valgrind,
}

/// The repository's root.
#[must_use]
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests' folder is in the repository")
}

/// A file that the library's package builds: `libfgruntime.a` or `libfgruntime.so`.
#[must_use]
pub fn library(file: &str) -> PathBuf {
    workspace_program("fgruntime-ffi", file)
}

/// The C compiler, `CC` or `cc`, with the warnings and the header's folder.
#[must_use]
pub fn c_compiler() -> Command {
    compiler("CC", "cc")
}

/// The C++ compiler, `CXX` or `c++`, with the warnings and the header's folder.
#[must_use]
pub fn cpp_compiler() -> Command {
    compiler("CXX", "c++")
}

fn compiler(variable: &str, default: &str) -> Command {
    let mut command = Command::new(std::env::var_os(variable).unwrap_or_else(|| default.into()));
    command.args(WARNINGS).arg("-I").arg(repository().join("include"));
    command
}

/// The number of a constant in the header.
///
/// # Panics
/// The header has no such number.
#[must_use]
pub fn c_constant(name: &str) -> i32 {
    static HEADER: OnceLock<String> = OnceLock::new();
    let header = HEADER.get_or_init(|| {
        std::fs::read_to_string(repository().join("include/fgruntime.h")).expect("the header")
    });
    let define = format!("#define {name} ");
    let value = header.lines().find_map(|line| line.strip_prefix(&define)?.parse().ok());
    value.unwrap_or_else(|| panic!("fgruntime.h has no number {name}"))
}

/// The source of the C test `name`.
#[must_use]
pub fn c_source(name: &str) -> PathBuf {
    repository().join("tests/c").join(name).with_extension("c")
}

/// Where what is compiled here goes. The shared library is there under the name that programs ask the loader for.
///
/// # Panics
/// It cannot be made.
#[must_use]
pub fn c_folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = library("tests-c");
        std::fs::create_dir_all(&folder).expect("a folder for the C programs");
        let name = folder.join("libfgruntime.so.0");
        let _ = std::fs::remove_file(&name);
        // Several test programs may be at it at once, all with the same result.
        let _ = std::os::unix::fs::symlink(library("libfgruntime.so"), &name);
        folder
    })
}

/// The C test `name` as a program, compiled the first time it is asked for: with sanitizers and the shared library, or
/// without and with the static one, so that both are tried.
///
/// # Panics
/// It cannot be compiled.
#[must_use]
pub fn c_program(name: &str, sanitized: bool) -> PathBuf {
    type Programs = HashMap<(String, bool), Arc<OnceLock<PathBuf>>>;
    static COMPILED: Mutex<Option<Programs>> = Mutex::new(None);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let program = compiled.get_or_insert_default().entry((name.to_owned(), sanitized)).or_default().clone();
    // Programs are compiled in parallel, each once.
    drop(compiled);
    program.get_or_init(|| compile(name, sanitized)).clone()
}

fn compile(name: &str, sanitized: bool) -> PathBuf {
    let program = c_folder().join(format!("{name}{}", if sanitized { "-sanitized" } else { "" }));
    let mut command = c_compiler();
    command.args(["-std=c99", "-g", "-O1"]).arg(c_source(name)).arg("-o").arg(&program);
    if sanitized {
        let path = format!("-Wl,-rpath,{}", c_folder().display());
        command.args(SANITIZERS).arg(library("libfgruntime.so")).args([&path, "-lpthread"]);
    } else {
        // Most of what takes time, for the linker and for valgrind, is what programs do not need of the library.
        command.arg("-Wl,--gc-sections,--strip-debug").arg(library("libfgruntime.a")).args(NATIVE_LIBRARIES);
    }
    succeed(&mut command);
    program
}

/// Runs a command that must succeed: what it printed.
///
/// # Panics
/// It does not succeed.
pub fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    assert!(output.status.success(), "{command:?}: {printed}");
    printed
}

/// Starts the C test `name` with these arguments and variables; None, which is told, if what should watch it is missing.
///
/// # Panics
/// It cannot be compiled or started, or something is missing where nothing may be.
#[must_use]
pub fn start_c_program(
    name: &str,
    arguments: &[&str],
    watch: Watch,
    variables: &[(&str, &str)],
) -> Option<FunctionProcess> {
    if watch == Watch::Valgrind && !has_program("valgrind") {
        return None;
    }
    let program = c_program(name, watch == Watch::Sanitizers);
    let mut command = match watch {
        Watch::Valgrind => valgrind(),
        Watch::Nothing | Watch::Sanitizers => Command::new(&program),
    };
    command.args((watch == Watch::Valgrind).then_some(&program)).args(arguments);
    Some(FunctionProcess::spawn(command, variables))
}

fn valgrind() -> Command {
    let mut command = Command::new("valgrind");
    command.args(["--quiet", "--error-exitcode=99", "--leak-check=full"]);
    command.arg("--errors-for-leak-kinds=definite,indirect");
    command
}
