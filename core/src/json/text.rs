//! The text of JSON strings: undoing escapes, writing it back.

use super::stops::Stops;
use serde_json::ser::{CompactFormatter, Serializer};

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

/// The text behind the inside of a JSON string. What is no escape after all, in a text that nobody has checked, stays without
/// its backslash.
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    unescape_to(raw, &mut text);
    text
}

/// Appends what [`unescape`] gives.
pub(super) fn unescape_to(raw: &str, text: &mut String) {
    let mut stops = Stops::new(raw.as_bytes());
    let mut from = 0;
    loop {
        let at = stops.next(from);
        text.push_str(&raw[from..at]);
        let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) else { return };
        let (character, length) = match rest.strip_prefix('\\') {
            Some(escape) => escaped_character(rest, escape),
            // Any other stop stands for itself.
            None => (char::from(rest.as_bytes()[0]), 1),
        };
        text.push(character);
        from = at + length;
    }
}

/// The character that `rest` begins with an escape of, and the bytes of that; `escape` is what follows the backslash.
fn escaped_character(rest: &str, escape: &str) -> (char, usize) {
    let character = match escape.chars().next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => {
            return unicode_escape(rest.as_bytes())
                .map_or((char::REPLACEMENT_CHARACTER, 2), |(character, length, _)| (character, length));
        }
        Some(other) => return (other, 1 + other.len_utf8()),
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
