//! Why a payload is not a JSON document, and where.

use std::fmt;

/// A payload that could not be read as JSON: what was wrong and where.
///
/// The text names line, column (both from 1, columns in characters) and byte offset, never the payload itself: events
/// carry credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    reason: Reason,
    offset: usize,
    line: usize,
    column: usize,
}

/// What kind of problem a payload has; the same names in all languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// It is not JSON.
    NotJson,
    /// Its arrays and objects nest too deep.
    TooDeep,
    /// It has too many bytes.
    TooLarge,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    Syntax(&'static str),
    TooDeep { limit: usize },
    TooLarge { size: usize, limit: usize },
}

impl ParseError {
    pub(crate) fn syntax(source: &str, offset: usize, what: &'static str) -> Self {
        Self::at(source, offset, Reason::Syntax(what))
    }

    pub(crate) fn too_deep(source: &str, offset: usize, limit: usize) -> Self {
        Self::at(source, offset, Reason::TooDeep { limit })
    }

    pub(crate) fn too_large(size: usize, limit: usize) -> Self {
        Self { reason: Reason::TooLarge { size, limit }, offset: limit, line: 1, column: 1 }
    }

    fn at(source: &str, offset: usize, reason: Reason) -> Self {
        let before = &source.as_bytes()[..offset.min(source.len())];
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |p| p + 1);
        // Continuation bytes do not start a character.
        let column = before[line_start..].iter().filter(|&&b| b & 0xC0 != 0x80).count() + 1;
        Self { reason, offset, line, column }
    }

    /// The same error in a text that stands elsewhere in the payload.
    pub(crate) fn with_offset(self, offset: usize) -> Self {
        Self { offset, ..self }
    }

    /// What kind of problem it is.
    #[must_use]
    pub fn kind(&self) -> ParseErrorKind {
        match self.reason {
            Reason::Syntax(_) => ParseErrorKind::NotJson,
            Reason::TooDeep { .. } => ParseErrorKind::TooDeep,
            Reason::TooLarge { .. } => ParseErrorKind::TooLarge,
        }
    }

    /// Byte offset of the first byte that could not be read.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Line of the offset, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column of the offset in characters, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            Reason::Syntax(what) => write!(f, "the payload is not JSON: {what}")?,
            Reason::TooDeep { limit } => write!(f, "the payload nests deeper than {limit} levels")?,
            Reason::TooLarge { size, limit } => {
                return write!(f, "the payload of {size} bytes exceeds the limit of {limit} bytes");
            }
        }
        write!(f, " at line {}, column {} (offset {})", self.line, self.column, self.offset)
    }
}

impl std::error::Error for ParseError {}
