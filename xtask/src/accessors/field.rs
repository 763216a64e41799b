//! The fields of an event, however deep, with their names in C and the way to them.

use fgruntime_core::event::field::{Field, FieldKind, Table};

/// One step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A row of the field table.
    Row(usize),
    /// An index in a list, which is a parameter of this name.
    Index(String),
}

/// A field with its place in the event.
pub(crate) struct Accessor {
    /// The field's name in C, after those of the objects around it.
    pub(crate) name: String,
    /// What the names of functions put before the name: `record_` for the fields of records.
    pub(crate) prefix: String,
    pub(crate) path: Vec<Step>,
    pub(crate) table: &'static Table,
    pub(crate) field: &'static Field,
    /// Whether the field is behind an encoding, where nothing can be set.
    pub(crate) is_encoded: bool,
}

impl Accessor {
    /// The names of the indexes on the way.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = &str> {
        self.path.iter().filter_map(|step| match step {
            Step::Row(_) => None,
            Step::Index(name) => Some(name.as_str()),
        })
    }

    /// The name in C with those of the objects around it.
    pub(crate) fn full_name(&self) -> String {
        format!("{}{}", self.prefix, self.name)
    }
}

/// All fields of an event that have accessors, lists among them.
pub(crate) fn accessors(table: &'static Table) -> Vec<Accessor> {
    let mut accessors = Vec::new();
    collect(&mut accessors, "", &[], table, false);
    accessors
}

fn collect(
    accessors: &mut Vec<Accessor>,
    prefix: &str,
    path: &[Step],
    table: &'static Table,
    is_encoded: bool,
) {
    for (row, field) in table.fields.iter().enumerate().filter(|(_, field)| !field.moved) {
        let name = field.name();
        let path = [path, &[Step::Row(row)]].concat();
        if !matches!(field.kind, FieldKind::Object(_)) {
            let (name, path) = (name.clone(), path.clone());
            accessors.push(Accessor { name, prefix: prefix.to_owned(), path, table, field, is_encoded });
        }
        let Some(inner) = field.kind.table() else { continue };
        let encodes = matches!(field.kind, FieldKind::JsonText(_) | FieldKind::Base64Json(_));
        let (name, path) = match field.kind {
            FieldKind::List(_) => {
                let one = singular(&name).to_owned();
                (one.clone(), [path, vec![Step::Index(one)]].concat())
            }
            _ => (name, path),
        };
        collect(accessors, &format!("{prefix}{name}_"), &path, inner, is_encoded || encodes);
    }
}

/// What one element of a list is called.
pub(crate) fn singular(name: &str) -> &str {
    name.strip_suffix('s').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fgruntime_core::event::field::Or;

    #[test]
    fn keys_become_c_names() {
        for (key, name) in [
            ("isBase64Encoded", "is_base64_encoded"),
            ("user_data", "user_data"),
            ("path", "path"),
            ("ShardID", "shard_id"),
            ("sourceIPAddress", "source_ipaddress"),
            ("eTag", "e_tag"),
            ("s3SchemaVersion", "s3_schema_version"),
            ("_data", "data"),
            ("OriginUser", "origin_user"),
            ("ID", "id"),
            ("Records", "records"),
        ] {
            let (aliases, kind, or) = (&[], FieldKind::Text, Or::Nothing);
            assert_eq!(Field { key, aliases, kind, or, moved: false, doc: "" }.name(), name);
        }
    }

    #[test]
    fn no_two_accessors_have_one_name() {
        for &kind in fgruntime_core::event::Kind::ALL {
            let Some(table) = kind.table() else { continue };
            let mut names: Vec<String> = accessors(table).iter().map(Accessor::full_name).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", kind.name());
        }
    }
}
