//! `cargo xtask abi`: the C ABI against the recorded one, ffi-c/abi/. What is added raises the minor version; nothing else may
//! change, once there has been a release.

use crate::abi_source::{growing_structures, source};
use crate::dist::target_folder;
use crate::{header, root};
use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the tools are called, and the package that has them.
pub(crate) const TOOLS: (&[&str], &str) = (&["abidw", "abidiff"], "abigail-tools");

/// Whether the ABI is the recorded one.
pub(crate) fn check() -> Result<(), String> {
    let current = Interface::current()?;
    let recorded = current.recorded();
    let Some(minor) = recorded_minor(&recorded) else {
        return Err(format!("{} is missing; record it with `cargo xtask abi`", recorded.display()));
    };
    let is_recorded = judge(current.change_since(&recorded)?, current.major, minor, current.minor)?;
    if is_recorded { Ok(()) } else { Err("the C ABI has grown; record it with `cargo xtask abi`".to_owned()) }
}

/// Records what was added.
pub(crate) fn update() -> Result<(), String> {
    let current = Interface::current()?;
    let recorded = current.recorded();
    let is_recorded = match recorded_minor(&recorded) {
        Some(minor) => judge(current.change_since(&recorded)?, current.major, minor, current.minor)?,
        None => false,
    };
    if is_recorded { Ok(()) } else { current.record() }
}

/// Records the ABI as it is.
pub(crate) fn rewrite() -> Result<(), String> {
    let current = Interface::current()?;
    if current.major > 0 {
        return Err(
            "after the first release a recorded ABI only grows: raise FG_ABI_MAJOR instead".to_owned()
        );
    }
    current.record()
}

/// What has happened to the ABI.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    None,
    Additions,
    /// Programs break; abidiff's words.
    Break(String),
}

/// Whether the ABI is the recorded one; an error if it may not be recorded either.
fn judge(change: Change, major: u32, recorded: u32, minor: u32) -> Result<bool, String> {
    match (change, minor.cmp(&recorded)) {
        (Change::Break(report), _) => {
            let advice = match major {
                0 => "Until the first release, `cargo xtask abi --rewrite` accepts it",
                _ => {
                    "Keep what was there, or raise FG_ABI_MAJOR in ffi-c/src/abi.rs and the SONAME in ffi-c/build.rs"
                }
            };
            Err(format!("{report}\nthis breaks programs, so it is a new major version of the ABI. {advice}"))
        }
        (_, Ordering::Less) => {
            Err(format!("FG_ABI_MINOR is {minor}, but {recorded} is recorded; it never goes back"))
        }
        (Change::None, Ordering::Equal) => Ok(true),
        (Change::Additions, Ordering::Equal) => Err(format!(
            "something was added to the C ABI: raise FG_ABI_MINOR in ffi-c/src/abi.rs to {}, then run \
             `cargo xtask generate` and `cargo xtask abi`",
            recorded + 1
        )),
        (_, Ordering::Greater) => Ok(false),
    }
}

/// The interface of the header, described by abidw in a file.
struct Interface {
    major: u32,
    minor: u32,
    folder: PathBuf,
    /// Structures that may grow.
    growing: String,
}

impl Interface {
    fn current() -> Result<Self, String> {
        let header = header::file()?.text;
        let interface = Self {
            major: header::constant(&header, "FG_ABI_MAJOR")?,
            minor: header::constant(&header, "FG_ABI_MINOR")?,
            folder: target_folder()?.join("abi"),
            growing: growing_structures(&header).join("|"),
        };
        interface.describe(&header)?;
        Ok(interface)
    }

    fn recorded(&self) -> PathBuf {
        root().join(format!("ffi-c/abi/libfgruntime.so.{}.abi", self.major))
    }

    fn description(&self) -> PathBuf {
        self.folder.join("interface.abi")
    }

    fn describe(&self, header: &str) -> Result<(), String> {
        fs::create_dir_all(&self.folder).map_err(|error| cannot_write(&self.folder, &error))?;
        self.write("fgruntime.h", header)?;
        self.write("interface.c", &source(header))?;
        let soname = format!("-Wl,-soname,libfgruntime.so.{}", self.major);
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let arguments = ["-g", "-w", "-shared", "-fPIC", &soname, "interface.c", "-o", "interface.so"];
        succeeded(&compiler, &self.run(&compiler, &arguments)?)?;
        // Nothing that differs between machines, and nothing that is not the ABI.
        let arguments = [
            "--no-corpus-path",
            "--no-comp-dir-path",
            "--no-show-locs",
            "--no-parameter-names",
            "--no-elf-needed",
            "--out-file",
            "interface.abi",
            "interface.so",
        ];
        succeeded("abidw", &self.run("abidw", &arguments)?)
    }

