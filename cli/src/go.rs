//! Functions in Go from their sources: `fgruntime invoke main.go`, `fgruntime invoke FOLDER`. `go` builds them before they run.

use crate::program::{Program, ProgramError};
use crate::spinner::Spinner;
use rustix::process::{Pid, Signal, kill_process_group};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use tempfile::TempDir;
use tokio::process::Command;

const EXTENSION: &str = "go";
const MODULE: &str = "go.mod";
/// The package of the current folder.
const PACKAGE: &str = ".";
/// What `go`, and the functions of fgruntime's module, say where a C compiler is missing.
const WITHOUT_COMPILER: [&str; 2] = ["C compiler", "this_module_needs_cgo"];

/// What is built: a file, or the package in a folder.
#[derive(Debug)]
pub(crate) struct Source {
    /// The file or the folder, as the user names it.
    path: PathBuf,
    /// Where it is, absolute.
    folder: PathBuf,
    /// The same as `go build`, run in that folder, knows it.
    package: OsString,
}

/// A program in a temporary folder, which is removed with this.
#[derive(Debug)]
pub(crate) struct Built {
    /// The program; it runs in the folder of its source.
    pub(crate) program: Program,
    _folder: TempDir,
}

impl Source {
    /// What there is to build at that path, if there is something.
    pub(crate) fn at(path: &Path) -> Result<Option<Self>, ProgramError> {
        if path.is_dir() {
            return if holds_go(path) { Self::package(path).map(Some) } else { Ok(None) };
        }
        if path.extension() != Some(OsStr::new(EXTENSION)) {
            return Ok(None);
        }
        let folder = Program::folder_of(path)?;
        let package = path.file_name().unwrap_or_default().to_owned();
        Ok(Some(Self { path: path.into(), folder, package }))
    }

    fn package(path: &Path) -> Result<Self, ProgramError> {
        let absolute = path.canonicalize();
        let folder = absolute.map_err(|source| ProgramError::Refused { path: path.into(), source })?;
        Ok(Self { path: path.into(), folder, package: PACKAGE.into() })
    }

    /// Builds the program under that name. What `go` says goes to standard error. Dropping the future ends `go`.
    pub(crate) async fn build(&self, name: &str) -> Result<Built, ProgramError> {
        let folder = tempfile::tempdir().map_err(|source| self.no_go(source))?;
        let program = folder.path().join(name);
        let spinner = Spinner::start("building the function");
        let output = self.run_go(&program, folder.path()).await.map_err(|source| self.no_go(source))?;
        drop(spinner);
        // Whoever closed standard error does not want to know.
        let _ = io::stderr().write_all(&output.stderr);
        if !output.status.success() {
            return Err(self.not_built(&String::from_utf8_lossy(&output.stderr)));
        }
        // Of a package that is no program, `go build` leaves a library.
        let is_program = fs::metadata(&program).is_ok_and(|built| built.permissions().mode() & 0o111 != 0);
        if !is_program {
            return Err(ProgramError::NotMain(self.path.clone()));
        }
        let source = Some(self.folder.join(&self.package));
        let program = Program { path: program, arguments: Vec::new(), folder: self.folder.clone(), source };
        Ok(Built { program, _folder: folder })
    }

    /// Its working files are in the temporary folder too, and what it starts in a process group with it, so that nothing is left
    /// of either if it is ended early.
    async fn run_go(&self, program: &Path, temporary: &Path) -> io::Result<Output> {
        let mut go = Command::new("go");
        go.args(["build", "-o"]).arg(program).arg(&self.package).current_dir(&self.folder);
        go.env("GOTMPDIR", temporary).process_group(0);
        go.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let child = go.spawn()?;
        let _group = Group(child.id().and_then(|id| Pid::from_raw(id.cast_signed())));
        child.wait_with_output().await
    }

    fn no_go(&self, source: io::Error) -> ProgramError {
        let path = self.path.clone();
        match source.kind() {
            io::ErrorKind::NotFound => ProgramError::NoGo(path),
            _ => ProgramError::Refused { path, source },
        }
    }

    fn not_built(&self, said: &str) -> ProgramError {
        let path = self.path.clone();
        if WITHOUT_COMPILER.iter().any(|words| said.contains(words)) {
            return ProgramError::NoCompiler(path);
        }
        ProgramError::NotBuilt { is_file: self.package != PACKAGE, path }
    }
}

/// Processes that are ended with this.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        // The only possible failure is that nobody is left to be ended.
        let _ = self.0.map(|group| kill_process_group(group, Signal::KILL));
    }
}

/// Whether a folder is that of a module or has sources which are no tests.
fn holds_go(folder: &Path) -> bool {
    let is_source = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name == MODULE || name.ends_with(".go") && !name.ends_with("_test.go")
    };
    fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(is_source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_of_go_are_sources() {
        let root = tempfile::tempdir().unwrap();
        for (file, is_one) in
            [("a/main.go", true), ("b/go.mod", true), ("c/main_test.go", false), ("d/index.py", false)]
        {
            let path = root.path().join(file);
            let folder = path.parent().unwrap();
            fs::create_dir(folder).unwrap();
            fs::write(&path, "").unwrap();
            assert_eq!(Source::at(folder).unwrap().is_some(), is_one, "{file}");
        }
        let source = Source::at(&root.path().join("a/main.go")).unwrap().unwrap();
        assert_eq!(source.package, "main.go");
        assert_eq!(source.folder, root.path().join("a").canonicalize().unwrap());
        assert!(Source::at(&root.path().join("b/go.mod")).unwrap().is_none());
    }
}
