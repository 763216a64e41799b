//! Typed events. `lib/events.js` makes their objects of what is asked here by path and row.

use crate::text::{Text, buffer};
use bytes::Bytes;
use fgruntime_core::event::{Event as CoreEvent, Extra, Fields, Kind, Limits, ParseError, ParseErrorKind};
use napi::bindgen_prelude::{BufferSlice, ObjectFinalize, Uint8Array};
use napi::{Either, Env, Error, Result};
use napi_derive::napi;

/// From here on Node is told how much memory an event keeps.
const LARGE: usize = 16 << 10;

/// Why a payload cannot be read.
#[napi(object)]
pub struct ParseFailure {
    /// For people.
    pub message: String,
    /// Byte offset of what could not be read.
    pub offset: u32,
    /// `not_json`, `too_deep` or `too_large`.
    pub reason: String,
}

impl ParseFailure {
    pub(crate) fn of(error: &ParseError) -> Self {
        let reason = match error.kind() {
            ParseErrorKind::NotJson => "not_json",
            ParseErrorKind::TooDeep => "too_deep",
            ParseErrorKind::TooLarge => "too_large",
        };
        let offset = u32::try_from(error.offset()).unwrap_or(u32::MAX);
        Self { message: error.to_string(), offset, reason: reason.to_owned() }
    }
}

/// How an event was read where it was not as documented.
#[napi(object)]
pub struct Finding {
    /// Where in the payload; empty for what concerns all of it.
    pub path: String,
    /// What was there.
    pub found: String,
    /// How it was read.
    pub read: String,
}

/// A trigger event. A path leads from the event to an object in it, by rows and indices; none is the event itself.
#[napi(custom_finalize)]
pub struct Event {
    core: CoreEvent,
    /// How much memory Node was told of.
    size: i64,
}

impl Event {
    /// A payload as an event of that kind, or of the one its shape shows.
    pub(crate) fn read(
        env: &Env,
        kind: Option<&str>,
        payload: Bytes,
        limits: &Limits,
    ) -> Result<Either<Self, ParseFailure>> {
        let size = if payload.len() < LARGE { 0 } else { payload.len().cast_signed() as i64 };
        let read = match kind {
            None => CoreEvent::parse_with(payload, limits),
            Some(name) => {
                let unknown = || Error::from_reason(format!("there is no kind of event called {name}"));
                CoreEvent::parse_as(Kind::from_name(name).ok_or_else(unknown)?, payload, limits)
            }
        };
        match read {
            Ok(core) => {
                let event = Self { core, size };
                event.account(env, size)?;
                Ok(Either::A(event))
            }
            Err(error) => Ok(Either::B(ParseFailure::of(&error))),
        }
    }

    /// Tells Node that the event keeps so much more memory, which it cannot see.
    fn account(&self, env: &Env, change: i64) -> Result<()> {
        if self.size > 0 {
            env.adjust_external_memory(change)?;
        }
        Ok(())
    }

    fn fields(&self, path: Option<Vec<u32>>) -> Option<Fields<'_>> {
        match path {
            None => self.core.fields(),
            Some(path) => {
                self.core.object_at(&path.into_iter().map(|step| step as usize).collect::<Vec<_>>())
            }
        }
    }
}

impl ObjectFinalize for Event {
    fn finalize(self, env: Env) -> Result<()> {
        self.account(&env, -self.size)
    }
}

/// Reads a payload as an event of that kind, or of the one its shape shows.
#[napi(catch_unwind)]
pub fn parse_event(
    env: &Env,
    payload: Either<String, Uint8Array>,
    kind: Option<String>,
) -> Result<Either<Event, ParseFailure>> {
    let payload = match payload {
        Either::A(text) => text.into(),
        Either::B(bytes) => Bytes::copy_from_slice(&bytes),
    };
    Event::read(env, kind.as_deref(), payload, &Limits::default())
}

/// The name of the kind of event that a payload has the shape of.
#[napi(catch_unwind)]
pub fn kind_of(payload: Uint8Array) -> Text<'static> {
    Text::of(Kind::of(&payload).name())
}