    /// abidiff tells additions from other changes only by what is left when it ignores additions: its exit code is the same for
    /// a new function and for a parameter of another type.
    fn change_since(&self, recorded: &Path) -> Result<Change, String> {
        // The fields of these have functions of their own in the description.
        self.write("growing.suppr", &format!("[suppress_type]\n  name_regexp = ^({})$\n", self.growing))?;
        let recorded = recorded.to_string_lossy();
        let options = ["--harmless", "--no-architecture", "--suppressions", "growing.suppr"];
        let files = [recorded.as_ref(), "interface.abi"];
        let all = self.run("abidiff", &[&options[..], &files].concat())?;
        let rest = self.run("abidiff", &[&["--no-added-syms"], &options[..], &files].concat())?;
        let report = String::from_utf8_lossy(&rest.stdout).into_owned();
        Ok(match (differs(&all)?, differs(&rest)?) {
            (false, _) => Change::None,
            (true, false) => Change::Additions,
            (true, true) => Change::Break(report),
        })
    }

    fn record(&self) -> Result<(), String> {
        let path = self.recorded();
        let description =
            fs::read_to_string(self.description()).map_err(|error| cannot_write(&path, &error))?;
        let text = with_minor(&description, self.minor);
        fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(|error| cannot_write(&path, &error))?;
        fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
        println!("recorded in {}; commit it", path.display());
        Ok(())
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|error| cannot_write(&path, &error))
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<Output, String> {
        let output = Command::new(program).args(arguments).current_dir(&self.folder).output();
        output.map_err(|error| {
            format!("{program} cannot be run: {error} (abidw and abidiff: package {})", TOOLS.1)
        })
    }
}

fn succeeded(program: &str, output: &Output) -> Result<(), String> {
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{program} failed: {}", String::from_utf8_lossy(&output.stderr))),
    }
}

/// Reads abidiff's exit code: 4 and 8 are differences, 1 and 2 failures of its own.
fn differs(output: &Output) -> Result<bool, String> {
    match output.status.code() {
        Some(0) => Ok(false),
        Some(code) if code & 3 == 0 => Ok(true),
        _ => Err(format!("abidiff failed: {}", String::from_utf8_lossy(&output.stderr))),
    }
}

const MINOR: &str = "<!-- FG_ABI_MINOR ";

/// The minor version goes into the second line; abidiff knows the file by the first.
fn with_minor(description: &str, minor: u32) -> String {
    let (first, rest) = description.split_once('\n').unwrap_or((description, ""));
    format!("{first}\n{MINOR}{minor} -->\n{rest}")
}

/// The minor version of a recorded ABI; none if there is none.
fn recorded_minor(path: &Path) -> Option<u32> {
    let text = fs::read_to_string(path).ok()?;
    text.lines().nth(1)?.strip_prefix(MINOR)?.split(' ').next()?.parse().ok()
}

fn cannot_write(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be written: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn additions_raise_the_minor_version() {
        assert_eq!(judge(Change::None, 1, 4, 4), Ok(true));
        assert_eq!(judge(Change::None, 1, 4, 5), Ok(false));
        assert_eq!(judge(Change::Additions, 1, 4, 5), Ok(false));
        assert!(
            judge(Change::Additions, 1, 4, 4).unwrap_err().contains("FG_ABI_MINOR in ffi-c/src/abi.rs to 5")
        );
        assert!(judge(Change::None, 1, 4, 3).unwrap_err().contains("never goes back"));
    }

    #[test]
    fn other_changes_are_a_major_version() {
        let broken = |major| judge(Change::Break("fg_x is gone".to_owned()), major, 4, 5).unwrap_err();
        assert!(broken(1).starts_with("fg_x is gone\n") && broken(1).contains("raise FG_ABI_MAJOR"));
        assert!(broken(0).contains("abi --rewrite"));
    }
}
