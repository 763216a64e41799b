//! The one string that a large payload mostly consists of, such as the base64 body of a request. Node would read it byte by byte, and
//! copy it twice; taken out of the JSON before Node reads that, it is copied once.

use memchr::{memchr, memrchr};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::OnceLock;

/// From here on it is worth looking for it.
const LARGE: usize = 64 << 10;

/// How many bytes are looked at before it is asked what they were.
const CHUNK: usize = 4096;

/// A payload in two: what JavaScript puts together again.
pub(crate) struct Split<'p> {
    /// The payload, where the string is [`mark`] instead.
    pub(crate) around: Vec<u8>,
    pub(crate) inside: &'p [u8],
}

/// Stands for the string. Nobody who writes payloads can know it.
pub(crate) fn mark() -> &'static str {
    static MARK: OnceLock<String> = OnceLock::new();
    MARK.get_or_init(|| {
        let random = || RandomState::new().hash_one(std::process::id());
        format!("fgruntime-{:016x}{:016x}", random(), random())
    })
}

/// Splits a payload if a string without escapes is more than half of it. Whether it is JSON, and whether this is a string of it at all, is
/// not known: whoever finds no mark when the rest is read has to read it whole.
pub(crate) fn split(payload: &[u8]) -> Option<Split<'_>> {
    if payload.len() < LARGE {
        return None;
    }
    let (before, after) = payload.split_at(payload.len() / 2);
    let start = memrchr(b'"', before)? + 1;
    let end = before.len() + memchr(b'"', after)?;
    let inside = &payload[start..end];
    if inside.len() < payload.len() / 2 || !inside.chunks(CHUNK).all(is_plain) {
        return None;
    }
    Some(Split { around: [&payload[..start], mark().as_bytes(), &payload[end..]].concat(), inside })
}

/// Whether JSON says it as it is. It looks at all bytes, because many at once are faster than as few as possible.
fn is_plain(bytes: &[u8]) -> bool {
    let is_special = |byte: u8| !(b' '..=b'~').contains(&byte) | (byte == b'\\');
    !bytes.iter().fold(false, |found, &byte| found | is_special(byte))
}
