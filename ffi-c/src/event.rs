//! Events of any kind: reading and building them, their findings, their JSON.

use crate::error::fg_error;
use crate::failure::Failure;
use crate::guard::{self, opaque};
use crate::status::{
    FG_STATUS_NOT_JSON, FG_STATUS_RANGE, FG_STATUS_TOO_DEEP, FG_STATUS_TOO_LARGE, fg_status,
};
use crate::view::{fg_bytes, fg_str};
use bytes::Bytes;
use fgruntime_core::event::{Event, Finding, Kind, Limits, ParseError, ParseErrorKind};
use std::sync::OnceLock;

/// Which trigger an event comes from: one of the `FG_KIND_` constants. Callers must be ready for kinds they do not know.
pub type fg_kind = i32;

/// No known trigger; any JSON.
pub const FG_KIND_UNKNOWN: fg_kind = 0;
/// API Gateway.
pub const FG_KIND_APIG: fg_kind = 1;
/// Timer.
pub const FG_KIND_TIMER: fg_kind = 2;
/// API Gateway, asking a custom authorizer. Never taken from the shape: ask for it with `fg_event_parse_as`.
pub const FG_KIND_APIG_AUTHORIZER: fg_kind = 3;
/// Simple Message Notification.
pub const FG_KIND_SMN: fg_kind = 4;
/// Log Tank Service.
pub const FG_KIND_LTS: fg_kind = 5;
/// Cloud Trace Service.
pub const FG_KIND_CTS: fg_kind = 6;
/// Document Database Service.
pub const FG_KIND_DDS: fg_kind = 7;
/// GaussDB(for Mongo), now GeminiDB.
pub const FG_KIND_GAUSS_MONGO: fg_kind = 8;
/// Kafka, hosted or self-hosted.
pub const FG_KIND_KAFKA: fg_kind = 9;
/// RocketMQ.
pub const FG_KIND_ROCKETMQ: fg_kind = 10;
/// RabbitMQ.
pub const FG_KIND_RABBITMQ: fg_kind = 11;
/// Data Ingestion Service.
pub const FG_KIND_DIS: fg_kind = 12;
/// Distributed Message Service, the old one.
pub const FG_KIND_DMS: fg_kind = 13;
/// Object Storage Service, in S3's layout or its own.
pub const FG_KIND_OBS: fg_kind = 14;
/// EventGrid (CloudEvents).
pub const FG_KIND_EVENTGRID: fg_kind = 15;
/// IoT Device Access.
pub const FG_KIND_IOTDA: fg_kind = 16;
/// The end of another function's asynchronous invocation.
pub const FG_KIND_ASYNC_DESTINATION: fg_kind = 17;
/// Config, asking a custom rule.
pub const FG_KIND_CONFIG: fg_kind = 18;

const KINDS: [(fg_kind, Kind); 19] = [
    (FG_KIND_UNKNOWN, Kind::Unknown),
    (FG_KIND_APIG, Kind::Apig),
    (FG_KIND_TIMER, Kind::Timer),
    (FG_KIND_APIG_AUTHORIZER, Kind::ApigAuthorizer),
    (FG_KIND_SMN, Kind::Smn),
    (FG_KIND_LTS, Kind::Lts),
    (FG_KIND_CTS, Kind::Cts),
    (FG_KIND_DDS, Kind::Dds),
    (FG_KIND_GAUSS_MONGO, Kind::GaussMongo),
    (FG_KIND_KAFKA, Kind::Kafka),
    (FG_KIND_ROCKETMQ, Kind::RocketMq),
    (FG_KIND_RABBITMQ, Kind::RabbitMq),
    (FG_KIND_DIS, Kind::Dis),
    (FG_KIND_DMS, Kind::Dms),
    (FG_KIND_OBS, Kind::Obs),
    (FG_KIND_EVENTGRID, Kind::EventGrid),
    (FG_KIND_IOTDA, Kind::Iotda),
    (FG_KIND_ASYNC_DESTINATION, Kind::AsyncDestination),
    (FG_KIND_CONFIG, Kind::Config),
];

/// A trigger event. Made by `fg_event_parse`, `fg_event_parse_as` or `fg_event_new` and freed with `fg_event_free`, or borrowed
/// from an invocation. Several threads may read it at once; views of it live until it is changed or freed.
pub struct fg_event(guard::Handle<Held>);
opaque!(fg_event, Held, "event");

/// An event with what is derived from it on demand, so that views can be given.
pub(crate) struct Held {
    pub(crate) event: Event,
    derived: Box<Derived>,
}

#[derive(Default)]
struct Derived {
    canonical: OnceLock<String>,
    wire: OnceLock<String>,
    findings: OnceLock<Vec<Finding>>,
    unknown: OnceLock<Vec<(String, String)>>,
    decoded_keys: OnceLock<Vec<Option<String>>>,
}

