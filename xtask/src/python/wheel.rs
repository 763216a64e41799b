//! `cargo xtask wheel`: the wheels as they are released, in dist/.

use super::environment::Environment;
use crate::step::{succeed, succeed_quietly};
use crate::zig::{self, HOW_TO_GET, OLDEST_GLIBC};
use crate::{dist, glibc, root};
use std::fs;
use std::path::{Path, PathBuf};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const LIMIT: u64 = 2 << 20;

/// A wheel: the folder of its pyproject.toml, the start of its file name, and where what is compiled lies in it.
struct Wheel {
    folder: &'static str,
    name: &'static str,
    compiled: &'static str,
}

const WHEELS: [Wheel; 2] = [
    Wheel { folder: "bindings-python", name: "fgruntime-", compiled: "fgruntime/_native.abi3.so" },
    Wheel { folder: "bindings-python-cli", name: "fgruntime_cli-", compiled: "scripts/fgruntime" },
];

/// Builds and checks all wheels.
pub(crate) fn build() -> Result<(), String> {
    let environment = Environment::ready()?;
    let python = zig::python();
    if python.is_none() {
        let [major, minor] = OLDEST_GLIBC;
        println!(
            "linked for the glibc of this system, not for {major}.{minor} and later: zig is missing; {HOW_TO_GET}"
        );
    }
    for wheel in &WHEELS {
        remove_older(wheel)?;
        let mut maturin = environment.command("maturin");
        maturin.args(["build", "--release", "--locked", "--quiet", "--out"]).arg(root().join("dist"));
        // In a folder of its own, so that other builds do not undo this one.
        let target = dist::target_folder()?.join("wheel");
        if let Some(python) = &python {
            maturin.args(["--zig", "--compatibility", "manylinux2014"]);
            maturin
                .env("CARGO_ZIGBUILD_PYTHON_PATH", python)
                .env("CARGO_ZIGBUILD_CACHE_DIR", target.join("zig"));
            maturin.env("ZIG_GLOBAL_CACHE_DIR", target.join("zig-cache"));
            maturin.env("ZIG_LOCAL_CACHE_DIR", target.join("zig-cache"));
        }
        maturin.current_dir(root().join(wheel.folder)).env("CARGO_TARGET_DIR", &target);
        succeed_quietly(&mut maturin)?;
        let [file] = &built(wheel)?[..] else {
            return Err(format!("dist/ has no wheel {}*, or several", wheel.name));
        };
        check(&environment, wheel, file, python.is_some())?;
        println!("built {}", file.strip_prefix(root()).unwrap_or(file).display());
    }
    Ok(())
}

fn check(environment: &Environment, wheel: &Wheel, file: &Path, is_portable: bool) -> Result<(), String> {
    let size = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?.len();
    if size > LIMIT {
        return Err(format!("{} has {size} bytes, more than {LIMIT}", file.display()));
    }
    if !is_portable {
        return Ok(());
    }
    let unpacked = dist::target_folder()?.join("wheel").join(wheel.folder);
    let _ = fs::remove_dir_all(&unpacked);
    succeed(environment.command("python").args(["-m", "zipfile", "-e"]).arg(file).arg(&unpacked))?;
    let data = unpacked.join(format!("{}{VERSION}.data", wheel.name));
    let compiled = [unpacked, data].map(|folder| folder.join(wheel.compiled));
    let found = compiled.iter().find(|file| file.is_file());
    glibc::check(found.ok_or_else(|| format!("{} has no {}", file.display(), wheel.compiled))?)
}

/// Wheels of this name in dist/, of any version.
fn built(wheel: &Wheel) -> Result<Vec<PathBuf>, String> {
    let folder = root().join("dist");
    fs::create_dir_all(&folder).map_err(|error| format!("dist/ cannot be made: {error}"))?;
    let entries = fs::read_dir(folder).map_err(|error| format!("dist/ cannot be read: {error}"))?;
    let names = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(names
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(wheel.name) && name.ends_with(".whl")
        })
        .collect())
}

/// Whoever installs from dist/ gets what was built last.
fn remove_older(wheel: &Wheel) -> Result<(), String> {
    for file in built(wheel)? {
        fs::remove_file(&file).map_err(|error| format!("{} cannot be removed: {error}", file.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn the_packages_name_one_version() {
        let project = read("bindings-python/pyproject.toml").unwrap();
        let extra = format!("cli = [\"fgruntime-cli=={}\"]", super::VERSION);
        assert!(project.contains(&extra), "{extra} is not in bindings-python/pyproject.toml");
        for wheel in &super::WHEELS {
            let project = read(&format!("{}/pyproject.toml", wheel.folder)).unwrap();
            assert!(project.contains("dynamic = [\"version\"]"), "{}: the version is Cargo's", wheel.folder);
        }
    }

    #[test]
    fn maturin_is_pinned_to_one_version() {
        let requirements = read("bindings-python/requirements-dev.txt").unwrap();
        let pin = requirements.lines().find(|line| line.starts_with("maturin==")).unwrap();
        for wheel in &super::WHEELS {
            let project = read(&format!("{}/pyproject.toml", wheel.folder)).unwrap();
            assert!(project.contains(&format!("requires = [\"{pin}\"]")), "{}: {pin}", wheel.folder);
        }
    }
}
