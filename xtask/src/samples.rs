//! The sample events of the command, in the packages of other languages: for unit tests without it.

use crate::generated::File;
use crate::read;
use fgruntime_core::event::Kind;

/// A copy of every sample in this folder.
pub(crate) fn files(folder: &str) -> Result<Vec<File>, String> {
    let samples = all()?.into_iter();
    Ok(samples.map(|(name, text)| File { path: format!("{folder}/{name}.json"), text }).collect())
}

/// Every sample with the name of its kind.
pub(crate) fn all() -> Result<Vec<(&'static str, String)>, String> {
    let names = Kind::ALL.iter().filter(|kind| kind.table().is_some()).map(|kind| kind.name());
    names.map(|name| Ok((name, read(&format!("cli/samples/{name}.json"))?))).collect()
}
