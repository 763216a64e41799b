//! Finding the slot that is to be set; objects and elements on the way are made.

use super::{Record, Slot};
use crate::event::field::{Field, FieldKind};
use crate::json::{Document, ParseError};

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

/// A slot to be set, with its field and the document it belongs to.
pub(in crate::event) struct Target<'r> {
    pub(in crate::event) field: &'static Field,
    pub(in crate::event) slot: &'r mut Slot,
    pub(in crate::event) document: &'r Document,
}

impl Record {
    /// The slot at `path`: the rows from here down, and after the row of a list the index of the element.
    pub(in crate::event) fn target<'r>(
        &'r mut self,
        document: &'r Document,
        path: &[usize],
    ) -> Result<Target<'r>, SetError> {
        let (&row, rest) = path.split_first().ok_or(SetError::NoSuchField)?;
        let field = self.field(row).ok_or(SetError::NoSuchField)?;
        let slot = self.slots.get_mut(row).ok_or(SetError::NoSuchField)?;
        if rest.is_empty() {
            return Ok(Target { field, slot, document });
        }
        let (slot, document) = slot.resolve_mut(document);
        match field.kind {
            FieldKind::Object(table) | FieldKind::Any(Some((_, table))) => {
                if !matches!(slot, Slot::Object(_)) {
                    *slot = Slot::Object(Box::new(Self::empty(table)));
                }
                let Slot::Object(record) = slot else { return Err(SetError::NoSuchField) };
                record.target(document, rest)
            }
            FieldKind::List(table) => {
                let (&index, rest) = rest.split_first().ok_or(SetError::NoSuchField)?;
                let element = element(slot, index)?;
                element.get_or_insert_with(|| Self::empty(table)).target(document, rest)
            }
            _ => Err(SetError::NoSuchField),
        }
    }
}

/// An element of a list, which may be one more than there are.
fn element(slot: &mut Slot, index: usize) -> Result<&mut Option<Record>, SetError> {
    if !matches!(slot, Slot::List(_)) {
        // Not before it is sure that something will be in it.
        let beyond = SetError::BeyondEnd { index, count: 0 };
        *slot = if index == 0 { Slot::List(Vec::new()) } else { return Err(beyond) };
    }
    let Slot::List(records) = slot else { return Err(SetError::NoSuchField) };
    if index == records.len() {
        records.push(None);
    }
    let count = records.len();
    records.get_mut(index).ok_or(SetError::BeyondEnd { index, count })
}
