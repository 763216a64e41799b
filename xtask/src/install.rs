//! `cargo xtask install` and `dist`: the library as C programs find it, with pkg-config or CMake. Nothing in the files tells
//! where they are, so that the folder can be moved.

use crate::dist::{Builder, Library};
use crate::zig::{HOW_TO_GET, OLDEST_GLIBC};
use crate::{header, read, root};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where the filled-in files of packaging/ go.
const TEMPLATES: [(&str, &str); 4] = [
    ("fgruntime.pc", "lib/pkgconfig"),
    ("fgruntime-static.pc", "lib/pkgconfig"),
    ("fgruntime-config.cmake", "lib/cmake/fgruntime"),
    ("fgruntime-config-version.cmake", "lib/cmake/fgruntime"),
];

/// Builds the library and installs it below `prefix`.
pub(crate) fn install(prefix: &str) -> Result<(), String> {
    if prefix.is_empty() {
        return Err("PREFIX is empty; it names the folder to install into".to_owned());
    }
    let builder = Builder::new()?;
    if !builder.is_portable() {
        let [major, minor] = OLDEST_GLIBC;
        println!(
            "linked for the glibc of this system, not for {major}.{minor} and later: zig is missing; {HOW_TO_GET}"
        );
    }
    place_library(&builder.library()?, Path::new(prefix))?;
    println!("installed in {prefix}");
    Ok(())
}

/// Builds library and command, and puts them into dist/ as they are released.
pub(crate) fn dist() -> Result<(), String> {
    let builder = Builder::new()?;
    if !builder.is_portable() {
        return Err(format!("what is released is linked by zig, which is missing; {HOW_TO_GET}"));
    }
    let folder = format!("dist/fgruntime-{VERSION}-{}-linux-gnu", std::env::consts::ARCH);
    let prefix = root().join(&folder);
    place_library(&builder.library()?, &prefix)?;
    place(&builder.command()?, &prefix.join("bin/fgruntime"), 0o755)?;
    println!("built {folder}");
    Ok(())
}

fn place_library(library: &Library, prefix: &Path) -> Result<(), String> {
    let major = header::constant(&read(header::PATH)?, "FG_ABI_MAJOR")?;
    let (real, soname) = (format!("libfgruntime.so.{VERSION}"), format!("libfgruntime.so.{major}"));
    let lib = prefix.join("lib");
    place(&library.shared, &lib.join(&real), 0o755)?;
    link(&real, &lib.join(&soname))?;
    link(&soname, &lib.join("libfgruntime.so"))?;
    place(&library.archive, &lib.join("libfgruntime.a"), 0o644)?;
    place(&root().join(header::PATH), &prefix.join("include/fgruntime.h"), 0o644)?;
    for (name, folder) in TEMPLATES {
        let text = filled(&read(&format!("packaging/{name}.in"))?, &soname, &library.native_libraries);
        write(text.as_bytes(), &prefix.join(folder).join(name), 0o644)?;
    }
    Ok(())
}

fn filled(template: &str, soname: &str, native_libraries: &str) -> String {
    template
        .replace("@VERSION@", VERSION)
        .replace("@SONAME@", soname)
        .replace("@NATIVE_LIBRARIES_LIST@", &native_libraries.replace(' ', ";"))
        .replace("@NATIVE_LIBRARIES@", native_libraries)
}

pub(crate) fn place(from: &Path, to: &Path, mode: u32) -> Result<(), String> {
    let bytes = fs::read(from).map_err(|error| format!("{} cannot be read: {error}", from.display()))?;
    write(&bytes, to, mode)
}

fn write(bytes: &[u8], to: &Path, mode: u32) -> Result<(), String> {
    make_room(to)?;
    fs::write(to, bytes).map_err(|error| cannot_write(to, &error))?;
    set_mode(to, mode)
}

fn link(target: &str, path: &Path) -> Result<(), String> {
    make_room(path)?;
    symlink(target, path).map_err(|error| cannot_write(path, &error))
}

/// Removes what is there instead of writing into it: programs may be running with it.
fn make_room(path: &Path) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(cannot_write(path, &error)),
        _ => Ok(()),
    }
}

pub(crate) fn set_mode(path: &Path, mode: u32) -> Result<(), String> {
    fs::set_permissions(path, Permissions::from_mode(mode)).map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be written: {error}; PREFIX=… chooses another folder", path.display())
}
