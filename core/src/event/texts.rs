//! An array of texts, of which there may be many.

use crate::json::{Document, Value};
use std::sync::OnceLock;

/// The texts of an array, and nulls between them. Those with escapes are decoded together, when the first of them is asked for:
/// into one piece of memory, since a batch has thousands.
#[derive(Clone, Default)]
pub(super) struct Texts {
    items: Vec<Item>,
    escaped: u32,
    decoded: OnceLock<Decoded>,
}

#[derive(Clone)]
enum Item {
    Null,
    /// Stands in the payload as it is.
    Borrowed {
        start: u32,
        end: u32,
    },
    /// Stands in the payload with escapes: the node, and its number among those.
    Escaped {
        node: u32,
        number: u32,
    },
    /// Made by reading another type, or set in code.
    Owned(Box<str>),
}

#[derive(Clone, Default)]
struct Decoded {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn with_capacity(texts: usize) -> Self {
        Self { items: Vec::with_capacity(texts), ..Self::default() }
    }

    pub(super) fn push_null(&mut self) {
        self.items.push(Item::Null);
    }

    /// Adds a string.
    pub(super) fn push(&mut self, value: Value<'_>) {
        if value.is_escaped() {
            self.items.push(Item::Escaped { node: value.index(), number: self.escaped });
            self.escaped += 1;
        } else {
            let (start, end) = value.span();
            self.items.push(Item::Borrowed { start, end });
        }
    }

    pub(super) fn push_owned(&mut self, text: impl Into<String>) {
        self.items.push(Item::Owned(text.into().into_boxed_str()));
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Text number `index`; None if it is null or there are not so many.
    pub(super) fn get<'e>(&'e self, index: usize, document: &'e Document) -> Option<&'e str> {
        self.text(self.items.get(index)?, document)
    }

    /// All texts, None for each null.
    pub(super) fn iter<'e>(
        &'e self,
        document: &'e Document,
    ) -> impl ExactSizeIterator<Item = Option<&'e str>> {
        self.items.iter().map(|item| self.text(item, document))
    }

    fn text<'e>(&'e self, item: &'e Item, document: &'e Document) -> Option<&'e str> {
        match item {
            Item::Null => None,
            Item::Borrowed { start, end } => Some(&document.source()[*start as usize..*end as usize]),
            Item::Escaped { number, .. } => {
                self.decoded.get_or_init(|| self.decode(document)).get(*number as usize)
            }
            Item::Owned(text) => Some(text),
        }
    }

    fn decode(&self, document: &Document) -> Decoded {
        let escaped = || {
            self.items.iter().filter_map(|item| match item {
                Item::Escaped { node, .. } => document.at(*node),
                _ => None,
            })
        };
        let mut text = String::with_capacity(escaped().map(|value| value.raw().len()).sum());
        let mut ends = Vec::with_capacity(self.escaped as usize);
        for value in escaped() {
            value.decode_to(&mut text);
            ends.push(text.len());
        }
        Decoded { text, ends }
    }
}

impl Decoded {
    fn get(&self, number: usize) -> Option<&str> {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(number)?)
    }
}
