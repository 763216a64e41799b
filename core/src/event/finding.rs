//! Findings: what an event had that the documents do not promise, and how it was read.

use std::fmt;

/// A note that something was not what the documents promise. It names types, never values: events carry credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where, as a JSON Pointer (RFC 6901); empty for the whole payload.
    pub path: String,
    /// What was there, for example `number`.
    pub found: String,
    /// How it was read, for example `text`; `unset` when it could not be.
    pub read: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "(payload)" } else { &self.path };
        write!(f, "{path}: found {}, read as {}", self.found, self.read)
    }
}

/// Collects findings while a document is read, keeping track of where the reading is.
#[derive(Default)]
pub(super) struct Findings<'d> {
    list: Vec<Finding>,
    path: Vec<Segment<'d>>,
    /// How deep in another document this one stands.
    above: usize,
}

/// One step of a JSON Pointer.
#[derive(Clone)]
pub(super) enum Segment<'d> {
    Name(std::borrow::Cow<'d, str>),
    Index(usize),
}

impl<'d> Findings<'d> {
    /// For reading a document that stands `above` steps deep in another.
    pub(super) fn below(above: usize) -> Self {
        Self { above, ..Self::default() }
    }

    /// How many steps down the reading is.
    pub(super) fn depth(&self) -> usize {
        self.above + self.path.len()
    }

    /// Notes something about the value the reading is at.
    pub(super) fn note(&mut self, found: impl Into<String>, read: impl Into<String>) {
        let path = self.path.iter().map(|segment| format!("/{segment}")).collect();
        self.list.push(Finding { path, found: found.into(), read: read.into() });
    }

    /// Notes something further down than the reading is; `below` is the way there.
    pub(super) fn note_at(&mut self, below: &str, found: impl Into<String>, read: impl Into<String>) {
        self.note(found, read);
        if let Some(finding) = self.list.last_mut() {
            finding.path.push_str(below);
        }
    }

    /// Reads something one step further down.
    pub(super) fn within<T>(&mut self, segment: Segment<'d>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment);
        let value = read(self);
        self.path.pop();
        value
    }

    pub(super) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}

impl<'d> From<&'d str> for Segment<'d> {
    fn from(name: &'d str) -> Self {
        Self::Name(name.into())
    }
}

impl From<usize> for Segment<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(&crate::json::pointer_step(name)),
            Self::Index(index) => write!(f, "{index}"),
        }
    }
}
