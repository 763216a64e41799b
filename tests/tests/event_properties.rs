//! Reading events, held against rules that no list of cases is long enough for. The texts are made along the field tables: mostly what
//! the documents promise, mixed with any other JSON, in any spelling.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fgruntime_core::Event;
use fgruntime_core::event::field::{Field, FieldKind, Table, TimeFormat};
use fgruntime_core::event::{Fields, Finding, Kind, Limits, SetError};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Canonical JSON may be longer than what was read (`\ufffd` for a byte) and nest deeper (objects for texts), so that the default
/// limits are for payloads only.
const LIMITS: Limits = Limits { max_depth: 1024, max_bytes: 64 << 20 };

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_read_as_any_kind(json in event_json()) {
        for &kind in Kind::ALL {
            let event = read(kind, &json);
            let canonical = check_copies(&event)?;
            let detected = Event::parse(canonical.clone()).unwrap();
            prop_assert_eq!(Kind::of(canonical.as_bytes()), detected.kind());
        }
    }

    #[test]
    fn the_kind_is_found_without_reading(json in event_json()) {
        let event = Event::parse(json.clone()).unwrap();
        prop_assert_eq!(Kind::of(json.as_bytes()), event.kind());
        // A text of JSON in the place of a queue's records says nothing of its kind; canonical JSON has the records themselves.
        prop_assume!(!event.findings().iter().any(|finding| finding.path == "/records" && finding.found == "string"));
        let canonical = Event::parse(event.to_canonical()).unwrap();
        prop_assert_eq!(canonical.kind(), event.kind(), "after {}", event.to_canonical());
    }

    #[test]
    fn the_kind_of_anything_is_found(bytes in vec(any::<u8>(), 0..200)) {
        let _ = Kind::of(&bytes);
        let _ = Event::parse(bytes);
    }

    #[test]
    fn the_kind_of_broken_json_is_found(json in event_json(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = json.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Kind::of(&bytes);
        let _ = Kind::of(&bytes[..at]);
        if let Ok(event) = Event::parse(bytes.clone()) {
            prop_assert_eq!(Kind::of(&bytes), event.kind());
            check_copies(&event)?;
        }
    }

    #[test]
    fn what_is_set_is_read((kind, values) in kind_and_values(|_| true)) {
        let mut event = Event::new(kind);
        for (place, value) in &values {
            set(&mut event, place, value)?;
        }
        let again = Event::parse_as(kind, event.to_wire(), &LIMITS).unwrap();
        prop_assert_eq!(again.to_canonical(), event.to_canonical());
        prop_assert_eq!(again.findings(), Vec::<Finding>::new());
        prop_assert_eq!(event.findings(), Vec::<Finding>::new());
    }

    #[test]
    fn what_is_set_in_a_payload_is_read((kind, values) in kind_and_values(has_one_place), json in event_json()) {
        let mut event = read(kind, &json);
        for (place, value) in &values {
            set(&mut event, place, value)?;
        }
        let again = Event::parse_as(kind, event.to_wire(), &LIMITS).unwrap();
        prop_assert_eq!(again.to_canonical(), event.to_canonical());
    }
}

fn read(kind: Kind, json: &str) -> Event {
    Event::parse_as(kind, json.to_owned(), &LIMITS).unwrap()
}

/// Checks that both forms of an event are read as the same event; returns the canonical one.
fn check_copies(event: &Event) -> Result<String, TestCaseError> {
    let _ = event.findings();
    if let Some(fields) = event.fields() {
        visit(fields);
    }
    let canonical = event.to_canonical();
    prop_assert_eq!(&read(event.kind(), &canonical).to_canonical(), &canonical);
    let wire = event.to_wire();
    prop_assert_eq!(&read(event.kind(), &wire).to_canonical(), &canonical, "by way of {}", wire);
    Ok(canonical)
}

/// Asks every row for everything.
fn visit(fields: Fields<'_>) {
    let _ = fields.to_json();
    fields.unknown().for_each(drop);
    for row in 0..=fields.table().fields.len() {
        let _ = (fields.text(row), fields.decoded(row), fields.boolean(row), fields.integer(row));
        let _ = (fields.epoch_ms(row), fields.json(row), fields.nested_json::<serde_json::Value>(row));
        fields.map(row).iter().for_each(drop);
        assert_eq!(
            fields.texts(row).last().flatten(),
            fields.text_at(row, fields.texts(row).len().wrapping_sub(1))
        );
        fields.object(row).into_iter().chain(fields.elements(row).flatten()).for_each(visit);
    }
}

/// A field that can be set: the rows and indexes down to it.
#[derive(Clone)]
struct Place {
    path: Vec<usize>,
    field: &'static Field,
}

/// Without the whole table.
impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.path, self.field.key)
    }
}

/// What a field is set to, as far as its type takes it.
#[derive(Clone, Debug)]
struct Value {
    text: String,
    number: i64,
    flag: bool,
    json: String,
}

