//! fgruntime/samples: the sample events of the command, for unit tests without it.

use crate::generated::File;
use crate::read;
use fgruntime_core::event::Kind;

/// A copy of every sample.
pub(crate) fn files() -> Result<Vec<File>, String> {
    let names = Kind::ALL.iter().filter(|kind| kind.table().is_some()).map(|kind| kind.name());
    names
        .map(|name| {
            let path = format!("bindings-python/python/fgruntime/samples/{name}.json");
            Ok(File { path, text: read(&format!("cli/samples/{name}.json"))? })
        })
        .collect()
}