#[napi]
impl Event {
    /// The name of its kind.
    #[napi(getter, catch_unwind)]
    pub fn kind(&self) -> Text<'_> {
        Text::of(self.core.kind().name())
    }

    /// Where it was not as documented.
    #[napi(catch_unwind)]
    pub fn findings(&self) -> Vec<Finding> {
        let findings = self.core.findings().into_iter();
        findings
            .map(|finding| Finding { path: finding.path, found: finding.found, read: finding.read })
            .collect()
    }

    /// Its canonical JSON.
    #[napi(catch_unwind)]
    pub fn canonical(&self) -> String {
        self.core.to_canonical()
    }

    /// It as its trigger would send it.
    #[napi(catch_unwind)]
    pub fn wire(&self) -> String {
        self.core.to_wire()
    }

    /// Whether there is an object.
    #[napi(catch_unwind)]
    pub fn has(&self, path: Vec<u32>) -> bool {
        self.fields(Some(path)).is_some()
    }

    /// An object as JSON in wire form.
    #[napi(catch_unwind)]
    pub fn json_of(&self, path: Vec<u32>) -> String {
        self.fields(Some(path)).map(Fields::to_json).unwrap_or_default()
    }

    /// The members that are not documented: name, JSON, name, JSON.
    #[napi(catch_unwind)]
    pub fn unknown(&self, path: Option<Vec<u32>>) -> Vec<String> {
        let fields = self.fields(path).into_iter();
        fields.flat_map(Fields::unknown).flat_map(|(name, json)| [name, json]).collect()
    }

    /// A text, or the digits of a number.
    #[napi(catch_unwind)]
    pub fn text(&self, row: u32, path: Option<Vec<u32>>) -> Text<'_> {
        self.fields(path).and_then(|fields| fields.text(row as usize)).into()
    }

    /// A truth value; false if there is none.
    #[napi(catch_unwind)]
    pub fn boolean(&self, row: u32, path: Option<Vec<u32>>) -> bool {
        self.fields(path).and_then(|fields| fields.boolean(row as usize)).unwrap_or(false)
    }

    /// A number; `null` if it is no whole number of 64 bits.
    #[napi(catch_unwind)]
    pub fn integer(&self, row: u32, path: Option<Vec<u32>>) -> Option<i64> {
        self.fields(path)?.integer(row as usize)
    }

    /// A time in milliseconds.
    #[napi(catch_unwind)]
    pub fn epoch_ms(&self, row: u32, path: Option<Vec<u32>>) -> Option<i64> {
        self.fields(path)?.epoch_ms(row as usize)
    }

    /// The bytes behind base64.
    #[napi(catch_unwind)]
    pub fn decoded<'e>(&self, env: &'e Env, row: u32, path: Option<Vec<u32>>) -> Result<BufferSlice<'e>> {
        buffer(env, self.fields(path).and_then(|fields| fields.decoded(row as usize)).unwrap_or_default())
    }

    /// The JSON of a field that may be anything.
    #[napi(catch_unwind)]
    pub fn json(&self, row: u32, path: Option<Vec<u32>>) -> Text<'_> {
        self.fields(path).and_then(|fields| fields.json(row as usize)).into()
    }

    /// All texts of a list; a null among them is an empty text.
    #[napi(catch_unwind)]
    pub fn texts(&self, row: u32, path: Option<Vec<u32>>) -> Vec<Text<'_>> {
        let fields = self.fields(path).into_iter();
        fields
            .flat_map(|fields| fields.texts(row as usize))
            .map(|text| Text::of(text.unwrap_or_default()))
            .collect()
    }

    /// A map: name, text, name, text. The texts of one name follow each other.
    #[napi(catch_unwind)]
    pub fn map(&self, row: u32, path: Option<Vec<u32>>) -> Vec<Text<'_>> {
        let fields = self.fields(path).into_iter();
        let entries = fields.flat_map(|fields| fields.map(row as usize).iter());
        entries.flat_map(|(name, text)| [Text::of(name), Text::of(text)]).collect()
    }

    /// The first text of a name in a map; upper and lower case are the same.
    #[napi(catch_unwind)]
    pub fn find(&self, name: String, row: u32, path: Option<Vec<u32>>) -> Text<'_> {
        self.fields(path).and_then(|fields| fields.map(row as usize).get(&name)).into()
    }

    /// All texts of a name in a map.
    #[napi(catch_unwind)]
    pub fn find_all(&self, name: String, row: u32, path: Option<Vec<u32>>) -> Vec<Text<'_>> {
        let Some(fields) = self.fields(path) else { return Vec::new() };
        fields.map(row as usize).get_all(&name).map(Text::of).collect()
    }

    /// How many objects are in a list.
    #[napi(catch_unwind)]
    pub fn count(&self, row: u32, path: Option<Vec<u32>>) -> u32 {
        let count = self.fields(path).map_or(0, |fields| fields.elements(row as usize).len());
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// What an object has besides its fields, by its number in the table.
    #[napi(catch_unwind)]
    pub fn extra(&self, number: u32, path: Option<Vec<u32>>) -> Option<String> {
        let fields = self.fields(path)?;
        Extra::of(fields.table()).get(number as usize)?.1.text(fields)
    }
}
