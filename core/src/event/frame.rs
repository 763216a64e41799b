//! What all trigger events have in common: a payload, its fields by table, and the findings made while reading it.

use super::Limits;
use super::field::{FieldKind, Table};
use super::fields::Fields;
use super::finding::{Finding, Findings};
use super::record::{Form, Record, SetError, Slot};
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
        let mut list = Vec::new();
        let mut findings = Findings::new(&mut list);
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
        document.note_flaws(|found, read| findings.note(found, read));
        Ok(Self { document, findings: list })
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
        let Payload { document, findings: mut list } = payload;
        let mut findings = Findings::new(&mut list);
        let record = match document.root() {
            Some(root) => Record::read(table, root, &mut findings),
            None => Record::empty(table),
        };
        let root = document.root().map(Value::kind).filter(|&kind| kind != ValueKind::Object);
        if let Some(kind) = root {
            findings.note(kind.name(), "unset");
        }
        Self { document, record, findings: list }
    }

    /// What was found while reading, then what is only found by decoding.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut all = self.findings.clone();
        self.record.late_findings(&self.document, &mut Findings::new(&mut all));
        all
    }

    /// Whether what was read is an object, which has fields.
    pub(super) fn is_object(&self) -> bool {
        self.document.root().is_some_and(|root| root.kind() == ValueKind::Object)
    }

    pub(super) fn fields(&self) -> Fields<'_> {
        Fields::new(&self.record, &self.document)
    }

    pub(super) fn to_json(&self, form: Form) -> String {
        let mut out = Vec::with_capacity(self.document.source().len() + 64);
        self.record.write(&self.document, form, &mut out);
        into_string(out)
    }

    /// Changes the slot at a path of rows and indexes, if its field is of a kind that fits. Nothing is changed otherwise.
    pub(super) fn change(
        &mut self,
        path: &[usize],
        fits: impl FnOnce(FieldKind) -> bool,
        change: impl FnOnce(&mut Slot, FieldKind, &Document),
    ) -> Result<(), SetError> {
        let kind = self.record.field_at(path)?.kind;
        if !fits(kind) {
            return Err(SetError::NoSuchField);
        }
        let (slot, document) = self.record.slot_at(&self.document, path).ok_or(SetError::NoSuchField)?;
        change(slot, kind, document);
        Ok(())
    }
}
