//! bindings-go/internal/native/: what puts all fields of an event one after another, in C, so that Go crosses to it once for an
//! event. The fields of an object come in the order of its table, those of an inner one in its place; `reading` takes them so.

use super::HEAD;
use super::names::constant;
use crate::accessors::singular;
use crate::generated::File;
use crate::tables::events;
use fgruntime_core::event::field::{Field, FieldKind, Table};
use fgruntime_core::event::{Extra, Kind};
use std::fmt::Write;

const FOLDER: &str = "bindings-go/internal/native";

/// A file in C for each kind, one that chooses among them, and the numbers of kinds for Go.
pub(super) fn files() -> Vec<File> {
    let one = |(kind, table): (Kind, &'static Table)| File {
        path: format!("{FOLDER}/fields_{}.c", kind.name()),
        text: source(kind, table),
    };
    let mut files: Vec<File> = events().map(one).collect();
    files.push(File { path: format!("{FOLDER}/fields.c"), text: choice() });
    files.push(File { path: format!("{FOLDER}/kinds.go"), text: constants() });
    files
}

/// Without cgo, Go refuses folders with files in C for a reason that says nothing.
fn c_head() -> String {
    format!("{HEAD}\n//go:build cgo\n// +build cgo\n\n#include \"fields.h\"\n\n")
}

fn choice() -> String {
    let mut text = c_head();
    for (kind, _) in events() {
        let _ = writeln!(text, "void fgo_fields_{}(fgo_fields *fields, const fg_event *event);", kind.name());
    }
    text.push_str("\nvoid fgo_fields_of(fgo_fields *fields, const fg_event *event) {\n    switch (fg_event_kind(event)) {\n");
    for (kind, _) in events() {
        let name = kind.name();
        let _ = writeln!(
            text,
            "    case FG_KIND_{}: fgo_fields_{name}(fields, event); break;",
            name.to_uppercase()
        );
    }
    text.push_str("    default: break;\n    }\n}\n");
    text
}

fn constants() -> String {
    let mut text = format!(
        "{HEAD}\npackage native\n\n/*\n#include <fgruntime.h>\n*/\nimport \"C\"\n\n// The kinds whose fields are known.\nconst (\n"
    );
    let width = events().map(|(kind, _)| constant(kind).len()).max().unwrap_or_default();
    for (kind, _) in events() {
        let _ = writeln!(text, "\t{:width$} = int(C.FG_KIND_{})", constant(kind), kind.name().to_uppercase());
    }
    text.push_str(")\n");
    text
}

fn source(kind: Kind, table: &Table) -> String {
    let mut text = c_head();
    let _ = writeln!(text, "void fgo_fields_{}(fgo_fields *fields, const fg_event *event) {{", kind.name());
    Writer { kind, prefix: String::new(), indexes: Vec::new(), depth: 1, out: &mut text }.object(table);
    text.push_str("}\n");
    text
}

struct Writer<'a> {
    kind: Kind,
    /// What the names of functions have before the field's.
    prefix: String,
    /// The variables that say which elements the object is in.
    indexes: Vec<String>,
    depth: usize,
    out: &'a mut String,
}

impl Writer<'_> {
    fn object(&mut self, table: &Table) {
        for field in table.fields.iter().filter(|field| !field.moved) {
            self.field(field);
        }
        for (name, _) in extras(table) {
            // The library answers for records, also where there is only one.
            let index = self.indexes.last().map_or("0", String::as_str);
            let call = format!("fg_obs_record_{name}(event, {index})");
            self.put("text", &call);
        }
    }

    fn field(&mut self, field: &Field) {
        let name = field.name();
        match field.kind {
            FieldKind::Text | FieldKind::JsonText(_) | FieldKind::Any(_) => self.get("text", &name),
            FieldKind::Base64(_) | FieldKind::Base64Json(_) => {
                self.get("text", &name);
                self.get("bytes", &format!("raw_{name}"));
            }
            FieldKind::Boolean => self.get("number", &name),
            FieldKind::Number => {
                self.get("number", &name);
                self.get("text", &format!("{name}_text"));
            }
            FieldKind::Time(_) => {
                self.get("text", &name);
                self.get("number", &format!("{name}_epoch_ms"));
            }
            FieldKind::Map => self.get("map", &name),
            FieldKind::Texts => self.each(&name, |writer, one| {
                let call = writer.call_at(singular(&name), &[one]);
                writer.put("text", &call);
            }),
            FieldKind::List(inner) => self.each(&name, |writer, one| {
                writer.indexes.push(one.to_owned());
                writer.inside(singular(&name), inner);
                writer.indexes.pop();
            }),
            FieldKind::Object(_) => {}
        }
        match field.kind {
            FieldKind::List(_) => {}
            kind => kind.table().into_iter().for_each(|inner| self.inside(&name, inner)),
        }
    }

    fn inside(&mut self, name: &str, table: &Table) {
        let outside = self.prefix.clone();
        let _ = write!(self.prefix, "{name}_");
        self.object(table);
        self.prefix = outside;
    }

    /// How many elements there are, and then each.
    fn each(&mut self, name: &str, element: impl FnOnce(&mut Self, &str)) {
        let one = singular(name);
        let indent = self.indent();
        let count = self.call_at(&format!("{one}_count"), &[]);
        let _ = writeln!(self.out, "{indent}const size_t {one}_count = fgo_count(fields, {count});");
        let _ = writeln!(self.out, "{indent}for (size_t {one} = 0; {one} < {one}_count; {one}++) {{");
        self.depth += 1;
        element(self, one);
        self.depth -= 1;
        let _ = writeln!(self.out, "{indent}}}");
    }

    fn get(&mut self, what: &str, name: &str) {
        let call = self.call_at(name, &[]);
        self.put(what, &call);
    }

    fn put(&mut self, what: &str, call: &str) {
        let indent = self.indent();
        let _ = writeln!(self.out, "{indent}fgo_{what}(fields, {call});");
    }

    fn call_at(&self, name: &str, more: &[&str]) -> String {
        let indexes = self.indexes.iter().map(String::as_str).chain(more.iter().copied());
        let indexes: String = indexes.map(|index| format!(", {index}")).collect();
        format!("fg_{}_{}{name}(event{indexes})", self.kind.name(), self.prefix)
    }

    fn indent(&self) -> String {
        "    ".repeat(self.depth)
    }
}

/// What a record from OBS has besides its fields: its own, and those of its object.
pub(super) fn extras(table: &Table) -> Vec<(&'static str, Extra)> {
    let mut extras = Extra::of(table).to_vec();
    if !extras.iter().any(|&(_, extra)| extra == Extra::BucketName) {
        return Vec::new();
    }
    let inner = table.fields.iter().filter_map(|field| field.kind.table());
    for inner in inner.flat_map(|inner| inner.fields).filter_map(|field| field.kind.table()) {
        let news = Extra::of(inner).iter().filter(|(name, _)| extras.iter().all(|(known, _)| known != name));
        extras.extend(news.copied().collect::<Vec<_>>());
    }
    extras
}
