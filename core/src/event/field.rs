//! Field tables: what the documents promise of each trigger event, one row a field, in canonical order.
//!
//! Everything generic about events (tolerant reading, findings, canonical and wire form) reads these tables, and so do
//! the generators of the other languages' accessors: a field is written down once.

use super::record::Arrange;

/// The documented fields of one JSON object of an event.
#[derive(Debug)]
pub struct Table {
    /// The object's type name.
    pub name: &'static str,
    /// The fields in canonical order.
    pub fields: &'static [Field],
    /// What puts members into their documented place that some senders have elsewhere.
    pub(super) arrange: Option<Arrange>,
}

/// One documented field.
#[derive(Debug)]
pub struct Field {
    /// The key on the wire; case matters.
    pub key: &'static str,
    /// Other keys that were seen for it. They are read with a finding, if the documented one is not there.
    pub aliases: &'static [&'static str],
    /// The documented type, which is also the canonical one.
    pub kind: FieldKind,
    /// What the platform sends here too, which is worth no finding.
    pub or: Or,
    /// Whether the member has been moved elsewhere in the documents: it is read into its new place, and accessors do not
    /// show the old one.
    pub moved: bool,
    /// What the field means, for the documentation of every language.
    pub doc: &'static str,
}

/// What may stand for the documented type without being a departure from the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Or {
    /// Nothing.
    Nothing,
    /// `null`.
    Null,
    /// A string that contains the documented type as JSON.
    Text,
}

/// The documented type of a field.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// A string.
    Text,
    /// A string that is JSON, if there is a table: of that object.
    JsonText(Option<&'static Table>),
    /// A string that is base64: always, or if the truth value in another row says so.
    Base64(Option<usize>),
    /// A string that is base64 of the JSON of an object.
    Base64Json(&'static Table),
    /// `true` or `false`.
    Boolean,
    /// A number, kept with all its digits.
    Number,
    /// A point in time; canonical JSON adds `<key>_epoch_ms` when it could be read.
    Time(TimeFormat),
    /// Any JSON; but an object with this member is one with documented fields.
    Any(Option<(&'static str, &'static Table)>),
    /// An object that maps names to one or several texts.
    Map,
    /// An array of strings.
    Texts,
    /// An object with documented fields.
    Object(&'static Table),
    /// An array of objects with documented fields.
    List(&'static Table),
}

/// How a point in time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    /// As a string by RFC 3339.
    Rfc3339,
    /// As a string `20260703T183519Z`, or by RFC 3339.
    Compact,
    /// As a number of seconds since 1970-01-01T00:00:00Z.
    Seconds,
    /// As a number of milliseconds since then.
    Milliseconds,
    /// As a number of seconds or, from 100,000,000,000 on, of milliseconds.
    SecondsOrMilliseconds,
}

impl TimeFormat {
    /// Whether the documented type is a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        !matches!(self, Self::Rfc3339 | Self::Compact)
    }
}

impl Field {
    /// The field's name in languages whose names are in snake case: `isBase64Encoded` is `is_base64_encoded`.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = String::new();
        let mut after_capital = true;
        for character in self.key.trim_start_matches('_').chars() {
            let is_capital = character.is_ascii_uppercase();
            if is_capital && !after_capital {
                name.push('_');
            }
            name.push(character.to_ascii_lowercase());
            after_capital = is_capital || character == '_';
        }
        name
    }
}

impl FieldKind {
    /// The table of the objects in or behind this field.
    #[must_use]
    pub fn table(self) -> Option<&'static Table> {
        match self {
            Self::Object(table) | Self::List(table) | Self::Base64Json(table) => Some(table),
            Self::JsonText(table) => table,
            Self::Any(typed) => typed.map(|(_, table)| table),
            _ => None,
        }
    }
}

impl Table {
    /// Whether members of such an object may stand elsewhere than the documents say, so that none is known before it is read.
    #[must_use]
    pub fn is_rearranged(&self) -> bool {
        self.arrange.is_some()
    }

    /// The row whose key is `key`.
    pub(super) fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// The row that `key` is another key for.
    pub(super) fn position_of_alias(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.aliases.contains(&key))
    }

    /// The time field from which the member `key` is derived, if it is one of our own additions to canonical JSON.
    pub(super) fn derived_from(&self, key: &str) -> Option<usize> {
        let base = self.position(key.strip_suffix(EPOCH_MS)?)?;
        matches!(self.fields[base].kind, FieldKind::Time(_)).then_some(base)
    }
}

/// What canonical JSON appends to the key of a time field for its value in milliseconds since 1970-01-01T00:00:00Z.
pub(super) const EPOCH_MS: &str = "_epoch_ms";
