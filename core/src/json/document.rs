//! The index over a JSON text and the cursor that reads it.

use super::scan::Scanner;
use super::{ParseError, into_string, text};
use bytestring::ByteString;
use std::borrow::Cow;

/// The string contains escapes and must be decoded before use.
pub(super) const ESCAPED: u8 = 1;
/// The string contains half a surrogate pair, which decodes to U+FFFD.
pub(super) const LONE_SURROGATE: u8 = 2;
/// The member is overridden by a later one of the same name.
pub(super) const SHADOWED: u8 = 4;

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// `null`.
    Null,
    /// `true`.
    True,
    /// `false`.
    False,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl ValueKind {
    /// The word findings use for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::True | Self::False => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// One value: where its text is (strings without their quotes) and which node follows its subtree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) next: u32,
    pub(super) kind: ValueKind,
    pub(super) flags: u8,
}

/// A JSON text with its index, for bindings that make values of their own language of it.
///
/// An object's nodes alternate names and values.
#[derive(Clone, Default)]
pub struct Document {
    source: ByteString,
    nodes: Vec<Node>,
    /// The flags of all nodes together.
    flags: u8,
}

impl Document {
    /// Indexes a text, which must be one JSON document nesting at most `max_depth` containers.
    ///
    /// # Errors
    /// The text is not JSON, or nests deeper; the error says where.
    pub fn from_text(text: String, max_depth: usize) -> Result<Self, ParseError> {
        Self::parse(text.into(), max_depth)
    }

    /// Indexes bytes like [`from_text`](Self::from_text); None if they are not UTF-8.
    #[must_use]
    pub fn from_bytes(bytes: bytes::Bytes, max_depth: usize) -> Option<Result<Self, ParseError>> {
        Some(Self::parse(ByteString::try_from(bytes).ok()?, max_depth))
    }

    /// Indexes `source`, which must be one JSON document nesting at most `max_depth` containers.
    pub(crate) fn parse(source: ByteString, max_depth: usize) -> Result<Self, ParseError> {
        let largest = u32::MAX as usize;
        if source.len() > largest {
            return Err(ParseError::too_large(source.len(), largest));
        }
        let (nodes, flags) = Scanner::new(&source, max_depth).run()?;
        Ok(Self { source, nodes, flags })
    }

    /// The outermost value; None for the empty document of an event built in code.
    #[must_use]
    pub fn root(&self) -> Option<Value<'_>> {
        self.at(0)
    }

    /// Whether a string has half a surrogate pair, which is read as U+FFFD.
    #[must_use]
    pub fn has_lone_surrogates(&self) -> bool {
        self.flags & LONE_SURROGATE != 0
    }

    /// Whether an object has two members of one name, of which only the last is read.
    #[must_use]
    pub fn has_duplicates(&self) -> bool {
        self.flags & SHADOWED != 0
    }

    /// Tells what stands in the text and how it was read, where JSON leaves that open.
    pub(crate) fn note_flaws(&self, mut note: impl FnMut(&'static str, &'static str)) {
        if self.has_lone_surrogates() {
            note("lone surrogate", "U+FFFD");
        }
        if self.has_duplicates() {
            note("duplicate member name", "the last one");
        }
    }

    /// The value of a node that [`Value::index`] gave.
    pub(crate) fn at(&self, index: u32) -> Option<Value<'_>> {
        (!self.nodes.is_empty()).then_some(Value { document: self, index })
    }

    pub(crate) fn source(&self) -> &ByteString {
        &self.source
    }
}

/// A cursor at one value of a document.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    pub(super) document: &'d Document,
    pub(super) index: u32,
}

