//! Finding the slot that is to be set; objects and elements on the way are made.

use super::{Record, Slot};
use crate::event::field::{Field, FieldKind};
use crate::json::Document;

/// A slot to be set, with its field and the document it belongs to.
pub(in crate::event) struct Target<'r> {
    pub(in crate::event) field: &'static Field,
    pub(in crate::event) slot: &'r mut Slot,
    pub(in crate::event) document: &'r Document,
}

impl Record {
    /// The slot at `path`: the rows from here down, and after the row of a list the index of the element. None if the tables have
    /// no such path, or if an index is beyond the end of its list.
    pub(in crate::event) fn target<'r>(
        &'r mut self,
        document: &'r Document,
        path: &[usize],
    ) -> Option<Target<'r>> {
        let (&row, rest) = path.split_first()?;
        let field = self.field(row)?;
        let slot = self.slots.get_mut(row)?;
        if rest.is_empty() {
            return Some(Target { field, slot, document });
        }
        let fitting = |slot: &Slot| match field.kind {
            FieldKind::List(_) => matches!(slot, Slot::List(_)),
            _ => matches!(slot, Slot::Object(_)),
        };
        let (slot, document) = match slot {
            Slot::Elsewhere(elsewhere) => (&mut elsewhere.slot, &elsewhere.document),
            slot => (slot, document),
        };
        match field.kind {
            FieldKind::Object(table) | FieldKind::Any(Some((_, table))) => {
                if !fitting(slot) {
                    *slot = Slot::Object(Box::new(Self::empty(table)));
                }
                let Slot::Object(record) = slot else { return None };
                record.target(document, rest)
            }
            FieldKind::List(table) => {
                let (&index, rest) = rest.split_first()?;
                if !fitting(slot) {
                    *slot = Slot::List(Vec::new());
                }
                let Slot::List(records) = slot else { return None };
                if index == records.len() {
                    records.push(None);
                }
                records.get_mut(index)?.get_or_insert_with(|| Self::empty(table)).target(document, rest)
            }
            _ => None,
        }
    }
}
