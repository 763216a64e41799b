//! zig as the linker of what ships. It has the symbols of old releases of glibc, so that what it links also runs on them.

use crate::root;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest glibc that what ships runs on. Rust's own standard library is built for it.
pub(crate) const OLDEST_GLIBC: [u32; 2] = [2, 17];

/// For messages: how to get zig without touching the system.
pub(crate) const HOW_TO_GET: &str =
    "to get it: python3 -m venv target/zig && target/zig/bin/pip install ziglang";

/// A linker for cargo, written into `folder`; none if zig is missing. It is looked for on the PATH, then as the Python
/// package `ziglang`, in `<target>/zig` before anywhere else.
pub(crate) fn linker(folder: &Path) -> Result<Option<PathBuf>, String> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        return Ok(None);
    }
    let python = own_python();
    let candidates = [vec!["zig"], vec![&python, "-m", "ziglang"], vec!["python3", "-m", "ziglang"]];
    let Some(zig) = candidates.into_iter().find(|words| works(words)) else {
        return Ok(None);
    };
    let (path, failed) = (folder.join("zig-cc"), "the linker cannot be written");
    std::fs::create_dir_all(folder).map_err(|error| format!("{failed}: {error}"))?;
    std::fs::write(&path, script(&zig, folder)).map_err(|error| format!("{failed}: {error}"))?;
    crate::install::set_mode(&path, 0o755)?;
    Ok(Some(path))
}

/// A Python that has the package `ziglang`, for builds that look for zig there.
pub(crate) fn python() -> Option<String> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        return None;
    }
    [own_python(), "python3".to_owned()].into_iter().find(|python| works(&[python, "-m", "ziglang"]))
}

fn own_python() -> String {
    root().join("target/zig/bin/python3").to_string_lossy().into_owned()
}

fn works(zig: &[&str]) -> bool {
    let (program, arguments) = zig.split_first().unwrap_or((&"zig", &[]));
    let mut command = Command::new(program);
    command.args(arguments).arg("version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A script, since cargo's linker is one program without arguments. zig's cache stays out of the home folder.
fn script(zig: &[&str], folder: &Path) -> String {
    let zig: Vec<String> = zig.iter().map(|word| quoted(word)).collect();
    let cache = quoted(&folder.join("zig-cache").to_string_lossy());
    let ([major, minor], zig) = (OLDEST_GLIBC, zig.join(" "));
    format!(
        "#!/bin/sh\nexport ZIG_GLOBAL_CACHE_DIR={cache} ZIG_LOCAL_CACHE_DIR={cache}\n\
         exec {zig} cc -target {}-linux-gnu.{major}.{minor} \"$@\"\n",
        std::env::consts::ARCH
    )
}

/// A word for the shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_may_contain_anything() {
        let script = script(&["it's here/python3", "-m", "ziglang"], Path::new("/a b"));
        assert!(script.contains(r"exec 'it'\''s here/python3' '-m' 'ziglang' cc -target "), "{script}");
        assert!(script.contains("ZIG_GLOBAL_CACHE_DIR='/a b/zig-cache' "), "{script}");
        assert!(script.contains("-linux-gnu.2.17 \"$@\"\n"), "{script}");
    }
}
