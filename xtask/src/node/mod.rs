//! The npm package: what is generated of it, how it is built, and its checks.

mod events;
mod packages;
mod panics;
mod releases;

pub(crate) use packages::build as build_packages;

use crate::dist::target_folder;
use crate::generated::File;
use crate::step::{Count, check, missing, node_test, program, succeed, succeed_quietly};
use crate::{root, samples};
use packages::{tarball, triple};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::Path;
use std::process::Command;

const PACKAGE: &str = "bindings-node";
const EXAMPLES: [&str; 2] = ["examples/node", "examples/node/typescript"];
/// What there is of JavaScript.
const SOURCES: [&str; 4] = [PACKAGE, "bindings-node-cli", "examples/node", "benches/node"];
/// What every check of Node needs.
const TOOLS: (&[&str], &str) = (&["node", "npm"], "nodejs");

/// What is generated of the package.
pub(crate) fn files() -> Result<Vec<File>, String> {
    Ok(events::files().into_iter().chain(samples::files(&format!("{PACKAGE}/samples"))?).collect())
}

/// Builds the native module unoptimised, puts it where the package looks for it, and the package where the examples do.
pub(crate) fn install() -> Result<(), String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    succeed(cargo.current_dir(root()).args(["build", "--quiet", "--locked", "--package", "fgruntime-node"]))?;
    let built = target_folder()?.join("debug").join(format!("{DLL_PREFIX}fgruntime_node{DLL_SUFFIX}"));
    let module = root().join(PACKAGE).join(format!("fgruntime.{}.node", triple()?));
    // A module that is loaded somewhere must not be written over.
    let _ = fs::remove_file(&module);
    fs::copy(&built, &module).map_err(|error| format!("{} cannot be copied: {error}", built.display()))?;
    EXAMPLES.iter().try_for_each(|folder| link_package(&root().join(folder)))
}

/// As `npm install` does with a dependency that is a folder.
fn link_package(folder: &Path) -> Result<(), String> {
    let modules = folder.join("node_modules");
    let link = modules.join("fgruntime");
    let _ = fs::remove_file(&link);
    let made =
        fs::create_dir_all(&modules).and_then(|()| std::os::unix::fs::symlink(root().join(PACKAGE), &link));
    made.map_err(|error| format!("{} cannot be made: {error}", link.display()))
}

/// Every check of the package; they count as skipped if Node is missing.
pub(crate) fn run() -> Count {
    if let Some(count) = missing("Node", TOOLS) {
        return count;
    }
    let mut count = check("the Node package can be built", install);
    count.add(check("the tools for Node are installed", install_tools));
    count.add(check("functions that Node calls catch panics", panics::check));
    if count.failed > 0 {
        return count;
    }
    count.add(program("prettier", tool("prettier").args(["--check", "--log-level=warn"]).args(SOURCES)));
    let config = format!("{PACKAGE}/eslint.config.js");
    count.add(program("eslint", tool("eslint").args(["--config", &config]).args(SOURCES)));
    count.add(program("types of the Node package", tool("tsc").args(["-p", PACKAGE])));
    let types = format!("{PACKAGE}/node_modules/@types");
    let mut examples = tool("tsc");
    examples.args(["-p", "examples/node/typescript", "--noEmit", "--typeRoots", &types]);
    count.add(program("types of the examples", &mut examples));
    count.add(node_test("Node tests", &mut tests_of(Path::new("node"), |_| true)));
    count.add(releases::run());
    count.add(check("the npm packages can be built", build_packages));
    let published = tarball("fgruntime");
    count.add(program("publint", tool("publint").arg("--strict").arg(&published)));
    // The program is no module, and has no types.
    let mut attw = tool("attw");
    count.add(program(
        "are the types wrong?",
        attw.arg(&published).args(["--exclude-entrypoints", "./bin/fgruntime.js"]),
    ));
    count
}

/// The files of tests of that name, run by this Node.
fn tests_of(node: &Path, is_chosen: impl Fn(&str) -> bool) -> Command {
    let folder = root().join(PACKAGE).join("tests");
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> = entries
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".test.js") && is_chosen(&name)
        })
        .collect();
    files.sort();
    let mut command = Command::new(node);
    command.current_dir(root()).args(["--test", "--test-reporter=tap"]).args(files);
    command
}

/// Every check of the package, alone.
pub(crate) fn test() -> Result<(), String> {
    run().report()
}

/// What package.json asks for beside the package, as package-lock.json has it.
fn install_tools() -> Result<(), String> {
    let folder = root().join(PACKAGE);
    let modules = folder.join("node_modules");
    let wanted = crate::read(&format!("{PACKAGE}/package-lock.json"))?;
    // Written last, so that an installation that was interrupted is done again.
    let installed = modules.join("installed.json");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    succeed_quietly(Command::new("npm").args(["ci", "--ignore-scripts"]).current_dir(&folder))?;
    fs::write(&installed, wanted)
        .map_err(|error| format!("{} cannot be written: {error}", installed.display()))
}

fn tool(name: &str) -> Command {
    let mut command = Command::new(root().join(PACKAGE).join("node_modules/.bin").join(name));
    command.current_dir(root());
    command
}
