//! Builds what ships: optimised as a whole, small, and, where zig is at hand, for old releases of glibc too.

use crate::{glibc, root, zig};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The library's files, and the libraries that a program needs which links it statically: "-lm -lc".
pub(crate) struct Library {
    pub(crate) shared: PathBuf,
    pub(crate) archive: PathBuf,
    pub(crate) native_libraries: String,
}

/// Builds in a folder of its own, so that other builds do not undo these.
pub(crate) struct Builder {
    folder: PathBuf,
    linker: Option<PathBuf>,
}

impl Builder {
    pub(crate) fn new() -> Result<Self, String> {
        let folder = target_folder()?.join("dist");
        let linker = zig::linker(&folder)?;
        Ok(Self { folder, linker })
    }

    /// Whether what it builds runs on old releases of glibc.
    pub(crate) fn is_portable(&self) -> bool {
        self.linker.is_some()
    }

    /// Only the kinds of library that C needs: together with Rust's own kind, cargo does not optimise across crates.
    pub(crate) fn library(&self) -> Result<Library, String> {
        let list = self.folder.join("native-libraries");
        let print = format!("--print=native-static-libs={}", list.display());
        self.cargo(&[
            "rustc",
            "--package",
            "fgruntime-ffi",
            "--lib",
            "--crate-type",
            "cdylib,staticlib",
            "--",
            &print,
        ])?;
        let native_libraries = std::fs::read_to_string(&list).map_err(|error| {
            format!("{} cannot be read: {error}; remove its folder and try again", list.display())
        })?;
        let shared = self.built("libfgruntime.so")?;
        let archive = self.built("libfgruntime.a")?;
        Ok(Library { shared, archive: slim(&archive), native_libraries: native_libraries.trim().to_owned() })
    }

    /// The `fgruntime` command.
    pub(crate) fn command(&self) -> Result<PathBuf, String> {
        self.cargo(&["build", "--package", "fgruntime-cli"])?;
        self.built("fgruntime")
    }

    /// The native module of the Node package.
    pub(crate) fn node_module(&self) -> Result<PathBuf, String> {
        self.cargo(&["build", "--package", "fgruntime-node"])?;
        self.built(&format!("{DLL_PREFIX}fgruntime_node{DLL_SUFFIX}"))
    }

    fn cargo(&self, arguments: &[&str]) -> Result<(), String> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let (subcommand, rest) = arguments.split_first().unwrap_or((&"build", &[]));
        command.current_dir(root()).arg(subcommand).args([
            "--release",
            "--locked",
            "--quiet",
            "--target-dir",
        ]);
        command.arg(&self.folder).args(rest);
        if let Some(linker) = &self.linker {
            let host = format!("{}_unknown_linux_gnu", std::env::consts::ARCH).to_uppercase();
            command.env(format!("CARGO_TARGET_{host}_LINKER"), linker);
        }
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err("cargo failed; see above".to_owned()),
            Err(error) => Err(format!("cargo cannot be run: {error}")),
        }
    }

    /// A file that cargo has built. If it is to run on old releases of glibc, it does.
    fn built(&self, name: &str) -> Result<PathBuf, String> {
        let file = self.folder.join("release").join(name);
        let linked = !name.ends_with(".a");
        if self.is_portable() && linked {
            glibc::check(&file)?;
        }
        Ok(file)
    }
}

/// The archive without what no linker of C uses: the standard library's debug information and intermediate code, two thirds of
/// it. Without binutils it stays as it is.
fn slim(archive: &Path) -> PathBuf {
    let slim = archive.with_file_name("libfgruntime.slim.a");
    let arguments = ["--strip-debug", "--remove-section=.llvmbc", "--remove-section=.llvmcmd"];
    let status = Command::new("objcopy").args(arguments).arg(archive).arg(&slim).status();
    if status.is_ok_and(|status| status.success()) { slim } else { archive.to_owned() }
}

/// The folder that cargo builds in: this program is in its `debug` or `release`.
pub(crate) fn target_folder() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| format!("the target folder is unknown: {error}"))?;
    Ok(own.ancestors().nth(2).unwrap_or(&own).to_owned())
}