impl<'d> Value<'d> {
    #[inline]
    pub(super) fn node(self) -> &'d Node {
        &self.document.nodes[self.index as usize]
    }

    pub(crate) fn document(self) -> &'d Document {
        self.document
    }

    #[inline]
    pub(crate) fn index(self) -> u32 {
        self.index
    }

    /// What it is.
    #[inline]
    #[must_use]
    pub fn kind(self) -> ValueKind {
        self.node().kind
    }

    /// The value's text as it stands in the document; of a string, what is between the quotes.
    #[inline]
    #[must_use]
    pub fn raw(self) -> &'d str {
        let node = self.node();
        &self.document.source[node.start as usize..node.end as usize]
    }

    #[inline]
    fn raw_bytes(self) -> &'d [u8] {
        let node = self.node();
        &self.document.source.as_bytes()[node.start as usize..node.end as usize]
    }

    /// Where [`raw`](Self::raw) starts and ends in the source.
    #[inline]
    pub(crate) fn span(self) -> (u32, u32) {
        (self.node().start, self.node().end)
    }

    #[inline]
    pub(crate) fn is_escaped(self) -> bool {
        self.node().flags & ESCAPED != 0
    }

    /// The text of a string value.
    pub(crate) fn text(self) -> Option<Cow<'d, str>> {
        (self.kind() == ValueKind::String).then(|| self.decoded())
    }

    /// The text of a string, or what stands there of any other value.
    #[inline]
    #[must_use]
    pub fn decoded(self) -> Cow<'d, str> {
        if self.is_escaped() { Cow::Owned(text::unescape(self.raw())) } else { Cow::Borrowed(self.raw()) }
    }

    /// Appends what [`decoded`](Self::decoded) gives.
    pub(crate) fn decode_to(self, out: &mut String) {
        match self.is_escaped() {
            true => text::unescape_to(self.raw(), out),
            false => out.push_str(self.raw()),
        }
    }

    /// The members of an object in document order, of duplicates only the last; nothing for other values.
    pub(crate) fn members(self) -> impl Iterator<Item = (Value<'d>, Value<'d>)> {
        let object = self.kind() == ValueKind::Object;
        let (mut at, end) = (self.index + 1, if object { self.node().next } else { 0 });
        std::iter::from_fn(move || {
            while at < end {
                let name = Value { document: self.document, index: at };
                let value = Value { document: self.document, index: at + 1 };
                at = value.node().next;
                if name.node().flags & SHADOWED == 0 {
                    return Some((name, value));
                }
            }
            None
        })
    }

    /// The elements of an array; nothing for other values.
    pub(crate) fn elements(self) -> impl Iterator<Item = Value<'d>> {
        let array = self.kind() == ValueKind::Array;
        let (mut at, end) = (self.index + 1, if array { self.node().next } else { 0 });
        std::iter::from_fn(move || {
            let value = (at < end).then_some(Value { document: self.document, index: at })?;
            at = value.node().next;
            Some(value)
        })
    }

    /// The member called `name` (case matters), if this is an object that has one.
    pub(crate) fn member(self, name: &str) -> Option<Value<'d>> {
        self.members().find(|(key, _)| key.is(name)).map(|(_, value)| value)
    }

    /// Whether this is the string `text`.
    pub(crate) fn is(self, text: &str) -> bool {
        self.kind() == ValueKind::String
            && if self.is_escaped() { self.decoded() == text } else { self.raw_bytes() == text.as_bytes() }
    }

    /// The value as compact JSON; see [`write_compact`](Self::write_compact).
    pub(crate) fn to_compact(self) -> String {
        let mut out = Vec::with_capacity(self.raw().len());
        self.write_compact(&mut out);
        into_string(out)
    }

    /// Writes the value as compact JSON: no white space, shortest escapes, numbers with their digits, the last of
    /// duplicate members. Without recursion, because depth is the caller's to limit.
    pub(crate) fn write_compact(self, out: &mut Vec<u8>) {
        let mut open: Vec<(u32, u8)> = Vec::new();
        let mut at = self.index;
        let end = self.node().next;
        while at < end || !open.is_empty() {
            if let Some(&(container_end, close)) = open.last()
                && at >= container_end
            {
                open.pop();
                out.push(close);
                continue;
            }
            let value = Value { document: self.document, index: at };
            let in_object = open.last().is_some_and(|&(_, close)| close == b'}');
            at = if in_object {
                value.write_member(out, &mut open)
            } else {
                value.write_element(out, &mut open)
            };
        }
    }

    /// Writes a member whose name is here; returns the node to go on with.
    fn write_member(self, out: &mut Vec<u8>, open: &mut Vec<(u32, u8)>) -> u32 {
        let value = Value { document: self.document, index: self.index + 1 };
        if self.node().flags & SHADOWED != 0 {
            return value.node().next;
        }
        separate(out);
        super::write_string(out, &self.decoded());
        out.push(b':');
        value.write_start(out, open)
    }

    fn write_element(self, out: &mut Vec<u8>, open: &mut Vec<(u32, u8)>) -> u32 {
        if !open.is_empty() {
            separate(out);
        }
        self.write_start(out, open)
    }

    fn write_start(self, out: &mut Vec<u8>, open: &mut Vec<(u32, u8)>) -> u32 {
        let node = self.node();
        match node.kind {
            ValueKind::Object => {
                out.push(b'{');
                open.push((node.next, b'}'));
                self.index + 1
            }
            ValueKind::Array => {
                out.push(b'[');
                open.push((node.next, b']'));
                self.index + 1
            }
            ValueKind::String => {
                super::write_string(out, &self.decoded());
                node.next
            }
            _ => {
                out.extend_from_slice(self.raw().as_bytes());
                node.next
            }
        }
    }
}

