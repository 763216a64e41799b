//! The field tables, as the generators of other languages need them.

use fgruntime_core::event::Kind;
use fgruntime_core::event::field::Table;
use std::collections::BTreeMap;

/// The kinds of events that are known, with their tables.
pub(crate) fn events() -> impl Iterator<Item = (Kind, &'static Table)> {
    Kind::ALL.iter().filter_map(|&kind| Some((kind, kind.table()?)))
}

/// The objects in events by their names, each once, whatever number of events has it.
pub(crate) fn objects() -> BTreeMap<&'static str, &'static Table> {
    fn collect(table: &'static Table, objects: &mut BTreeMap<&'static str, &'static Table>) {
        for inner in table.fields.iter().filter(|field| !field.moved).filter_map(|field| field.kind.table()) {
            if objects.insert(inner.name, inner).is_none() {
                collect(inner, objects);
            }
        }
    }
    let mut objects = BTreeMap::new();
    events().for_each(|(_, table)| collect(table, &mut objects));
    objects
}
