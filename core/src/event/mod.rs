//! Trigger events: what a trigger sends to a function, read tolerantly and never silently.
//!
//! A field of an unexpected type is read where its meaning is clear and left unset where it is not; both leave a
//! [`Finding`]. Unknown fields are kept. Only a payload that is not JSON, or that exceeds the [`Limits`], is an error.
//! Every event has one canonical JSON that is the same in all languages.

mod apig;
mod detect;
pub mod field;
mod finding;
mod frame;
mod map;
mod record;
mod text;
mod time;
mod timer;
mod unknown;

pub use crate::json::{ParseError, ParseErrorKind};
pub use apig::{ApigTriggerEvent, ApigTriggerEventBuilder, RequestContext};
pub use finding::Finding;
pub use frame::Fields;
pub use map::TextMap;
pub use timer::{TimerTriggerEvent, TimerTriggerEventBuilder};
pub use unknown::UnknownEvent;

use bytes::Bytes;
use frame::{Frame, Payload};

/// Which trigger an event comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// API Gateway (shared or dedicated) and everything shaped like it.
    Apig,
    /// Timer.
    Timer,
    /// Any other JSON.
    Unknown,
}

impl Kind {
    /// The kind's name, the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Apig => "apig",
            Self::Timer => "timer",
            Self::Unknown => "unknown",
        }
    }
}

/// The field table of every known kind, for generators of documentation and accessors.
#[must_use]
pub fn tables() -> [(Kind, &'static field::Table); 2] {
    [(Kind::Apig, &apig::APIG), (Kind::Timer, &timer::TIMER)]
}

/// What reading an event may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many arrays and objects may nest in each other; 128 by default.
    pub max_depth: usize,
    /// The largest payload in bytes; 6 MiB by default, the platform's own limit for synchronous invocations.
    pub max_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_depth: 128, max_bytes: 6 << 20 }
    }
}

/// An event of the kind its shape shows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// From API Gateway.
    Apig(ApigTriggerEvent),
    /// From a timer.
    Timer(TimerTriggerEvent),
    /// Any other JSON.
    Unknown(UnknownEvent),
}

impl Event {
    /// Reads a payload within the default [`Limits`], taking its kind from its shape.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds a limit; the error says where.
    pub fn parse(payload: impl Into<Bytes>) -> Result<Self, ParseError> {
        Self::parse_with(payload, &Limits::default())
    }

    /// Like [`parse`](Self::parse) within other limits.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds a limit; the error says where.
    pub fn parse_with(payload: impl Into<Bytes>, limits: &Limits) -> Result<Self, ParseError> {
        let payload = Payload::parse(&payload.into(), limits)?;
        Ok(Self::read(detect::kind_of(&payload.document), payload))
    }

    /// Reads a payload as an event of `kind`, whatever its shape.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds a limit; the error says where.
    pub fn parse_as(kind: Kind, payload: impl Into<Bytes>, limits: &Limits) -> Result<Self, ParseError> {
        Ok(Self::read(kind, Payload::parse(&payload.into(), limits)?))
    }

    /// An event of `kind` with nothing set but what makes it one, to be built in code for tests and local debugging. Of
    /// unknown kind it is `null`.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        match kind {
            Kind::Apig => Self::Apig(ApigTriggerEvent::builder().build()),
            Kind::Timer => Self::Timer(TimerTriggerEvent::builder().build()),
            Kind::Unknown => Self::Unknown(UnknownEvent::null()),
        }
    }

    fn read(kind: Kind, payload: Payload) -> Self {
        match kind {
            Kind::Apig => Self::Apig(ApigTriggerEvent::read(payload)),
            Kind::Timer => Self::Timer(TimerTriggerEvent::read(payload)),
            Kind::Unknown => Self::Unknown(UnknownEvent::read(payload)),
        }
    }

    /// Which trigger the event comes from.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Apig(_) => Kind::Apig,
            Self::Timer(_) => Kind::Timer,
            Self::Unknown(_) => Kind::Unknown,
        }
    }

    /// Where the payload was not what the documents promise, in document order.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        match self {
            Self::Apig(event) => event.findings(),
            Self::Timer(event) => event.findings(),
            Self::Unknown(event) => event.findings(),
        }
    }

    /// The event as canonical JSON: compact, known fields first and in the documented order and type, unknown ones after
    /// them, `<field>_epoch_ms` beside every time that could be read. The canonical form of canonical JSON is itself.
    #[must_use]
    pub fn to_canonical(&self) -> String {
        match self {
            Self::Apig(event) => event.to_canonical(),
            Self::Timer(event) => event.to_canonical(),
            Self::Unknown(event) => event.to_canonical(),
        }
    }

    /// The event as its trigger would send it.
    #[must_use]
    pub fn to_wire(&self) -> String {
        match self {
            Self::Apig(event) => event.to_wire(),
            Self::Timer(event) => event.to_wire(),
            Self::Unknown(event) => event.to_canonical(),
        }
    }

    /// The known fields by row; None of an event of unknown kind.
    #[must_use]
    pub fn fields(&self) -> Option<Fields<'_>> {
        match self {
            Self::Apig(event) => Some(event.fields()),
            Self::Timer(event) => Some(event.fields()),
            Self::Unknown(_) => None,
        }
    }

    /// Sets the text or time at `path`, the rows of the field tables from the event down. False if there is none.
    pub fn set_text(&mut self, path: &[usize], text: impl Into<String>) -> bool {
        self.change().is_some_and(|frame| frame.set_text(path, text))
    }

    /// Sets the truth value at `path`. False if there is none.
    pub fn set_boolean(&mut self, path: &[usize], value: bool) -> bool {
        self.change().is_some_and(|frame| frame.set_boolean(path, value))
    }

    /// Sets all texts of `name` in the map at `path`. False if there is none.
    pub fn set_map_entry<T: Into<String>>(
        &mut self,
        path: &[usize],
        name: &str,
        texts: impl IntoIterator<Item = T>,
    ) -> bool {
        self.change().is_some_and(|frame| frame.set_map_entry(path, name, texts))
    }

    fn change(&mut self) -> Option<&mut Frame> {
        match self {
            Self::Apig(event) => Some(event.change()),
            Self::Timer(event) => Some(event.change()),
            Self::Unknown(_) => None,
        }
    }
}

/// Whether a payload has the shape of an API Gateway event, at little cost for those that do not.
pub(crate) fn is_apig(payload: &Bytes) -> bool {
    let named = |name: &str| memchr::memmem::find(payload, name.as_bytes()).is_some();
    if !named("httpMethod") || !named("requestContext") {
        return false;
    }
    let payload = Payload::parse(payload, &Limits::default());
    payload.is_ok_and(|payload| detect::kind_of(&payload.document) == Kind::Apig)
}
