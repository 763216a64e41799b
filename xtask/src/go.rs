//! The Go module: the library that it links, and its checks.

use crate::dist::target_folder;
use crate::root;
use crate::step::{Count, check, program, succeed};
use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const MODULE: &str = "bindings-go";
/// The modules that must build; the first is the one that functions name.
const MODULES: [&str; 3] = [MODULE, "examples/go", "examples/go/guide"];

/// Builds the static library unoptimised, and puts it with its header where the module looks for them.
pub(crate) fn install() -> Result<(), String> {
    build_library("dev", "debug", &root().join(MODULE))
}

/// Makes `dist/go-runtime`, the module with the optimised library, for functions to be built with on this platform.
pub(crate) fn build_package() -> Result<(), String> {
    let folder = root().join("dist/go-runtime");
    let _ = fs::remove_dir_all(&folder);
    for file in tracked()? {
        copy(&root().join(MODULE).join(&file), &folder.join(&file))?;
    }
    build_library("release", "release", &folder)
}

/// What belongs to the module, without its tests.
fn tracked() -> Result<Vec<String>, String> {
    let mut git = Command::new("git");
    let output = git.current_dir(root().join(MODULE)).arg("ls-files").output();
    let output = output.map_err(|error| format!("git cannot be run: {error}"))?;
    let files = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(files.lines().filter(|file| !file.starts_with("tests/")).map(str::to_owned).collect())
}

fn build_library(profile: &str, folder: &str, module: &Path) -> Result<(), String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let arguments = ["build", "--quiet", "--locked", "--package", "fgruntime-ffi", "--profile", profile];
    succeed(cargo.current_dir(root()).args(arguments))?;
    let lib = module.join("lib");
    let library = target_folder()?.join(folder).join("libfgruntime.a");
    copy(&library, &lib.join(platform()).join("libfgruntime.a"))?;
    copy(&root().join("include/fgruntime.h"), &lib.join("include/fgruntime.h"))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
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
    count.add(check("the packaged module builds a function as the developer guide says", follow_the_guide));
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

/// In an empty folder, with the module unpacked beside the function.
fn follow_the_guide() -> Result<(), String> {
    build_package()?;
    let folder = target_folder()?.join("go-guide");
    let _ = fs::remove_dir_all(&folder);
    copy(&root().join("examples/go/guide/test.go"), &folder.join("test.go"))?;
    let module = "module test\n\ngo 1.14\n\nrequire (\n    huaweicloud.com/go-runtime v0.0.0-00010101000000-000000000000\n)\n\n\
        replace (\n    huaweicloud.com/go-runtime => ./go-runtime\n)\n";
    let made = fs::write(folder.join("go.mod"), module)
        .and_then(|()| std::os::unix::fs::symlink(root().join("dist/go-runtime"), folder.join("go-runtime")));
    made.map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let mut go = Command::new("go");
    succeed(go.current_dir(&folder).args(["build", "-o", "handler", "test.go"]))
}
