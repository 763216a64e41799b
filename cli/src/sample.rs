//! The sample events that come with the command.

use crate::nearest;

/// One sample event.
pub(crate) struct Sample {
    /// What `-e` and `event print` call it: the name of its kind.
    pub(crate) name: &'static str,
    /// One line for `event list`.
    pub(crate) description: &'static str,
    /// The event as a trigger would send it.
    pub(crate) json: &'static str,
}

macro_rules! sample {
    ($name:literal, $description:literal) => {
        Sample {
            name: $name,
            description: $description,
            json: include_str!(concat!("../samples/", $name, ".json")),
        }
    };
}

/// Every sample, in the order in which they are listed: that of the kinds.
pub(crate) const SAMPLES: &[Sample] = &[
    sample!("apig", "API Gateway: GET /hello?name=FunctionGraph"),
    sample!(
        "apig_authorizer",
        "API Gateway, asking a custom authorizer; its shape does not tell, so inspect it with --as apig_authorizer"
    ),
    sample!("timer", "Timer: one tick of a daily schedule, with a user event"),
    sample!("smn", "Simple Message Notification: an alarm whose message is JSON"),
    sample!("lts", "Log Tank Service: two log entries"),
    sample!("cts", "Cloud Trace Service: a server was deleted"),
    sample!("dds", "Document Database Service: a document was inserted"),
    sample!("gauss_mongo", "GaussDB(for Mongo), now GeminiDB: a document was inserted"),
    sample!("kafka", "Kafka: two topics, three messages"),
    sample!("rocketmq", "RocketMQ: two messages of one topic"),
    sample!("rabbitmq", "RabbitMQ: two messages of one exchange"),
    sample!("dis", "Data Ingestion Service: two records of a stream"),
    sample!("dms", "Distributed Message Service, the old one: a text and a JSON message"),
    sample!("obs", "Object Storage Service: an object was made, in S3's layout"),
    sample!("eventgrid", "EventGrid: an OBS object was made, as a CloudEvent"),
    sample!("iotda", "IoT Device Access: a device reports properties"),
    sample!("async_destination", "The failure of another function's asynchronous invocation"),
    sample!("config", "Config: a custom rule is to judge a security group"),
];

/// The sample of that name.
pub(crate) fn find(name: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.name == name)
}

/// The names of all samples, for messages.
pub(crate) fn names() -> String {
    SAMPLES.iter().map(|sample| sample.name).collect::<Vec<_>>().join(", ")
}

/// The sample somebody most likely meant.
pub(crate) fn nearest(name: &str) -> Option<&'static str> {
    nearest::nearest(name, SAMPLES.iter().map(|sample| sample.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fgruntime_core::event::{DisRecord, Event, Kind, Limits};

    #[test]
    fn every_kind_has_a_sample() {
        let kinds = Kind::ALL.iter().filter(|&&kind| kind != Kind::Unknown).map(|kind| kind.name());
        assert_eq!(SAMPLES.iter().map(|sample| sample.name).collect::<Vec<_>>(), kinds.collect::<Vec<_>>());
    }

    #[test]
    fn every_sample_is_of_the_kind_it_is_named_after() {
        for sample in SAMPLES {
            let kind = Kind::of(sample.json.as_bytes());
            // An authorizer's request is never taken from the shape.
            let expected = if sample.name == "apig_authorizer" { "unknown" } else { sample.name };
            assert_eq!(kind.name(), expected);
        }
    }

    #[test]
    fn samples_have_no_findings() {
        for kind in Kind::ALL {
            let Some(sample) = find(kind.name()) else { continue };
            let event = Event::parse_as(*kind, sample.json.as_bytes(), &Limits::default()).unwrap();
            assert_eq!(event.findings(), [], "{}", sample.name);
        }
    }

    #[test]
    fn samples_that_hide_json_can_be_read() {
        let Event::Lts(lts) = Event::parse(find("lts").unwrap().json).unwrap() else {
            panic!("no LTS event")
        };
        let data = lts.lts();
        assert!(
            data.data_fields().logs().all(|log| log.message().is_some() && log.time_epoch_ms().is_some())
        );
        assert_eq!(data.data_fields().logs().count(), 2);
        let Event::Dis(dis) = Event::parse(find("dis").unwrap().json).unwrap() else {
            panic!("no DIS event")
        };
        let data: Vec<&[u8]> = dis.message().records().map(DisRecord::raw_data).collect();
        assert_eq!(data, [&br#"{"page":"/teapots","seconds":12}"#[..], b"plain text"]);
        assert_eq!((lts.findings(), dis.findings()), (vec![], vec![]));
    }

    #[test]
    fn near_misses_find_their_sample() {
        for (written, name) in [
            ("rocket", "rocketmq"),
            ("rabbit", "rabbitmq"),
            ("obs.json", "obs"),
            ("gaussmongo", "gauss_mongo"),
            ("authorizer", "apig_authorizer"),
            ("eventbridge", "eventgrid"),
            ("iot", "iotda"),
            ("destination", "async_destination"),
        ] {
            assert_eq!(nearest(written), Some(name), "{written}");
        }
        assert_eq!(nearest("lambda"), None);
    }
}
