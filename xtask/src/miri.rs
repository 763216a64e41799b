//! The unit tests of core and ffi-c in an interpreter that sees undefined behaviour and leaks. It needs a nightly toolchain with the
//! component `miri`, which is nobody's duty to have: without one it is not run, and not counted as skipped.

use crate::root;
use crate::step::{Count, program};
use std::process::{Command, Stdio};

const PACKAGES: [&str; 2] = ["fgruntime-core", "fgruntime-ffi"];

pub(crate) fn run() -> Count {
    if !miri(&["--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
    {
        println!(
            "\n== miri\nnot run: there is no nightly toolchain with miri (rustup +nightly component add miri)"
        );
        return Count::default();
    }
    let mut count = Count::default();
    for package in PACKAGES {
        let mut tests = miri(&["test", "--quiet", "--locked", "--package", package, "--lib"]);
        count.add(program(&format!("miri: {package}"), &mut tests));
    }
    count
}

fn miri(arguments: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(root()).args(["run", "nightly", "cargo", "miri"]).args(arguments);
    // What cargo tells the programs it runs is about the stable toolchain.
    command.env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTDOC").env_remove("RUSTUP_TOOLCHAIN");
    // Clocks and environment are the machine's.
    command.env("MIRIFLAGS", "-Zmiri-disable-isolation");
    command
}
