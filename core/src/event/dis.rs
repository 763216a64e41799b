//! Events of the Data Ingestion Service. Outside the names have capitals, inside they have not.

use super::Kind;
use super::declare::{object, trigger};

trigger! {
    /// Records of one partition of a stream.
    DisTriggerEvent, DIS, Kind::Dis;
    debug [shard_id, stream_name];
    rows {
        shard_id: Text "ShardID", "The partition's id.";
        message: Object(DisMessage, DIS_MESSAGE) "Message", "The records, and where to go on.";
        tag: Text "Tag", "The function's version or alias.";
        stream_name: Text "StreamName", "The stream's name.";
    }
}

object! {
    /// Records, and where to go on.
    DisMessage, DIS_MESSAGE;
    rows {
        next_partition_cursor: Text "next_partition_cursor" also ["next_patition_cursor"], "Where to go on: base64 of JSON, without padding.";
        records: List(DisRecord, DIS_RECORD) "records", "The records.";
        millis_behind_latest: Text "millis_behind_latest" also ["millisBehindLatest"], "How far behind the newest record this is, in milliseconds as digits; mostly empty.";
    }
}

object! {
    /// One record of a stream.
    DisRecord, DIS_RECORD;
    rows {
        partition_key: Text "partition_key", "The key it was uploaded with, if it was not uploaded to a partition.";
        data: Base64 "data", "Base64 of what was uploaded.";
        sequence_number: Text "sequence_number", "Its number in the partition, in digits, by which repetitions are known.";
        timestamp: Time(Milliseconds) "timestamp", "When it was uploaded, in milliseconds.";
        timestamp_type: Text "timestamp_type", "What `timestamp` is, for example `CreateTime`.";
    }
}
