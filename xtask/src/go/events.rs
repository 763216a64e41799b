//! bindings-go/events/*/typed.go: the typed events of each kind and the objects in them, written from the field tables.

use super::HEAD;
use super::flatten::extras;
use super::names::{constant, element, exported, home, object, package, time};
use crate::generated::File;
use crate::root;
use crate::tables::events;
use fgruntime_core::event::Kind;
use fgruntime_core::event::field::{Field, FieldKind, Table};
use std::fmt::Write;

/// A text that users give: that there is none is not the same as that it is empty.
const OF_USERS: [&str; 3] = ["body", "user_data", "user_event"];

/// One file for each kind, and the keys of their fields for a test.
pub(super) fn files() -> Vec<File> {
    let sources = events().map(|(kind, table)| File { path: path(kind, "typed"), text: source(kind, table) });
    let keys = File { path: "bindings-go/tests/keys_test.go".to_owned(), text: keys() };
    sources.chain([keys]).collect()
}

/// What every field is in JSON, or is made of: a test holds the fields against canonical JSON.
fn keys() -> String {
    let mut text = format!(
        "{HEAD}\npackage tests\n\n// fieldKeys say which member of JSON a field is, or is made of.\nvar fieldKeys = []string{{\n"
    );
    for (kind, table) in events() {
        for Structure { name, table, .. } in structures(kind, table) {
            for field in table.fields.iter().filter(|field| !field.moved) {
                for member in of_field(kind, table, field) {
                    let _ = writeln!(text, "\t\"{}.{name}.{} {}\",", package(kind), member.name, field.key);
                }
            }
        }
    }
    text.push_str("}\n");
    text
}

fn path(kind: Kind, file: &str) -> String {
    format!("bindings-go/events/{}/{file}.go", package(kind))
}

/// A field of a structure: its name and type, what reads it, and what it means.
struct Member {
    name: String,
    type_name: String,
    reading: String,
    doc: String,
}

/// A structure of a package.
struct Structure {
    name: String,
    table: &'static Table,
    doc: String,
}

fn source(kind: Kind, table: &'static Table) -> String {
    let mut body = String::new();
    for one in structures(kind, table) {
        structure(&mut body, kind, &one);
        if one.name == EVENT {
            body.push_str(&PARSE.replace("KIND", &constant(kind)));
        }
    }
    format!("{HEAD}\n{}package {}\n\n{}{body}", package_doc(kind), package(kind), imports(kind, &body))
}

const EVENT: &str = "Event";

const FINDINGS: &str = "\
\t// Findings say where the payload was not what the documents promise.
\tFindings []event.Finding
";

const PARSE: &str = "
// Parse reads a payload, whatever its shape; only what is no JSON, or too large, is an error.
func Parse(payload []byte) (*Event, error) {
	read := new(Event)
	if err := read.UnmarshalPayload(payload); err != nil {
		return nil, err
	}
	return read, nil
}

// UnmarshalPayload is Parse for handlers that ask for this type.
func (e *Event) UnmarshalPayload(payload []byte) error {
	return event.Read(native.KIND, payload, func(fields *native.Fields) {
		e.read(fields)
		e.Findings = fields.Findings()
	})
}
";

fn event_doc(kind: Kind) -> String {
    format!(
        "Event is a trigger event of the kind `{}`, as the core reads it. What is not there is empty, or nil where that means something else.",
        kind.name()
    )
}

/// Packages that the SDK has too say it there.
fn package_doc(kind: Kind) -> String {
    let package = package(kind);
    if root().join(path(kind, &package)).exists() {
        return String::new();
    }
    format!("// Package {package} has the events of the kind `{}`.\n", kind.name())
}

fn imports(kind: Kind, body: &str) -> String {
    let mut standard = String::new();
    for (used, import) in [("json.", "encoding/json"), ("time.", "time")] {
        if body.contains(&format!(" {used}")) {
            let _ = writeln!(standard, "\t\"{import}\"");
        }
    }
    let separator = if standard.is_empty() { "" } else { "\n" };
    let mut own: Vec<String> = ["events/event", "internal/native"].map(str::to_owned).to_vec();
    let others = events().map(|(other, _)| other).filter(|&other| other != kind);
    own.extend(
        others
            .map(package)
            .filter(|other| body.contains(&format!(" {other}.")))
            .map(|other| format!("events/{other}")),
    );
    own.sort_unstable();
    let own: String = own.iter().map(|path| format!("\t\"huaweicloud.com/go-runtime/{path}\"\n")).collect();
    format!("import (\n{standard}{separator}{own})\n")
}

