//! Where something in an event is to be set.

use super::field::FieldKind;
use super::frame::Frame;
use super::map::Map;
use super::record::{Encoded, Slot, Target};
use super::text::Text;
use crate::json::{Document, ParseError};

/// The deepest path there is: two lists in objects.
const DEEPEST: usize = 10;

/// An event or an object inside it, to be changed. Setting something makes the objects on the way to it. Setters say whether the
/// tables have such a field there.
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

    pub(super) fn set_text(self, row: usize, text: impl Into<String>) -> bool {
        let text = Text::owned(text);
        self.set(row, |target| {
            *target.slot = match target.field.kind {
                FieldKind::Text => Slot::Text(text),
                FieldKind::Time(format) if !format.is_number() => Slot::Text(text),
                FieldKind::Base64(_) | FieldKind::Base64Json(_) | FieldKind::JsonText(_) => {
                    Slot::Encoded(Box::new(Encoded::new(text)))
                }
                _ => return false,
            };
            true
        })
    }

    pub(super) fn set_boolean(self, row: usize, value: bool) -> bool {
        self.set(row, |target| {
            let fits = matches!(target.field.kind, FieldKind::Boolean);
            if fits {
                *target.slot = Slot::Boolean(value);
            }
            fits
        })
    }

    pub(super) fn set_number(self, row: usize, value: i64) -> bool {
        self.set(row, |target| {
            let fits = match target.field.kind {
                FieldKind::Number => true,
                FieldKind::Time(format) => format.is_number(),
                _ => false,
            };
            if fits {
                *target.slot = Slot::Number(Text::owned(value.to_string()));
            }
            fits
        })
    }

    pub(super) fn set_json(self, row: usize, json: &str) -> Result<bool, ParseError> {
        let document = Document::parse(json.into(), super::Limits::default().max_depth)?;
        let compact = document.root().map(crate::json::Value::to_compact).unwrap_or_default();
        Ok(self.set(row, |target| {
            let fits = matches!(target.field.kind, FieldKind::Any(_));
            if fits {
                *target.slot = Slot::OwnedJson(compact.into());
            }
            fits
        }))
    }

    pub(super) fn set_texts<T: Into<String>>(self, row: usize, texts: impl IntoIterator<Item = T>) -> bool {
        let texts = texts.into_iter().map(|text| Some(Text::owned(text))).collect();
        self.set(row, |target| {
            let fits = matches!(target.field.kind, FieldKind::Texts);
            if fits {
                *target.slot = Slot::Texts(texts);
            }
            fits
        })
    }

    /// Sets all texts of one name of a map; none remove it.
    pub(super) fn set_map_entry<T: Into<String>>(
        self,
        row: usize,
        name: &str,
        texts: impl IntoIterator<Item = T>,
    ) -> bool {
        let texts = texts.into_iter().map(Text::owned).collect();
        self.set(row, |target| {
            if !matches!(target.field.kind, FieldKind::Map) {
                return false;
            }
            if !matches!(target.slot, Slot::Map(_)) {
                *target.slot = Slot::Map(Map::default());
            }
            if let Slot::Map(map) = target.slot {
                map.set(target.document, name, texts);
            }
            true
        })
    }

    fn set(mut self, row: usize, set: impl FnOnce(Target<'_>) -> bool) -> bool {
        self.step(row);
        let Some(path) = self.path.get(..self.length) else { return false };
        self.frame.target(path).is_some_and(set)
    }
}
