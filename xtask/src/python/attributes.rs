//! The attributes of an event or of an object in one: names, types and meanings. The native module has the same.

use fgruntime_core::event::Extra;
use fgruntime_core::event::field::{Field, FieldKind, Table};

/// One attribute.
pub(super) struct Attribute {
    pub(super) name: String,
    /// What it is read as.
    pub(super) type_name: String,
    /// What it is set to; None of what is only read.
    pub(super) set_to: Option<String>,
    pub(super) doc: String,
}

/// The attributes in the order of the table, each field followed by what is derived from it.
pub(super) fn attributes(table: &Table) -> Vec<Attribute> {
    let fields = table.fields.iter().filter(|field| !field.moved).flat_map(of_field);
    let extras = Extra::of(table).iter().map(|&(name, extra)| Attribute {
        name: name.to_owned(),
        type_name: "str | None".to_owned(),
        set_to: None,
        doc: extra.doc().to_owned(),
    });
    fields.chain(extras).collect()
}

fn of_field(field: &Field) -> Vec<Attribute> {
    let name = field.name();
    let (type_name, set_to) = types(field.kind);
    let own = Attribute { name: name.clone(), type_name, set_to: Some(set_to), doc: doc(field) };
    let derived = |name: String, type_name: &str, doc: String| Attribute {
        name,
        type_name: type_name.to_owned(),
        set_to: None,
        doc,
    };
    let fields = |table: &Table| {
        let doc = format!("The documented fields in `{name}`, read on first use.");
        derived(format!("{name}_fields"), table.name, doc)
    };
    let raw = || {
        let doc = format!(
            "`{name}` behind its base64, decoded once; as it came, with a finding, if it is not base64."
        );
        derived(format!("raw_{name}"), "bytes", doc)
    };
    let mut all = vec![own];
    match field.kind {
        FieldKind::Number => {
            let doc = format!("The digits of `{name}` as they came.");
            all.push(derived(format!("{name}_text"), "str | None", doc));
        }
        FieldKind::Time(_) => {
            let doc =
                format!("`{name}` in milliseconds since 1970-01-01T00:00:00Z; None if it cannot be read.");
            all.push(derived(format!("{name}_epoch_ms"), "int | None", doc));
        }
        FieldKind::Base64(_) => all.push(raw()),
        FieldKind::Base64Json(table) => all.extend([raw(), fields(table)]),
        FieldKind::JsonText(Some(table)) | FieldKind::Any(Some((_, table))) => all.push(fields(table)),
        _ => {}
    }
    all
}

/// What such a field is read as, and what it is set to.
fn types(kind: FieldKind) -> (String, String) {
    let (read, set) = match kind {
        FieldKind::Time(format) if format.is_number() => ("str | None", "int"),
        FieldKind::Text
        | FieldKind::JsonText(_)
        | FieldKind::Base64(_)
        | FieldKind::Base64Json(_)
        | FieldKind::Time(_) => ("str | None", "str"),
        FieldKind::Boolean => ("bool", "bool"),
        FieldKind::Number => ("int | None", "int"),
        FieldKind::Any(_) => ("Any", "Any"),
        FieldKind::Map => ("TextMap", "_Texts"),
        FieldKind::Texts => ("list[str]", "list[str]"),
        FieldKind::Object(table) => (table.name, "dict[str, Any]"),
        FieldKind::List(table) => {
            return (format!("list[{}]", table.name), "list[dict[str, Any]]".to_owned());
        }
    };
    (read.to_owned(), set.to_owned())
}

/// What the field means, and what else must be known to read it.
fn doc(field: &Field) -> String {
    let more = match field.kind {
        FieldKind::Boolean => " False if the event does not say.",
        FieldKind::Number => " None also if it is no integer of 64 bits.",
        FieldKind::Time(_) => " As it came.",
        FieldKind::Texts => " A null among them is an empty text.",
        _ => "",
    };
    format!("{}{more}", field.doc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fgruntime_core::event::Kind;
    use std::collections::HashSet;

    /// Python's own words, and what every event or object has besides its fields.
    const TAKEN: &str = "False None True and as assert async await break class continue def del elif else except finally for from \
        global if import in is lambda nonlocal not or pass raise return try while with yield \
        parse kind findings to_canonical to_wire to_json unknown_fields get keys values items";

    #[test]
    fn names_are_unique_and_not_taken() {
        Kind::ALL.iter().filter_map(|kind| kind.table()).for_each(assert_names);
    }

    fn assert_names(table: &Table) {
        let mut names: HashSet<String> = TAKEN.split_whitespace().map(str::to_owned).collect();
        for Attribute { name, .. } in attributes(table) {
            assert!(names.insert(name.clone()), "{}.{name} needs another name", table.name);
        }
        table.fields.iter().filter_map(|field| field.kind.table()).for_each(assert_names);
    }
}
