//! The fields of one object of an event: a slot for each row of its table.

mod change;
mod encoded;
mod read;
mod write;

pub use change::SetError;
pub(super) use encoded::Encoded;
pub(super) use write::Form;

use super::field::{Field, Table};
use super::finding::{Finding, Findings};
use super::map::Map;
use super::text::Text;
use super::texts::Texts;
use crate::json::{Document, Value};

/// Puts members into their documented place that some senders have elsewhere. The object is the one that was read.
pub(super) type Arrange = fn(&mut Record, Value<'_>, &mut Findings<'_>);

/// The fields of one object of an event.
#[derive(Clone)]
pub(super) struct Record {
    table: &'static Table,
    pub(super) slots: Box<[Slot]>,
    /// The node the record was read from, whose other members are the unknown ones.
    object: Option<u32>,
    /// Whether something in it has been set in code.
    pub(super) is_changed: bool,
}

/// What was read of a documented field.
#[derive(Clone)]
pub(super) enum Slot {
    /// Not there.
    Absent,
    /// There, but null or not to be read: unset, and null in canonical JSON, so that it is known to have been there.
    Null,
    Boolean(bool),
    Text(Text),
    /// A text that contains something to be decoded on first use.
    Encoded(Box<Encoded>),
    /// The digits of a number.
    Number(Text),
    /// Any JSON: the node of the document.
    Json(u32),
    /// Any JSON that was set in code.
    OwnedJson(Box<str>),
    Map(Map),
    /// A map whose names and texts are left where they stand: the node of the object.
    PlainMap(u32),
    Texts(Texts),
    Object(Box<Record>),
    /// Objects, and what is none between them.
    List(Vec<Option<Record>>),
    /// An object or list that came as a text of JSON.
    Elsewhere(Box<Elsewhere>),
}

/// A slot that belongs to another document than the one around it.
#[derive(Clone)]
pub(super) struct Elsewhere {
    document: Document,
    slot: Slot,
}

impl Slot {
    /// The slot, to be put into a record of another document than `document`, which is its own.
    pub(super) fn moved_from(self, document: &Document) -> Self {
        match self {
            Self::Absent | Self::Null | Self::Boolean(_) | Self::Elsewhere(_) => self,
            slot => Self::Elsewhere(Box::new(Elsewhere { document: document.clone(), slot })),
        }
    }

    /// The slot itself, wherever it came from.
    pub(super) fn resolve(&self) -> &Self {
        match self {
            Self::Elsewhere(elsewhere) => &elsewhere.slot,
            slot => slot,
        }
    }

    /// The slot itself, with its document, which is `document` unless the slot came as a text of JSON.
    pub(super) fn resolve_mut<'s>(&'s mut self, document: &'s Document) -> (&'s mut Self, &'s Document) {
        match self {
            Self::Elsewhere(elsewhere) => (&mut elsewhere.slot, &elsewhere.document),
            slot => (slot, document),
        }
    }
}

impl Record {
    /// A record with nothing set.
    pub(super) fn empty(table: &'static Table) -> Self {
        Self {
            table,
            slots: table.fields.iter().map(|_| Slot::Absent).collect(),
            object: None,
            is_changed: false,
        }
    }

    pub(super) fn table(&self) -> &'static Table {
        self.table
    }

    pub(super) fn field(&self, row: usize) -> Option<&'static Field> {
        self.table.fields.get(row)
    }

    /// The slot of a documented key, to be rearranged.
    pub(super) fn slot_of(&mut self, key: &str) -> Option<&mut Slot> {
        self.slots.get_mut(self.table.position(key)?)
    }

    /// Takes the slot of a documented key out.
    pub(super) fn take(&mut self, key: &str) -> Slot {
        self.slot_of(key).map_or(Slot::Absent, |slot| std::mem::replace(slot, Slot::Absent))
    }

    pub(super) fn put(&mut self, key: &str, slot: Slot) {
        if let Some(place) = self.slot_of(key) {
            *place = slot;
        }
    }

    /// The slot in `row`, with the document it belongs to.
    pub(super) fn slot<'e>(&'e self, row: usize, document: &'e Document) -> Option<(&'e Slot, &'e Document)> {
        Some(match self.slots.get(row)? {
            Slot::Elsewhere(elsewhere) => (&elsewhere.slot, &elsewhere.document),
            slot => (slot, document),
        })
    }

    /// The object as it stands in the document; None of one that was made in code.
    pub(super) fn source<'d>(&self, document: &'d Document) -> Option<Value<'d>> {
        document.at(self.object?)
    }

    /// The members outside the table, with their names, in document order.
    pub(super) fn unknown<'d>(&self, document: &'d Document) -> impl Iterator<Item = (Value<'d>, Value<'d>)> {
        let object = self.source(document);
        let table = self.table;
        object.into_iter().flat_map(move |object| {
            object.members().filter(move |(name, _)| read::member(table, object, &name.decoded()).is_none())
        })
    }

    /// Notes what can only be found by decoding: texts that are not what they should be.
    pub(super) fn late_findings(&self, document: &Document, findings: &mut Findings<'_>) {
        for (row, field) in self.table.fields.iter().enumerate() {
            let Some((slot, document)) = self.slot(row, document) else { continue };
            findings.within(field.key.into(), |findings| match slot {
                Slot::Encoded(encoded) if self.is_encoded(field) => {
                    encoded.late_findings(field.kind, document, findings);
                }
                Slot::Object(record) => record.late_findings(document, findings),
                Slot::List(records) => {
                    for (index, record) in records.iter().enumerate() {
                        let Some(record) = record else { continue };
                        findings.within(index.into(), |findings| record.late_findings(document, findings));
                    }
                }
                _ => {}
            });
        }
    }

    /// Whether the text of `field` is really encoded, which another row may say.
    pub(super) fn is_encoded(&self, field: &Field) -> bool {
        match field.kind {
            super::field::FieldKind::Base64(Some(flag)) => {
                matches!(self.slots.get(flag), Some(Slot::Boolean(true)))
            }
            _ => true,
        }
    }

    /// Forgets the object the record was read from: none of its members is unknown.
    pub(super) fn forget_object(&mut self) {
        self.object = None;
    }
}

/// Findings about a text inside a text, seen from outside.
pub(super) fn inner_findings(inner: Vec<Finding>, findings: &mut Findings<'_>) {
    for finding in inner {
        findings.note_at(&finding.path, finding.found, finding.read);
    }
}
