//! Tolerant reading of one object by its field table.

use super::{Elsewhere, Encoded, Record, Slot};
use crate::event::Limits;
use crate::event::field::{Field, FieldKind, Or, Table, TimeFormat};
use crate::event::finding::{Findings, Segment};
use crate::event::map::{self, Map, Values};
use crate::event::number;
use crate::event::text::Text;
use crate::event::texts::Texts;
use crate::event::time;
use crate::json::{Document, Value, ValueKind, write_string};

/// What a member of an object is to its table.
pub(super) enum Member {
    Row(usize),
    /// Another key of the row, whose documented one is not there.
    Alias(usize),
    /// Our own addition to canonical JSON, beside the time in the row.
    Derived(usize),
}

/// What `key` is to the table of its object; None if the table does not know it.
pub(super) fn member(table: &'static Table, object: Value<'_>, key: &str) -> Option<Member> {
    if let Some(row) = table.position(key) {
        return Some(Member::Row(row));
    }
    if let Some(row) = table.position_of_alias(key) {
        let field = &table.fields[row];
        let before = field.aliases.iter().take_while(|&&alias| alias != key);
        let better = std::iter::once(&field.key).chain(before).any(|key| object.member(key).is_some());
        return (!better).then_some(Member::Alias(row));
    }
    table.derived_from(key).map(Member::Derived)
}

impl Record {
    /// Reads the members of an object; nothing of any other value.
    pub(in crate::event) fn read<'d>(
        table: &'static Table,
        object: Value<'d>,
        findings: &mut Findings<'_>,
    ) -> Self {
        let mut record = Self::empty(table);
        record.object = Some(object.index());
        for (name, value) in object.members() {
            let key = name.decoded();
            match member(table, object, &key) {
                Some(Member::Row(row)) => {
                    let read = |findings: &mut Findings<'_>| read_slot(table, row, value, findings);
                    record.slots[row] = findings.within(Segment::Name(key), read);
                }
                Some(Member::Alias(row)) => {
                    let read = |findings: &mut Findings<'_>| {
                        findings.note("another name", format!("`{}`", table.fields[row].key));
                        read_slot(table, row, value, findings)
                    };
                    record.slots[row] = findings.within(Segment::Name(key), read);
                }
                Some(Member::Derived(row)) if !is_derived(&table.fields[row], value, object) => {
                    let note = |findings: &mut Findings<'_>| findings.note(value.kind().name(), "unset");
                    findings.within(Segment::Name(key), note);
                }
                Some(Member::Derived(_)) | None => {}
            }
        }
        if let Some(arrange) = table.arrange {
            arrange(&mut record, object, findings);
        }
        record
    }
}

/// Whether `value` is what canonical JSON says beside a time field. The time is never read from there.
fn is_derived(field: &Field, value: Value<'_>, object: Value<'_>) -> bool {
    let FieldKind::Time(format) = field.kind else { return false };
    let time = object.member(field.key);
    let epoch_ms = time.and_then(|time| match time.kind() {
        ValueKind::Number if format.is_number() => time::of_number(time.raw(), format),
        ValueKind::String if format.is_number() && number::is_number(&time.decoded()) => {
            time::of_number(&time.decoded(), format)
        }
        ValueKind::String => time::of_text(&time.decoded(), format),
        _ => None,
    });
    value.kind() == ValueKind::Number && epoch_ms.is_some_and(|epoch_ms| value.raw() == epoch_ms.to_string())
}

fn read_slot<'d>(table: &'static Table, row: usize, value: Value<'d>, findings: &mut Findings<'_>) -> Slot {
    let field = &table.fields[row];
    if value.kind() == ValueKind::Null {
        if field.or != Or::Null && !matches!(field.kind, FieldKind::Any(_)) {
            findings.note("null", "unset");
        }
        return Slot::Null;
    }
    match field.kind {
        FieldKind::Text => Slot::Text(read_text(value, findings)),
        FieldKind::JsonText(_) | FieldKind::Base64(_) | FieldKind::Base64Json(_) => {
            Slot::Encoded(Box::new(Encoded::new(read_text(value, findings))))
        }
        FieldKind::Time(format) if format.is_number() => read_number_time(value, format, findings),
        FieldKind::Time(format) => read_time(value, format, findings),
        FieldKind::Number => read_number(value, findings),
        FieldKind::Boolean => read_boolean(value, findings),
        FieldKind::Map if value.kind() == ValueKind::Object => read_map(value, findings),
        FieldKind::Texts => read_texts(value, findings),
        FieldKind::Any(typed) => read_any(typed, value, findings),
        FieldKind::Object(inner) if value.kind() == ValueKind::Object => {
            Slot::Object(Box::new(Record::read(inner, value, findings)))
        }
        FieldKind::List(inner) if value.kind() == ValueKind::Array => read_list(inner, value, findings),
        FieldKind::Map | FieldKind::Object(_) | FieldKind::List(_) => {
            read_elsewhere(table, row, value, findings)
        }
    }
}

