//! Field tables: what the documents promise of each trigger event, one row a field, in canonical order.
//!
//! Everything generic about events (tolerant reading, findings, canonical and wire form) reads these tables, and so do
//! the generators of the other languages' accessors: a field is written down once.

/// The documented fields of one JSON object of an event.
#[derive(Debug)]
pub struct Table {
    /// The object's type name in the official SDKs.
    pub name: &'static str,
    /// The fields in canonical order.
    pub fields: &'static [Field],
}

/// One documented field.
#[derive(Debug)]
pub struct Field {
    /// The key on the wire; case matters.
    pub key: &'static str,
    /// The documented type, which is also the canonical one.
    pub kind: FieldKind,
    /// Whether the platform itself sends `null` here, so that `null` is worth no finding.
    pub nullable: bool,
    /// What the field means, for the documentation of every language.
    pub doc: &'static str,
}

/// The documented type of a field.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// A string.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A point in time as text; canonical JSON adds `<key>_epoch_ms` when the text could be read.
    Time,
    /// An object that maps names to one or several texts.
    Map,
    /// An object with documented fields.
    Object(&'static Table),
}

impl Table {
    /// The row whose key is `key`.
    pub(super) fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// The time field from which the member `key` is derived, if it is one of our own additions to canonical JSON.
    pub(super) fn derived_from(&self, key: &str) -> Option<usize> {
        let base = self.position(key.strip_suffix(EPOCH_MS)?)?;
        matches!(self.fields[base].kind, FieldKind::Time).then_some(base)
    }
}

/// What canonical JSON appends to the key of a time field for its value in milliseconds since 1970-01-01T00:00:00Z.
pub(super) const EPOCH_MS: &str = "_epoch_ms";

/// Declares a table together with one constant per row, so that accessors cannot name a field that is not there.
macro_rules! table {
    (
        $(#[$doc:meta])*
        $table:ident: $name:literal;
        $($constant:ident: $key:literal $kind:ident $(($inner:expr))? $(or $null:ident)?, $field_doc:literal;)*
    ) => {
        $(#[$doc])*
        pub(in crate::event) static $table: $crate::event::field::Table = $crate::event::field::Table {
            name: $name,
            fields: &[$($crate::event::field::Field {
                key: $key,
                kind: $crate::event::field::FieldKind::$kind $((&$inner))?,
                nullable: table!(@nullable $($null)?),
                doc: $field_doc,
            }),*],
        };
        table!(@count 0; $($constant)*);
    };
    (@nullable null) => { true };
    (@nullable) => { false };
    (@count $index:expr; $constant:ident $($rest:ident)*) => {
        const $constant: usize = $index;
        table!(@count $index + 1; $($rest)*);
    };
    (@count $index:expr;) => {};
}
pub(super) use table;
