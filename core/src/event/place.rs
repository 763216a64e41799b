//! Where something in an event is to be set.

use super::field::FieldKind;
use super::frame::Frame;
use super::map::Map;
use super::record::{Encoded, SetError, Slot};
use super::text::Text;
use super::texts::Texts;
use crate::json::Document;

/// The deepest path there is: two lists in objects.
const DEEPEST: usize = 10;

/// An event or an object inside it, to be changed. Setting something makes the objects on the way to it; what cannot be set
/// changes nothing.
pub(super) struct Place<'e> {
    frame: &'e mut Frame,
    path: [usize; DEEPEST],
    length: usize,
}

impl<'e> Place<'e> {
    pub(super) fn root(frame: &'e mut Frame) -> Self {
        Self { frame, path: [0; DEEPEST], length: 0 }
    }

    pub(super) fn reborrow(&mut self) -> Place<'_> {
        Place { frame: self.frame, path: self.path, length: self.length }
    }

    /// The object in `row`.
    pub(super) fn object(mut self, row: usize) -> Self {
        self.step(row);
        self
    }

    /// The element `index` of the list in `row`.
    pub(super) fn element(mut self, row: usize, index: usize) -> Self {
        self.step(row);
        self.step(index);
        self
    }

    /// A step beyond the deepest leads to no row, and setting there does nothing.
    fn step(&mut self, step: usize) {
        if let Some(next) = self.path.get_mut(self.length) {
            *next = step;
        }
        self.length += 1;
    }

    pub(super) fn set_text(self, row: usize, text: impl Into<String>) -> Result<(), SetError> {
        let fits = |kind| match kind {
            FieldKind::Time(format) => !format.is_number(),
            kind => matches!(kind, FieldKind::Text) || is_encoded(kind),
        };
        let text = Text::owned(text);
        self.change(row, fits, |slot, kind, _| {
            *slot =
                if is_encoded(kind) { Slot::Encoded(Box::new(Encoded::new(text))) } else { Slot::Text(text) };
        })
    }

    pub(super) fn set_boolean(self, row: usize, value: bool) -> Result<(), SetError> {
        self.put(row, |kind| matches!(kind, FieldKind::Boolean), Slot::Boolean(value))
    }

    pub(super) fn set_number(self, row: usize, value: i64) -> Result<(), SetError> {
        let fits = |kind| match kind {
            FieldKind::Number => true,
            FieldKind::Time(format) => format.is_number(),
            _ => false,
        };
        self.put(row, fits, Slot::Number(Text::owned(value.to_string())))
    }

    pub(super) fn set_json(self, row: usize, json: &str) -> Result<(), SetError> {
        let document = Document::parse(json.into(), super::Limits::default().max_depth)?;
        let compact = document.root().map(crate::json::Value::to_compact).unwrap_or_default();
        self.change(
            row,
            |kind| matches!(kind, FieldKind::Any(_)),
            |slot, kind, document| {
                *slot = Slot::OwnedJson(compact.into());
                if let FieldKind::Any(Some((name, table))) = kind {
                    slot.make_typed(name, table, document);
                }
            },
        )
    }

    pub(super) fn set_texts<T: Into<String>>(
        self,
        row: usize,
        texts: impl IntoIterator<Item = T>,
    ) -> Result<(), SetError> {
        let mut all = Texts::default();
        texts.into_iter().for_each(|text| all.push_owned(text));
        self.put(row, |kind| matches!(kind, FieldKind::Texts), Slot::Texts(all))
    }

    /// Sets all texts of one name of a map; none remove it.
    pub(super) fn set_map_entry<T: Into<String>>(
        self,
        row: usize,
        name: &str,
        texts: impl IntoIterator<Item = T>,
    ) -> Result<(), SetError> {
        let texts = texts.into_iter().map(Text::owned).collect();
        self.change(
            row,
            |kind| matches!(kind, FieldKind::Map),
            |slot, _, document| {
                match *slot {
                    Slot::Map(_) => {}
                    Slot::PlainMap(node) => {
                        *slot = Slot::Map(document.at(node).map(Map::of_plain).unwrap_or_default());
                    }
                    _ => *slot = Slot::Map(Map::default()),
                }
                if let Slot::Map(map) = slot {
                    map.set(document, name, texts);
                }
            },
        )
    }

    fn put(self, row: usize, fits: impl FnOnce(FieldKind) -> bool, new: Slot) -> Result<(), SetError> {
        self.change(row, fits, |slot, _, _| *slot = new)
    }

    fn change(
        mut self,
        row: usize,
        fits: impl FnOnce(FieldKind) -> bool,
        change: impl FnOnce(&mut Slot, FieldKind, &Document),
    ) -> Result<(), SetError> {
        self.step(row);
        let path = self.path.get(..self.length).ok_or(SetError::NoSuchField)?;
        self.frame.change(path, fits, change)
    }
}

fn is_encoded(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Base64(_) | FieldKind::Base64Json(_) | FieldKind::JsonText(_))
}
