//! What all trigger events have in common: a payload, its fields by table, and the findings made while reading it.

use super::field::{FieldKind, Table};
use super::finding::{Finding, Findings};
use super::map::{Map, TextMap};
use super::record::{Form, Record, Slot};
use super::text::Text;
use super::{Limits, time};
use crate::json::{Document, ParseError, Value, ValueKind, into_string};
use bytes::Bytes;
use bytestring::ByteString;

/// A payload as an indexed JSON document, with the findings that concern it as a whole.
pub(super) struct Payload {
    pub(super) document: Document,
    findings: Vec<Finding>,
}

impl Payload {
    /// Indexes `bytes`. What the JSON of a payload gets wrong as a whole is read all the same, with a finding.
    pub(super) fn parse(bytes: &Bytes, limits: &Limits) -> Result<Self, ParseError> {
        if bytes.len() > limits.max_bytes {
            return Err(ParseError::too_large(bytes.len(), limits.max_bytes));
        }
        let mut findings = Findings::default();
        let unmarked = bytes.strip_prefix(BYTE_ORDER_MARK).map_or(bytes.clone(), |rest| {
            findings.note("byte order mark", "nothing");
            bytes.slice_ref(rest)
        });
        let text = ByteString::try_from(unmarked.clone()).unwrap_or_else(|_| {
            findings.note("invalid UTF-8", "U+FFFD");
            String::from_utf8_lossy(&unmarked).into_owned().into()
        });
        let skipped = bytes.len() - unmarked.len();
        let document = Document::parse(text, limits.max_depth).map_err(|error| {
            let offset = offset_before_decoding(&unmarked, error.offset());
            error.with_offset(skipped + offset)
        })?;
        if document.has_lone_surrogates() {
            findings.note("lone surrogate", "U+FFFD");
        }
        if document.has_duplicates() {
            findings.note("duplicate member name", "the last one");
        }
        Ok(Self { document, findings: findings.into_list() })
    }

    pub(super) fn into_parts(self) -> (Document, Vec<Finding>) {
        (self.document, self.findings)
    }
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Where in `bytes` the text stands that comes at `offset` once invalid UTF-8 has been replaced.
fn offset_before_decoding(bytes: &[u8], offset: usize) -> usize {
    let (mut decoded, mut raw) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        if offset <= decoded + chunk.valid().len() {
            break;
        }
        raw += chunk.valid().len() + chunk.invalid().len();
        decoded += chunk.valid().len() + char::REPLACEMENT_CHARACTER.len_utf8();
    }
    (raw + offset.saturating_sub(decoded)).min(bytes.len())
}

/// The fields of one event.
#[derive(Clone)]
pub(super) struct Frame {
    document: Document,
    record: Record,
    findings: Vec<Finding>,
}

impl Frame {
    /// An event with nothing set, to be built in code.
    pub(super) fn empty(table: &'static Table) -> Self {
        Self { document: Document::default(), record: Record::empty(table), findings: Vec::new() }
    }

    /// Reads the payload's root by `table`.
    pub(super) fn read(table: &'static Table, payload: Payload) -> Self {
        let mut findings = Findings::default();
        let record = match payload.document.root() {
            Some(root) => Record::read(table, root, &mut findings),
            None => Record::empty(table),
        };
        let root = payload.document.root().map(Value::kind).filter(|&kind| kind != ValueKind::Object);
        if let Some(kind) = root {
            findings.note(kind.name(), "unset");
        }
        let mut all = payload.findings;
        all.extend(findings.into_list());
        Self { document: payload.document, record, findings: all }
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn fields(&self) -> Fields<'_> {
        Fields { record: &self.record, document: &self.document }
    }

    pub(super) fn to_json(&self, form: Form) -> String {
        let mut out = Vec::with_capacity(self.document.source().len() + 64);
        self.record.write(&self.document, form, &mut out);
        into_string(out)
    }

    /// Sets the text at `path`, the rows from the event down; objects on the way are made if they are not there. False if
    /// the tables have no text or time there.
    pub(super) fn set_text(&mut self, path: &[usize], text: impl Into<String>) -> bool {
        let is_text = |kind| matches!(kind, FieldKind::Text | FieldKind::Time);
        self.set(path, is_text, |slot, _| *slot = Slot::Text(Text::owned(text)))
    }

    /// Sets the truth value at `path`. False if the tables have none there.
    pub(super) fn set_boolean(&mut self, path: &[usize], value: bool) -> bool {
        self.set(path, |kind| matches!(kind, FieldKind::Boolean), |slot, _| *slot = Slot::Boolean(value))
    }

    /// Sets all texts of one name of the map at `path`. False if the tables have no map there.
    pub(super) fn set_map_entry<T: Into<String>>(
        &mut self,
        path: &[usize],
        name: &str,
        texts: impl IntoIterator<Item = T>,
    ) -> bool {
        let texts = texts.into_iter().map(Text::owned).collect();
        let set = |slot: &mut Slot, document: &Document| {
            if !matches!(slot, Slot::Map(_)) {
                *slot = Slot::Map(Map::default());
            }
            if let Slot::Map(map) = slot {
                map.set(document, name, texts);
            }
        };
        self.set(path, |kind| matches!(kind, FieldKind::Map), set)
    }

    fn set(
        &mut self,
        path: &[usize],
        fits: impl FnOnce(FieldKind) -> bool,
        set: impl FnOnce(&mut Slot, &Document),
    ) -> bool {
        let Some((kind, slot)) = self.record.slot_at(path) else { return false };
        let fits = fits(kind);
        if fits {
            set(slot, &self.document);
        }
        fits
    }
}

/// The fields of an event, or of an object inside it, by their rows in its [`Table`]. This is what accessors in other
/// languages are generated on; in Rust the events' own methods say the same by name.
#[derive(Clone, Copy)]
pub struct Fields<'e> {
    record: &'e Record,
    document: &'e Document,
}

impl<'e> Fields<'e> {
    /// The table that names the rows.
    #[must_use]
    pub fn table(self) -> &'static Table {
        self.record.table()
    }

    /// The text in `row`; None if it is unset or no text.
    #[must_use]
    pub fn text(self, row: usize) -> Option<&'e str> {
        match self.record.slot(row)? {
            Slot::Text(text) => Some(text.get(self.document)),
            _ => None,
        }
    }

    /// The truth value in `row`; None if it is unset or none.
    #[must_use]
    pub fn boolean(self, row: usize) -> Option<bool> {
        match self.record.slot(row)? {
            Slot::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The time in `row` in milliseconds since 1970-01-01T00:00:00Z; None if it could not be read.
    #[must_use]
    pub fn epoch_ms(self, row: usize) -> Option<i64> {
        time::epoch_ms(self.text(row)?)
    }

    /// The map in `row`; empty if it is unset or no map.
    #[must_use]
    pub fn map(self, row: usize) -> TextMap<'e> {
        match self.record.slot(row) {
            Some(Slot::Map(map)) => TextMap::new(Some(map), self.document),
            _ => TextMap::new(None, self.document),
        }
    }

    /// The fields of the object in `row`; None if it is unset or no object.
    #[must_use]
    pub fn object(self, row: usize) -> Option<Fields<'e>> {
        match self.record.slot(row)? {
            Slot::Object(record) => Some(Fields { record, document: self.document }),
            _ => None,
        }
    }

    /// The members that the table does not know: name and compact JSON.
    pub fn unknown(self) -> impl Iterator<Item = (String, String)> {
        let members = self.record.unknown(self.document);
        members.map(|(name, value)| (name.decoded().into_owned(), value.to_compact()))
    }
}
