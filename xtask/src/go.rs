//! The Go module: the library that it links, and its checks.

use crate::dist::target_folder;
use crate::root;
use crate::step::{Count, check, program, succeed};
use std::env::consts::{ARCH, OS};
use std::fs;
use std::process::{Command, Stdio};

const MODULE: &str = "bindings-go";
/// The modules that must build; the first is the one that functions name.
const MODULES: [&str; 3] = [MODULE, "examples/go", "examples/go/guide"];

/// Builds the static library unoptimised, and puts it with its header where the module looks for them.
pub(crate) fn install() -> Result<(), String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    succeed(cargo.current_dir(root()).args(["build", "--quiet", "--locked", "--package", "fgruntime-ffi"]))?;
    let lib = root().join(MODULE).join("lib");
    let library = target_folder()?.join("debug/libfgruntime.a");
    copy(&library, &lib.join(platform()).join("libfgruntime.a"))?;
    copy(&root().join("include/fgruntime.h"), &lib.join("include/fgruntime.h"))
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> Result<(), String> {
    let made = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::copy(from, to));
    made.map(drop)
        .map_err(|error| format!("{} cannot be copied to {}: {error}", from.display(), to.display()))
}

/// The platform by Go's names for it.
fn platform() -> String {
    let system = if OS == "macos" { "darwin" } else { OS };
    let machine = match ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{system}_{machine}")
}

/// Every check of the module; they count as skipped if Go is missing.
pub(crate) fn run() -> Count {
    // `go --version` is no command.
    let has_go =
        Command::new("go").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !has_go {
        println!("\n== Go\nskipped: `go` is missing (package golang-go)");
        return Count { skipped: 1, ..Count::default() };
    }
    let mut count = check("the library for the Go module can be built", install);
    if count.failed > 0 {
        return count;
    }
    count.add(check("gofmt", format));
    for module in MODULES {
        count.add(program(&format!("go vet in {module}"), go(module).args(["vet", "./..."])));
    }
    count.add(program("Go tests", go(MODULE).args(["test", "-count=1", "./..."])));
    count.add(program(
        "Go tests, with the race detector",
        go(MODULE).args(["test", "-count=1", "-race", "./..."]),
    ));
    count.add(check("without cgo the build says what to do", says_what_to_do));
    count
}

/// [`run`], for `cargo xtask go`.
pub(crate) fn test() -> Result<(), String> {
    let count = run();
    println!("\n{} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped);
    if count.failed == 0 { Ok(()) } else { Err("the Go module has failures".to_owned()) }
}

fn go(module: &str) -> Command {
    let mut go = Command::new("go");
    go.current_dir(root().join(module));
    go
}

fn format() -> Result<(), String> {
    let mut gofmt = Command::new("gofmt");
    let output = gofmt.current_dir(root()).args(["-l", MODULE, "examples/go"]).output();
    let output = output.map_err(|error| format!("gofmt cannot be run: {error}"))?;
    let files = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && files.is_empty() { Ok(()) } else { Err(format!("gofmt -w:\n{files}")) }
}

fn says_what_to_do() -> Result<(), String> {
    let output = go(MODULE).env("CGO_ENABLED", "0").args(["build", "./..."]).output();
    let output = output.map_err(|error| format!("go cannot be run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let sentence = "this_module_needs_cgo__set_CGO_ENABLED_to_1_and_install_a_C_compiler";
    if !output.status.success() && said.contains(sentence) { Ok(()) } else { Err(said.into_owned()) }
}
