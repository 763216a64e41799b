//! The field tables, for `lib/events.js`.

use fgruntime_core::event::field::{FieldKind, Table};
use fgruntime_core::event::{Extra, Kind};
use napi_derive::napi;

/// The fields of the events of one kind, or of one sort of object in them.
#[napi(object)]
pub struct EventTable {
    /// The type's name.
    pub name: String,
    /// The kind of event; nothing of objects.
    pub kind: Option<String>,
    /// In the order of the rows.
    pub fields: Vec<EventField>,
    /// Names, in snake case, of what there is besides.
    pub extras: Vec<String>,
    /// Whether members may stand elsewhere than the documents say.
    pub is_rearranged: bool,
}

/// One field.
#[napi(object)]
pub struct EventField {
    /// In snake case.
    pub name: String,
    /// In JSON.
    pub key: String,
    /// Whether it may have another key.
    pub has_aliases: bool,
    /// What it is.
    pub kind: String,
    /// The type of the objects in it, if there is one.
    pub table: Option<String>,
    /// Whether nobody is to see it, because what it has is elsewhere.
    pub moved: bool,
}

/// All tables: those of the kinds of events, then those of the objects in them.
#[napi(catch_unwind)]
pub fn event_tables() -> Vec<EventTable> {
    let mut tables = Vec::new();
    let events = Kind::ALL.iter().filter_map(|kind| Some((kind, kind.table()?)));
    tables.extend(events.clone().map(|(kind, table)| describe(Some(kind.name()), table)));
    events.for_each(|(_, table)| add_objects(&mut tables, table));
    tables
}

fn add_objects(tables: &mut Vec<EventTable>, table: &'static Table) {
    for inner in table.fields.iter().filter_map(|field| field.kind.table()) {
        if tables.iter().all(|known| known.name != inner.name) {
            tables.push(describe(None, inner));
            add_objects(tables, inner);
        }
    }
}

fn describe(kind: Option<&str>, table: &'static Table) -> EventTable {
    let field = |field: &fgruntime_core::event::field::Field| EventField {
        name: field.name(),
        key: field.key.to_owned(),
        has_aliases: !field.aliases.is_empty(),
        kind: sort(field.kind).to_owned(),
        table: field.kind.table().map(|table| table.name.to_owned()),
        moved: field.moved,
    };
    EventTable {
        name: table.name.to_owned(),
        kind: kind.map(str::to_owned),
        fields: table.fields.iter().map(field).collect(),
        extras: Extra::of(table).iter().map(|&(name, _)| name.to_owned()).collect(),
        is_rearranged: table.is_rearranged(),
    }
}

fn sort(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::JsonText(_) => "jsonText",
        FieldKind::Base64(_) | FieldKind::Base64Json(_) => "base64",
        FieldKind::Time(_) => "time",
        FieldKind::Boolean => "boolean",
        FieldKind::Number => "number",
        FieldKind::Any(_) => "any",
        FieldKind::Map => "map",
        FieldKind::Texts => "texts",
        FieldKind::Object(_) => "object",
        FieldKind::List(_) => "list",
    }
}
