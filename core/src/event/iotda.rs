//! Events of the IoT Device Access platform.

use super::Kind;
use super::declare::{object, trigger};
use super::finding::Findings;
use super::record::{Record, Slot};
use crate::json::Value;

trigger! {
    /// What happened to a device, a product or a task.
    IotdaTriggerEvent, IOTDA, Kind::Iotda;
    debug [resource, event];
    rows {
        resource: Text "resource", "What it happened to, for example `device.property`.";
        event: Text "event", "What happened, for example `report`.";
        event_time: Time(Compact) "event_time", "When it happened, for example `20260703T183519Z`.";
        event_time_ms: Time(Rfc3339) "event_time_ms", "The same by RFC 3339, with milliseconds.";
        request_id: Text "request_id", "The request's id, by which repetitions are known.";
        notify_data: Object(IotdaNotifyData, IOTDA_NOTIFY_DATA) "notify_data", "The device, and what it said.";
    }
    moved {
        body: Any(IotdaBody, IOTDA_BODY, "services") "body", "Belongs into `notify_data`.";
    }
    arrange move_body;
}

object! {
    /// A device, and what it said.
    IotdaNotifyData, IOTDA_NOTIFY_DATA;
    rows {
        header: Object(IotdaHeader, IOTDA_HEADER) "header", "The device; events of products and tasks have none.";
        body: Any(IotdaBody, IOTDA_BODY, "services") "body", "What it said, by `resource`; typed where it reports properties.";
    }
}

object! {
    /// A device.
    IotdaHeader, IOTDA_HEADER;
    rows {
        app_id: Text "app_id", "The resource space's id.";
        device_id: Text "device_id", "The device's id.";
        node_id: Text "node_id", "The device's own id.";
        product_id: Text "product_id", "The product's id.";
        gateway_id: Text "gateway_id", "The gateway's id; a device without one has its own.";
        tags: List(IotdaTag, IOTDA_TAG) "tags", "The device's tags.";
    }
}

object! {
    /// A tag of a device.
    IotdaTag, IOTDA_TAG;
    rows {
        tag_key: Text "tag_key", "The tag's key.";
        tag_value: Text "tag_value", "The tag's value.";
    }
}

object! {
    /// A report of properties.
    IotdaBody, IOTDA_BODY;
    rows {
        services: List(IotdaService, IOTDA_SERVICE) "services", "The properties by service.";
    }
}

object! {
    /// Properties of one service of a device.
    IotdaService, IOTDA_SERVICE;
    rows {
        service_id: Text "service_id", "The service's id.";
        properties: Any "properties", "Values by name, as the device sent them.";
        event_time: Time(Compact) "event_time", "When they were measured.";
    }
}

/// The documents' own samples of status events have the body beside the place where others have it.
fn move_body(event: &mut Record, object: Value<'_>, findings: &mut Findings<'_>) {
    let body = event.take("body");
    if !is_there(&body) {
        return event.put("body", body);
    }
    let mut data = event.take("notify_data");
    if !is_there(&data) {
        data = Slot::Object(Box::new(Record::empty(&IOTDA_NOTIFY_DATA)));
    }
    let is_elsewhere = matches!(data, Slot::Elsewhere(_));
    let place = match data.resolve_mut(object.document()) {
        (Slot::Object(data), _) => data.slot_of("body").filter(|body| !is_there(body)),
        _ => None,
    };
    findings.note_at(
        "/body",
        "a member of `notify_data`",
        if place.is_some() { "`notify_data`" } else { "unset" },
    );
    match place {
        Some(place) if is_elsewhere => *place = body.moved_from(object.document()),
        Some(place) => *place = body,
        None => event.put("body", body),
    }
    event.put("notify_data", data);
}

fn is_there(slot: &Slot) -> bool {
    !matches!(slot, Slot::Absent | Slot::Null)
}
