//! `cargo xtask npm`: the packages as they are released, in dist/: what is the same everywhere, and beside it, for this platform, what is
//! compiled. npm installs of the latter only what suits the machine.

use crate::dist::{Builder, target_folder};
use crate::install::place;
use crate::root;
use crate::step::succeed_quietly;
use crate::zig::{HOW_TO_GET, OLDEST_GLIBC};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The platforms that are released: as npm names system, processor and C library, and as the packages are called.
const PLATFORMS: [(&str, &str, Option<&str>, &str); 4] = [
    ("linux", "x64", Some("glibc"), "linux-x64-gnu"),
    ("linux", "arm64", Some("glibc"), "linux-arm64-gnu"),
    ("darwin", "x64", None, "darwin-x64"),
    ("darwin", "arm64", None, "darwin-arm64"),
];

/// A package: the folder that has what is the same everywhere, and the largest size of each tarball.
struct Package {
    name: &'static str,
    folder: &'static str,
    limit: u64,
    compiled_limit: u64,
}

const RUNTIME: Package =
    Package { name: "fgruntime", folder: "bindings-node", limit: 200 << 10, compiled_limit: 3 << 19 };
const COMMAND: Package =
    Package { name: "fgruntime-cli", folder: "bindings-node-cli", limit: 200 << 10, compiled_limit: 2 << 20 };

/// Builds, packs and checks all packages.
pub(crate) fn build() -> Result<(), String> {
    let builder = Builder::new()?;
    if !builder.is_portable() {
        let [major, minor] = OLDEST_GLIBC;
        println!(
            "linked for the glibc of this system, not for {major}.{minor} and later: zig is missing; {HOW_TO_GET}"
        );
    }
    let module = format!("{}.{}.node", RUNTIME.name, triple()?);
    pack(&RUNTIME, &builder.node_module()?, &module)?;
    pack(&COMMAND, &builder.command()?, "fgruntime")
}

/// What this platform's packages end in.
pub(super) fn triple() -> Result<&'static str, String> {
    let system = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let own = PLATFORMS.iter().find(|(os, cpu, ..)| (*os, *cpu) == (system, processor));
    own.map(|(.., triple)| *triple).ok_or_else(|| format!("there is no package for {system} on {processor}"))
}

/// Packs a package and what is compiled of it.
fn pack(package: &Package, compiled: &Path, file: &str) -> Result<(), String> {
    let triple = triple()?;
    let staging = target_folder()?.join("npm");
    let folder = staging.join(package.name);
    let source = root().join(package.folder);
    make_empty(&folder)?;
    // npm itself knows which files belong to it.
    for path in packed_files(&source)? {
        place(&source.join(&path), &folder.join(&path), mode_of(&source.join(&path))?)?;
    }
    write_manifest(&folder, &released(&manifest(&source)?, package.name))?;
    npm_pack(&folder, package.name, package.limit)?;

    let name = format!("{}-{triple}", package.name);
    let folder = staging.join(&name);
    make_empty(&folder)?;
    place(compiled, &folder.join(file), 0o755)?;
    place(&source.join("LICENSE"), &folder.join("LICENSE"), 0o644)?;
    let readme = format!(
        "# {name}\n\nWhat is compiled of the package `{}`, which installs it where it is needed.\n",
        package.name
    );
    write(&folder.join("README.md"), &readme)?;
    write_manifest(&folder, &compiled_manifest(&name, &manifest(&source)?, file)?)?;
    npm_pack(&folder, &name, package.compiled_limit)
}

/// The manifest as it is released: without what developers need, with the packages of all platforms.
fn released(manifest: &Map<String, Value>, name: &str) -> Map<String, Value> {
    let mut manifest = manifest.clone();
    manifest.remove("devDependencies");
    let compiled = PLATFORMS.iter().map(|(.., triple)| (format!("{name}-{triple}"), VERSION.into()));
    manifest.insert("optionalDependencies".to_owned(), Value::Object(compiled.collect()));
    manifest
}

