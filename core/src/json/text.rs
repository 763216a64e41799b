//! The text of JSON strings: finding its plain stretches, undoing escapes, writing it back.

use serde_json::ser::{CompactFormatter, Serializer};

/// Length of the longest prefix with neither a quote, a backslash nor a control character.
///
/// This decides the speed of reading an event: short texts by words of eight bytes, long ones by `memchr`, which uses what the
/// processor has, and a loop over blocks that compilers turn into vector instructions.
#[inline]
pub(super) fn plain_prefix(bytes: &[u8]) -> usize {
    // Names, and texts between escapes, mostly end here.
    let short = bytes.len().min(SHORT);
    match first_stop(&bytes[..short]) {
        Some(length) => length,
        None => short + long_prefix(&bytes[short..]),
    }
}

const SHORT: usize = 32;

fn long_prefix(bytes: &[u8]) -> usize {
    let end = memchr::memchr2(b'"', b'\\', bytes).unwrap_or(bytes.len());
    let (blocks, _) = bytes[..end].as_chunks::<64>();
    let clean = 64 * blocks.iter().take_while(|block| !has_control(block)).count();
    clean + bytes[clean..end].iter().position(|&byte| byte < 0x20).unwrap_or(end - clean)
}

#[inline]
fn has_control(block: &[u8; 64]) -> bool {
    block.iter().fold(u8::MAX, |least, &byte| least.min(byte)) < 0x20
}

fn is_stop(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[inline]
fn first_stop(bytes: &[u8]) -> Option<usize> {
    let mut length = 0;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut buffer = [0; 8];
        buffer.copy_from_slice(word);
        let stops = stop_bytes(u64::from_le_bytes(buffer));
        if stops != 0 {
            return Some(length + stops.trailing_zeros() as usize / 8);
        }
        length += 8;
    }
    words.remainder().iter().position(|&byte| is_stop(byte)).map(|at| length + at)
}

/// The high bit of each byte that ends a plain stretch; exact for the lowest such byte, which is the one asked for.
#[inline]
fn stop_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let zero_bytes = |w: u64| w.wrapping_sub(ONES) & !w;
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = zero_bytes(word ^ (ONES * u64::from(b'"')));
    let backslash = zero_bytes(word ^ (ONES * u64::from(b'\\')));
    (control | quote | backslash) & HIGHS
}

/// Reads the `\uXXXX` at the start of `bytes`, with its second half if it is a pair: the character, the bytes read, and
/// whether it was a character at all. A lone surrogate reads as U+FFFD. None if there are not four hexadecimal digits.
pub(super) fn unicode_escape(bytes: &[u8]) -> Option<(char, usize, bool)> {
    let first = hex4(bytes)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 6, true));
    }
    let second = bytes.get(6..).and_then(hex4).filter(|low| (0xDC00..0xE000).contains(low));
    match second {
        Some(low) if first < 0xDC00 => {
            let code = 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12, true))
        }
        _ => Some((char::REPLACEMENT_CHARACTER, 6, false)),
    }
}

fn hex4(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |code, &digit| Some(code << 4 | char::from(digit).to_digit(16)?))
}

/// The text behind the inside of a JSON string that the scanner has accepted.
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let (character, length) = escaped_character(&rest.as_bytes()[at..]);
        text.push(character);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    text
}

fn escaped_character(bytes: &[u8]) -> (char, usize) {
    let character = match bytes.get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            return unicode_escape(bytes)
                .map_or((char::REPLACEMENT_CHARACTER, 2), |(character, length, _)| (character, length));
        }
        Some(&other) => char::from(other),
        None => return (char::REPLACEMENT_CHARACTER, 1),
    };
    (character, 2)
}

/// The text of JSON that was written piece by piece. All pieces are text, so nothing is ever replaced.
pub(crate) fn into_string(json: Vec<u8>) -> String {
    String::from_utf8(json).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// `name` as one step of a JSON Pointer (RFC 6901).
pub(crate) fn pointer_step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Writes `text` as a JSON string, quotes included, with the shortest escapes.
pub(crate) fn write_string(out: &mut Vec<u8>, text: &str) {
    use serde::Serializer as _;
    let written = Serializer::with_formatter(out, CompactFormatter).serialize_str(text);
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
}
