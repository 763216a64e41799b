//! Events of RabbitMQ.

use super::Kind;
use super::declare::{object, trigger};
use super::messages::lower_instance;

trigger! {
    /// Messages of one or several exchanges. No message id is sent by which repetitions were known.
    RabbitMqTriggerEvent, RABBITMQ, Kind::RabbitMq;
    marks [TRIGGER_TYPE_OF_RABBITMQ = "RABBITMQ"];
    debug [event_time];
    rows {
        event_version: Text "event_version", "The event's version, `v1.0`.";
        trigger_type: Text "trigger_type", "Always `RABBITMQ`.";
        region: Text "region", "The region's name.";
        event_time: Time(Seconds) "event_time", "When the event was made, in seconds.";
        records: List(ExchangeRecord, EXCHANGE_RECORD) "records", "The messages by exchange.";
    }
    moved {
        instance_id: Text "instance_id", "Belongs into the records.";
    }
    arrange lower_instance;
}

object! {
    /// Messages of one exchange.
    ExchangeRecord, EXCHANGE_RECORD;
    rows {
        exchange: Text "exchange", "The exchange's name.";
        instance_id: Text "instance_id", "The RabbitMQ instance's id.";
        messages: Texts "messages", "The messages' texts.";
    }
}
