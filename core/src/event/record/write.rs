//! Writing a record back in canonical or wire form.

use super::{Record, Slot};
use crate::event::field::{EPOCH_MS, FieldKind};
use crate::event::{map, time};
use crate::json::{Document, write_string};

/// Which JSON an event is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::event) enum Form {
    /// As the platform sends it.
    Wire,
    /// The same for every language, with the derived members.
    Canonical,
}

impl Record {
    /// Writes the record as a JSON object: known fields in table order, then the unknown ones.
    pub(in crate::event) fn write(&self, document: &Document, form: Form, out: &mut Vec<u8>) {
        out.push(b'{');
        let start = out.len();
        for (field, slot) in self.table.fields.iter().zip(&self.slots) {
            if matches!(slot, Slot::Absent) {
                continue;
            }
            begin_member(out, start, field.key);
            slot.write(document, form, out);
            if let (FieldKind::Time(format), Form::Canonical) = (field.kind, form)
                && let Some(epoch_ms) = time::of_slot(slot, format, document)
            {
                begin_member(out, start, &format!("{}{EPOCH_MS}", field.key));
                out.extend_from_slice(epoch_ms.to_string().as_bytes());
            }
        }
        for (name, value) in self.unknown(document) {
            begin_member(out, start, &name.decoded());
            value.write_compact(out);
        }
        out.push(b'}');
    }
}

fn begin_member(out: &mut Vec<u8>, start: usize, key: &str) {
    if out.len() > start {
        out.push(b',');
    }
    write_string(out, key);
    out.push(b':');
}

impl Slot {
    fn write(&self, document: &Document, form: Form, out: &mut Vec<u8>) {
        match self {
            Self::Absent | Self::Null => out.extend_from_slice(b"null"),
            Self::Boolean(value) => out.extend_from_slice(value.to_string().as_bytes()),
            Self::Text(text) => write_string(out, text.get(document)),
            Self::Encoded(encoded) => write_string(out, encoded.text(document)),
            Self::Number(digits) => out.extend_from_slice(digits.get(document).as_bytes()),
            Self::Json(node) => {
                if let Some(value) = document.at(*node) {
                    value.write_compact(out);
                }
            }
            Self::OwnedJson(json) => out.extend_from_slice(json.as_bytes()),
            Self::Map(map) => map.write(document, out),
            Self::PlainMap(node) => {
                if let Some(object) = document.at(*node) {
                    map::write_plain(object, out);
                }
            }
            Self::Texts(texts) => write_array(texts.iter(document), out, |text, out| write_string(out, text)),
            Self::Object(record) => record.write(document, form, out),
            Self::List(records) => {
                write_array(records.iter().map(Option::as_ref), out, |record, out| {
                    record.write(document, form, out);
                });
            }
            Self::Elsewhere(elsewhere) => elsewhere.slot.write(&elsewhere.document, form, out),
        }
    }
}

/// Writes what is there, and null for what is not.
fn write_array<T>(
    elements: impl Iterator<Item = Option<T>>,
    out: &mut Vec<u8>,
    write: impl Fn(T, &mut Vec<u8>),
) {
    out.push(b'[');
    for (position, element) in elements.enumerate() {
        if position > 0 {
            out.push(b',');
        }
        match element {
            Some(element) => write(element, out),
            None => out.extend_from_slice(b"null"),
        }
    }
    out.push(b']');
}
