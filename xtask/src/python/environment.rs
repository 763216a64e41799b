//! The virtual environment target/python: the tools for the Python package, and the package itself as it is developed.

use crate::root;
use crate::step::{succeed, succeed_quietly};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What every check of Python needs.
pub(crate) const TOOLS: (&[&str], &str) = (&["python3"], "python3");
const REQUIREMENTS: &str = "bindings-python/requirements-dev.txt";

/// A virtual environment that has everything in `requirements-dev.txt`.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// Makes it, or brings it up to date.
    pub(crate) fn ready() -> Result<Self, String> {
        let environment = Self { folder: root().join("target/python") };
        let wanted = crate::read(REQUIREMENTS)?;
        // Written last, so that an installation that was interrupted is done again.
        let installed = environment.folder.join("installed.txt");
        if std::fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
            return Ok(environment);
        }
        println!("installing {REQUIREMENTS} into target/python");
        succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment.folder))?;
        succeed(
            environment
                .command("pip")
                .args(["install", "--quiet", "--disable-pip-version-check"])
                .args(["--requirement", REQUIREMENTS]),
        )?;
        std::fs::write(&installed, wanted)
            .map_err(|error| format!("{} cannot be written: {error}", installed.display()))?;
        Ok(environment)
    }

    /// Builds the package unoptimised, which is faster end to end, and installs it: its Python files are used where they are.
    pub(crate) fn develop(&self) -> Result<(), String> {
        let mut maturin = self.command("maturin");
        maturin.args(["develop", "--quiet", "--locked", "--manifest-path", "bindings-python/Cargo.toml"]);
        succeed_quietly(maturin.env("CARGO_TARGET_DIR", crate::dist::target_folder()?))
    }

    /// A program of the environment, run from the root as if it was activated.
    pub(crate) fn command(&self, program: &str) -> Command {
        let bin = self.folder.join("bin");
        let mut command = Command::new(bin.join(program));
        command.current_dir(root()).env("VIRTUAL_ENV", &self.folder).env("PATH", with_first(&bin));
        // They would stand for another interpreter than that of the environment.
        command.env_remove("PYTHONHOME").env_remove("PYTHONPATH");
        let caches = ["PYTHONPYCACHEPREFIX", "MYPY_CACHE_DIR", "RUFF_CACHE_DIR"];
        command.envs(caches.map(|name| (name, self.folder.join("cache").join(name))));
        command
    }
}

/// `PATH` with another folder before all.
fn with_first(bin: &Path) -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap_or(path)
}
