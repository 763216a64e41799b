//! Which program to start, and where.

use crate::language;
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What the program of a custom runtime is called.
pub(crate) const BOOTSTRAP: &str = "bootstrap";

/// Why a program cannot be started. Each message names the path and what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProgramError {
    /// Nothing has this path.
    #[error(
        "there is no '{0}'; name a folder that holds 'bootstrap', an executable file, a source file such as index.py, index.js or main.go, or a command after --"
    )]
    Missing(PathBuf),
    /// The folder has no bootstrap.
    #[error(
        "the folder '{0}' has no 'bootstrap', and no sources in Go; put the program there under this name, or name its file"
    )]
    NoBootstrap(PathBuf),
    /// A folder, socket or the like stands where a program is needed.
    #[error("'{0}' is not a file; name an executable file")]
    NotAFile(PathBuf),
    /// The execute permission is missing.
    #[error("'{0}' is not executable; run: chmod +x '{0}'")]
    NotExecutable(PathBuf),
    /// The command is in no folder of `$PATH`.
    #[error("the command '{0}' is in no folder of $PATH; write ./{0} for a program in this folder")]
    NotInPath(PathBuf),
    /// The system cannot run the file.
    #[error("'{0}' is neither a program of this machine nor a script with a first line such as #!/bin/sh")]
    WrongFormat(PathBuf),
    /// The interpreter that a script names is missing.
    #[error("'{0}' cannot start: the interpreter in its first line, or the loader of the binary, is missing")]
    NoInterpreter(PathBuf),
    /// The interpreter of a source file is missing.
    #[error(
        "there is no {interpreter} to run it; install {requirement}{hint}",
        interpreter = interpreter.display(), hint = or_environment(*environment)
    )]
    NoInterpreterFor {
        /// What is to be installed.
        requirement: &'static str,
        /// What was looked for.
        interpreter: PathBuf,
        /// The variable that names an activated environment.
        environment: Option<&'static str>,
    },
    /// The interpreter of a source file has no fgruntime.
    #[error(
        "{interpreter} cannot import fgruntime; run: {interpreter} {install}{hint}",
        interpreter = interpreter.display(), hint = or_environment(*environment)
    )]
    NoRuntime {
        /// The interpreter.
        interpreter: PathBuf,
        /// Its arguments that install fgruntime.
        install: &'static str,
        /// The variable that names an activated environment.
        environment: Option<&'static str>,
    },
    /// The folder of a source file has no fgruntime.
    #[error("fgruntime cannot be found from the folder '{folder}'; run there: {install}")]
    NoRuntimeInFolder {
        /// The folder.
        folder: PathBuf,
        /// The command that installs fgruntime.
        install: &'static str,
    },
    /// There is no Go.
    #[error("there is no go to build '{0}'; install Go, or name a program that is built already")]
    NoGo(PathBuf),
    /// Go needs a C compiler.
    #[error(
        "'{0}' cannot be built without a C compiler, see above; install one (Debian and Ubuntu: apt install gcc), or name \
         another in $CC, and do not set CGO_ENABLED to 0"
    )]
    NoCompiler(PathBuf),
    /// The sources are wrong.
    #[error("'{path}' cannot be built, see above{hint}", path = path.display(), hint = or_folder(*is_file))]
    NotBuilt {
        /// What was to be built.
        path: PathBuf,
        /// Whether that is a file, which is built without the others of its folder.
        is_file: bool,
    },
    /// The package is a library.
    #[error(
        "the package in '{0}' is not 'main', so that it is no program; name the folder of the one that is"
    )]
    NotMain(PathBuf),
    /// The system refuses for another reason.
    #[error("cannot start '{path}': {source}")]
    Refused {
        /// The program.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// The end of the advice for a language that has environments.
fn or_environment(variable: Option<&str>) -> String {
    variable.map_or_else(String::new, |name| format!(", or activate the environment that has it (${name})"))
}

/// The advice for a file that may need the others of its folder.
fn or_folder(is_file: bool) -> &'static str {
    if is_file { "; if it needs other files of its folder, name the folder" } else { "" }
}

/// A program that takes the place of the custom runtime's `bootstrap`.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// Absolute, unless it is a bare name to be found through `$PATH`.
    pub(crate) path: PathBuf,
    /// Its arguments.
    pub(crate) arguments: Vec<OsString>,
    /// Its working directory, which is the function's code root.
    pub(crate) folder: PathBuf,
    /// The source, if the program is an interpreter that runs a file, or was built from a file or the folder.
    pub(crate) source: Option<PathBuf>,
}

