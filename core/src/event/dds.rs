//! Events of the Document Database Service: changes of a collection.

use super::Kind;
use super::declare::{object, trigger, view};

trigger! {
    /// Changes of a collection.
    DdsTriggerEvent, DDS, Kind::Dds;
    rows {
        records: List(DdsRecord, DDS_RECORD) "records", "The changes.";
    }
}

object! {
    /// One change, with where it happened.
    DdsRecord, DDS_RECORD;
    rows {
        event_name: Text "event_name", "What was done: `insert`, …";
        event_version: Text "event_version", "The record's version, `1.0`.";
        event_source: Text "event_source", "Always `dds`.";
        region: Text "region", "The region's name.";
        event_source_id: Text "event_source_id", "The database instance's id.";
        dds: Object(MongoChange, MONGO_CHANGE) "dds", "The change.";
    }
}

object! {
    /// One change of a document. Older documents have objects where these are texts of JSON.
    MongoChange, MONGO_CHANGE;
    rows {
        size_bytes: Text "size_bytes", "The size in bytes, in digits.";
        token: JsonText(MongoToken, MONGO_TOKEN) "token", "JSON of the position in the stream of changes.";
        full_document: JsonText "full_document", "The document in MongoDB's extended JSON.";
        ns: JsonText(MongoNamespace, MONGO_NAMESPACE) "ns", "JSON of where the document is.";
    }
}

view! {
    /// A position in the stream of changes.
    MongoToken, MONGO_TOKEN;
    rows {
        data: Text "_data", "The position, in hexadecimal digits.";
    }
}

view! {
    /// Where a document is.
    MongoNamespace, MONGO_NAMESPACE;
    rows {
        db: Text "db", "The database.";
        coll: Text "coll", "The collection.";
    }
}
