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

/// How many findings an event has at most: names and numbers of them are the sender's.
const MOST: usize = 100;
/// How many characters of a path are told.
const LONGEST_PATH: usize = 500;

/// Collects findings while a document is read, and knows where the reading is. What is within something borrows from what is
/// around it, so that knowing the way costs nothing until there is something to note.
pub(super) struct Findings<'f> {
    list: &'f mut Vec<Finding>,
    trail: Trail<'f>,
    depth: usize,
}

/// The way down to where the reading is.
#[derive(Clone, Copy)]
struct Trail<'f> {
    above: Option<&'f Trail<'f>>,
    step: Option<&'f Segment<'f>>,
}

/// One step of a JSON Pointer.
#[derive(Clone)]
pub(super) enum Segment<'d> {
    Name(std::borrow::Cow<'d, str>),
    Index(usize),
}

impl<'f> Findings<'f> {
    pub(super) fn new(list: &'f mut Vec<Finding>) -> Self {
        Self::below(0, list)
    }

    /// For reading a document that stands `depth` steps deep in another.
    pub(super) fn below(depth: usize, list: &'f mut Vec<Finding>) -> Self {
        Self { list, trail: Trail { above: None, step: None }, depth }
    }

    /// How many steps down the reading is.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Notes something about the value the reading is at.
    pub(super) fn note(&mut self, found: impl Into<String>, read: impl Into<String>) {
        self.note_at("", found, read);
    }

    /// Notes something further down than the reading is; `below` is the way there.
    pub(super) fn note_at(&mut self, below: &str, found: impl Into<String>, read: impl Into<String>) {
        if self.list.len() > MOST {
            return;
        }
        if self.list.len() == MOST {
            let (found, read) = (format!("more than {MOST} departures"), "told no further".to_owned());
            return self.list.push(Finding { path: String::new(), found, read });
        }
        let mut path = self.trail.to_string() + below;
        if path.len() > LONGEST_PATH {
            path = path.chars().take(LONGEST_PATH).chain(['…']).collect();
        }
        self.list.push(Finding { path, found: found.into(), read: read.into() });
    }

    /// Reads something one step further down.
    pub(super) fn within<T>(&mut self, step: Segment<'_>, read: impl FnOnce(&mut Findings<'_>) -> T) -> T {
        let trail = Trail { above: Some(&self.trail), step: Some(&step) };
        read(&mut Findings { list: self.list, trail, depth: self.depth + 1 })
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(f)?;
        }
        self.step.map_or(Ok(()), |step| write!(f, "/{step}"))
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
