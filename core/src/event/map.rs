//! Headers, query and path parameters: names with one or several texts.

use super::text::Text;
use crate::json::{Document, Value, ValueKind, write_string};

/// Names in document order, each with its texts, that could not be left where they stand.
#[derive(Clone, Default)]
pub(super) struct Map {
    entries: Vec<(Text, Values)>,
}

/// The texts of one name. Nearly always it is one.
#[derive(Clone)]
pub(super) enum Values {
    One(Text),
    Several(Vec<Text>),
}

impl Values {
    fn as_slice(&self) -> &[Text] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }
}

/// The text of a value that needs no memory; None of one that does.
pub(super) fn plain_text(value: Value<'_>) -> Option<&str> {
    match value.kind() {
        ValueKind::Object | ValueKind::Array => None,
        ValueKind::Null => Some(""),
        _ => (!value.is_escaped()).then(|| value.raw()),
    }
}

impl Map {
    pub(super) fn with_capacity(names: usize) -> Self {
        Self { entries: Vec::with_capacity(names) }
    }

    /// The map that an object of plain texts is, to be changed.
    pub(super) fn of_plain(object: Value<'_>) -> Self {
        let entry = |(name, value): (Value<'_>, Value<'_>)| {
            let text = if value.kind() == ValueKind::Null { Text::owned("") } else { Text::of(value) };
            (Text::of(name), Values::One(text))
        };
        Self { entries: object.members().map(entry).collect() }
    }

    pub(super) fn push(&mut self, name: Text, values: Values) {
        self.entries.push((name, values));
    }

    /// Replaces all texts of `name` (exact case), or appends it; no texts remove it.
    pub(super) fn set(&mut self, document: &Document, name: &str, texts: Vec<Text>) {
        if texts.is_empty() {
            return self.entries.retain(|(known, _)| known.get(document) != name);
        }
        let values = Values::Several(texts);
        match self.entries.iter_mut().find(|(known, _)| known.get(document) == name) {
            Some((_, known)) => *known = values,
            None => self.push(Text::owned(name), values),
        }
    }

    /// Writes the map as an object: a string for one text, an array for none or several.
    pub(super) fn write(&self, document: &Document, out: &mut Vec<u8>) {
        write_object(out, self.entries.iter(), |(name, values), out| {
            write_string(out, name.get(document));
            out.push(b':');
            match values.as_slice() {
                [one] => write_string(out, one.get(document)),
                several => write_array(several, document, out),
            }
        });
    }
}

/// Writes an object of plain texts as [`Map::write`] would.
pub(super) fn write_plain(object: Value<'_>, out: &mut Vec<u8>) {
    write_object(out, object.members(), |(name, value), out| {
        write_string(out, name.raw());
        out.push(b':');
        write_string(out, plain_text(value).unwrap_or_default());
    });
}

fn write_object<T>(out: &mut Vec<u8>, members: impl Iterator<Item = T>, write: impl Fn(T, &mut Vec<u8>)) {
    out.push(b'{');
    for (position, member) in members.enumerate() {
        if position > 0 {
            out.push(b',');
        }
        write(member, out);
    }
    out.push(b'}');
}

fn write_array(texts: &[Text], document: &Document, out: &mut Vec<u8>) {
    out.push(b'[');
    for (position, text) in texts.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        write_string(out, text.get(document));
    }
    out.push(b']');
}

/// The headers, query parameters or path parameters of an event, in the order of the document.
///
/// Real events have lower-case header names, hand-made ones any case, and a name may come with several values; the
/// look-ups therefore ignore ASCII case and tell the first value from all of them. An event without the map reads like
/// one with an empty map.
#[derive(Clone, Copy, Default)]
pub struct TextMap<'e> {
    map: Option<(&'e Map, &'e Document)>,
    /// An object that has been left where it stands.
    plain: Option<Value<'e>>,
}

impl<'e> TextMap<'e> {
    pub(super) fn new(map: &'e Map, document: &'e Document) -> Self {
        Self { map: Some((map, document)), plain: None }
    }

    pub(super) fn of_plain(object: Option<Value<'e>>) -> Self {
        Self { map: None, plain: object }
    }

    /// The first value of `name`: of the name written exactly so if there is one, else of any name that differs only in
    /// case. None if there is none.
    #[must_use]
    pub fn get(self, name: &str) -> Option<&'e str> {
        let mut alike = None;
        for (known, text) in self.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)) {
            if known == name {
                return Some(text);
            }
            alike.get_or_insert(text);
        }
        alike
    }

    /// All values of `name`, ignoring case, in document order.
    pub fn get_all(self, name: &str) -> impl Iterator<Item = &'e str> {
        self.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, text)| text)
    }

    /// Every name with each of its values, in document order; a name with several values comes several times.
    pub fn iter(self) -> impl Iterator<Item = (&'e str, &'e str)> {
        let kept = self.map.into_iter().flat_map(|(map, document)| {
            map.entries.iter().flat_map(move |(name, values)| {
                values.as_slice().iter().map(move |text| (name.get(document), text.get(document)))
            })
        });
        let plain = self.plain.into_iter().flat_map(Value::members);
        plain.map(|(name, value)| (name.raw(), plain_text(value).unwrap_or_default())).chain(kept)
    }

    /// How many names there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.map.map_or(0, |(map, _)| map.entries.len())
            + self.plain.map_or(0, |object| object.members().count())
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// Names only: values may be credentials or cookies.
impl std::fmt::Debug for TextMap<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}
