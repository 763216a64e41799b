//! What all trigger events have in common: a payload, its fields by table, and the findings made while reading it.

use super::field::Table;
use super::finding::{Finding, Findings};
use super::map::{Map, TextMap};
use super::record::{Form, Record, Slot};
use super::text::Text;
use super::{Limits, time};
use crate::json::{Document, ParseError, into_string};
use bytes::Bytes;
use bytestring::ByteString;

/// A payload as an indexed JSON document, with the findings that concern it as a whole.
pub(super) struct Payload {
    pub(super) document: Document,
    findings: Vec<Finding>,
}

impl Payload {
    /// Indexes `bytes`. Invalid UTF-8 is read as U+FFFD and a byte order mark is skipped, both with a finding.
    pub(super) fn parse(bytes: &Bytes, limits: &Limits) -> Result<Self, ParseError> {
        if bytes.len() > limits.max_bytes {
            return Err(ParseError::too_large(bytes.len(), limits.max_bytes));
        }
        let mut findings = Findings::default();
        let mut text = ByteString::try_from(bytes.clone()).unwrap_or_else(|_| {
            findings.note("invalid UTF-8", "U+FFFD");
            String::from_utf8_lossy(bytes).into_owned().into()
        });
        if let Some(rest) = text.strip_prefix('\u{feff}') {
            findings.note("byte order mark", "nothing");
            text = text.slice_ref(rest);
        }
        Ok(Self { document: Document::parse(text, limits.max_depth)?, findings: findings.into_list() })
    }

    pub(super) fn into_parts(self) -> (Document, Vec<Finding>) {
        (self.document, self.findings)
    }
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
        let mut all = payload.findings;
        all.extend(findings.into_list());
        Self { document: payload.document, record, findings: all }
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn view(&self) -> View<'_> {
        View { record: &self.record, document: &self.document }
    }

    pub(super) fn to_json(&self, form: Form) -> String {
        let mut out = Vec::with_capacity(self.document.source().len() + 64);
        self.record.write(&self.document, form, &mut out);
        into_string(out)
    }

    pub(super) fn set_text(&mut self, row: usize, text: impl Into<String>) {
        *self.record.slot_mut(row) = Slot::Text(Text::owned(text));
    }

    pub(super) fn set_boolean(&mut self, row: usize, value: bool) {
        *self.record.slot_mut(row) = Slot::Boolean(value);
    }

    /// Sets all texts of one name of a map.
    pub(super) fn set_map_entry<T: Into<String>>(
        &mut self,
        row: usize,
        name: &str,
        texts: impl IntoIterator<Item = T>,
    ) {
        let texts = texts.into_iter().map(Text::owned).collect();
        let slot = self.record.slot_mut(row);
        if !matches!(slot, Slot::Map(_)) {
            *slot = Slot::Map(Map::default());
        }
        if let Slot::Map(map) = slot {
            map.set(&self.document, name, texts);
        }
    }

    /// Sets a text of an object inside the event, which is made if it is not there.
    pub(super) fn set_inner_text(
        &mut self,
        row: usize,
        table: &'static Table,
        inner: usize,
        text: impl Into<String>,
    ) {
        let slot = self.record.slot_mut(row);
        if !matches!(slot, Slot::Object(_)) {
            *slot = Slot::Object(Box::new(Record::empty(table)));
        }
        if let Slot::Object(record) = slot {
            *record.slot_mut(inner) = Slot::Text(Text::owned(text));
        }
    }
}

/// The fields of an event or of an object inside it.
#[derive(Clone, Copy)]
pub(super) struct View<'e> {
    record: &'e Record,
    document: &'e Document,
}

impl<'e> View<'e> {
    pub(super) fn text(self, row: usize) -> Option<&'e str> {
        match self.record.slot(row) {
            Slot::Text(text) => Some(text.get(self.document)),
            _ => None,
        }
    }

    pub(super) fn boolean(self, row: usize) -> Option<bool> {
        match self.record.slot(row) {
            Slot::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    pub(super) fn epoch_ms(self, row: usize) -> Option<i64> {
        time::epoch_ms(self.text(row)?)
    }

    pub(super) fn map(self, row: usize) -> TextMap<'e> {
        match self.record.slot(row) {
            Slot::Map(map) => TextMap::new(Some(map), self.document),
            _ => TextMap::new(None, self.document),
        }
    }

    pub(super) fn object(self, row: usize) -> Option<View<'e>> {
        match self.record.slot(row) {
            Slot::Object(record) => Some(View { record, document: self.document }),
            _ => None,
        }
    }

    /// The members the documents do not know: name and compact JSON.
    pub(super) fn unknown(self) -> impl Iterator<Item = (String, String)> {
        self.record.unknown(self.document).map(|(name, value)| {
            let mut json = Vec::new();
            value.write_compact(&mut json);
            (name.text().unwrap_or_default().into_owned(), into_string(json))
        })
    }
}
