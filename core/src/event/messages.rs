//! Events of message queues with topics, whose senders have the same members in different places.

use super::declare::object;
use super::finding::Findings;
use super::record::{Record, Slot};
use super::text::Text;
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
pub(super) fn arrange_by_topic(event: &mut Record, object: Value<'_>, findings: &mut Findings<'_>) {
    make_record(event, findings);
    lift_instance(event, object.document(), findings);
}

const MOVED: [&str; 2] = ["messages", "topic_id"];

/// An event without records that has the members of one is read as having one.
fn make_record(event: &mut Record, findings: &mut Findings<'_>) {
    let is_flat = matches!(event.slot_of("records"), Some(Slot::Absent | Slot::Null));
    let mut record = Record::empty(&TOPIC_RECORD);
    let mut is_made = false;
    for key in MOVED {
        let Some(old) = event.slot_of(key).filter(|old| !matches!(old, Slot::Absent)) else { continue };
        findings.note_at(
            &format!("/{key}"),
            "a member of a record",
            if is_flat { "`records`" } else { "unset" },
        );
        if let (true, Some(slot)) = (is_flat, record.slot_of(key)) {
            *slot = std::mem::replace(old, Slot::Absent);
            is_made = true;
        }
    }
    if is_made {
        event.put("records", Slot::List(vec![Some(record)]));
    }
}

/// The instance of a record is the event's, unless the event names another.
fn lift_instance(event: &mut Record, document: &Document, findings: &mut Findings<'_>) {
    let mut records = event.take("records");
    let (list, inner) = records.resolve_mut(document);
    if let Slot::List(list) = list {
        for (index, record) in list.iter_mut().enumerate() {
            let Some(slot) = record.as_mut().and_then(|record| record.slot_of("instance_id")) else {
                continue;
            };
            let Slot::Text(own) = slot else { continue };
            if is_or_becomes(event.slot_of("instance_id"), own.get(inner), document) {
                *slot = Slot::Absent;
                findings.note_at(
                    &format!("/records/{index}/instance_id"),
                    "a member of the event",
                    "`instance_id`",
                );
            }
        }
    }
    event.put("records", records);
}

/// Whether a slot is `text`, which it becomes if it is unset.
fn is_or_becomes(slot: Option<&mut Slot>, text: &str, document: &Document) -> bool {
    match slot {
        Some(Slot::Text(known)) => known.get(document) == text,
        Some(unset) => {
            *unset = Slot::Text(Text::owned(text));
            true
        }
        None => false,
    }
}

/// The other way round: an instance beside the records is that of every record that names none.
pub(super) fn lower_instance(event: &mut Record, object: Value<'_>, findings: &mut Findings<'_>) {
    let document = object.document();
    let Some(Slot::Text(instance)) = event.slot_of("instance_id").cloned() else { return };
    let mut records = event.take("records");
    let (list, inner) = records.resolve_mut(document);
    let mut is_used = false;
    if let Slot::List(list) = list {
        for slot in list.iter_mut().flatten().filter_map(|record| record.slot_of("instance_id")) {
            is_used |= is_or_becomes(Some(slot), instance.get(document), inner);
        }
    }
    event.put("records", records);
    findings.note_at("/instance_id", "a member of a record", if is_used { "`records`" } else { "unset" });
    if is_used {
        event.put("instance_id", Slot::Absent);
    }
}
