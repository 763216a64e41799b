//! include/fgruntime.h, written by cbindgen from ffi-c.

use crate::generated::File;
use crate::root;

pub(crate) const PATH: &str = "include/fgruntime.h";

/// The header as it must be. cbindgen is pinned, since its output differs between releases.
pub(crate) fn file() -> Result<File, String> {
    let folder = root().join("ffi-c");
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml"))
        .map_err(|error| format!("ffi-c/cbindgen.toml: {error}"))?;
    let bindings = cbindgen::Builder::new()
        .with_crate(&folder)
        .with_config(config)
        .generate()
        .map_err(|error| format!("{PATH} cannot be generated: {error}"))?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).map_err(|error| format!("{PATH}: {error}"))?;
    Ok(File { path: PATH.to_owned(), text })
}