impl Program {
    /// The bootstrap of a folder, or an executable file.
    pub(crate) fn at(path: &Path) -> Result<Self, ProgramError> {
        let found = path.metadata().map_err(|source| no_access(path, source))?;
        if !found.is_dir() {
            return Self::file(path, &[]);
        }
        let bootstrap = path.join(BOOTSTRAP);
        match bootstrap.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(ProgramError::NoBootstrap(path.into()))
            }
            _ => Self::file(&bootstrap, &[]),
        }
    }

    /// A command with its arguments; without a slash it is found through `$PATH` and runs in the current folder.
    pub(crate) fn command(name: &OsStr, arguments: &[OsString]) -> Result<Self, ProgramError> {
        let path = Path::new(name);
        if name.as_encoded_bytes().contains(&b'/') {
            return Self::file(path, arguments);
        }
        let folder = std::env::current_dir().map_err(|source| refused(path, source))?;
        Ok(Self { path: path.into(), arguments: arguments.to_vec(), folder, source: None })
    }

    /// What the function is called if nobody says otherwise.
    pub(crate) fn default_name(&self) -> String {
        let file = self.source.as_ref().unwrap_or(&self.path);
        let is_unnamed = |source: &Path| source == self.folder || language::is_index(source);
        let named_by_folder =
            self.source.as_deref().is_some_and(is_unnamed) || file.file_name() == Some(OsStr::new(BOOTSTRAP));
        let name = if named_by_folder { self.folder.file_name() } else { file.file_stem() };
        name.map_or_else(|| "function".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// What the failure to start this program means.
    pub(crate) fn start_error(&self, source: io::Error) -> ProgramError {
        let path = self.path.clone();
        match source.kind() {
            io::ErrorKind::NotFound if path.is_absolute() => ProgramError::NoInterpreter(path),
            io::ErrorKind::NotFound => ProgramError::NotInPath(path),
            io::ErrorKind::PermissionDenied => ProgramError::NotExecutable(path),
            _ if source.raw_os_error() == Some(rustix::io::Errno::NOEXEC.raw_os_error()) => {
                ProgramError::WrongFormat(path)
            }
            _ => ProgramError::Refused { path, source },
        }
    }

    /// The absolute folder of a file that is there.
    pub(crate) fn folder_of(path: &Path) -> Result<PathBuf, ProgramError> {
        if !path.metadata().map_err(|source| no_access(path, source))?.is_file() {
            return Err(ProgramError::NotAFile(path.into()));
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        parent.canonicalize().map_err(|source| refused(path, source))
    }

    fn file(path: &Path, arguments: &[OsString]) -> Result<Self, ProgramError> {
        let folder = Self::folder_of(path)?;
        let Some(name) = path.file_name() else {
            return Err(ProgramError::NotAFile(path.into()));
        };
        let found = path.metadata().map_err(|source| no_access(path, source))?;
        if found.permissions().mode() & 0o111 == 0 {
            return Err(ProgramError::NotExecutable(path.into()));
        }
        Ok(Self { path: folder.join(name), arguments: arguments.to_vec(), folder, source: None })
    }
}

fn no_access(path: &Path, source: io::Error) -> ProgramError {
    match source.kind() {
        io::ErrorKind::NotFound => ProgramError::Missing(path.into()),
        _ => refused(path, source),
    }
}

fn refused(path: &Path, source: io::Error) -> ProgramError {
    ProgramError::Refused { path: path.into(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn executable(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, "#!/bin/sh\n").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn a_bootstrap_is_named_after_its_folder_and_another_program_after_itself() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("hello");
        std::fs::create_dir(&folder).unwrap();
        executable(&folder, "bootstrap");
        assert_eq!(Program::at(&folder).unwrap().default_name(), "hello");
        let other = executable(&folder, "greet.sh");
        let program = Program::at(&other).unwrap();
        assert_eq!(program.default_name(), "greet");
        assert_eq!(program.folder, folder.canonicalize().unwrap());
        assert!(program.path.is_absolute());
    }

    #[test]
    fn a_source_file_gives_its_name_but_for_index() {
        let program = |file: &str| Program {
            path: "python3".into(),
            arguments: Vec::new(),
            folder: "/code/orders".into(),
            source: Some(file.into()),
        };
        assert_eq!(program("src/place.py").default_name(), "place");
        assert_eq!(program("index.py").default_name(), "orders");
        assert_eq!(program("/code/orders/main.go").default_name(), "orders");
        assert_eq!(program("/code/orders/.").default_name(), "orders");
        assert_eq!(program("/code/orders/place.go").default_name(), "place");
    }

    #[test]
    fn a_bare_command_runs_in_the_current_folder() {
        let program = Program::command(OsStr::new("sh"), &["-c".into()]).unwrap();
        assert_eq!(program.path, Path::new("sh"));
        assert_eq!(program.folder, std::env::current_dir().unwrap());
    }
}
