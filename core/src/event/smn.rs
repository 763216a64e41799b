//! Events of Simple Message Notification. The list of records is called `record`, without an s.

use super::Kind;
use super::declare::{object, trigger};

trigger! {
    /// Messages published to a topic.
    SmnTriggerEvent, SMN, Kind::Smn;
    rows {
        record: List(SmnRecord, SMN_RECORD) "record", "The messages; several are possible.";
        functionname: Text "functionname", "The function's name. Only the console's test events have it.";
        request_id: Text "requestId", "An id. Only the console's test events have it.";
        timestamp: Text "timestamp", "A date as JavaScript prints it. Only the console's test events have it; see the messages' own.";
    }
}

object! {
    /// One message, with how it got here.
    SmnRecord, SMN_RECORD;
    rows {
        event_version: Text "event_version", "The record's version, `1.0`.";
        event_source: Text "event_source", "Always `smn`.";
        event_subscription_urn: Text "event_subscription_urn", "The function's URN.";
        smn: Object(SmnBody, SMN_BODY) "smn", "The message.";
    }
}

object! {
    /// One message of a topic.
    SmnBody, SMN_BODY;
    rows {
        topic_urn: Text "topic_urn", "The topic's URN.";
        message_id: Text "message_id", "The message's id, by which repetitions are known.";
        r#type: Text "type", "Always `notification`.";
        subject: Text "subject" or Null, "The message's subject.";
        timestamp: Time(Rfc3339) "timestamp", "When the message was published: RFC 3339 with seconds in UTC.";
        message: Text "message", "The message, at most 256 KB; often JSON, for example a whole OBS event.";
        message_attributes: Map "message_attributes" or Null, "Attributes by name; mostly null. The texts `None` and the empty one were seen instead.";
    }
}

impl SmnBody<'_> {
    super::accessors::getter! { @json [] SMN_BODY message }
}
