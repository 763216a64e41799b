//! JSON as trigger events need it: an index over the payload that borrows every text, keeps the digits of every number
//! and survives what strict readers reject (lone surrogates, duplicate keys). `docs/design.md` says what was measured
//! before this was written beside `serde_json`, which does everything else.

mod document;
mod error;
mod scan;
mod skim;
mod stops;
mod strict;
mod text;
mod tokens;

pub use document::{Document, Value, ValueKind};
pub use error::{ParseError, ParseErrorKind};
pub(crate) use skim::{Look, Skim};
pub(crate) use strict::to_vec;
pub(crate) use text::{into_string, pointer_step, write_string};
pub use tokens::Token;
