//! Events of EventGrid: CloudEvents 1.0, whatever the source. A rule that transforms them may send any JSON instead, which is an
//! event of unknown kind.

use super::Kind;
use super::declare::trigger;
use super::obs::{OBS_RECORD, ObsRecord, ObsRecordMut};

trigger! {
    /// One CloudEvent. Attributes of extensions are kept among the unknown fields.
    EventGridEvent, EVENT_GRID, Kind::EventGrid;
    marks [SPECVERSION_OF_EVENT_GRID = "1.0"];
    debug [id, source, r#type];
    rows {
        specversion: Text "specversion", "The version of CloudEvents, `1.0`.";
        id: Text "id", "The event's id, by which repetitions are known.";
        source: Text "source", "Where it is from, for example `HC.OBS`.";
        r#type: Text "type", "What happened, for example `OBS:DWR:ObjectCreated:PUT`.";
        time: Time(Rfc3339) "time", "When it happened: RFC 3339, with up to nine digits after the second.";
        datacontenttype: Text "datacontenttype", "Always `application/json`.";
        subject: Text "subject", "What it is about; of OBS the object's key.";
        dataschema: Text "dataschema", "The schema of `data`; mostly empty.";
        ttl: Text "ttl", "How long the event is kept, in digits.";
        data: Any(ObsRecord, OBS_RECORD, "obs") "data", "What the source says; of OBS a record in its own layout.";
    }
}
