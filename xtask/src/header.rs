//! include/fgruntime.h, written by cbindgen from ffi-c.

use crate::generated::File;
use crate::{read, root};

pub(crate) const PATH: &str = "include/fgruntime.h";
/// The part that is written by hand.
const INLINE: &str = "ffi-c/inline.h";
const GUARD_END: &str = "#endif  /* FGRUNTIME_H */";

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
    let end = text.rfind(GUARD_END).ok_or_else(|| format!("{PATH} has no include guard"))?;
    // cbindgen can only append after the include guard.
    let text = [&text[..end], &read(INLINE)?, "\n", &text[end..]].concat();
    Ok(File { path: PATH.to_owned(), text })
}

/// The number that the header gives a constant.
pub(crate) fn constant(header: &str, name: &str) -> Result<u32, String> {
    let start = format!("#define {name} ");
    let value = header.lines().find_map(|line| line.strip_prefix(&start)?.parse().ok());
    value.ok_or_else(|| format!("{PATH} has no number {name}"))
}
