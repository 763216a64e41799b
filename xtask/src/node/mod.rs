//! The npm package: what is generated of it, how it is built, and its checks.

mod events;

use crate::generated::File;

/// What is generated of the package.
pub(crate) fn files() -> Result<Vec<File>, String> {
    Ok(events::files().into_iter().chain(crate::samples::files("bindings-node/samples")?).collect())
}