fn compiled_manifest(
    name: &str,
    whole: &Map<String, Value>,
    file: &str,
) -> Result<Map<String, Value>, String> {
    let triple = triple()?;
    let mut manifest = Map::new();
    let mut add = |key: &str, value: Value| manifest.insert(key.to_owned(), value);
    add("name", name.into());
    add("version", VERSION.into());
    for key in ["description", "license", "engines"] {
        add(key, whole.get(key).cloned().unwrap_or_default());
    }
    for (os, cpu, libc, _) in PLATFORMS.iter().filter(|(.., own)| *own == triple) {
        add("os", json!([os]));
        add("cpu", json!([cpu]));
        if let Some(libc) = libc {
            add("libc", json!([libc]));
        }
    }
    if file.ends_with(".node") {
        add("main", file.into());
    }
    add("files", json!([file]));
    Ok(manifest)
}

fn packed_files(folder: &Path) -> Result<Vec<String>, String> {
    let mut npm = Command::new("npm");
    let output = npm.args(["pack", "--dry-run", "--json", "--ignore-scripts"]).current_dir(folder).output();
    let output = output.map_err(|error| format!("npm cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let listing: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("npm pack: {error}"))?;
    let files = listing[0]["files"].as_array().ok_or("npm pack lists no files")?;
    Ok(files.iter().filter_map(|file| file["path"].as_str()).map(str::to_owned).collect())
}

/// Leaves the tarball in dist/, in place of older ones.
fn npm_pack(folder: &Path, name: &str, limit: u64) -> Result<(), String> {
    let dist = root().join("dist");
    fs::create_dir_all(&dist).map_err(|error| format!("dist/ cannot be made: {error}"))?;
    remove_older(&dist, name)?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--ignore-scripts", "--pack-destination"]).arg(&dist).current_dir(folder);
    succeed_quietly(&mut npm)?;
    let tarball = tarball(name);
    let size = fs::metadata(&tarball).map_err(|error| format!("{}: {error}", tarball.display()))?.len();
    if size > limit {
        return Err(format!("{} has {size} bytes, more than {limit}", tarball.display()));
    }
    println!("built dist/{name}-{VERSION}.tgz ({} KB)", size / 1024);
    Ok(())
}

/// Whoever installs from dist/ gets what was built last.
fn remove_older(dist: &Path, name: &str) -> Result<(), String> {
    let entries = fs::read_dir(dist).map_err(|error| format!("dist/ cannot be read: {error}"))?;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let version = file.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".tgz"));
        if version.is_some_and(|version| version.starts_with(|first: char| first.is_ascii_digit())) {
            fs::remove_file(&path)
                .map_err(|error| format!("{} cannot be removed: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// Where the tarball of a package is.
pub(super) fn tarball(name: &str) -> PathBuf {
    root().join(format!("dist/{name}-{VERSION}.tgz"))
}

fn manifest(folder: &Path) -> Result<Map<String, Value>, String> {
    let path = folder.join("package.json");
    let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn write_manifest(folder: &Path, manifest: &Map<String, Value>) -> Result<(), String> {
    let text = serde_json::to_string_pretty(manifest).map_err(|error| error.to_string())?;
    write(&folder.join("package.json"), &format!("{text}\n"))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

fn make_empty(folder: &Path) -> Result<(), String> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))
}

fn mode_of(file: &Path) -> Result<u32, String> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(if metadata.permissions().mode() & 0o100 == 0 { 0o644 } else { 0o755 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_have_the_version_of_the_workspace_and_need_nothing() {
        for package in [RUNTIME, COMMAND] {
            let manifest = manifest(&root().join(package.folder)).unwrap();
            assert_eq!(
                (manifest["name"].as_str(), manifest["version"].as_str()),
                (Some(package.name), Some(VERSION))
            );
            assert!(
                !manifest.contains_key("dependencies") && !manifest.contains_key("scripts"),
                "{}",
                package.name
            );
            let released = released(&manifest, package.name);
            assert!(!released.contains_key("devDependencies"));
            assert_eq!(released["optionalDependencies"].as_object().unwrap().len(), PLATFORMS.len());
        }
    }

    #[test]
    fn the_packages_look_for_what_is_released() {
        for path in ["bindings-node/lib/native.js", "bindings-node-cli/index.js"] {
            let source = crate::read(path).unwrap();
            for (os, cpu, _, triple) in PLATFORMS {
                assert!(source.contains(&format!("'{os} {cpu}': '{triple}',")), "{path}: {triple}");
            }
        }
    }
}
