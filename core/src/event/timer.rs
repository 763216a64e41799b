//! Events of the timer trigger.

use super::Limits;
use super::field::table;
use super::finding::Finding;
use super::frame::{Fields, Frame, Payload};
use super::record::Form;
use crate::json::ParseError;
use bytes::Bytes;

table! {
    /// One tick of a timer. Cron expressions and rates are in the trigger's configuration only.
    TIMER: "TimerTriggerEvent";
    VERSION: "version" Text, "The event's version: `v1.0` in the documents, `v2.0` was seen too.";
    TIME: "time" Time, "When the timer fired: RFC 3339 with seconds and an offset.";
    TRIGGER_TYPE: "trigger_type" Text, "Always `TIMER`.";
    TRIGGER_NAME: "trigger_name" Text, "The trigger's name, chosen by the user.";
    USER_EVENT: "user_event" Text, "The text given when the trigger was made; often JSON.";
}

/// One tick of a timer.
#[derive(Clone)]
pub struct TimerTriggerEvent {
    frame: Frame,
}

impl TimerTriggerEvent {
    /// Reads a payload as a timer event, whatever its shape.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds the default [`Limits`].
    pub fn parse(payload: impl Into<Bytes>) -> Result<Self, ParseError> {
        Ok(Self::read(Payload::parse(&payload.into(), &Limits::default())?))
    }

    /// An event to be built in code, for tests and local debugging. Its `trigger_type` is already `TIMER`.
    #[must_use]
    pub fn builder() -> TimerTriggerEventBuilder {
        let mut event = Self { frame: Frame::empty(&TIMER) };
        event.change().set_text(&[TRIGGER_TYPE], "TIMER");
        TimerTriggerEventBuilder(event)
    }

    pub(super) fn read(payload: Payload) -> Self {
        Self { frame: Frame::read(&TIMER, payload) }
    }

    /// The event's version: `v1.0` in the documents, `v2.0` was seen too.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.fields().text(VERSION)
    }

    /// When the timer fired, as it came: RFC 3339 with seconds and an offset.
    #[must_use]
    pub fn time(&self) -> Option<&str> {
        self.fields().text(TIME)
    }

    /// When the timer fired, in milliseconds since 1970-01-01T00:00:00Z; None if the text is not a time.
    #[must_use]
    pub fn time_epoch_ms(&self) -> Option<i64> {
        self.fields().epoch_ms(TIME)
    }

    /// Always `TIMER`.
    #[must_use]
    pub fn trigger_type(&self) -> Option<&str> {
        self.fields().text(TRIGGER_TYPE)
    }

    /// The trigger's name, chosen by the user.
    #[must_use]
    pub fn trigger_name(&self) -> Option<&str> {
        self.fields().text(TRIGGER_NAME)
    }

    /// The text given when the trigger was made.
    #[must_use]
    pub fn user_event(&self) -> Option<&str> {
        self.fields().text(USER_EVENT)
    }

    /// Reads [`user_event`](Self::user_event) as JSON.
    ///
    /// # Errors
    /// The text is not JSON of that type.
    pub fn user_event_json<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.user_event().unwrap_or_default())
    }

    /// The members that the documents do not know: name and compact JSON.
    pub fn unknown_fields(&self) -> impl Iterator<Item = (String, String)> {
        self.fields().unknown()
    }

    /// Where the payload was not what the documents promise, in document order.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.frame.findings().to_vec()
    }

    /// The event as canonical JSON; see [`Event::to_canonical`](super::Event::to_canonical).
    #[must_use]
    pub fn to_canonical(&self) -> String {
        self.frame.to_json(Form::Canonical)
    }

    /// The event as the trigger would send it: a payload for an invocation, for tests and local debugging.
    #[must_use]
    pub fn to_wire(&self) -> String {
        self.frame.to_json(Form::Wire)
    }

    /// Sets the event's version. For local debugging.
    pub fn set_version(&mut self, version: impl Into<String>) {
        self.change().set_text(&[VERSION], version);
    }

    /// Sets when the timer fired, RFC 3339. For local debugging.
    pub fn set_time(&mut self, time: impl Into<String>) {
        self.change().set_text(&[TIME], time);
    }

    /// Sets the trigger's name. For local debugging.
    pub fn set_trigger_name(&mut self, name: impl Into<String>) {
        self.change().set_text(&[TRIGGER_NAME], name);
    }

    /// Sets the trigger's text. For local debugging.
    pub fn set_user_event(&mut self, user_event: impl Into<String>) {
        self.change().set_text(&[USER_EVENT], user_event);
    }

    pub(super) fn fields(&self) -> Fields<'_> {
        self.frame.fields()
    }

    pub(super) fn change(&mut self) -> &mut Frame {
        &mut self.frame
    }
}

/// No `user_event`: it may hold credentials.
impl std::fmt::Debug for TimerTriggerEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = f.debug_struct("TimerTriggerEvent");
        debug.field("trigger_name", &self.trigger_name()).field("time", &self.time()).finish_non_exhaustive()
    }
}

/// Builds a [`TimerTriggerEvent`] in code, for tests and local debugging. Only what is set goes over the wire.
#[derive(Clone, Debug)]
pub struct TimerTriggerEventBuilder(TimerTriggerEvent);

impl TimerTriggerEventBuilder {
    /// The event's version.
    #[must_use]
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.0.set_version(version);
        self
    }

    /// When the timer fired, RFC 3339.
    #[must_use]
    pub fn time(mut self, time: impl Into<String>) -> Self {
        self.0.set_time(time);
        self
    }

    /// The trigger's name.
    #[must_use]
    pub fn trigger_name(mut self, name: impl Into<String>) -> Self {
        self.0.set_trigger_name(name);
        self
    }

    /// The trigger's text.
    #[must_use]
    pub fn user_event(mut self, user_event: impl Into<String>) -> Self {
        self.0.set_user_event(user_event);
        self
    }

    /// The event; [`TimerTriggerEvent::to_wire`] gives its payload.
    #[must_use]
    pub fn build(self) -> TimerTriggerEvent {
        self.0
    }
}
