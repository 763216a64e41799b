//! What the attributes of events are called, and what each gives.

use fgruntime_core::event::field::{FieldKind, Table};
use fgruntime_core::event::{Extra, Kind};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What an attribute gives of the field in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// The field itself.
    Field(usize),
    /// `<name>_epoch_ms`: a time in milliseconds.
    EpochMs(usize),
    /// `<name>_text`: the digits of a number.
    Digits(usize),
    /// `raw_<name>`: the bytes behind base64.
    Raw(usize),
    /// `<name>_fields`: the documented fields in a text, or in any JSON.
    Fields(usize),
    /// What the object has besides its fields.
    Extra(Extra),
}

pub(crate) type Names = HashMap<String, Access>;

/// What `name` means for an object of this table.
pub(crate) fn find(table: &'static Table, name: &str) -> Option<Access> {
    names(table)?.get(name).copied()
}

/// All attributes of an object of this table.
pub(crate) fn names(table: &'static Table) -> Option<&'static Names> {
    static TABLES: OnceLock<HashMap<usize, Names>> = OnceLock::new();
    let tables = TABLES.get_or_init(|| {
        let mut tables = HashMap::new();
        Kind::ALL.iter().filter_map(|kind| kind.table()).for_each(|table| add(&mut tables, table));
        tables
    });
    tables.get(&address(table))
}

/// Tables are static, so that their address is their identity.
fn address(table: &'static Table) -> usize {
    std::ptr::from_ref(table).addr()
}

fn add(tables: &mut HashMap<usize, Names>, table: &'static Table) {
    if tables.contains_key(&address(table)) {
        return;
    }
    let mut names = Names::new();
    for (row, field) in table.fields.iter().enumerate().filter(|(_, field)| !field.moved) {
        let name = field.name();
        match field.kind {
            FieldKind::Time(_) => drop(names.insert(format!("{name}_epoch_ms"), Access::EpochMs(row))),
            FieldKind::Number => drop(names.insert(format!("{name}_text"), Access::Digits(row))),
            FieldKind::Base64(_) => drop(names.insert(format!("raw_{name}"), Access::Raw(row))),
            FieldKind::Base64Json(_) => {
                names.insert(format!("raw_{name}"), Access::Raw(row));
                names.insert(format!("{name}_fields"), Access::Fields(row));
            }
            FieldKind::JsonText(Some(_)) | FieldKind::Any(Some(_)) => {
                names.insert(format!("{name}_fields"), Access::Fields(row));
            }
            _ => {}
        }
        names.insert(name, Access::Field(row));
    }
    names.extend(Extra::of(table).iter().map(|&(name, extra)| (name.to_owned(), Access::Extra(extra))));
    tables.insert(address(table), names);
    table.fields.iter().filter_map(|field| field.kind.table()).for_each(|inner| add(tables, inner));
}
