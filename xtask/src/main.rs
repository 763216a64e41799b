//! Developer commands; `USAGE` lists them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to its terminal")]

mod abi;
mod abi_source;
mod accessors;
mod dependencies;
mod dist;
mod event_docs;
mod generated;
mod glibc;
mod go;
mod header;
mod install;
mod miri;
mod node;
mod python;
mod results;
mod samples;
mod step;
mod tables;
mod test;
mod vectors;
mod zig;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test                run every check and every test; the last line counts them
  vectors [--check]   make the vectors expect what the core gives, to be read before it is kept
                      (or say which do not)
  generate [--check]  write the generated files: the header, the C accessors, docs/events.md,
                      the events for Python, Node and Go (or say which are out of date)
  install PREFIX      build the C library and install it: shared and static, header, pkg-config, CMake
  dist                build what is released, library and command, into dist/
  python              run every check and every test of the Python package, in target/python
  python install      make target/python and install the package there, to be edited in place
  wheel               build what is released for Python into dist/
  node                run every check and every test of the Node package
  node install        build the Node package in its folder, to be edited in place, for the examples too
  go                  run every check and every test of the Go module
  go install          build the library for the Go module and put it where that looks for it
  go sdk              build what is released for Go into dist/: go-runtime, and a zip of it
  npm                 build what is released for Node into dist/
  abi [--check]       compare the C ABI with ffi-c/abi/, and record what was added (or say what is not recorded)
  abi --rewrite       record the C ABI as it is, also if programs break; until the first release";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test"] => test::run(),
        ["vectors"] => report(vectors::bless()),
        ["vectors", "--check"] => report(vectors::check()),
        ["generate"] => report(generated::write()),
        ["generate", "--check"] => report(generated::check()),
        ["install", prefix] => report(install::install(prefix)),
        ["dist"] => report(install::dist()),
        ["python"] => report(python::test()),
        ["python", "install"] => report(python::install()),
        ["wheel"] => report(python::build_wheels()),
        ["node"] => report(node::test()),
        ["node", "install"] => report(node::install()),
        ["go"] => report(go::test()),
        ["go", "install"] => report(go::install()),
        ["go", "sdk"] => report(go::sdk()),
        ["npm"] => report(node::build_packages()),
        ["abi"] => report(abi::update()),
        ["abi", "--check"] => report(abi::check()),
        ["abi", "--rewrite"] => report(abi::rewrite()),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn report(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(root().join(path)).map_err(|error| format!("{path} cannot be read: {error}"))
}
