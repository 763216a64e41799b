//! One record as lines: its two forms, and the split of what is too long for one line.

use super::Level;
use crate::json::write_string;
use jiff::Timestamp;

/// The longest line, its end included. The platform splits its functions' output there; a line that is no longer keeps
/// its prefix and, as JSON, its validity.
const LONGEST_LINE: usize = 90 * 1024;

pub(super) struct Record<'r> {
    pub(super) time: Timestamp,
    pub(super) level: Option<Level>,
    pub(super) request_id: &'r str,
    pub(super) text: &'r str,
}

impl Record<'_> {
    /// `time request-id [LEVEL ]text`; the id of what belongs to no request is `-`.
    pub(super) fn write_text(&self, mut write: impl FnMut(&str)) {
        let id = if self.request_id.is_empty() { "-" } else { self.request_id };
        let mut prefix = format!("{:.3} {id} ", self.time);
        if let Some(level) = self.level {
            prefix.push_str(level.name());
            prefix.push(' ');
        }
        for part in split(self.text, LONGEST_LINE.saturating_sub(prefix.len() + 1), char::len_utf8) {
            write(&format!("{prefix}{part}\n"));
        }
    }

    /// One JSON object a line. Records without a level count as INFO.
    pub(super) fn write_json(&self, function: &str, version: &str, mut write: impl FnMut(&str)) {
        let mut prefix = format!(r#"{{"time":"{:.3}""#, self.time).into_bytes();
        let level = self.level.unwrap_or(Level::Info).name();
        for (key, value) in
            [("level", level), ("request_id", self.request_id), ("function", function), ("version", version)]
        {
            prefix.push(b',');
            write_string(&mut prefix, key);
            prefix.push(b':');
            write_string(&mut prefix, value);
        }
        prefix.extend_from_slice(br#","message":"#);
        let room = LONGEST_LINE.saturating_sub(prefix.len() + r#""""#.len() + "}\n".len());
        for part in split(self.text, room, escaped_length) {
            let mut line = prefix.clone();
            write_string(&mut line, part);
            line.extend_from_slice(b"}\n");
            write(&crate::json::into_string(line));
        }
    }
}

/// How long a character is inside a JSON string.
fn escaped_length(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' => 6,
        other => other.len_utf8(),
    }
}

/// Splits `text` between characters into parts of at most `room` by `length`; at least one part, which may be empty.
fn split(text: &str, room: usize, length: impl Fn(char) -> usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut used = 0;
        let fits = |character: char| {
            used += length(character);
            used > room
        };
        // A character always goes somewhere, however little room there is.
        let first = text.chars().next().map_or(0, char::len_utf8);
        let end = text.find(fits).map(|end| end.max(first)).filter(|&end| end < text.len());
        let (part, later) = end.map_or((text, None), |end| (&text[..end], Some(&text[end..])));
        rest = later;
        Some(part)
    })
}
