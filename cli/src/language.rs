//! Source files that an interpreter runs: `fgruntime invoke index.py`, `fgruntime invoke index.mjs`.

use crate::program::{Program, ProgramError};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A language whose functions are source files.
#[derive(Debug)]
pub(crate) struct Language {
    /// What is to be installed where its interpreter is missing.
    requirement: &'static str,
    /// What its files are called, after the last dot.
    extensions: &'static [&'static str],
    /// The variable that names an activated environment, and the interpreter there, if the language has such.
    environment: Option<(&'static str, &'static str)>,
    /// The interpreter where no environment is activated.
    interpreter: &'static str,
    /// With these arguments the interpreter succeeds if it finds fgruntime.
    probe: &'static [&'static str],
    /// Where it finds it.
    packages: Packages,
}

/// Where an interpreter has its packages from, and with them fgruntime.
#[derive(Debug)]
enum Packages {
    /// They are its own.
    OfInterpreter {
        /// Its arguments that install fgruntime.
        install: &'static str,
        /// Its arguments that start fgruntime.
        run: &'static [&'static str],
    },
    /// They are with the code; the probe prints the program that starts fgruntime.
    OfFolder {
        /// The command that installs fgruntime there.
        install: &'static str,
    },
}

/// A further language adds its row.
const LANGUAGES: [Language; 2] = [
    Language {
        requirement: "Python 3.9 or newer",
        extensions: &["py"],
        environment: Some(("VIRTUAL_ENV", "bin/python")),
        interpreter: "python3",
        probe: &["-c", "import fgruntime"],
        packages: Packages::OfInterpreter { install: "-m pip install fgruntime", run: &["-m", "fgruntime"] },
    },
    Language {
        requirement: "Node.js 18 or newer",
        extensions: &["js", "mjs", "cjs", "ts", "mts", "cts"],
        environment: None,
        interpreter: "node",
        probe: &["-p", "require.resolve('fgruntime/bin/fgruntime.js')"],
        packages: Packages::OfFolder { install: "npm install fgruntime" },
    },
];

/// The language of a file by its name; None of what is started itself.
pub(crate) fn of(path: &Path) -> Option<&'static Language> {
    let extension = path.extension()?;
    let speaks = |language: &&Language| language.extensions.iter().any(|own| extension == *own);
    LANGUAGES.iter().find(speaks).filter(|_| !path.is_dir())
}

/// The handler setting for a function in this file: `setting` itself if it names a module too, else the function of that name.
pub(crate) fn handler(file: &Path, setting: Option<&str>) -> String {
    let setting = setting.unwrap_or("handler");
    match file.file_stem() {
        Some(module) if !setting.contains('.') => format!("{}.{setting}", module.to_string_lossy()),
        _ => setting.to_owned(),
    }
}

impl Language {
    /// What runs the function `handler` in a file, in the folder of the file.
    pub(crate) fn program(&self, file: &Path, handler: &str) -> Result<Program, ProgramError> {
        let folder = Program::folder_of(file)?;
        let interpreter = self.interpreter();
        let mut arguments = self.runtime(&interpreter, &folder)?;
        arguments.push(handler.into());
        Ok(Program { path: interpreter, arguments, folder, source: Some(file.to_owned()) })
    }

    /// The activated environment's, else the one of `$PATH`.
    fn interpreter(&self) -> PathBuf {
        let activated = self.environment.and_then(|(variable, program)| {
            let folder = std::env::var_os(variable).filter(|folder| !folder.is_empty())?;
            // It is started in another folder than this one.
            std::path::absolute(Path::new(&folder).join(program)).ok()
        });
        activated.unwrap_or_else(|| self.interpreter.into())
    }

    /// The arguments that start fgruntime, if the interpreter finds it from that folder.
    fn runtime(&self, interpreter: &Path, folder: &Path) -> Result<Vec<OsString>, ProgramError> {
        let mut probe = Command::new(interpreter);
        probe.args(self.probe).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
        let probed = probe.output().map_err(|_| self.no_interpreter(interpreter))?;
        if !probed.status.success() {
            return Err(self.no_runtime(interpreter, folder));
        }
        Ok(match self.packages {
            Packages::OfInterpreter { run, .. } => run.iter().map(Into::into).collect(),
            Packages::OfFolder { .. } => vec![last_line(&probed.stdout).to_owned()],
        })
    }

    fn no_interpreter(&self, interpreter: &Path) -> ProgramError {
        ProgramError::NoInterpreterFor {
            requirement: self.requirement,
            interpreter: interpreter.to_owned(),
            environment: self.environment_variable(),
        }
    }

    fn no_runtime(&self, interpreter: &Path, folder: &Path) -> ProgramError {
        match self.packages {
            Packages::OfInterpreter { install, .. } => ProgramError::NoRuntime {
                interpreter: interpreter.to_owned(),
                install,
                environment: self.environment_variable(),
            },
            Packages::OfFolder { install } => {
                ProgramError::NoRuntimeInFolder { folder: folder.to_owned(), install }
            }
        }
    }

    fn environment_variable(&self) -> Option<&'static str> {
        self.environment.map(|(variable, _)| variable)
    }
}

/// The last line that was printed: what the interpreter loads before may print too.
fn last_line(printed: &[u8]) -> &OsStr {
    let lines = printed.strip_suffix(b"\n").unwrap_or(printed);
    OsStr::from_bytes(lines.rsplit(|&byte| byte == b'\n').next().unwrap_or(lines))
}

/// Whether the file has the name that functions have if they have none of their own.
pub(crate) fn is_index(file: &Path) -> bool {
    file.file_stem() == Some(OsStr::new("index")) || file.file_name() == Some(OsStr::new("main.go"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_tells_the_language() {
        for (file, interpreter) in [
            ("src/index.py", "python3"),
            ("index.js", "node"),
            ("index.mjs", "node"),
            ("index.cjs", "node"),
            ("index.ts", "node"),
            ("index.mts", "node"),
            ("my.func.cts", "node"),
        ] {
            assert_eq!(of(Path::new(file)).unwrap().interpreter, interpreter, "{file}");
        }
        for other in ["bootstrap", "index", ".py", ".mjs", "js", "index.pyc", "index.json", "index.JS", "."] {
            assert!(of(Path::new(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn an_extension_is_of_one_language() {
        let mut extensions: Vec<_> = LANGUAGES.iter().flat_map(|language| language.extensions).collect();
        let all = extensions.len();
        extensions.sort_unstable();
        extensions.dedup();
        assert_eq!(extensions.len(), all, "{extensions:?}");
    }

    #[test]
    fn a_handler_without_a_module_is_one_of_the_file() {
        let file = Path::new("src/orders.py");
        assert_eq!(handler(file, None), "orders.handler");
        assert_eq!(handler(file, Some("place")), "orders.place");
        assert_eq!(handler(file, Some("orders.place")), "orders.place");
        assert_eq!(handler(Path::new("my.func.mjs"), None), "my.func.handler");
    }

    #[test]
    fn of_what_is_printed_the_last_line_counts() {
        for printed in ["/a b/c.js\n", "/a b/c.js", "hello from a preload\n/a b/c.js\n"] {
            assert_eq!(last_line(printed.as_bytes()), "/a b/c.js", "{printed:?}");
        }
    }
}
