//! The header and what the library exports: valid in every dialect, complete, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_core::event::Kind;
use fgruntime_tests::{c_compiler, c_folder, c_source, cpp_compiler, library, repository, succeed};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

fn header() -> String {
    std::fs::read_to_string(repository().join("include/fgruntime.h")).unwrap()
}

/// Whether a source compiles, and what the compiler says.
fn compiles(mut compiler: Command, language: &str, standard: &str, source: &str) -> (bool, String) {
    compiler.args(["-fsyntax-only", "-x", language, &format!("-std={standard}"), "-"]);
    compiler.stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = compiler.spawn().unwrap();
    child.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The functions that the header declares; those that it defines are not exported.
fn declared() -> BTreeSet<String> {
    let is_declaration = |line: &&str| {
        line.starts_with(|first: char| first.is_ascii_lowercase())
            && !line.starts_with("static ")
            && !line.starts_with("typedef ")
    };
    let header = header();
    let names = header
        .lines()
        .filter(is_declaration)
        .filter_map(|line| line.split_once('('))
        .map(|(head, _)| head.rsplit([' ', '*']).next().unwrap().to_owned());
    names.collect()
}

/// The third column of what `nm` prints, or the second where there is no address.
fn symbols(arguments: &[&str], file: &std::path::Path) -> BTreeSet<String> {
    let listed = succeed(Command::new("nm").args(arguments).arg(file));
    listed.lines().filter_map(|line| line.split_whitespace().last()).map(str::to_owned).collect()
}

fn exported() -> BTreeSet<String> {
    symbols(&["--dynamic", "--defined-only"], &library("libfgruntime.so"))
}

#[test]
fn the_header_compiles_alone_in_every_c() {
    for standard in ["c99", "c11", "c17", "c2x"] {
        let (compiles, said) = compiles(c_compiler(), "c", standard, "#include <fgruntime.h>\n");
        assert!(compiles, "{standard}: {said}");
    }
}

#[test]
fn the_header_compiles_alone_in_every_cpp() {
    for standard in ["c++11", "c++17", "c++20"] {
        let (compiles, said) = compiles(cpp_compiler(), "c++", standard, "#include <fgruntime.h>\n");
        assert!(compiles, "{standard}: {said}");
    }
}

#[test]
fn the_header_may_be_included_twice() {
    let twice = "#include <fgruntime.h>\n#include <fgruntime.h>\n";
    let (compiles_as_c, said) = compiles(c_compiler(), "c", "c99", twice);
    assert!(compiles_as_c, "{said}");
    let (compiles_as_cpp, said) = compiles(cpp_compiler(), "c++", "c++11", twice);
    assert!(compiles_as_cpp, "{said}");
}

#[test]
fn the_compiler_checks_formats_and_tells_of_what_is_deprecated() {
    let body = |statement: &str| {
        format!(
            "#include <fgruntime.h>\nvoid f(const fg_logger *l, const fg_context *c) {{ (void)l; (void)c; {statement} }}"
        )
    };
    let said = |statement: &str| compiles(c_compiler(), "c", "c99", &body(statement));
    assert_eq!(said("fg_logf(l, FG_LEVEL_INFO, \"%s\", \"x\");"), (true, String::new()));
    for (statement, warning) in [
        ("fg_logf(l, FG_LEVEL_INFO, \"%d\", \"x\");", "-Werror=format"),
        ("fg_logf(l, FG_LEVEL_INFO, \"%s\");", "-Werror=format"),
        ("(void)fg_context_access_key(c);", "-Werror=deprecated-declarations"),
        ("(void)fg_context_secret_key(c);", "-Werror=deprecated-declarations"),
    ] {
        let (compiles, said) = said(statement);
        assert!(!compiles && said.contains(warning), "{statement}: {said}");
    }
}

#[test]
fn the_library_exports_what_the_header_declares_and_nothing_else() {
    let declared = declared();
    assert!(declared.len() > 100 && declared.contains("fg_runtime_run"), "{declared:?}");
    assert_eq!(exported(), declared);
    assert!(declared.iter().all(|name| name.starts_with("fg_")));
}

#[test]
fn the_library_has_the_abis_major_version_in_its_name() {
    let header = header();
    let major = header.lines().find_map(|line| line.strip_prefix("#define FG_ABI_MAJOR ")).unwrap();
    let dynamic = succeed(Command::new("readelf").arg("--dynamic").arg(library("libfgruntime.so")));
    assert!(dynamic.contains(&format!("Library soname: [libfgruntime.so.{major}]")), "{dynamic}");
}

/// The programs that pass NULL everywhere leave no function out.
#[test]
fn every_function_is_called_with_null() {
    let mut called = BTreeSet::new();
    let fields =
        Kind::ALL.iter().filter(|kind| kind.table().is_some()).map(|kind| format!("fields_{}", kind.name()));
    for program in fields.chain(["null".to_owned()]) {
        let object = c_folder().join(format!("{program}.o"));
        succeed(c_compiler().args(["-std=c99", "-c"]).arg(c_source(&program)).arg("-o").arg(&object));
        called.extend(
            symbols(&["--undefined-only"], &object).into_iter().filter(|name| name.starts_with("fg_")),
        );
    }
    assert_eq!(called, declared());
}
