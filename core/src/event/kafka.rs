//! Events of Kafka, hosted or self-hosted: nothing tells the two apart.

use super::Kind;
use super::declare::trigger;
use super::messages::{TOPIC_RECORD, TopicRecord, TopicRecordMut, arrange_by_topic};

trigger! {
    /// Messages of one or several topics. No message id is sent by which repetitions were known.
    KafkaTriggerEvent, KAFKA, Kind::Kafka;
    marks [TRIGGER_TYPE_OF_KAFKA = "KAFKA"];
    debug [instance_id, event_time];
    rows {
        event_version: Text "event_version", "The event's version, `v1.0`.";
        trigger_type: Text "trigger_type", "Always `KAFKA`.";
        region: Text "region", "The region's name.";
        event_time: Time(Seconds) "event_time", "When the event was made, in seconds.";
        instance_id: Text "instance_id", "The Kafka instance's id.";
        records: List(TopicRecord, TOPIC_RECORD) "records", "The messages by topic.";
    }
    moved {
        messages: Texts "messages", "Belongs into a record.";
        topic_id: Text "topic_id", "Belongs into a record.";
    }
    arrange arrange_by_topic;
}
