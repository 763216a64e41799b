//! The sample events of the command, in the packages of other languages: for unit tests without it.

use crate::generated::File;
use crate::read;
use fgruntime_core::event::Kind;

/// A copy of every sample in this folder.
pub(crate) fn files(folder: &str) -> Result<Vec<File>, String> {
    let names = Kind::ALL.iter().filter(|kind| kind.table().is_some()).map(|kind| kind.name());
    names
        .map(|name| {
            let path = format!("{folder}/{name}.json");
            Ok(File { path, text: read(&format!("cli/samples/{name}.json"))? })
        })
        .collect()
}
