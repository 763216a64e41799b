//! Finding what is to be set, and making the objects and elements on the way to it.

use super::{Record, Slot};
use crate::event::Limits;
use crate::event::field::{Field, FieldKind, Table};
use crate::event::finding::Findings;
use crate::json::{Document, ParseError, ValueKind};

/// Why something in an event cannot be set.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetError {
    /// The event has no such field, or it is of another type.
    #[error("the event has no such field of this type")]
    NoSuchField,
    /// The index is beyond the end of its list, where one element could be added.
    #[error("there is nothing at index {index}: there are {count}, and one can be added at index {count}")]
    BeyondEnd {
        /// The index that was given.
        index: usize,
        /// How many elements there are.
        count: usize,
    },
    /// The text is not JSON.
    #[error(transparent)]
    NotJson(#[from] ParseError),
}

impl Record {
    /// The field at `path`: the rows from here down, and after the row of a list the index of the element. Nothing is changed by
    /// looking for it.
    pub(in crate::event) fn field_at(&self, path: &[usize]) -> Result<&'static Field, SetError> {
        let mut table = self.table;
        let mut here = Some(self);
        let mut rest = path;
        loop {
            let (&row, below) = rest.split_first().ok_or(SetError::NoSuchField)?;
            let field = table.fields.get(row).ok_or(SetError::NoSuchField)?;
            if below.is_empty() {
                return Ok(field);
            }
            let slot = here.and_then(|record| record.slots.get(row)).map(Slot::resolve);
            (table, here, rest) = match field.kind {
                FieldKind::Object(inner) | FieldKind::Any(Some((_, inner))) => {
                    let object = if let Some(Slot::Object(record)) = slot { Some(&**record) } else { None };
                    (inner, object, below)
                }
                FieldKind::List(inner) => {
                    let (&index, below) = below.split_first().ok_or(SetError::NoSuchField)?;
                    let list = if let Some(Slot::List(list)) = slot { list.as_slice() } else { &[] };
                    if index > list.len() {
                        return Err(SetError::BeyondEnd { index, count: list.len() });
                    }
                    (inner, list.get(index).and_then(Option::as_ref), below)
                }
                _ => return Err(SetError::NoSuchField),
            };
        }
    }

    /// The slot at a path that [`field_at`](Self::field_at) has found, with its document. Objects and elements on the way are made.
    pub(in crate::event) fn slot_at<'r>(
        &'r mut self,
        document: &'r Document,
        path: &[usize],
    ) -> Option<(&'r mut Slot, &'r Document)> {
        self.is_changed = true;
        let (&row, below) = path.split_first()?;
        let kind = self.field(row)?.kind;
        let slot = self.slots.get_mut(row)?;
        if below.is_empty() {
            return Some((slot, document));
        }
        let table = kind.table()?;
        if let FieldKind::Any(_) = kind {
            slot.make_object(table, document);
        }
        let (slot, document) = slot.resolve_mut(document);
        if !matches!(kind, FieldKind::List(_)) {
            if !matches!(slot, Slot::Object(_)) {
                *slot = Slot::Object(Box::new(Self::empty(table)));
            }
            let Slot::Object(record) = slot else { return None };
            return record.slot_at(document, below);
        }
        let (&index, below) = below.split_first()?;
        if !matches!(slot, Slot::List(_)) {
            *slot = Slot::List(Vec::new());
        }
        let Slot::List(list) = slot else { return None };
        if index == list.len() {
            list.push(None);
        }
        list.get_mut(index)?.get_or_insert_with(|| Self::empty(table)).slot_at(document, below)
    }
}

impl Slot {
    /// Reads JSON that was set as the object with documented fields that it is, if it is one.
    pub(in crate::event) fn make_typed(&mut self, name: &str, table: &'static Table, document: &Document) {
        let Self::OwnedJson(json) = self else { return };
        let inner = Document::parse((**json).into(), Limits::default().max_depth).unwrap_or_default();
        if inner.root().is_some_and(|value| super::read::is_typed(name, table, value)) {
            self.make_object(table, document);
        }
    }

    /// Reads any JSON that is an object as one with documented fields, so that what it has is kept when one of them is set.
    fn make_object(&mut self, table: &'static Table, document: &Document) {
        // What is odd about it was found when it came.
        let mut list = Vec::new();
        let mut findings = Findings::new(&mut list);
        let made = match self {
            Self::Json(node) => {
                let object = document.at(*node).filter(|value| value.kind() == ValueKind::Object);
                object.map(|object| Self::Object(Box::new(Record::read(table, object, &mut findings))))
            }
            Self::OwnedJson(json) => {
                let inner = Document::parse((**json).into(), Limits::default().max_depth).unwrap_or_default();
                let object = inner.root().filter(|value| value.kind() == ValueKind::Object);
                let record = object.map(|object| Record::read(table, object, &mut findings));
                record.map(|record| Self::Object(Box::new(record)).moved_from(&inner))
            }
            _ => None,
        };
        if let Some(made) = made {
            *self = made;
        }
    }
}