/// The structures of a package: the event, and the objects in it in the order in which they are met, each once.
fn structures(kind: Kind, table: &'static Table) -> Vec<Structure> {
    let mut all = vec![Structure { name: EVENT.to_owned(), table, doc: event_doc(kind) }];
    collect(&mut all, kind, table);
    all
}

/// Without the objects of other packages.
fn collect(all: &mut Vec<Structure>, kind: Kind, table: &'static Table) {
    for field in table.fields.iter().filter(|field| !field.moved) {
        let Some(inner) = field.kind.table() else { continue };
        if home(kind, inner) != kind || all.iter().any(|known| known.table.name == inner.name) {
            continue;
        }
        let name = type_name(kind, inner);
        let doc = format!("{name} is {}", object_doc(field));
        all.push(Structure { name, table: inner, doc });
        collect(all, kind, inner);
    }
}

fn object_doc(field: &Field) -> String {
    let (first, rest) = field.doc.split_at(1);
    let doc = first.to_lowercase() + rest;
    match field.kind {
        FieldKind::List(_) => format!("one of {doc}"),
        FieldKind::Object(_) => doc,
        _ => format!("what is documented of the contents of `{}`.", field.key),
    }
}

/// The type of an object in the package of its kind, by the field that has it there.
fn type_name(kind: Kind, table: &Table) -> String {
    fn key_of_list(within: &Table, name: &str) -> Option<&'static str> {
        within.fields.iter().filter(|field| !field.moved).find_map(|field| match field.kind {
            FieldKind::List(inner) if inner.name == name => Some(field.key),
            kind => key_of_list(kind.table()?, name),
        })
    }
    let key = kind.table().and_then(|event| key_of_list(event, table.name));
    key.map_or_else(|| object(kind, table), element)
}

/// The type of an object, as another structure of the package writes it, and the method that reads it.
fn qualified(kind: Kind, table: &Table) -> (String, &'static str) {
    match home(kind, table) {
        home if home == kind => (type_name(kind, table), reader(kind, table)),
        home => (format!("{}.{}", package(home), type_name(home, table)), reader(home, table)),
    }
}

/// Exported where another package reads such objects.
fn reader(kind: Kind, table: &Table) -> &'static str {
    let is_elsewhere = |(other, event): (Kind, &Table)| {
        other != kind
            && event
                .fields
                .iter()
                .filter_map(|field| field.kind.table())
                .any(|inner| inner.name == table.name && home(other, inner) == kind)
    };
    if events().any(is_elsewhere) { "ReadFields" } else { "read" }
}

fn structure(out: &mut String, kind: Kind, Structure { name, table, doc }: &Structure) {
    let members = members(kind, table);
    let _ = write!(out, "\n// {doc}\ntype {name} struct {{\n");
    for Member { name, type_name, doc, .. } in &members {
        let _ = write!(out, "\t// {doc}\n\t{name} {type_name}\n");
    }
    out.push_str(if name == EVENT { FINDINGS } else { "" });
    out.push_str("}\n");
    let receiver = name[..1].to_lowercase();
    let reader = reader(kind, table);
    if reader != "read" {
        let _ = write!(out, "\n// {reader} is for the packages of other events that have such an object.");
    }
    let _ = write!(out, "\nfunc ({receiver} *{name}) {reader}(fields *native.Fields) {{\n");
    for Member { reading, .. } in &members {
        let _ = writeln!(out, "\t{}", reading.replace("SELF", &receiver));
    }
    out.push_str("}\n");
}

/// The fields in the order in which C gives them.
fn members(kind: Kind, table: &Table) -> Vec<Member> {
    let fields =
        table.fields.iter().filter(|field| !field.moved).flat_map(|field| of_field(kind, table, field));
    let extras =
        extras(table).into_iter().map(|(name, extra)| simple(&exported(name), "string", "Text", extra.doc()));
    fields.chain(extras).collect()
}

