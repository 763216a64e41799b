//! Source files that an interpreter runs: `fgruntime invoke index.py`.

use crate::program::{Program, ProgramError};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A language whose functions are source files.
#[derive(Debug)]
pub(crate) struct Language {
    name: &'static str,
    /// What its files are called, after the last dot.
    extension: &'static str,
    /// The variable that names an activated environment, and the interpreter there.
    environment: (&'static str, &'static str),
    /// The interpreter where no environment is activated.
    interpreter: &'static str,
    /// With these arguments the interpreter succeeds if it has fgruntime.
    probe: &'static [&'static str],
    /// What installs fgruntime, after the interpreter.
    install: &'static str,
    /// The arguments before the handler.
    run: &'static [&'static str],
}

/// A further language adds its row.
const LANGUAGES: [Language; 1] = [Language {
    name: "Python",
    extension: "py",
    environment: ("VIRTUAL_ENV", "bin/python"),
    interpreter: "python3",
    probe: &["-c", "import fgruntime"],
    install: "-m pip install fgruntime",
    run: &["-m", "fgruntime"],
}];

/// The language of a file by its name; None of what is started itself.
pub(crate) fn of(path: &Path) -> Option<&'static Language> {
    let extension = path.extension()?;
    LANGUAGES.iter().find(|language| extension == language.extension).filter(|_| !path.is_dir())
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
        self.look_for_runtime(&interpreter, &folder)?;
        let arguments = self.run.iter().copied().chain([handler]).map(Into::into).collect();
        Ok(Program { path: interpreter, arguments, folder, source: Some(file.to_owned()) })
    }

    /// The activated environment's, else the one of `$PATH`.
    fn interpreter(&self) -> PathBuf {
        let (variable, program) = self.environment;
        let environment = std::env::var_os(variable).filter(|folder| !folder.is_empty());
        // It is started in another folder than this one.
        environment
            .and_then(|folder| std::path::absolute(Path::new(&folder).join(program)).ok())
            .unwrap_or_else(|| self.interpreter.into())
    }

    fn look_for_runtime(&self, interpreter: &Path, folder: &Path) -> Result<(), ProgramError> {
        let mut probe = Command::new(interpreter);
        probe.args(self.probe).current_dir(folder);
        let status = probe.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let (interpreter, environment) = (interpreter.to_owned(), self.environment.0);
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(ProgramError::NoRuntime { interpreter, install: self.install, environment }),
            Err(_) => Err(ProgramError::NoInterpreterFor { language: self.name, interpreter, environment }),
        }
    }
}

/// Whether the file has the name that functions have if they have none of their own.
pub(crate) fn is_index(file: &Path) -> bool {
    file.file_stem() == Some(OsStr::new("index"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_tells_the_language() {
        assert_eq!(of(Path::new("src/index.py")).unwrap().name, "Python");
        for other in ["bootstrap", "index", ".py", "index.pyc", "."] {
            assert!(of(Path::new(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn a_handler_without_a_module_is_one_of_the_file() {
        let file = Path::new("src/orders.py");
        assert_eq!(handler(file, None), "orders.handler");
        assert_eq!(handler(file, Some("place")), "orders.place");
        assert_eq!(handler(file, Some("orders.place")), "orders.place");
    }
}
