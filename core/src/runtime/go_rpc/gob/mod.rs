//! As much of gob, the encoding of Go's `encoding/gob`, as calls need.
//!
//! Every type that a sender may define is understood, so that unknown fields can be skipped; what is wanted is found by its name.
//! Nothing is allocated on the word of a length: texts and bytes lie within their message, and every element takes a byte of it.

mod types;
mod wire;

use bytes::Bytes;
use types::{Id, Type, Types};
use wire::Reader;

pub(super) use wire::{put_bytes, put_int, put_uint, uint};

/// Definitions are small; a larger one is not what it says.
const DEFINITION_LIMIT: usize = 64 << 10;

/// What is not gob, or no gob that is read here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} (at byte {at} of the message)")]
pub struct GobError {
    what: String,
    at: usize,
}

/// Reads the messages of one connection, in their order.
#[derive(Default)]
pub struct Decoder {
    types: Types,
}

/// A message that is a value.
pub struct Value {
    message: Bytes,
    start: usize,
    id: Id,
}

impl Decoder {
    /// Takes the next message, without its length: a value, or None for the definition of a type.
    ///
    /// # Errors
    /// It is neither. What follows cannot be understood any more.
    pub fn accept(&mut self, message: Bytes) -> Result<Option<Value>, GobError> {
        let mut reader = Reader::at(&message, 0);
        let id = reader.int()?;
        if id >= 0 {
            let start = reader.position();
            return Ok(Some(Value { message, start, id }));
        }
        if message.len() > DEFINITION_LIMIT {
            return Err(reader.error(format!("a type's definition exceeds {DEFINITION_LIMIT} bytes")));
        }
        let id = id.checked_neg().ok_or_else(|| reader.error("a type's number is absurd"))?;
        self.types.define(id, &mut reader)?;
        if reader.is_at_end() { Ok(None) } else { Err(reader.error("something follows a type's definition")) }
    }

    /// Calls `read` for each field of a structure that is there, with its name. What it does not take is skipped.
    pub(super) fn fields(
        &self,
        value: &Value,
        mut read: impl FnMut(&str, &mut Field<'_, '_>) -> Result<(), GobError>,
    ) -> Result<(), GobError> {
        let mut reader = Reader::at(&value.message, value.start);
        let Type::Structure(fields) = self.types.get(value.id, &reader)? else {
            return Err(reader.error("the value is no structure"));
        };
        reader.fields(|number, reader| {
            let known = fields.get(number).ok_or_else(|| reader.error("there is no such field"))?;
            let mut field = Field { types: &self.types, id: known.id, reader, is_read: false };
            read(&known.name, &mut field)?;
            field.finish()
        })?;
        if reader.is_at_end() { Ok(()) } else { Err(reader.error("something follows the value")) }
    }
}

impl Value {
    /// Part of the message, which shares its memory.
    pub(super) fn slice(&self, span: std::ops::Range<usize>) -> Bytes {
        self.message.slice(span)
    }
}

/// A field that may be read, once, as the type it must have.
pub(super) struct Field<'r, 'm> {
    types: &'r Types,
    id: Id,
    reader: &'r mut Reader<'m>,
    is_read: bool,
}

impl Field<'_, '_> {
    pub(super) fn uint(&mut self) -> Result<u64, GobError> {
        self.expect(&Type::Uint, "an unsigned number")?;
        self.reader.uint()
    }

    pub(super) fn int(&mut self) -> Result<i64, GobError> {
        self.expect(&Type::Int, "a number")?;
        self.reader.int()
    }

    pub(super) fn text(&mut self) -> Result<String, GobError> {
        self.expect(&Type::Text, "a text")?;
        self.reader.text()
    }

    /// Where the bytes are in the message.
    pub(super) fn bytes(&mut self) -> Result<std::ops::Range<usize>, GobError> {
        self.expect(&Type::Bytes, "bytes")?;
        self.reader.span()
    }

    /// Each text of a map from texts to lists of texts, with its key.
    pub(super) fn text_lists(
        &mut self,
        mut take: impl FnMut(&str, String) -> Result<(), String>,
    ) -> Result<(), GobError> {
        self.expect_text_lists()?;
        for _ in 0..self.reader.uint()? {
            let key = self.reader.text()?;
            for _ in 0..self.reader.uint()? {
                let text = self.reader.text()?;
                take(&key, text).map_err(|reason| self.reader.error(reason))?;
            }
        }
        Ok(())
    }

    fn expect_text_lists(&mut self) -> Result<(), GobError> {
        self.is_read = true;
        if let Type::Map { key, element } = self.types.get(self.id, self.reader)?
            && let Type::Slice(element) = self.types.get(*element, self.reader)?
            && [key, element].into_iter().all(|id| self.types.get(*id, self.reader) == Ok(&Type::Text))
        {
            return Ok(());
        }
        Err(self.reader.error("a field is not the map from texts to lists of texts that it must be"))
    }

    fn expect(&mut self, expected: &Type, what: &str) -> Result<(), GobError> {
        self.is_read = true;
        if self.types.get(self.id, self.reader)? == expected {
            return Ok(());
        }
        Err(self.reader.error(format!("a field is not {what}, as it must be")))
    }

    fn finish(self) -> Result<(), GobError> {
        if self.is_read { Ok(()) } else { self.types.skip(self.id, self.reader) }
    }
}
