//! Tolerant reading of one object by its field table, and writing it back in canonical or wire form.

use super::field::{EPOCH_MS, FieldKind, Table};
use super::finding::{Findings, Segment};
use super::map::Map;
use super::text::Text;
use super::time;
use crate::json::{Document, Value, ValueKind, write_string};

/// The fields of one object of an event: a slot for each row of its table, and what the table does not know.
#[derive(Clone, Debug)]
pub(super) struct Record {
    table: &'static Table,
    slots: Box<[Slot]>,
    unknown: Vec<Unknown>,
}

/// What was read of a documented field.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// Not there.
    Absent,
    /// There, but null or not to be read: unset, and null in canonical JSON, so that it is known to have been there.
    Null,
    Boolean(bool),
    Text(Text),
    Map(Map),
    Object(Box<Record>),
}

/// A member outside the table: the nodes of its name and value.
#[derive(Clone, Debug)]
struct Unknown {
    name: u32,
    value: u32,
}

/// Which JSON an event is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As the platform sends it.
    Wire,
    /// The same for every language, with the derived members.
    Canonical,
}

impl Record {
    /// A record with nothing set.
    pub(super) fn empty(table: &'static Table) -> Self {
        Self { table, slots: table.fields.iter().map(|_| Slot::Absent).collect(), unknown: Vec::new() }
    }

    /// Reads the members of an object; nothing of any other value.
    pub(super) fn read<'d>(table: &'static Table, object: Value<'d>, findings: &mut Findings<'d>) -> Self {
        let mut record = Self::empty(table);
        for (name, value) in object.members() {
            let key = name.text().unwrap_or_default();
            if let Some(row) = table.position(&key) {
                let read = |findings: &mut Findings<'d>| read_slot(table, row, value, findings);
                record.slots[row] = findings.within(Segment::Name(key), read);
            } else if let Some(row) = table.derived_from(&key) {
                if !is_derived(value, object.member(table.fields[row].key)) {
                    let note = |findings: &mut Findings<'d>| findings.note(value.kind().name(), "unset");
                    findings.within(Segment::Name(key), note);
                }
            } else {
                record.unknown.push(Unknown { name: name.index(), value: value.index() });
            }
        }
        record
    }

    pub(super) fn table(&self) -> &'static Table {
        self.table
    }

    pub(super) fn slot(&self, row: usize) -> Option<&Slot> {
        self.slots.get(row)
    }

    /// The slot at `path`, the rows from here down, to be set; objects on the way are made. None if the tables have no
    /// such path.
    pub(super) fn slot_at(&mut self, path: &[usize]) -> Option<(FieldKind, &mut Slot)> {
        let (&row, rest) = path.split_first()?;
        let kind = self.table.fields.get(row)?.kind;
        let slot = &mut self.slots[row];
        if rest.is_empty() {
            return Some((kind, slot));
        }
        let FieldKind::Object(table) = kind else { return None };
        if !matches!(slot, Slot::Object(_)) {
            *slot = Slot::Object(Box::new(Self::empty(table)));
        }
        let Slot::Object(inner) = slot else { return None };
        inner.slot_at(rest)
    }

    /// The members outside the table, with their names, in document order.
    pub(super) fn unknown<'d>(&self, document: &'d Document) -> impl Iterator<Item = (Value<'d>, Value<'d>)> {
        self.unknown.iter().filter_map(|member| Some((document.at(member.name)?, document.at(member.value)?)))
    }

    /// Writes the record as a JSON object: known fields in table order, then the unknown ones.
    pub(super) fn write(&self, document: &Document, form: Form, out: &mut Vec<u8>) {
        out.push(b'{');
        let start = out.len();
        for (field, slot) in self.table.fields.iter().zip(&self.slots) {
            if matches!(slot, Slot::Absent) {
                continue;
            }
            begin_member(out, start, field.key);
            slot.write(document, form, out);
            if let (FieldKind::Time, Slot::Text(text), Form::Canonical) = (field.kind, slot, form)
                && let Some(epoch_ms) = time::epoch_ms(text.get(document))
            {
                begin_member(out, start, &format!("{}{EPOCH_MS}", field.key));
                out.extend_from_slice(epoch_ms.to_string().as_bytes());
            }
        }
        for (name, value) in self.unknown(document) {
            begin_member(out, start, &name.text().unwrap_or_default());
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
            Self::Map(map) => map.write(document, out),
            Self::Object(record) => record.write(document, form, out),
        }
    }
}