/// A comma unless the container has just been opened.
fn separate(out: &mut Vec<u8>) {
    if !matches!(out.last(), Some(b'{' | b'[')) {
        out.push(b',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(not(miri))]
    use proptest::prelude::*;

    fn compact(text: &str) -> String {
        let document = Document::parse(text.into(), 128).unwrap();
        let mut out = Vec::new();
        document.root().unwrap().write_compact(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn digits_survive() {
        for number in ["1e400", "-0.0", "9007199254740993", "1E+2", "12345678901234567890.000"] {
            assert_eq!(compact(number), number);
        }
    }

    #[test]
    fn last_duplicate_wins_also_in_large_objects() {
        assert_eq!(compact(r#"{"a":1,"b":{"c":1,"\u0063":2},"a":3}"#), r#"{"b":{"c":2},"a":3}"#);
        let many: Vec<String> = (0..40).map(|i| format!("\"k{}\":{i}", i % 20)).collect();
        let document = Document::parse(format!("{{{}}}", many.join(",")).into(), 2).unwrap();
        let root = document.root().unwrap();
        assert_eq!(root.members().count(), 20);
        assert_eq!(root.member("k3").unwrap().raw(), "23");
    }

    #[test]
    fn surrogates() {
        assert_eq!(compact(r#""\ud83d\ude00 \ud800 \udc00\ud800x""#), "\"😀 \u{FFFD} \u{FFFD}\u{FFFD}x\"");
    }

    #[test]
    fn depth_is_counted_in_containers() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(Document::parse(nested(128).into(), 128).is_ok());
        let error = Document::parse(nested(129).into(), 128).err().unwrap();
        assert_eq!(error.offset(), 128);
        assert_eq!(compact(&nested(100)), nested(100));
        let levels = if cfg!(miri) { 1_000 } else { 100_000 };
        let deep = Document::parse(nested(levels).into(), usize::MAX).unwrap();
        assert_eq!(deep.root().unwrap().to_compact().len(), 2 * levels);
    }

    #[test]
    fn empty_strings_and_containers_keep_their_commas() {
        for text in [r#"{"":"","a":[],"b":{}}"#, r#"[[],{},"",[[]]]"#, r#"["[",","]"#, r#"{"{":"["}"#] {
            assert_eq!(compact(text), text);
        }
    }

    #[test]
    fn errors_say_where() {
        let error = Document::parse("{\n \"ä\": tru}".into(), 8).err().unwrap();
        assert_eq!((error.line(), error.column(), error.offset()), (2, 7, 9));
        for bad in [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":}",
            "01",
            "1.",
            "1e",
            "-",
            "+1",
            "nul",
            "\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "[1 2]",
            "{,}",
            "{\"a\":1,}",
            "1 2",
            "[}",
            "{]",
            "\u{feff}1",
            "NaN",
            "'a'",
        ] {
            assert!(Document::parse(bad.into(), 8).is_err(), "{bad:?} was accepted");
            assert!(serde_json::from_str::<serde_json::Value>(bad).is_err(), "{bad:?} is JSON after all");
        }
    }

    #[cfg(not(miri))] // An interpreter takes minutes for them.
    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the text, `serde_json` and this index accept the same documents and read the same values.
        #[test]
        fn agrees_with_serde_json(text in r#"([\[\]{},:"0-9a-f\\ \n.eE+-]|"[a-z]{0,3}"|true|null|\\u00[0-9a-f]{2}){0,24}"#) {
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            let ours = Document::parse(text.as_str().into(), 127);
            match (theirs, ours) {
                (Ok(value), Ok(document)) => {
                    let mut out = Vec::new();
                    document.root().unwrap().write_compact(&mut out);
                    prop_assert_eq!(serde_json::from_slice::<serde_json::Value>(&out).unwrap(), value);
                }
                (Err(_), Err(_)) => {}
                // Numbers beyond a double are legal JSON that only the index keeps.
                (Err(error), Ok(_)) => prop_assert!(error.to_string().contains("out of range"), "{error}"),
                (Ok(value), Err(error)) => prop_assert!(false, "{value} was refused: {error}"),
            }
        }

        #[test]
        fn strings_come_back(text in any::<String>()) {
            let mut quoted = Vec::new();
            super::super::write_string(&mut quoted, &text);
            let document = Document::parse(String::from_utf8(quoted).unwrap().into(), 1).unwrap();
            prop_assert_eq!(document.root().unwrap().text().unwrap(), text);
        }
    }
}