/// Sets what the field's type takes. A field that cannot be there is left out, and nothing else changes.
fn set(event: &mut Event, place: &Place, value: &Value) -> Result<(), TestCaseError> {
    let Place { path, field } = place;
    let base64 = || STANDARD.encode(&value.text);
    let before = event.to_canonical();
    let set = match field.kind {
        FieldKind::Text => event.set_text(path, value.text.as_str()),
        FieldKind::JsonText(_) => event.set_text(path, object_of(&value.text)),
        FieldKind::Base64(_) => event.set_text(path, base64()),
        FieldKind::Base64Json(_) => event.set_text(path, STANDARD.encode(object_of(&value.text))),
        FieldKind::Time(TimeFormat::Compact) => event.set_text(path, "20260703T183519Z"),
        FieldKind::Time(TimeFormat::Rfc3339) => event.set_text(path, "2026-07-03T18:35:19+08:00"),
        FieldKind::Time(_) | FieldKind::Number => event.set_number(path, value.number),
        FieldKind::Boolean => event.set_boolean(path, value.flag),
        FieldKind::Any(_) => event.set_json(path, &value.json),
        FieldKind::Map => event.set_map_entry(path, &value.text, [value.json.as_str()]),
        FieldKind::Texts => event.set_texts(path, [value.text.as_str(), value.json.as_str()]),
        FieldKind::Object(_) | FieldKind::List(_) => Err(SetError::NoSuchField),
    };
    if let Err(error) = set {
        prop_assert!(matches!(error, SetError::BeyondEnd { .. }), "{:?}: {}", place, error);
        prop_assert_eq!(event.to_canonical(), before, "{:?} was not set", place);
    }
    Ok(())
}

fn object_of(text: &str) -> String {
    serde_json::json!({ "unknown": text }).to_string()
}

/// Whether a kind's members have one place only: what came in an old one goes to the new one when it is read, not when it is set.
fn has_one_place(kind: Kind) -> bool {
    kind.table().is_none_or(|table| !table.fields.iter().any(|field| field.moved))
}

fn kind_and_values(takes: fn(Kind) -> bool) -> impl Strategy<Value = (Kind, Vec<(Place, Value)>)> {
    let value = (text(), 0..100_000_000_000_i64, any::<bool>(), any_json());
    let value = value.prop_map(|(text, number, flag, json)| Value { text, number, flag, json }).boxed();
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|&kind| takes(kind)).collect();
    select(kinds).prop_flat_map(move |kind| {
        let mut places = Vec::new();
        if let Some(table) = kind.table() {
            add_places(table, &[], &mut places);
        }
        let most = places.len().min(24);
        let places = subsequence(places, 0..=most);
        (
            Just(kind),
            places.prop_flat_map({
                let value = value.clone();
                move |places| places.into_iter().map(|place| (Just(place), value.clone())).collect::<Vec<_>>()
            }),
        )
    })
}

/// Every field that goes where it is set, in lists in the first two elements.
fn add_places(table: &'static Table, above: &[usize], places: &mut Vec<Place>) {
    for (row, field) in table.fields.iter().enumerate().filter(|(_, field)| !field.moved) {
        let path = [above, &[row]].concat();
        match field.kind {
            FieldKind::Object(inner) => add_places(inner, &path, places),
            FieldKind::List(inner) => {
                (0..2).for_each(|index| add_places(inner, &[&path[..], &[index]].concat(), places));
            }
            // A queue's instance in a record is the event's, if that has none.
            _ if table.name == "TopicRecord" && field.key == "instance_id" => {}
            _ => places.push(Place { path, field }),
        }
    }
}

/// JSON along the table of some kind, with members of others between, or any other JSON.
fn event_json() -> impl Strategy<Value = String> {
    let any_json = any_json().boxed();
    let tables = Kind::ALL.iter().filter_map(|kind| kind.table());
    let events = tables.map(|table| object(table, &any_json)).collect::<Vec<_>>();
    let events = (0..events.len()).prop_flat_map(move |kind| events[kind].clone());
    prop_oneof![6 => events, 1 => any_json]
}

/// An object with some of the fields of a table, and other members, in any order.
fn object(table: &'static Table, any_json: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let field = |field: &'static Field| {
        let names: Vec<&str> = std::iter::once(field.key).chain(field.aliases.iter().copied()).collect();
        let value = prop_oneof![6 => field_value(field, any_json), 1 => Just("null".to_owned()), 1 => any_json.clone()];
        prop::option::weighted(0.5, member(spelled(select(names).prop_map(str::to_owned)), value))
    };
    let fields: Vec<_> = table.fields.iter().map(field).collect();
    let own: Vec<&str> = table.fields.iter().map(|field| field.key).collect();
    let other = prop_oneof![name(), select(own).prop_map(str::to_owned)];
    let others = vec(member(spelled(other), any_json.clone()).prop_map(Some), 0..3);
    (fields, others)
        .prop_map(|(fields, others)| fields.into_iter().chain(others).flatten().collect::<Vec<_>>())
        .prop_shuffle()
        .prop_map(|members| format!("{{{}}}", members.join(",")))
        .boxed()
}

