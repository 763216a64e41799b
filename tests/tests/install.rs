//! `make install` as a C developer uses it: with pkg-config, with CMake, shared and static, in a folder whose name has a space.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{has_program, repository, skip, succeed, workspace_program};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const CMAKE_PROJECT: &str = "
cmake_minimum_required(VERSION 3.16)
project(hello C)
find_package(fgruntime 0.1 CONFIG REQUIRED)
add_executable(shared hello.c)
target_link_libraries(shared PRIVATE fgruntime::fgruntime)
add_executable(static hello.c)
target_link_libraries(static PRIVATE fgruntime::fgruntime-static)
";

/// The C program of the README.
fn program() -> String {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let program = readme.split("```c\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(program.contains("int main(void)") && program.lines().count() <= 32, "{program}");
    program.to_owned()
}

/// Where the library is installed, once, and what `make install` printed.
fn installed() -> &'static (PathBuf, String) {
    static INSTALLED: OnceLock<(PathBuf, String)> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        let prefix = fresh_folder("a prefix");
        let mut make = Command::new("make");
        make.arg("-C").arg(repository()).arg("install").arg(format!("PREFIX={}", prefix.display()));
        // What `make test` was called with is not for this make.
        make.env("CARGO", env!("CARGO")).env_remove("MAKEFLAGS").env_remove("DESTDIR");
        let printed = succeed(&mut make);
        (prefix, printed)
    })
}

/// An empty folder below the target folder, so that nothing is left elsewhere.
fn fresh_folder(name: &str) -> PathBuf {
    let built = workspace_program("fgruntime-cli", "tests-install").join(name);
    let _ = fs::remove_dir_all(&built);
    fs::create_dir_all(&built).unwrap();
    built
}

/// The program, compiled with the flags that pkg-config gives for the library in `prefix`.
fn compile(prefix: &Path, folder: &str, pkg_config: &str) -> PathBuf {
    let folder = fresh_folder(folder);
    fs::write(folder.join("hello.c"), program()).unwrap();
    // pkg-config writes spaces as shells and xargs read them.
    let line = format!("pkg-config --cflags --libs {pkg_config} | xargs cc -Wall -Werror hello.c -o hello");
    let mut shell = Command::new("sh");
    shell.args(["-ec", &line]).current_dir(&folder);
    succeed(shell.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")));
    folder.join("hello")
}

/// Runs a program on the local emulator: it answers an event of API Gateway with a greeting.
fn assert_answers(program: &Path, library_path: &Path) {
    let mut command = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
    command
        .args(["invoke", "-e", "apig", "--set", "queryStringParameters.name=Ada", "--output", "json", "--"])
        .arg(program);
    let output = command.env("LD_LIBRARY_PATH", library_path).output().unwrap();
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    let answer: Value = serde_json::from_str(result["function_output"].as_str().unwrap()).unwrap();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&200.into(), &"Hello, Ada!\n".into()), "{result}");
}

#[test]
fn pkg_config_finds_the_shared_library() {
    if !has_program("pkg-config") {
        return;
    }
    let (prefix, _) = installed();
    let program = compile(prefix, "shared", "fgruntime");
    assert_answers(&program, &prefix.join("lib"));
}

#[test]
fn pkg_config_finds_the_static_library() {
    if !has_program("pkg-config") {
        return;
    }
    let (prefix, _) = installed();
    assert_answers(&compile(prefix, "static", "fgruntime-static"), Path::new(""));
}

#[test]
fn the_folder_can_be_moved_and_the_shared_library_left_out() {
    if !has_program("pkg-config") {
        return;
    }
    let ((prefix, _), moved) = (installed(), fresh_folder("moved"));
    for file in ["include/fgruntime.h", "lib/libfgruntime.a", "lib/pkgconfig/fgruntime.pc"] {
        fs::create_dir_all(moved.join(file).parent().unwrap()).unwrap();
        fs::copy(prefix.join(file), moved.join(file)).unwrap();
    }
    assert_answers(&compile(&moved, "static only", "--static fgruntime"), Path::new(""));
}

#[test]
fn cmake_finds_both() {
    if !has_program("cmake") {
        return;
    }
    let ((prefix, _), folder) = (installed(), fresh_folder("cmake"));
    fs::write(folder.join("hello.c"), program()).unwrap();
    fs::write(folder.join("CMakeLists.txt"), CMAKE_PROJECT).unwrap();
    let mut configure = Command::new("cmake");
    configure.args(["-S", ".", "-B", "build"]).arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display()));
    succeed(configure.current_dir(&folder));
    succeed(Command::new("cmake").args(["--build", "build"]).current_dir(&folder));
    for program in ["shared", "static"] {
        assert_answers(&folder.join("build").join(program), Path::new(""));
    }
}

#[test]
fn the_shared_library_has_its_names() {
    let lib = installed().0.join("lib");
    let link = |name: &str| fs::read_link(lib.join(name)).unwrap();
    assert_eq!(link("libfgruntime.so"), Path::new("libfgruntime.so.0"));
    assert_eq!(link("libfgruntime.so.0"), Path::new("libfgruntime.so.0.1.0"));
    let headers = objdump("-p");
    assert!(
        headers.lines().any(|line| line.split_whitespace().eq(["SONAME", "libfgruntime.so.0"])),
        "{headers}"
    );
}

#[test]
fn the_shared_library_is_small() {
    let size = fs::metadata(installed().0.join("lib/libfgruntime.so")).unwrap().len();
    assert!(size <= 2 << 20, "{size} bytes");
}

#[test]
fn the_shared_library_exports_what_the_header_declares() {
    let symbols = objdump("-T");
    let defined = symbols.lines().filter(|line| line.starts_with('0') && !line.contains("*UND*"));
    let exported: BTreeSet<&str> = defined.filter_map(|line| line.split_whitespace().last()).collect();
    let header = fs::read_to_string(installed().0.join("include/fgruntime.h")).unwrap();
    let library = header.split("extern \"C\"").nth(1).unwrap();
    let code = library.lines().filter(|line| !line.starts_with([' ', '/', '#']));
    let declared: BTreeSet<&str> =
        code.filter_map(|line| line.split_once('(')?.0.split([' ', '*']).next_back()).collect();
    let declared: BTreeSet<&str> = declared.into_iter().filter(|name| name.starts_with("fg_")).collect();
    assert!(declared.contains("fg_runtime_run"), "{declared:?}");
    assert_eq!(exported, declared);
}

#[test]
fn the_shared_library_runs_with_old_releases_of_glibc() {
    if installed().1.contains("zig is missing") {
        return skip("glibc 2.17, since zig is missing");
    }
    let symbols = objdump("-T");
    let needed = symbols.lines().filter(|line| line.contains("*UND*") && line.contains("GLIBC_"));
    let newer: Vec<&str> = needed.filter(|line| glibc_minor(line) > 17).collect();
    assert!(newer.is_empty(), "{newer:#?}");
}

/// The minor version in `… (GLIBC_2.14) memcpy`; what is no number is newer than all.
fn glibc_minor(line: &str) -> u32 {
    let version = line.split("GLIBC_2.").nth(1).unwrap_or_default();
    version
        .split(|character: char| !character.is_ascii_digit())
        .next()
        .unwrap_or_default()
        .parse()
        .unwrap_or(u32::MAX)
}

fn objdump(option: &str) -> String {
    succeed(Command::new("objdump").arg(option).arg(installed().0.join("lib/libfgruntime.so")))
}