impl Held {
    pub(crate) fn new(event: Event) -> Self {
        Self { event, derived: Box::default() }
    }

    /// Changes the event; what was derived from it is forgotten then, and views of it end. A change that fails ends none.
    pub(crate) fn change<E>(&mut self, change: impl FnOnce(&mut Event) -> Result<(), E>) -> Result<(), E> {
        change(&mut self.event)?;
        *self.derived = Derived::default();
        Ok(())
    }

    /// The decoded keys of all objects, made on first use.
    pub(crate) fn decoded_keys(
        &self,
        decode: impl FnOnce(&Event) -> Vec<Option<String>>,
    ) -> &[Option<String>] {
        self.derived.decoded_keys.get_or_init(|| decode(&self.event))
    }

    fn findings(&self) -> &[Finding] {
        self.derived.findings.get_or_init(|| self.event.findings())
    }

    fn unknown(&self) -> &[(String, String)] {
        let list = || self.event.fields().map(|fields| fields.unknown().collect()).unwrap_or_default();
        self.derived.unknown.get_or_init(list)
    }
}

/// What reading an event may cost. Set `struct_size` to `sizeof(fg_limits)`; zero in any other member is the default.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct fg_limits {
    /// `sizeof(fg_limits)`.
    pub struct_size: usize,
    /// How many arrays and objects may nest in each other; 128 by default.
    pub max_depth: usize,
    /// The largest payload in bytes; 6 MiB by default, the platform's own limit for synchronous invocations.
    pub max_bytes: usize,
}

/// One finding: where a payload was not what the documents promise, and how it was read. The views belong to the event.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct fg_finding {
    /// Where, as a JSON Pointer; empty for the whole payload.
    pub path: fg_str,
    /// What was there: a type, never a value, since events carry credentials.
    pub found: fg_str,
    /// How it was read; `unset` when it could not be.
    pub read: fg_str,
}

/// Reads a payload, taking its kind from its shape, within the default limits. The payload is copied once; `*out` is the
/// caller's to free. Fails with `FG_STATUS_NOT_JSON`, `FG_STATUS_TOO_DEEP` or `FG_STATUS_TOO_LARGE`, and the error says where.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_parse(
    payload: fg_bytes,
    out: *mut *mut fg_event,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's; see the rules at the top of the header.
    unsafe { guard::call(err, || guard::give(out, Held::new(parse(copy(payload)?)?))) }
}

/// Reads a payload as an event of `kind`, whatever its shape. `limits` may be NULL for the defaults. Otherwise like
/// `fg_event_parse`; fails also with `FG_STATUS_RANGE` if there is no such kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_parse_as(
    kind: fg_kind,
    payload: fg_bytes,
    limits: *const fg_limits,
    out: *mut *mut fg_event,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = || {
        // SAFETY: the pointers are the caller's.
        let (limits, payload) = unsafe { (read_limits(limits)?, copy(payload)?) };
        let event =
            Event::parse_as(kind_of(kind)?, payload, &limits).map_err(|error| parse_failure(&error))?;
        // SAFETY: the pointer is the caller's.
        unsafe { guard::give(out, Held::new(event)) }
    };
    // SAFETY: the pointer is the caller's.
    unsafe { guard::call(err, work) }
}

/// Makes an event of `kind` with nothing set but what makes it one, for tests and local debugging. `*out` is the caller's to
/// free. Fails with `FG_STATUS_RANGE` if there is no such kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_new(
    kind: fg_kind,
    out: *mut *mut fg_event,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe { guard::call(err, || guard::give(out, Held::new(Event::new(kind_of(kind)?)))) }
}

/// Frees an event that the caller owns. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_free(event: *mut fg_event) {
    // SAFETY: the caller gives up its event.
    unsafe { guard::free(event) };
}

/// Which trigger the event comes from; `FG_KIND_UNKNOWN` if `event` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_kind(event: *const fg_event) -> fg_kind {
    // SAFETY: the pointer is the caller's.
    unsafe { guard::get(event, FG_KIND_UNKNOWN, |held| Some(number_of(held.event.kind()))) }
}

/// The name of a kind, the same in every language, for example `apig`. The text is static; absent if there is no such kind.
#[unsafe(no_mangle)]
pub extern "C" fn fg_kind_str(kind: fg_kind) -> fg_str {
    guard::value(fg_str::ABSENT, || Some(fg_str::of(kind_of(kind).ok()?.name())))
}

