//! Generated files are committed. This writes them, or says which are out of date.

use crate::{accessors, event_docs, go, header, node, python, read, root};
use std::process::{Command, Stdio};

/// A generated file: its path from the root, and what it must contain.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Writes all generated files. The header comes last: it is made from the accessors.
pub(crate) fn write() -> Result<(), String> {
    for file in sources()? {
        save(&file)?;
    }
    save(&header::file()?)
}

/// Whether all generated files are what they would be if they were written now.
pub(crate) fn check() -> Result<(), String> {
    let stale: Vec<String> = sources()?
        .into_iter()
        .chain([header::file()?])
        .filter(|file| read(&file.path).ok().as_ref() != Some(&file.text))
        .map(|file| file.path)
        .collect();
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("out of date: {}; run `cargo xtask generate`", stale.join(", ")))
    }
}

fn sources() -> Result<Vec<File>, String> {
    let mut files = vec![event_docs::file()];
    for File { path, text } in accessors::files() {
        files.push(File { path, text: formatted(&text)? });
    }
    files.extend(accessors::tests());
    files.extend(python::files()?);
    files.extend(node::files()?);
    files.extend(go::files()?);
    Ok(files)
}

fn save(file: &File) -> Result<(), String> {
    let path = root().join(&file.path);
    let folder = path.parent().unwrap_or(&path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, &file.text))
        .map_err(|error| format!("{} cannot be written: {error}", file.path))
}

/// Rust source as rustfmt leaves it.
fn formatted(source: &str) -> Result<String, String> {
    use std::io::Write;
    let failed = |error: &dyn std::fmt::Display| format!("rustfmt cannot be run: {error}");
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error))?;
    if let Some(mut input) = rustfmt.stdin.take() {
        input.write_all(source.as_bytes()).map_err(|error| failed(&error))?;
    }
    let output = rustfmt.wait_with_output().map_err(|error| failed(&error))?;
    if !output.status.success() {
        return Err("rustfmt refuses generated source".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| failed(&error))
}
