//! Reading the fields of an event by their rows.

use super::field::{FieldKind, Table, TimeFormat};
use super::map::TextMap;
use super::record::{Form, Record, Slot};
use super::{number, time};
use crate::json::{Document, into_string};
use serde::de::DeserializeOwned;

/// The fields of an event, or of an object inside it, by their rows in its [`Table`]. This is what accessors in other
/// languages are generated on; in Rust the events' own methods say the same by name.
#[derive(Clone, Copy)]
pub struct Fields<'e> {
    record: &'e Record,
    document: &'e Document,
}

impl<'e> Fields<'e> {
    pub(super) fn new(record: &'e Record, document: &'e Document) -> Self {
        Self { record, document }
    }

    /// The table that names the rows.
    #[must_use]
    pub fn table(self) -> &'static Table {
        self.record.table()
    }

    fn slot(self, row: usize) -> Option<(&'e Slot, &'e Document)> {
        self.record.slot(row, self.document)
    }

    /// The text in `row`, or the digits of a number; None if it is unset or of another type.
    #[must_use]
    pub fn text(self, row: usize) -> Option<&'e str> {
        let (slot, document) = self.slot(row)?;
        match slot {
            Slot::Text(text) | Slot::Number(text) => Some(text.get(document)),
            Slot::Encoded(encoded) => Some(encoded.text(document)),
            _ => None,
        }
    }

    /// The bytes behind the base64 in `row`, decoded once; the text itself if it is not encoded, or not base64 after all. None if
    /// it is unset.
    #[must_use]
    pub fn decoded(self, row: usize) -> Option<&'e [u8]> {
        let (slot, document) = self.slot(row)?;
        let Slot::Encoded(encoded) = slot else { return None };
        let is_base64 = matches!(self.kind(row)?, FieldKind::Base64(_) | FieldKind::Base64Json(_));
        let is_encoded = is_base64 && self.record.is_encoded(self.record.field(row)?);
        let bytes = is_encoded.then(|| encoded.bytes(document)).flatten();
        Some(bytes.map_or(encoded.text(document).as_bytes(), |bytes| bytes))
    }

    /// The truth value in `row`; None if it is unset or none.
    #[must_use]
    pub fn boolean(self, row: usize) -> Option<bool> {
        match self.slot(row)?.0 {
            Slot::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The number in `row`; None if it is unset or no whole number of 64 bits.
    #[must_use]
    pub fn integer(self, row: usize) -> Option<i64> {
        match self.slot(row)? {
            (Slot::Number(digits), document) => number::integer(digits.get(document)),
            _ => None,
        }
    }

    /// The time in `row` in milliseconds since 1970-01-01T00:00:00Z; None if it could not be read.
    #[must_use]
    pub fn epoch_ms(self, row: usize) -> Option<i64> {
        let (slot, document) = self.slot(row)?;
        time::of_slot(slot, self.time_format(row)?, document)
    }

    fn time_format(self, row: usize) -> Option<TimeFormat> {
        match self.kind(row)? {
            FieldKind::Time(format) => Some(format),
            _ => None,
        }
    }

    fn kind(self, row: usize) -> Option<FieldKind> {
        self.record.field(row).map(|field| field.kind)
    }

    /// The JSON in `row` as it came, where any is allowed; None if it is unset, or if its fields have been changed since.
    #[must_use]
    pub fn json(self, row: usize) -> Option<&'e str> {
        let (slot, document) = self.slot(row)?;
        match slot {
            Slot::Json(node) => {
                let value = document.at(*node)?;
                // Of strings the document keeps what is between the quotes.
                let (start, end) = value.span();
                let quotes = u32::from(value.kind() == crate::json::ValueKind::String);
                Some(&document.source()[(start - quotes) as usize..(end + quotes) as usize])
            }
            Slot::OwnedJson(json) => Some(json),
            Slot::Object(record) if !record.is_changed => {
                record.source(document).map(crate::json::Value::raw)
            }
            _ => None,
        }
    }

    /// Reads what is in `row` as JSON, whether it is a string that contains JSON or JSON itself.
    ///
    /// # Errors
    /// It is unset, or not JSON of that type.
    pub fn nested_json<T: DeserializeOwned>(self, row: usize) -> Result<T, serde_json::Error> {
        let Some(json) = self.json(row) else {
            return serde_json::from_str(self.text(row).unwrap_or_default());
        };
        let inner = json.starts_with('"').then(|| serde_json::from_str::<String>(json).ok()).flatten();
        match inner.and_then(|inner| serde_json::from_str(&inner).ok()) {
            Some(value) => Ok(value),
            None => serde_json::from_str(json),
        }
    }

    /// The map in `row`; empty if it is unset or no map.
    #[must_use]
    pub fn map(self, row: usize) -> TextMap<'e> {
        match self.slot(row) {
            Some((Slot::Map(map), document)) => TextMap::new(map, document),
            Some((Slot::PlainMap(node), document)) => TextMap::of_plain(document.at(*node)),
            _ => TextMap::default(),
        }
    }

    /// The texts in `row`, None for each that is null; nothing if it is unset or no array.
    pub fn texts(self, row: usize) -> impl ExactSizeIterator<Item = Option<&'e str>> {
        let texts = match self.slot(row) {
            Some((Slot::Texts(texts), document)) => Some((texts, document)),
            _ => None,
        };
        let count = texts.map_or(0, |(texts, _)| texts.len());
        (0..count).map(move |index| texts.and_then(|(texts, document)| texts.get(index, document)))
    }

    /// Text number `index` in `row`; None if it is null or there are not so many.
    #[must_use]
    pub fn text_at(self, row: usize, index: usize) -> Option<&'e str> {
        match self.slot(row)? {
            (Slot::Texts(texts), document) => texts.get(index, document),
            _ => None,
        }
    }

    /// The fields of the object in `row`, or of the one that its text contains; None if it is unset or no object.
    #[must_use]
    pub fn object(self, row: usize) -> Option<Fields<'e>> {
        let (slot, document) = self.slot(row)?;
        match slot {
            Slot::Object(record) => Some(Fields::new(record, document)),
            Slot::Encoded(encoded) => {
                let inside = encoded.object(self.kind(row)?, document)?;
                inside.is_object().then(|| inside.fields())
            }
            _ => None,
        }
    }

    /// The objects in `row`, None for each element that is none; nothing if it is unset or no array.
    pub fn elements(self, row: usize) -> impl ExactSizeIterator<Item = Option<Fields<'e>>> {
        let (records, document) = self.records(row);
        records.iter().map(move |record| Some(Fields::new(record.as_ref()?, document)))
    }

    /// Object number `index` in `row`; None if it is none or there are not so many.
    #[must_use]
    pub fn element(self, row: usize, index: usize) -> Option<Fields<'e>> {
        let (records, document) = self.records(row);
        Some(Fields::new(records.get(index)?.as_ref()?, document))
    }

    fn records(self, row: usize) -> (&'e [Option<Record>], &'e Document) {
        match self.slot(row) {
            Some((Slot::List(records), document)) => (records.as_slice(), document),
            _ => (&[], self.document),
        }
    }

    /// The members that the table does not know: name and compact JSON.
    pub fn unknown(self) -> impl Iterator<Item = (String, String)> {
        let members = self.record.unknown(self.document);
        members.map(|(name, value)| (name.decoded().into_owned(), value.to_compact()))
    }

    /// All of it as JSON in wire form.
    #[must_use]
    pub fn to_json(self) -> String {
        let mut out = Vec::new();
        self.record.write(self.document, Form::Wire, &mut out);
        into_string(out)
    }
}
