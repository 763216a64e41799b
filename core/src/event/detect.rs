//! Which trigger sent a payload. No envelope says so; the shape of the root object does. Case matters: `record`, `records` and
//! `Records` are three triggers.

use super::Kind;
use crate::json::{Document, Look, Skim, ValueKind};

impl Kind {
    /// The kind of event that a payload has the shape of, found without reading all of it and without memory for it. For a payload
    /// that is not JSON it may be any.
    #[must_use]
    pub fn of(payload: &[u8]) -> Self {
        Shape::of(Skim::new(payload.strip_prefix("\u{feff}".as_bytes()).unwrap_or(payload))).kind()
    }
}

/// Whether a payload has the shape of an API Gateway event, at little cost for those that do not.
pub(crate) fn is_apig(payload: &[u8]) -> bool {
    // To search for the name takes a tenth of the time of reading the members. Only with an escape could it stand there otherwise.
    let holds = |text: &str| memchr::memmem::find(payload, text.as_bytes()).is_some();
    (holds("httpMethod") || holds("\\u")) && Kind::of(payload) == Kind::Apig
}

/// The kind of a document.
pub(super) fn kind_of(document: &Document) -> Kind {
    document.root().map_or(Kind::Unknown, |root| Shape::of(root).kind())
}

/// What was seen at the root, a bit each.
#[derive(Clone, Copy)]
struct Shape(u32);

macro_rules! bits {
    ($($bit:ident)*) => { bits!(@ 0; $($bit)*); };
    (@ $number:expr; $bit:ident $($rest:ident)*) => {
        const $bit: u32 = 1 << $number;
        bits!(@ $number + 1; $($rest)*);
    };
    (@ $number:expr;) => {};
}

bits! {
    HTTP_METHOD REQUEST_CONTEXT CTS LTS RECORD_SMN RECORDS_S3_OR_OBS RECORDS_DDS RECORDS_GAUSS_MONGO TIMER KAFKA ROCKETMQ RABBITMQ
    SHARD_ID MESSAGE SPECVERSION RESOURCE EVENT NOTIFY_DATA ASYNC_CONTEXT REQUEST_PAYLOAD INVOKING_EVENT POLICY_ASSIGNMENT_ID
    QUEUE_ID MESSAGES
}

/// What tells the kinds apart; the first that is there as a whole decides. Config is not among those that `trigger_type` names.
const KINDS: [(u32, Kind); 17] = [
    (HTTP_METHOD | REQUEST_CONTEXT, Kind::Apig),
    (CTS, Kind::Cts),
    (LTS, Kind::Lts),
    (RECORD_SMN, Kind::Smn),
    (RECORDS_S3_OR_OBS, Kind::Obs),
    (RECORDS_DDS, Kind::Dds),
    (RECORDS_GAUSS_MONGO, Kind::GaussMongo),
    (TIMER, Kind::Timer),
    (KAFKA, Kind::Kafka),
    (ROCKETMQ, Kind::RocketMq),
    (RABBITMQ, Kind::RabbitMq),
    (SHARD_ID | MESSAGE, Kind::Dis),
    (SPECVERSION, Kind::EventGrid),
    (RESOURCE | EVENT | NOTIFY_DATA, Kind::Iotda),
    (ASYNC_CONTEXT | REQUEST_PAYLOAD, Kind::AsyncDestination),
    (INVOKING_EVENT | POLICY_ASSIGNMENT_ID, Kind::Config),
    (QUEUE_ID | MESSAGES, Kind::Dms),
];

impl Shape {
    fn of<'d>(root: impl Look<'d>) -> Self {
        let mut seen = 0;
        root.for_each_member(&mut |name, value| {
            let (about, found) = marks(name, value);
            // Of duplicate members the last one counts.
            seen = seen & !about | found;
        });
        Self(seen)
    }

    fn kind(self) -> Kind {
        let fits = |&&(needed, _): &&(u32, Kind)| self.0 & needed == needed;
        KINDS.iter().find(fits).map_or(Kind::Unknown, |&(_, kind)| kind)
    }
}

/// The bits that a member is about, and those of them that it sets.
fn marks<'d>(name: &str, value: impl Look<'d>) -> (u32, u32) {
    let when = |bit, is_so: bool| (bit, if is_so { bit } else { 0 });
    let there = |bit| (bit, bit);
    match name {
        "httpMethod" => there(HTTP_METHOD),
        "requestContext" => there(REQUEST_CONTEXT),
        "cts" => when(CTS, value.kind() == Some(ValueKind::Object)),
        "lts" => (LTS, of_names(value, &[("data", LTS)])),
        "record" => in_first(value, &[("smn", RECORD_SMN)]),
        "Records" => in_first(value, &[("s3", RECORDS_S3_OR_OBS), ("obs", RECORDS_S3_OR_OBS)]),
        "records" => in_first(value, &[("dds", RECORDS_DDS), ("gauss_mongo", RECORDS_GAUSS_MONGO)]),
        "trigger_type" => {
            let types = [("TIMER", TIMER), ("KAFKA", KAFKA), ("ROCKETMQ", ROCKETMQ), ("RABBITMQ", RABBITMQ)];
            let found = types.iter().find(|(text, _)| value.is_text(text)).map_or(0, |&(_, bit)| bit);
            (TIMER | KAFKA | ROCKETMQ | RABBITMQ, found)
        }
        "ShardID" => there(SHARD_ID),
        "Message" => there(MESSAGE),
        "specversion" => there(SPECVERSION),
        "resource" => there(RESOURCE),
        "event" => there(EVENT),
        "notify_data" => there(NOTIFY_DATA),
        "request_context" => there(ASYNC_CONTEXT),
        "request_payload" => there(REQUEST_PAYLOAD),
        "invoking_event" => there(INVOKING_EVENT),
        "policy_assignment_id" => there(POLICY_ASSIGNMENT_ID),
        "queue_id" => there(QUEUE_ID),
        "messages" => there(MESSAGES),
        _ => (0, 0),
    }
}

/// The bits of the names that the first element of an array has.
fn in_first<'d>(array: impl Look<'d>, names: &[(&str, u32)]) -> (u32, u32) {
    let about = names.iter().fold(0, |bits, (_, bit)| bits | bit);
    (about, array.first_element().map_or(0, |first| of_names(first, names)))
}

/// The bits of the names that an object has.
fn of_names<'d>(object: impl Look<'d>, names: &[(&str, u32)]) -> u32 {
    let mut found = 0;
    object.for_each_member(&mut |known, _| {
        found |= names.iter().filter(|(name, _)| *name == known).fold(0, |bits, (_, bit)| bits | bit);
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_gateway_event_is_one_however_its_names_are_written() {
        let payloads = [
            (r#"{"httpMethod":"GET","requestContext":{}}"#, true),
            (r#"{"\u0068ttpMethod":"GET","requestContext":{}}"#, true),
            (r#"{"http\u004dethod":"GET","request\u0043ontext":{}}"#, true),
            (r#"{"requestContext":{}}"#, false),
            (r#"{"requestContext":{},"text":"httpMethod"}"#, false),
            (r#"{"requestContext":{"httpMethod":"GET"}}"#, false),
            ("", false),
        ];
        for (payload, expected) in payloads {
            assert_eq!(is_apig(payload.as_bytes()), expected, "{payload}");
        }
    }
}
