//! Events of GaussDB(for Mongo), now GeminiDB: those of the Document Database Service under other names.

use super::Kind;
use super::dds::{MONGO_CHANGE, MONGO_TOKEN, MongoChange, MongoChangeMut, MongoToken};
use super::declare::{object, trigger};
use super::finding::Findings;
use super::record::{Record, Slot};
use super::text::Text;
use crate::json::Value;

trigger! {
    /// Changes of a collection.
    GaussMongoTriggerEvent, GAUSS_MONGO, Kind::GaussMongo;
    rows {
        records: List(GaussMongoRecord, GAUSS_MONGO_RECORD) "records", "The changes.";
        vernier: JsonText(MongoToken, MONGO_TOKEN) "vernier", "JSON of the position to go on from.";
    }
}

object! {
    /// One change, with where it happened.
    GaussMongoRecord, GAUSS_MONGO_RECORD;
    rows {
        event_name: Text "event_name", "What was done: `insert`, …; in the documents' own sample with quotes around it, which are not read.";
        event_version: Text "event_version", "The record's version, `1.0`.";
        event_source: Text "event_source", "Always `gauss_mongo`.";
        region: Text "region", "The region's name.";
        event_source_id: Text "event_source_id", "The database instance's id.";
        gauss_mongo: Object(MongoChange, MONGO_CHANGE) "gauss_mongo", "The change.";
    }
    arrange unquote_name;
}

fn unquote_name(record: &mut Record, object: Value<'_>, findings: &mut Findings<'_>) {
    let Some(quoted) = object.member("event_name").and_then(Value::text) else { return };
    let mut name = quoted.as_ref();
    while let Some(inner) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        name = inner;
    }
    if name.len() < quoted.len() {
        findings.note_at("/event_name", "text in quotes", "text without them");
        record.slots[EVENT_NAME_OF_GAUSS_MONGO_RECORD] = Slot::Text(Text::owned(name));
    }
}
