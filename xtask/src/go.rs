//! The Go module: the library that it links, its checks, and what is released of it.

use crate::dist::{Builder, target_folder};
use crate::install::place;
use crate::step::{Count, check, go_test, missing, program, succeed, succeed_quietly};
use crate::zig::{self, HOW_TO_GET};
use crate::{glibc, header, root};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MODULE: &str = "bindings-go";
/// What is built with the module, each a module of its own.
const EXAMPLES: [&str; 2] = ["examples/go", "examples/go/guide"];
const BENCHMARKS: &str = "benches/go";
/// What every check of Go needs.
const TOOLS: (&[&str], &str) = (&["go", "cc"], "golang-go");
const STATICCHECK: &str = "honnef.co/go/tools/cmd/staticcheck@v0.8.2";
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The developer guide's own name for the module's folder.
const FOLDER: &str = "go-runtime";
/// What a build without cgo must say.
const NO_CGO: &str = "this_module_needs_cgo__set_CGO_ENABLED_to_1_and_install_a_C_compiler";

/// Builds the library unoptimised and puts it where the module looks for it.
pub(crate) fn install() -> Result<(), String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    succeed(cargo.current_dir(root()).args(["build", "--quiet", "--locked", "--package", "fgruntime-ffi"]))?;
    place_library(&target_folder()?.join("debug/libfgruntime.a"))
}

/// Builds the library as it is released, into the module, and leaves the module in dist/: as a folder, and as a zip for machines without
/// Rust.
pub(crate) fn sdk() -> Result<(), String> {
    place_library(&Builder::new()?.library()?.archive)?;
    let dist = root().join("dist");
    let folder = dist.join(FOLDER);
    let _ = fs::remove_dir_all(&folder);
    for path in module_files()? {
        let inside = path.strip_prefix(MODULE).unwrap_or(&path);
        place(&root().join(&path), &folder.join(inside), 0o644)?;
    }
    place(&root().join("LICENSE"), &folder.join("LICENSE"), 0o644)?;
    let zip = format!("fgruntime-go-{VERSION}-{}-{}.zip", system(), processor());
    let _ = fs::remove_file(dist.join(&zip));
    succeed_quietly(Command::new("zip").args(["-qr", &zip, FOLDER]).current_dir(&dist))?;
    println!("built dist/{FOLDER} and dist/{zip}");
    Ok(())
}

/// The files of the module: those that git has, and the library.
fn module_files() -> Result<Vec<PathBuf>, String> {
    let output = Command::new("git").args(["ls-files", MODULE]).current_dir(root()).output();
    let output = output.map_err(|error| format!("git cannot be run: {error}"))?;
    let listed = String::from_utf8_lossy(&output.stdout);
    let mut files: Vec<PathBuf> =
        listed.lines().filter(|path| !path.ends_with("_test.go")).map(PathBuf::from).collect();
    files.push(format!("{MODULE}/lib/include/fgruntime.h").into());
    files.push(format!("{MODULE}/lib/{}_{}/libfgruntime.a", system(), processor()).into());
    Ok(files)
}

fn place_library(archive: &Path) -> Result<(), String> {
    let lib = root().join(MODULE).join("lib");
    place(&root().join(header::PATH), &lib.join("include/fgruntime.h"), 0o644)?;
    place(archive, &lib.join(format!("{}_{}", system(), processor())).join("libfgruntime.a"), 0o644)
}

/// As Go calls it.
fn system() -> &'static str {
    if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS }
}

fn processor() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// Every check of the module; they count as skipped if Go is missing.
pub(crate) fn run() -> Count {
    if let Some(count) = missing("Go", TOOLS) {
        return count;
    }
    let mut count = check("the library for Go can be built", install);
    if count.failed > 0 {
        return count;
    }
    count.add(check("gofmt", formatted));
    for folder in [MODULE, BENCHMARKS].into_iter().chain(EXAMPLES) {
        count.add(program(&format!("go vet in {folder}"), go(folder).args(["vet", "./..."])));
    }
    count.add(check("staticcheck", staticcheck));
    for folder in EXAMPLES {
        count.add(check(&format!("{folder} needs nothing but the module"), || build_offline(folder)));
    }
    count.add(check("a build without cgo says what to do", without_cgo));
    count.add(check("a build by zig runs on old systems", portable));
    count.add(check("the packaged module builds a function as the developer guide says", follow_the_guide));
    // Last, so that the library which is developed lies in the module.
    count.add(check("the library for Go is the developed one again", install));
    count.add(go_test("Go tests", go(MODULE).args(["test", "-race", "-count=1", "-v", "./..."])));
    count
}

