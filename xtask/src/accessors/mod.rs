//! ffi-c/src/event_fields/: the C accessors of every trigger event, written from the field tables. They are written as source,
//! because the generator of the header does not see through macros. tests/c/fields/: what tests each of them.

mod field;
mod source;
mod test;

pub(crate) use field::{Accessor, Step, accessors, singular};

use crate::generated::File;
use fgruntime_core::event::Kind;
use fgruntime_core::event::field::{FieldKind, Table};

/// The accessors and their tests, one file each for each kind, and the list of maps.
pub(crate) fn files() -> Vec<File> {
    let mut files = Vec::new();
    for (kind, table) in kinds() {
        let accessors = accessors(table);
        let path = format!("ffi-c/src/event_fields/{}.rs", kind.name());
        files.push(File { path, text: source::source(kind, table, &accessors) });
    }
    files.push(File { path: "ffi-c/src/event_fields/maps.rs".to_owned(), text: source::maps(kinds()) });
    files
}

/// The C programs that test the accessors; not Rust.
pub(crate) fn tests() -> Vec<File> {
    let test = |(kind, table): (Kind, &'static Table)| File {
        path: format!("tests/c/fields_{}.c", kind.name()),
        text: test::program(kind, table, &accessors(table)),
    };
    kinds().map(test).collect()
}

fn kinds() -> impl Iterator<Item = (Kind, &'static Table)> {
    Kind::ALL.iter().filter_map(|&kind| Some((kind, kind.table()?)))
}

/// The maps among the accessors, whose position is their number.
fn map_number(accessors: &[Accessor], wanted: &Accessor) -> usize {
    let maps = accessors.iter().filter(|accessor| matches!(accessor.field.kind, FieldKind::Map));
    maps.take_while(|map| map.path != wanted.path).count()
}