/// The event as canonical JSON: compact, known fields first and in the documented order and type, unknown ones after them,
/// `<field>_epoch_ms` beside every time that could be read. The view belongs to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_canonical(event: *const fg_event) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe {
        guard::get(event, fg_str::ABSENT, |held| {
            Some(fg_str::of(held.derived.canonical.get_or_init(|| held.event.to_canonical())))
        })
    }
}

/// The event as its trigger would send it: a payload for an invocation. The view belongs to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_wire(event: *const fg_event) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe {
        guard::get(event, fg_str::ABSENT, |held| {
            Some(fg_str::of(held.derived.wire.get_or_init(|| held.event.to_wire())))
        })
    }
}

/// How many findings there are; 0 if `event` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_finding_count(event: *const fg_event) -> usize {
    // SAFETY: the pointer is the caller's.
    unsafe { guard::get(event, 0, |held| Some(held.findings().len())) }
}

/// One finding, in document order; its views belong to the event. Fails with `FG_STATUS_INDEX`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_finding(
    event: *const fg_event,
    index: usize,
    out: *mut fg_finding,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = |held: &Held| {
        let findings = held.findings();
        let Finding { path, found, read } =
            findings.get(index).ok_or_else(|| Failure::index(index, findings.len()))?;
        let finding = fg_finding { path: fg_str::of(path), found: fg_str::of(found), read: fg_str::of(read) };
        // SAFETY: the pointer is the caller's.
        unsafe { guard::write(out, finding) }
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(event, err, work) }
}

/// How many members of the event the documents do not know; 0 if `event` is NULL or of unknown kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_unknown_count(event: *const fg_event) -> usize {
    // SAFETY: the pointer is the caller's.
    unsafe { guard::get(event, 0, |held| Some(held.unknown().len())) }
}

/// A member that the documents do not know: its name, and its value as compact JSON. The views belong to the event. Fails
/// with `FG_STATUS_INDEX`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_event_unknown(
    event: *const fg_event,
    index: usize,
    name: *mut fg_str,
    json: *mut fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = |held: &Held| {
        let unknown = held.unknown();
        let (known_name, known_json) =
            unknown.get(index).ok_or_else(|| Failure::index(index, unknown.len()))?;
        if name.is_null() || json.is_null() {
            return Err(Failure::null("name or json"));
        }
        // SAFETY: the pointers are the caller's.
        unsafe {
            guard::write(name, fg_str::of(known_name))?;
            guard::write(json, fg_str::of(known_json))
        }
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(event, err, work) }
}

pub(crate) fn parse(payload: Bytes) -> Result<Event, Failure> {
    Event::parse(payload).map_err(|error| parse_failure(&error))
}

pub(crate) fn parse_failure(error: &ParseError) -> Failure {
    let status = match error.kind() {
        ParseErrorKind::NotJson => FG_STATUS_NOT_JSON,
        ParseErrorKind::TooDeep => FG_STATUS_TOO_DEEP,
        ParseErrorKind::TooLarge => FG_STATUS_TOO_LARGE,
    };
    Failure { offset: Some(error.offset()), ..Failure::new(status, error.to_string()) }
}

/// Copies the caller's bytes; absent ones are none. There may not be the memory for them.
///
/// # Safety
/// As for [`fg_bytes::optional`].
pub(crate) unsafe fn copy(bytes: fg_bytes) -> Result<Bytes, Failure> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes.optional("payload") }?.unwrap_or_default();
    let mut copy = Vec::new();
    copy.try_reserve_exact(bytes.len()).map_err(|_| Failure::out_of_memory())?;
    copy.extend_from_slice(bytes);
    Ok(copy.into())
}

fn kind_of(number: fg_kind) -> Result<Kind, Failure> {
    let found = KINDS.iter().find(|(known, _)| *known == number);
    let wrong = || Failure::new(FG_STATUS_RANGE, format!("{number} is not the number of a kind"));
    found.map(|(_, kind)| *kind).ok_or_else(wrong)
}

pub(crate) fn number_of(kind: Kind) -> fg_kind {
    KINDS.iter().find(|(_, known)| *known == kind).map_or(FG_KIND_UNKNOWN, |(number, _)| *number)
}

/// # Safety
/// `limits` is NULL or has the `struct_size` bytes that it says.
unsafe fn read_limits(limits: *const fg_limits) -> Result<Limits, Failure> {
    let defaults = Limits::default();
    // SAFETY: the caller's promise.
    let Some(given) = (unsafe { crate::options::copy_struct(limits, size_of::<fg_limits>(), "limits") })?
    else {
        return Ok(defaults);
    };
    let or = |value: usize, default: usize| if value == 0 { default } else { value };
    Ok(Limits {
        max_depth: or(given.max_depth, defaults.max_depth),
        max_bytes: or(given.max_bytes, defaults.max_bytes),
    })
}
