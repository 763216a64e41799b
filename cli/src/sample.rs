//! The sample events that come with the command.

/// One sample event.
pub(crate) struct Sample {
    /// What `-e` and `event print` call it.
    pub(crate) name: &'static str,
    /// One line for `event list`.
    pub(crate) description: &'static str,
    /// The event as a trigger would send it.
    pub(crate) json: &'static str,
}

/// Every sample, in the order in which they are listed.
pub(crate) const SAMPLES: &[Sample] = &[
    Sample {
        name: "apig",
        description: "API Gateway: GET /hello?name=FunctionGraph",
        json: include_str!("../samples/apig.json"),
    },
    Sample {
        name: "timer",
        description: "Timer: one tick of a daily schedule, with a user event",
        json: include_str!("../samples/timer.json"),
    },
];

/// The sample of that name.
pub(crate) fn find(name: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.name == name)
}

/// The names of all samples, for messages.
pub(crate) fn names() -> String {
    SAMPLES.iter().map(|sample| sample.name).collect::<Vec<_>>().join(", ")
}

/// The sample somebody most likely meant: `APIG`, `apigw` and `api` all mean `apig`.
pub(crate) fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if name.len() < 3 {
        return None;
    }
    SAMPLES
        .iter()
        .map(|sample| sample.name)
        .find(|sample| name.starts_with(sample) || sample.starts_with(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fgruntime_core::event::Event;

    #[test]
    fn every_sample_is_of_the_kind_it_is_named_after() {
        for sample in SAMPLES {
            let event = Event::parse(sample.json.as_bytes()).unwrap();
            assert_eq!(event.kind().name(), sample.name);
            assert!(event.findings().is_empty(), "{} has findings", sample.name);
        }
    }

    #[test]
    fn near_misses_find_their_sample() {
        assert_eq!(nearest("APIG"), Some("apig"));
        assert_eq!(nearest("timer.json"), Some("timer"));
        assert_eq!(nearest("tim"), Some("timer"));
        assert_eq!(nearest("kafka"), None);
        assert_eq!(nearest(""), None);
    }
}
