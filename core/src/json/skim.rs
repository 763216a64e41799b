//! Looking at a few members of a JSON text without reading all of it.

use super::document::{Value, ValueKind};
use super::stops::Stops;
use super::text;
use std::borrow::Cow;

/// A value that can be looked at: an indexed one, or one that has not been read yet.
pub(crate) trait Look<'d>: Copy {
    /// What it is; None if it is no JSON.
    fn kind(self) -> Option<ValueKind>;
    /// Calls `see` with the name and value of each member of an object.
    fn for_each_member(self, see: &mut dyn FnMut(&str, Self));
    /// The first element of an array.
    fn first_element(self) -> Option<Self>;
    /// Whether it is the string `text`.
    fn is_text(self, text: &str) -> bool;
}

impl<'d> Look<'d> for Value<'d> {
    fn kind(self) -> Option<ValueKind> {
        Some(self.kind())
    }

    fn for_each_member(self, see: &mut dyn FnMut(&str, Self)) {
        for (name, value) in self.members() {
            see(&name.decoded(), value);
        }
    }

    fn first_element(self) -> Option<Self> {
        self.elements().next()
    }

    fn is_text(self, text: &str) -> bool {
        self.is(text)
    }
}

/// The text of one JSON value, of which only as much is read as is asked for. The grammar is not checked: of what is not JSON
/// anything may be seen, but looking at it ends.
#[derive(Clone, Copy)]
pub(crate) struct Skim<'s> {
    text: &'s [u8],
}

impl<'s> Skim<'s> {
    pub(crate) fn new(text: &'s [u8]) -> Self {
        Self { text: text.trim_ascii_start() }
    }
}

impl<'s> Look<'s> for Skim<'s> {
    fn kind(self) -> Option<ValueKind> {
        Some(match self.text.first()? {
            b'{' => ValueKind::Object,
            b'[' => ValueKind::Array,
            b'"' => ValueKind::String,
            b't' => ValueKind::True,
            b'f' => ValueKind::False,
            b'n' => ValueKind::Null,
            _ => ValueKind::Number,
        })
    }

    fn for_each_member(self, see: &mut dyn FnMut(&str, Self)) {
        if self.kind() != Some(ValueKind::Object) {
            return;
        }
        let mut walk = Walk::new(self.text);
        while let Some(name) = walk.name() {
            let value = walk.value();
            see(&unescaped(name), Skim::new(value));
        }
    }

    /// The element goes on to the end of the array: nobody reads further than it.
    fn first_element(self) -> Option<Self> {
        let rest = Self::new(self.text.strip_prefix(b"[")?);
        rest.text.first().is_some_and(|&byte| byte != b']').then_some(rest)
    }

    fn is_text(self, text: &str) -> bool {
        let quoted = |raw: &'s [u8]| raw.strip_prefix(b"\"")?.strip_suffix(b"\"");
        quoted(self.text.trim_ascii_end()).is_some_and(|raw| unescaped(raw) == text)
    }
}

/// Names that are not UTF-8 are none that anybody looks for.
fn unescaped(raw: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(raw) {
        Ok(text) if raw.contains(&b'\\') => Cow::Owned(text::unescape(text)),
        text => Cow::Borrowed(text.unwrap_or_default()),
    }
}

/// A way through the members or elements of one container.
struct Walk<'s> {
    text: &'s [u8],
    stops: Stops<'s>,
    at: usize,
}

impl<'s> Walk<'s> {
    /// Starts behind the opening bracket.
    fn new(text: &'s [u8]) -> Self {
        Self { text, stops: Stops::new(text), at: 1 }
    }

    /// The next member's name, up to where its value begins; None at the end of the object.
    fn name(&mut self) -> Option<&'s [u8]> {
        while self.text.get(self.at)? != &b'"' {
            if self.text[self.at] == b'}' {
                return None;
            }
            self.at += 1;
        }
        let start = self.at + 1;
        self.skip_string();
        let name = self.text.get(start..self.at - 1)?;
        while self.text.get(self.at)? != &b':' {
            self.at += 1;
        }
        self.at += 1;
        Some(name)
    }

    /// The next value, up to the comma or bracket behind it.
    fn value(&mut self) -> &'s [u8] {
        let start = self.at.min(self.text.len());
        let mut depth = 0_usize;
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'"' => {
                    self.skip_string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => break,
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// From an opening quote to behind the closing one.
    fn skip_string(&mut self) {
        self.at += 1;
        loop {
            self.at = self.stops.next(self.at);
            match self.text.get(self.at) {
                Some(b'\\') => self.at += 2,
                Some(b'"') => break,
                Some(_) => self.at += 1,
                None => break,
            }
        }
        self.at = (self.at + 1).min(self.text.len());
    }
}
