//! Events of the old Distributed Message Service, which is no longer offered.

use super::Kind;
use super::declare::{object, trigger};

trigger! {
    /// Messages of a queue. Known from the official classes only, no real event was seen.
    DmsTriggerEvent, DMS, Kind::Dms;
    debug [queue_id];
    rows {
        queue_id: Text "queue_id", "The queue's id.";
        region: Text "region", "The region's name.";
        event_type: Text "event_type", "The event's type.";
        consumer_group_id: Text "consumer_group_id", "The consumer group's id.";
        messages: List(DmsMessage, DMS_MESSAGE) "messages", "The messages, at most ten.";
    }
}

object! {
    /// One message of a queue.
    DmsMessage, DMS_MESSAGE;
    rows {
        body: Any "body", "The message: a text or JSON.";
        attributes: Map "attributes" or Null, "Attributes by name.";
    }
}
