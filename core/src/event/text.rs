//! The text of a field: borrowed from the payload where it can be, decoded once where it cannot.

use crate::json::{Document, Value};
use std::sync::OnceLock;

/// A text of an event. Two words for the common case: events have many.
#[derive(Clone)]
pub(super) enum Text {
    /// Stands in the payload as it is.
    Borrowed { start: u32, end: u32 },
    /// Stands in the payload with escapes; decoded on first use.
    Escaped(Box<Escaped>),
    /// Made by reading another type, or set in code.
    Owned(Box<str>),
}

#[derive(Clone)]
pub(super) struct Escaped {
    node: u32,
    decoded: OnceLock<String>,
}

impl Text {
    /// The text of a string, or what stands there of any other value.
    pub(super) fn of(value: Value<'_>) -> Self {
        if value.is_escaped() {
            return Self::Escaped(Box::new(Escaped { node: value.index(), decoded: OnceLock::new() }));
        }
        let (start, end) = value.span();
        Self::Borrowed { start, end }
    }

    pub(super) fn owned(text: impl Into<String>) -> Self {
        Self::Owned(text.into().into_boxed_str())
    }

    pub(super) fn get<'e>(&'e self, document: &'e Document) -> &'e str {
        match self {
            Self::Borrowed { start, end } => &document.source()[*start as usize..*end as usize],
            Self::Escaped(escaped) => escaped.decoded.get_or_init(|| {
                let text = document.at(escaped.node).and_then(Value::text);
                text.map(std::borrow::Cow::into_owned).unwrap_or_default()
            }),
            Self::Owned(text) => text,
        }
    }
}