/// Every check of the module, alone.
pub(crate) fn test() -> Result<(), String> {
    let Count { passed, failed, skipped } = run();
    println!("\n{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { Ok(()) } else { Err("see above".to_owned()) }
}

/// Go as it is installed, in a folder of ours.
fn go(folder: &str) -> Command {
    let mut go = Command::new("go");
    go.current_dir(root().join(folder)).env("GOTOOLCHAIN", "local").env("GOFLAGS", "");
    go
}

fn formatted() -> Result<(), String> {
    let output =
        Command::new("gofmt").args(["-l", MODULE, BENCHMARKS, "examples/go"]).current_dir(root()).output();
    let output = output.map_err(|error| format!("gofmt cannot be run: {error}"))?;
    let listed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if listed.is_empty() { Ok(()) } else { Err(format!("not formatted:\n{listed}")) }
}

fn staticcheck() -> Result<(), String> {
    let bin = root().join("target/go");
    succeed_quietly(go(".").env("GOBIN", &bin).args(["install", STATICCHECK]))?;
    for folder in [MODULE, BENCHMARKS, EXAMPLES[0]] {
        let mut staticcheck = Command::new(bin.join("staticcheck"));
        succeed(staticcheck.current_dir(root().join(folder)).env("GOTOOLCHAIN", "local").arg("./..."))?;
    }
    Ok(())
}

/// With an empty module cache and no proxy.
fn build_offline(folder: &str) -> Result<(), String> {
    let out = target_folder()?.join("go-examples").join(folder.replace('/', "-"));
    fs::create_dir_all(&out).map_err(|error| format!("{} cannot be made: {error}", out.display()))?;
    let mut build = go(folder);
    build.env("GOPROXY", "off").env("GOMODCACHE", target_folder()?.join("go-no-modules"));
    succeed(build.args(["build", "-o"]).arg(format!("{}/", out.display())).arg("./..."))
}

fn without_cgo() -> Result<(), String> {
    let output = go(EXAMPLES[1]).env("CGO_ENABLED", "0").args(["build", "-o", "/dev/null", "."]).output();
    let output = output.map_err(|error| format!("go cannot be run: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() && told.contains(NO_CGO) { Ok(()) } else { Err(told.into_owned()) }
}

/// As the documents say: zig as C compiler, for the oldest glibc.
fn portable() -> Result<(), String> {
    let folder = target_folder()?.join("go-zig");
    let Some(linker) = zig::linker(&folder)? else {
        return Err(format!("zig is missing; {HOW_TO_GET}"));
    };
    let program = folder.join("handler");
    let mut build = go(EXAMPLES[1]);
    build.env("CC", linker).args(["build", "-o"]).arg(&program).arg(".");
    succeed(&mut build)?;
    glibc::check(&program)
}

/// In an empty folder, with the module unpacked beside the function, and no Rust.
fn follow_the_guide() -> Result<(), String> {
    sdk()?;
    let folder = target_folder()?.join("go-guide");
    let _ = fs::remove_dir_all(&folder);
    place(&root().join("examples/go/guide/test.go"), &folder.join("test.go"), 0o644)?;
    let module = "module test\n\ngo 1.14\n\nrequire (\n    huaweicloud.com/go-runtime v0.0.0-00010101000000-000000000000\n)\n\n\
        replace (\n    huaweicloud.com/go-runtime => ./go-runtime\n)\n";
    fs::write(folder.join("go.mod"), module).map_err(|error| format!("go.mod cannot be written: {error}"))?;
    let zip = format!("dist/fgruntime-go-{VERSION}-{}-{}.zip", system(), processor());
    let mut unzip = Command::new("python3");
    unzip.args(["-m", "zipfile", "-e"]).arg(root().join(zip)).arg(&folder);
    succeed_quietly(&mut unzip)?;
    succeed(go(".").current_dir(&folder).args(["build", "-o", "handler", "test.go"]))
}
