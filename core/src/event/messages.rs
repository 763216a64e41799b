//! Events of message queues with topics, whose senders have the same members in different places.

use super::declare::object;
use super::finding::Findings;
use super::record::{Record, Slot};
use crate::json::{Document, Value};

object! {
    /// Messages of one topic.
    TopicRecord, TOPIC_RECORD;
    rows {
        messages: Texts "messages", "The messages' texts. Keys, headers and offsets are not sent.";
        topic_id: Text "topic_id", "The topic's name.";
        instance_id: Text "instance_id", "The instance's id, if it is another than the event's.";
    }
}

/// Older documents have the instance inside the records, still older ones have no records at all.
pub(super) fn arrange_by_topic<'d>(event: &mut Record, object: Value<'d>, findings: &mut Findings<'d>) {
    make_record(event, findings);
    lift_instance(event, object.document(), findings);
}

/// An event without records that has the members of one is read as having one.
fn make_record(event: &mut Record, findings: &mut Findings<'_>) {
    let moved = ["messages", "topic_id"];
    let is_flat = matches!(event.slot_of("records"), Some(Slot::Absent | Slot::Null))
        && moved.iter().any(|key| !matches!(event.slot_of(key), Some(Slot::Absent)));
    if !is_flat {
        return;
    }
    let mut record = Record::empty(&TOPIC_RECORD);
    for key in moved {
        let Some(old) = event.slot_of(key).filter(|old| !matches!(old, Slot::Absent)) else { continue };
        findings.note_at(&format!("/{key}"), "a member of a record", "`records`");
        if let Some(slot) = record.slot_of(key) {
            *slot = std::mem::replace(old, Slot::Absent);
        }
    }
    if let Some(records) = event.slot_of("records") {
        *records = Slot::List(vec![Some(record)]);
    }
}

/// The instance of a record is the event's, unless the event names another.
fn lift_instance(event: &mut Record, document: &Document, findings: &mut Findings<'_>) {
    let Some(records) = event.slot_of("records").map(|slot| std::mem::replace(slot, Slot::Absent)) else {
        return;
    };
    let Slot::List(mut list) = records else { return event.put("records", records) };
    for (index, record) in list.iter_mut().enumerate() {
        let Some(slot) = record.as_mut().and_then(|record| record.slot_of("instance_id")) else { continue };
        let Slot::Text(instance) = slot else { continue };
        let own = instance.get(document);
        let is_same = match event.slot_of("instance_id") {
            Some(Slot::Text(known)) => known.get(document) == own,
            Some(unset) => {
                *unset = Slot::Text(instance.clone());
                true
            }
            None => false,
        };
        if is_same {
            *slot = Slot::Absent;
            findings.note_at(
                &format!("/records/{index}/instance_id"),
                "a member of the event",
                "`instance_id`",
            );
        }
    }
    event.put("records", Slot::List(list));
}

/// The other way round: an instance beside the records is that of every record that names none.
pub(super) fn lower_instance<'d>(event: &mut Record, _object: Value<'d>, findings: &mut Findings<'d>) {
    let Some(Slot::Text(instance)) = event.slot_of("instance_id").cloned() else { return };
    let Some(Slot::List(records)) = event.slot_of("records") else { return };
    for slot in records.iter_mut().flatten().filter_map(|record| record.slot_of("instance_id")) {
        if matches!(slot, Slot::Absent | Slot::Null) {
            *slot = Slot::Text(instance.clone());
        }
    }
    findings.note_at("/instance_id", "a member of a record", "`records`");
    event.put("instance_id", Slot::Absent);
}