fn read_slot<'d>(table: &'static Table, row: usize, value: Value<'d>, findings: &mut Findings<'d>) -> Slot {
    let field = &table.fields[row];
    if value.kind() == ValueKind::Null {
        if !field.nullable {
            findings.note("null", "unset");
        }
        return Slot::Null;
    }
    match field.kind {
        FieldKind::Text => Slot::Text(read_text(value, findings)),
        FieldKind::Time => read_time(value, findings),
        FieldKind::Boolean => read_boolean(value, findings),
        FieldKind::Map => read_map(value, findings),
        FieldKind::Object(table) => read_object(table, value, findings),
    }
}

fn read_object<'d>(table: &'static Table, value: Value<'d>, findings: &mut Findings<'d>) -> Slot {
    if value.kind() != ValueKind::Object {
        findings.note(value.kind().name(), "unset");
        return Slot::Null;
    }
    Slot::Object(Box::new(Record::read(table, value, findings)))
}

/// Whether `value` is what canonical JSON says beside a time field. The time is never read from there.
fn is_derived(value: Value<'_>, time: Option<Value<'_>>) -> bool {
    let time = time.and_then(Value::text);
    let epoch_ms = time.and_then(|text| time::epoch_ms(&text));
    value.kind() == ValueKind::Number && epoch_ms.is_some_and(|epoch_ms| value.raw() == epoch_ms.to_string())
}

/// Any value but null has a text: itself, its digits, or its JSON.
fn read_text(value: Value<'_>, findings: &mut Findings<'_>) -> Text {
    if value.kind() == ValueKind::String {
        return Text::of(value);
    }
    let container = matches!(value.kind(), ValueKind::Object | ValueKind::Array);
    findings.note(value.kind().name(), if container { "text of its JSON" } else { "text" });
    Text::owned(value.to_compact())
}

fn read_time(value: Value<'_>, findings: &mut Findings<'_>) -> Slot {
    let text = read_text(value, findings);
    let readable = value.text().is_some_and(|text| time::epoch_ms(&text).is_some());
    if !readable && value.kind() == ValueKind::String {
        findings.note("string that is not an RFC 3339 time", "text without a time");
    }
    Slot::Text(text)
}

fn read_boolean(value: Value<'_>, findings: &mut Findings<'_>) -> Slot {
    let read = match value.kind() {
        ValueKind::True => return Slot::Boolean(true),
        ValueKind::False => return Slot::Boolean(false),
        ValueKind::String | ValueKind::Number => match value.decoded().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    };
    findings.note(value.kind().name(), if read.is_some() { "boolean" } else { "unset" });
    read.map_or(Slot::Null, Slot::Boolean)
}

fn read_map<'d>(value: Value<'d>, findings: &mut Findings<'d>) -> Slot {
    if value.kind() != ValueKind::Object {
        findings.note(value.kind().name(), "unset");
        return Slot::Null;
    }
    let mut map = Map::default();
    for (name, value) in value.members() {
        let segment = Segment::Name(name.text().unwrap_or_default());
        if let Some(texts) = findings.within(segment, |findings| read_map_value(value, findings)) {
            map.entries.push((Text::of(name), texts));
        }
    }
    Slot::Map(map)
}

/// One name may have several texts.
fn read_map_value<'d>(value: Value<'d>, findings: &mut Findings<'d>) -> Option<Vec<Text>> {
    if value.kind() != ValueKind::Array {
        return Some(vec![read_map_text(value, findings)?]);
    }
    findings.note("array", "several texts");
    let texts = value.elements().enumerate().filter_map(|(index, element)| {
        findings.within(Segment::Index(index), |findings| read_map_text(element, findings))
    });
    Some(texts.collect())
}

fn read_map_text(value: Value<'_>, findings: &mut Findings<'_>) -> Option<Text> {
    match value.kind() {
        ValueKind::Object | ValueKind::Array => {
            findings.note(value.kind().name(), "unset");
            None
        }
        ValueKind::Null => {
            findings.note("null", "empty text");
            Some(Text::owned(""))
        }
        _ => Some(read_text(value, findings)),
    }
}