fn read_any<'d>(
    typed: Option<(&'static str, &'static Table)>,
    value: Value<'d>,
    findings: &mut Findings<'_>,
) -> Slot {
    match typed {
        Some((name, table)) if is_typed(name, table, value) => {
            Slot::Object(Box::new(Record::read(table, value, findings)))
        }
        _ => Slot::Json(value.index()),
    }
}

/// Whether the member that tells a typed object from any other is there and of its documented type.
pub(super) fn is_typed(name: &str, table: &'static Table, value: Value<'_>) -> bool {
    let wanted = match table.position(name).map(|row| table.fields[row].kind) {
        Some(FieldKind::List(_)) => ValueKind::Array,
        _ => ValueKind::Object,
    };
    value.member(name).is_some_and(|member| member.kind() == wanted)
}

fn read_list<'d>(table: &'static Table, value: Value<'d>, findings: &mut Findings<'_>) -> Slot {
    let element = |(index, element): (usize, Value<'d>)| {
        findings.within(Segment::Index(index), |findings| {
            if element.kind() == ValueKind::Object {
                return Some(Record::read(table, element, findings));
            }
            findings.note(element.kind().name(), "unset");
            None
        })
    };
    Slot::List(value.elements().enumerate().map(element).collect())
}

/// An object, a map or a list may come as a text of JSON. It is read as the only member of an object of its own, so that it is read
/// like any other.
fn read_elsewhere<'d>(
    table: &'static Table,
    row: usize,
    value: Value<'d>,
    findings: &mut Findings<'_>,
) -> Slot {
    let field = &table.fields[row];
    let wanted = if matches!(field.kind, FieldKind::List(_)) { ValueKind::Array } else { ValueKind::Object };
    // Where the text is, its JSON stands one object deeper than in a document of its own.
    let max_depth = (Limits::default().max_depth + 1).saturating_sub(findings.depth());
    let document = value.text().and_then(|text| only_member(field.key, &text, max_depth)).unwrap_or_default();
    let member = document.root().and_then(|root| root.member(field.key));
    let Some(member) = member.filter(|member| member.kind() == wanted) else {
        findings.note(value.kind().name(), "unset");
        return Slot::Null;
    };
    if field.or != Or::Text {
        findings.note("string", wanted.name());
    }
    document.note_flaws(|found, read| findings.note(found, read));
    let mut inner = Vec::new();
    let slot = read_slot(table, row, member, &mut Findings::below(findings.depth(), &mut inner));
    super::inner_findings(inner, findings);
    Slot::Elsewhere(Box::new(Elsewhere { slot, document: document.clone() }))
}

/// A document of one member, if `json` is one JSON value.
fn only_member(key: &str, json: &str, max_depth: usize) -> Option<Document> {
    let mut source = vec![b'{'];
    write_string(&mut source, key);
    source.push(b':');
    source.extend_from_slice(json.as_bytes());
    source.push(b'}');
    let document = Document::parse(String::from_utf8(source).ok()?.into(), max_depth).ok()?;
    // More members than one would be read out of a text like `[],"other":1`.
    let is_all = document.root()?.member(key)?.raw() == json.trim_matches([' ', '\t', '\r', '\n']);
    is_all.then_some(document)
}

/// Any value but null has a text: itself, its digits, or its JSON.
fn read_text(value: Value<'_>, findings: &mut Findings<'_>) -> Text {
    note_text(value, findings);
    if value.kind() == ValueKind::String { Text::of(value) } else { Text::owned(value.to_compact()) }
}

/// Notes that a text is read from something else, if it is.
fn note_text(value: Value<'_>, findings: &mut Findings<'_>) {
    match value.kind() {
        ValueKind::String => {}
        ValueKind::Object | ValueKind::Array => findings.note(value.kind().name(), "text of its JSON"),
        _ => findings.note(value.kind().name(), "text"),
    }
}