/// What the documents promise of a field.
fn field_value(field: &'static Field, any_json: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    match field.kind {
        FieldKind::Text => spelled(text()).boxed(),
        FieldKind::JsonText(Some(inner)) => spelled(object(inner, any_json)).boxed(),
        FieldKind::JsonText(None) => spelled(any_json.clone()).boxed(),
        FieldKind::Base64(_) => spelled(text().prop_map(|text| STANDARD.encode(text))).boxed(),
        FieldKind::Base64Json(inner) => {
            spelled(object(inner, any_json).prop_map(|json| STANDARD.encode(json))).boxed()
        }
        FieldKind::Boolean => select(&["true", "false"][..]).prop_map(str::to_owned).boxed(),
        FieldKind::Number | FieldKind::Time(_) => prop_oneof![number(), spelled(text())].boxed(),
        FieldKind::Any(None) => any_json.clone(),
        FieldKind::Any(Some((_, inner))) => object(inner, any_json),
        FieldKind::Map => array_or_object('{', member(spelled(name()), any_json.clone())).boxed(),
        FieldKind::Texts => array_or_object('[', spelled(text())).boxed(),
        FieldKind::Object(inner) => or_its_text(object(inner, any_json)),
        FieldKind::List(inner) => or_its_text(array_or_object('[', object(inner, any_json)).boxed()),
    }
}

fn or_its_text(json: BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![6 => json.clone(), 1 => spelled(json)].boxed()
}

fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        select(&["null", "true", "false"][..]).prop_map(str::to_owned),
        number(),
        spelled(text()),
        select(&[r#""\ud800""#, r#""\udc00x""#, r#""\ud83d\ude00""#][..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            array_or_object('[', inner.clone()),
            array_or_object('{', member(spelled(name()), inner.clone())),
            spelled(inner),
        ]
    })
}

fn array_or_object(open: char, element: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let close = if open == '[' { ']' } else { '}' };
    vec(element, 0..4).prop_map(move |elements| format!("{open}{}{close}", elements.join(",")))
}

fn member(
    name: impl Strategy<Value = String>,
    value: impl Strategy<Value = String>,
) -> impl Strategy<Value = String> {
    let space = || select(&["", "", " ", "\n\t", "\r\n "][..]);
    (space(), name, space(), space(), value, space())
        .prop_map(|(a, name, b, c, value, d)| format!("{a}{name}{b}:{c}{value}{d}"))
}

/// A member's name: mostly one that means something somewhere.
fn name() -> impl Strategy<Value = String> {
    let mut names =
        vec!["", "message", "value", "unknown"].into_iter().map(str::to_owned).collect::<Vec<_>>();
    Kind::ALL.iter().filter_map(|kind| kind.table()).for_each(|table| add_names(table, &mut names));
    names.sort();
    names.dedup();
    prop_oneof![8 => select(names), 1 => text()]
}

fn add_names(table: &'static Table, names: &mut Vec<String>) {
    for field in table.fields {
        names.extend(std::iter::once(&field.key).chain(field.aliases).map(|&name| name.to_owned()));
        if matches!(field.kind, FieldKind::Time(_)) {
            names.push(format!("{}_epoch_ms", field.key));
        }
        if let Some(inner) = field.kind.table() {
            add_names(inner, names);
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let seen = [
        "",
        "TIMER",
        "KAFKA",
        "ROCKETMQ",
        "RABBITMQ",
        "null",
        "true",
        "False",
        "1",
        "1576737962",
        "1765788999507",
        "1.5",
        "2018-06-01T08:30:00+08:00",
        "2025-12-15T08:56:39.5075Z",
        "20260703T183519Z",
        "2016/12/08 11:07:28 GMT+08:00",
        "aGVsbG8=",
        "e30",
        "{}",
        "[]",
        "\"",
        "\\",
        "\u{fffd}",
        "\u{1}/~é😀",
    ];
    prop_oneof![3 => select(seen.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn number() -> impl Strategy<Value = String> {
    let seen = [
        "0",
        "1",
        "-0.0",
        "1.5",
        "1E+2",
        "1e400",
        "-1e-400",
        "1576737962",
        "1765788999507",
        "1765788999507.5",
        "9223372036854775808",
        "12345678901234567890123",
    ];
    prop_oneof![
        select(seen.to_vec()).prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string())
    ]
}

/// A text as a JSON string: as short as can be, or with some or all of it as escapes.
fn spelled(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let escaped = prop_oneof![6 => Just(usize::MAX), 1 => Just(1), 1 => 2_usize..5];
    (text, escaped).prop_map(|(text, every)| {
        if every == usize::MAX {
            return serde_json::Value::String(text).to_string();
        }
        let units = text.encode_utf16().enumerate().map(|(at, unit)| match char::from_u32(unit.into()) {
            Some(plain) if at % every != 0 && plain.is_ascii_alphanumeric() => plain.to_string(),
            _ => format!("\\u{unit:04x}"),
        });
        format!("\"{}\"", units.collect::<String>())
    })
}