fn simple(name: &str, type_name: &str, method: &str, doc: &str) -> Member {
    let reading = format!("SELF.{name} = fields.{method}()");
    Member { name: name.to_owned(), type_name: type_name.to_owned(), reading, doc: doc.to_owned() }
}

fn of_field(kind: Kind, table: &Table, field: &Field) -> Vec<Member> {
    let (name, doc) = (exported(field.key), field.doc);
    let text = || match OF_USERS.contains(&field.key) {
        true => simple(&name, "*string", "Optional", &format!("{doc} Nil if there is none.")),
        false => simple(&name, "string", "Text", doc),
    };
    let raw = || {
        let doc = format!("{name} without its base64; as it came, with a finding, if it is not base64.");
        simple(&format!("Raw{name}"), "[]byte", "Bytes", &doc)
    };
    let inner = |table| {
        let doc = format!("What is documented of the contents of {name}.");
        nested(kind, table, &format!("{name}Fields"), &doc)
    };
    match field.kind {
        FieldKind::Text | FieldKind::JsonText(None) => vec![text()],
        FieldKind::JsonText(Some(table)) => vec![text(), inner(table)],
        FieldKind::Base64(_) => vec![text(), raw()],
        FieldKind::Base64Json(table) => vec![text(), raw(), inner(table)],
        FieldKind::Boolean => {
            vec![simple(&name, "bool", "Bool", &format!("{doc} False if the event does not say."))]
        }
        FieldKind::Number => vec![
            simple(&name, "int64", "Number", &format!("{doc} Zero also if it is no integer of 64 bits.")),
            simple(&format!("{name}Text"), "string", "Text", &format!("The digits of {name} as they came.")),
        ],
        FieldKind::Time(_) => vec![
            simple(&name, "string", "Text", &format!("{doc} As it came.")),
            simple(
                &time(table, field.key),
                "time.Time",
                "Time",
                &format!("{name} as a time, in UTC; the zero time if it is none."),
            ),
        ],
        FieldKind::Any(None) => vec![simple(&name, "json.RawMessage", "JSON", &format!("{doc} As it came."))],
        FieldKind::Any(Some((_, table))) => {
            vec![simple(&name, "json.RawMessage", "JSON", &format!("{doc} As it came.")), inner(table)]
        }
        FieldKind::Map => vec![simple(&name, "event.Values", "Pairs", doc)],
        FieldKind::Texts => {
            vec![simple(&name, "[]string", "Texts", &format!("{doc} A null among them is an empty text."))]
        }
        FieldKind::Object(table) => vec![nested(kind, table, &name, doc)],
        FieldKind::List(table) => vec![list(kind, table, &name, doc)],
    }
}

fn nested(kind: Kind, table: &Table, name: &str, doc: &str) -> Member {
    let (type_name, reader) = qualified(kind, table);
    Member {
        name: name.to_owned(),
        type_name,
        reading: format!("SELF.{name}.{reader}(fields)"),
        doc: doc.to_owned(),
    }
}

fn list(kind: Kind, table: &Table, name: &str, doc: &str) -> Member {
    let (type_name, reader) = qualified(kind, table);
    let reading = format!(
        "SELF.{name} = make([]{type_name}, fields.Count())\n\tfor i := range SELF.{name} {{\n\t\tSELF.{name}[i].{reader}(fields)\n\t}}"
    );
    Member { name: name.to_owned(), type_name: format!("[]{type_name}"), reading, doc: doc.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique() {
        for (kind, table) in events() {
            let mut types = HashSet::new();
            for Structure { name, table, .. } in structures(kind, table) {
                assert!(types.insert(name.clone()), "{} has two types {name}", package(kind));
                let mut names = HashSet::from(["Findings".to_owned()]);
                for member in members(kind, table) {
                    assert!(
                        names.insert(member.name.clone()),
                        "{}.{name}.{} needs another name",
                        package(kind),
                        member.name
                    );
                }
            }
        }
    }

    #[test]
    fn an_object_of_two_events_is_one_type() {
        let (kind, table) = events().find(|(kind, _)| *kind == Kind::EventGrid).unwrap();
        let source = source(kind, table);
        assert!(
            source.contains("\tDataFields obs.Record\n")
                && source.contains("e.DataFields.ReadFields(fields)"),
            "{source}"
        );
        assert!(source.contains("\t\"huaweicloud.com/go-runtime/events/obs\"\n"), "{source}");
    }
}
