//! The types that a sender defines before it uses them.

use super::GobError;
use super::wire::Reader;
use std::collections::HashMap;

/// More than any sender of calls has.
const MOST_TYPES: usize = 256;
/// Of all structures together.
const MOST_FIELDS: usize = 4096;
/// How deep values of recursive types may nest.
const MOST_DEPTH: usize = 64;

/// A type's number.
pub(super) type Id = i64;

const BOOL: Id = 1;
const INT: Id = 2;
const UINT: Id = 3;
const FLOAT: Id = 4;
const BYTES: Id = 5;
const STRING: Id = 6;
const COMPLEX: Id = 7;
const INTERFACE: Id = 8;

/// A type as far as its values need it to be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    Bool,
    Int,
    Uint,
    Float,
    /// Also the values of types that encode themselves.
    Bytes,
    Text,
    Complex,
    Interface,
    Array(Id),
    Slice(Id),
    Map {
        key: Id,
        element: Id,
    },
    Structure(Vec<Field>),
}

/// A structure's field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) id: Id,
}

/// All types of one connection.
pub(super) struct Types {
    known: HashMap<Id, Type>,
    fields: usize,
}

impl Default for Types {
    fn default() -> Self {
        let basic = [
            (BOOL, Type::Bool),
            (INT, Type::Int),
            (UINT, Type::Uint),
            (FLOAT, Type::Float),
            (BYTES, Type::Bytes),
            (STRING, Type::Text),
            (COMPLEX, Type::Complex),
            (INTERFACE, Type::Interface),
        ];
        Self { known: basic.into(), fields: 0 }
    }
}

impl Types {
    pub(super) fn get(&self, id: Id, reader: &Reader<'_>) -> Result<&Type, GobError> {
        self.known.get(&id).ok_or_else(|| reader.error(format!("the type {id} was never defined")))
    }

    /// Takes note of a definition.
    pub(super) fn define(&mut self, id: Id, reader: &mut Reader<'_>) -> Result<(), GobError> {
        if self.known.contains_key(&id) {
            return Err(reader.error(format!("the type {id} is defined twice")));
        }
        let defined = read_definition(reader)?;
        if let Type::Structure(fields) = &defined {
            self.fields += fields.len();
        }
        if self.known.len() == MOST_TYPES || self.fields > MOST_FIELDS {
            return Err(reader.error("there are too many types"));
        }
        self.known.insert(id, defined);
        Ok(())
    }

    /// Reads past a value that nobody wants.
    pub(super) fn skip(&self, id: Id, reader: &mut Reader<'_>) -> Result<(), GobError> {
        self.skip_within(id, reader, MOST_DEPTH)
    }

    fn skip_within(&self, id: Id, reader: &mut Reader<'_>, depth: usize) -> Result<(), GobError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(reader.error("values nest too deeply")) };
        match self.get(id, reader)? {
            Type::Bool | Type::Int | Type::Uint | Type::Float => reader.uint().map(drop),
            Type::Bytes | Type::Text => reader.span().map(drop),
            Type::Complex => reader.uint().and_then(|_| reader.uint()).map(drop),
            Type::Interface => Err(reader.error("interface values are not read here")),
            // Every element takes a byte at least, so that no count outlasts the message.
            Type::Array(element) | Type::Slice(element) => {
                (0..reader.uint()?).try_for_each(|_| self.skip_within(*element, reader, depth))
            }
            Type::Map { key, element } => (0..reader.uint()?).try_for_each(|_| {
                self.skip_within(*key, reader, depth)?;
                self.skip_within(*element, reader, depth)
            }),
            Type::Structure(fields) => reader.fields(|number, reader| {
                let field = fields.get(number).ok_or_else(|| reader.error("there is no such field"))?;
                self.skip_within(field.id, reader, depth)
            }),
        }
    }
}

/// Reads a `wireType`: exactly one of its members is there.
fn read_definition(reader: &mut Reader<'_>) -> Result<Type, GobError> {
    let mut defined = None;
    reader.fields(|kind, reader| {
        defined = Some(match kind {
            0 => Type::Array(read_numbers(reader)?.0),
            1 => Type::Slice(read_numbers(reader)?.0),
            2 => Type::Structure(read_structure(reader)?),
            3 => {
                let (key, element) = read_numbers(reader)?;
                Type::Map { key, element }
            }
            // GobEncoder, BinaryMarshaler and TextMarshaler: nothing but a common part.
            4..=6 => {
                read_numbers(reader)?;
                Type::Bytes
            }
            _ => return Err(reader.error(format!("a definition of an unknown kind ({kind})"))),
        });
        Ok(())
    })?;
    defined.ok_or_else(|| reader.error("a definition without a type"))
}

/// The two numbers that a definition may have: of an array the element and the length, of a slice the element, of a map key and element.
fn read_numbers(reader: &mut Reader<'_>) -> Result<(Id, Id), GobError> {
    let mut numbers = (0, 0);
    reader.fields(|member, reader| {
        match member {
            0 => read_common(reader)?,
            1 => numbers.0 = reader.int()?,
            2 => numbers.1 = reader.int()?,
            _ => return Err(reader.error("a definition with an unknown member")),
        }
        Ok(())
    })?;
    Ok(numbers)
}

/// Name and number, which say nothing new.
fn read_common(reader: &mut Reader<'_>) -> Result<(), GobError> {
    reader.fields(|member, reader| match member {
        0 => reader.span().map(drop),
        1 => reader.int().map(drop),
        _ => Err(reader.error("a type with an unknown member")),
    })
}

fn read_structure(reader: &mut Reader<'_>) -> Result<Vec<Field>, GobError> {
    let mut fields = Vec::new();
    reader.fields(|member, reader| match member {
        0 => read_common(reader),
        1 => {
            let count = reader.uint()?;
            if count > MOST_FIELDS as u64 {
                return Err(reader.error(format!("a structure of {count} fields")));
            }
            (0..count).try_for_each(|_| {
                fields.push(read_field(reader)?);
                Ok(())
            })
        }
        _ => Err(reader.error("a structure with an unknown member")),
    })?;
    Ok(fields)
}

fn read_field(reader: &mut Reader<'_>) -> Result<Field, GobError> {
    let mut field = Field { name: String::new(), id: 0 };
    reader.fields(|member, reader| {
        match member {
            0 => field.name = reader.text()?,
            1 => field.id = reader.int()?,
            _ => return Err(reader.error("a field with an unknown member")),
        }
        Ok(())
    })?;
    Ok(field)
}
