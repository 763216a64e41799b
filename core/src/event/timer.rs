//! Events of the timer trigger.

use super::Kind;
use super::declare::trigger;

trigger! {
    /// One tick of a timer. Cron expressions and rates are in the trigger's configuration only.
    TimerTriggerEvent, TIMER, Kind::Timer;
    marks [TRIGGER_TYPE_OF_TIMER = "TIMER"];
    debug [trigger_name, time];
    rows {
        version: Text "version", "The event's version: `v1.0` in the documents, `v2.0` was seen too.";
        time: Time(Rfc3339) "time", "When the timer fired: RFC 3339 with seconds and an offset.";
        trigger_type: Text "trigger_type", "Always `TIMER`.";
        trigger_name: Text "trigger_name", "The trigger's name, chosen by the user.";
        user_event: Text "user_event", "The text given when the trigger was made; often JSON.";
    }
}

impl TimerTriggerEvent {
    super::accessors::getter! { @json [&] TIMER user_event }
}