fn read_time(value: Value<'_>, format: TimeFormat, findings: &mut Findings<'_>) -> Slot {
    let text = read_text(value, findings);
    let is_string = value.kind() == ValueKind::String;
    if is_string && time::of_text(&value.decoded(), format).is_none() {
        let wanted = if format == TimeFormat::Rfc3339 { "an RFC 3339 time" } else { "a time" };
        findings.note(format!("string that is not {wanted}"), "text without a time");
    }
    Slot::Text(text)
}

/// Numbers may come as texts, and other senders write dates.
fn read_number_time(value: Value<'_>, format: TimeFormat, findings: &mut Findings<'_>) -> Slot {
    let text = value.decoded();
    match value.kind() {
        ValueKind::Number => {}
        ValueKind::String if number::is_number(&text) => findings.note("string", "number"),
        ValueKind::String => {
            match time::of_text(&text, format) {
                Some(_) => findings.note("string with a date", "time"),
                None => findings.note("string that is not a time", "text without a time"),
            }
            return Slot::Text(Text::of(value));
        }
        other => {
            findings.note(other.name(), "unset");
            return Slot::Null;
        }
    }
    if time::of_number(&text, format).is_none() {
        findings.note("number that is not a time", "number without a time");
    } else if format == TimeFormat::Seconds && time::is_milliseconds(&text) {
        findings.note("milliseconds", "time");
    }
    Slot::Number(Text::of(value))
}

fn read_number(value: Value<'_>, findings: &mut Findings<'_>) -> Slot {
    if value.kind() == ValueKind::Number {
        return Slot::Number(Text::of(value));
    }
    if value.kind() != ValueKind::String {
        findings.note(value.kind().name(), "unset");
        return Slot::Null;
    }
    if number::is_number(&value.decoded()) {
        findings.note("string", "number");
        return Slot::Number(Text::of(value));
    }
    findings.note("string that is not a number", "text");
    Slot::Text(Text::of(value))
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

/// Messages may also come as objects that have the text as their `message`.
fn read_texts(value: Value<'_>, findings: &mut Findings<'_>) -> Slot {
    if value.kind() != ValueKind::Array {
        findings.note(value.kind().name(), "unset");
        return Slot::Null;
    }
    let mut texts = Texts::with_capacity(value.elements().count());
    for (index, element) in value.elements().enumerate() {
        if element.kind() == ValueKind::String {
            texts.push(element);
            continue;
        }
        findings.within(Segment::Index(index), |findings| {
            let message = element.member("message").filter(|message| message.kind() == ValueKind::String);
            if let Some(message) = message {
                match element.members().count() {
                    1 => findings.note("object with a message", "text"),
                    _ => findings.note("object with a message and more", "text of the message alone"),
                }
                texts.push(message);
            } else if element.kind() == ValueKind::Null {
                findings.note("null", "unset");
                texts.push_null();
            } else {
                note_text(element, findings);
                texts.push_owned(element.to_compact());
            }
        });
    }
    Slot::Texts(texts)
}

fn read_map(object: Value<'_>, findings: &mut Findings<'_>) -> Slot {
    let is_plain =
        |(name, value): (Value<'_>, Value<'_>)| !name.is_escaped() && map::plain_text(value).is_some();
    if object.members().all(is_plain) {
        for (name, value) in object.members().filter(|(_, value)| value.kind() != ValueKind::String) {
            findings.within(Segment::Name(name.decoded()), |findings| note_map_text(value, findings));
        }
        return Slot::PlainMap(object.index());
    }
    let mut map = Map::with_capacity(object.members().count());
    for (name, value) in object.members() {
        let read = |findings: &mut Findings<'_>| read_map_values(value, findings);
        map.push(Text::of(name), findings.within(Segment::Name(name.decoded()), read));
    }
    Slot::Map(map)
}

/// One name may have several texts.
fn read_map_values<'d>(value: Value<'d>, findings: &mut Findings<'_>) -> Values {
    if value.kind() != ValueKind::Array {
        return Values::One(read_map_text(value, findings));
    }
    findings.note("array", "several texts");
    let texts = value.elements().enumerate().map(|(index, element)| {
        findings.within(Segment::Index(index), |findings| read_map_text(element, findings))
    });
    Values::Several(texts.collect())
}

fn read_map_text(value: Value<'_>, findings: &mut Findings<'_>) -> Text {
    note_map_text(value, findings);
    match value.kind() {
        ValueKind::String => Text::of(value),
        ValueKind::Null => Text::owned(""),
        _ => Text::owned(value.to_compact()),
    }
}

fn note_map_text(value: Value<'_>, findings: &mut Findings<'_>) {
    match value.kind() {
        ValueKind::Null => findings.note("null", "empty text"),
        _ => note_text(value, findings),
    }
}
