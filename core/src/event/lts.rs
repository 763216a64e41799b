//! Events of the Log Tank Service: JSON in base64, in which the list of entries is mostly JSON in a string again.

use super::Kind;
use super::declare::{object, trigger, view};

trigger! {
    /// Log entries of a log topic. An event over 75 KB comes as several.
    LtsTriggerEvent, LTS, Kind::Lts;
    rows {
        lts: Object(LtsBody, LTS_BODY) "lts", "What the service sent.";
    }
}

object! {
    /// What the service sent.
    LtsBody, LTS_BODY;
    rows {
        data: Base64Json(LtsData, LTS_DATA) "data", "Base64 of the JSON of the entries.";
    }
}

view! {
    /// Log entries and where they are from.
    LtsData, LTS_DATA;
    rows {
        logs: List(LtsLog, LTS_LOG) "logs" or Text, "The entries.";
        owner: Text "owner", "The id of the account.";
        log_group_id: Text "log_group_id", "The log group's id.";
        log_topic_id: Text "log_topic_id", "The log topic's id.";
    }
}

view! {
    /// One log entry.
    LtsLog, LTS_LOG;
    rows {
        message: Text "message", "The line. Its end may be there as the characters `\\r\\n`.";
        host_name: Text "host_name", "The host it was written on.";
        ip: Text "ip", "The host's address.";
        path: Text "path", "The log file, with or without a leading slash.";
        log_uid: Text "log_uid", "The entry's id.";
        time: Time(Milliseconds) "time", "When it was written, in milliseconds.";
        line_no: Number "line_no", "Its number in the file.";
    }
}

impl LtsTriggerEvent {
    /// The log entries, decoded on first use. Nothing if they cannot be read; see the findings.
    pub fn logs(&self) -> impl Iterator<Item = LtsLog<'_>> {
        self.lts().data_fields().logs()
    }
}
