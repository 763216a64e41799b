//! What the generated accessors in `src/event_fields/` are made of.

pub mod apig;
pub mod apig_authorizer;
pub mod async_destination;
pub mod config;
pub mod cts;
pub mod dds;
pub mod dis;
pub mod dms;
pub mod eventgrid;
pub mod gauss_mongo;
pub mod iotda;
pub mod kafka;
pub mod lts;
mod maps;
pub mod obs;
pub mod rabbitmq;
pub mod rocketmq;
pub mod smn;
pub mod timer;

pub(crate) use maps::{INDEX, map_path};

use crate::error::fg_error;
use crate::event::{Held, fg_event, parse_failure};
use crate::failure::Failure;
use crate::guard;
use crate::status::{FG_STATUS_INDEX, fg_status};
use crate::view::{array, fg_bytes, fg_str};
use fgruntime_core::event::{Event, Fields, Kind, SetError};

/// Reads the field at `path` of an event of `kind`; `otherwise` if there is none.
///
/// # Safety
/// `event` is NULL or alive, and nobody changes it meanwhile.
unsafe fn get<T>(
    event: *const fg_event,
    kind: Kind,
    path: &[usize],
    otherwise: T,
    read: impl FnOnce(Fields<'_>, usize) -> Option<T>,
) -> T {
    // SAFETY: the caller's promise.
    unsafe {
        guard::get(event, otherwise, |held| {
            let (fields, row) = Some(&held.event).filter(|event| event.kind() == kind)?.find(path)?;
            read(fields, row)
        })
    }
}

/// # Safety
/// As for [`get`].
unsafe fn text(event: *const fg_event, kind: Kind, path: &[usize]) -> fg_str {
    // SAFETY: the caller's promise.
    unsafe { get(event, kind, path, fg_str::ABSENT, |fields, row| Some(fg_str::of(fields.text(row)?))) }
}

/// # Safety
/// As for [`get`].
unsafe fn decoded(event: *const fg_event, kind: Kind, path: &[usize]) -> fg_bytes {
    // SAFETY: the caller's promise.
    unsafe {
        get(event, kind, path, fg_bytes::ABSENT, |fields, row| Some(fg_bytes::of(fields.decoded(row)?)))
    }
}

/// # Safety
/// As for [`get`].
unsafe fn json(event: *const fg_event, kind: Kind, path: &[usize]) -> fg_str {
    // SAFETY: the caller's promise.
    unsafe { get(event, kind, path, fg_str::ABSENT, |fields, row| Some(fg_str::of(fields.json(row)?))) }
}

/// # Safety
/// As for [`get`].
unsafe fn boolean(event: *const fg_event, kind: Kind, path: &[usize]) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { get(event, kind, path, 0, |fields, row| Some(i32::from(fields.boolean(row)?))) }
}

/// # Safety
/// As for [`get`].
unsafe fn integer(event: *const fg_event, kind: Kind, path: &[usize]) -> i64 {
    // SAFETY: the caller's promise.
    unsafe { get(event, kind, path, i64::MIN, |fields, row| fields.integer(row)) }
}

/// # Safety
/// As for [`get`].
unsafe fn epoch_ms(event: *const fg_event, kind: Kind, path: &[usize]) -> i64 {
    // SAFETY: the caller's promise.
    unsafe { get(event, kind, path, i64::MIN, |fields, row| fields.epoch_ms(row)) }
}

/// How many elements a list has, or an array of texts.
///
/// # Safety
/// As for [`get`].
unsafe fn count(event: *const fg_event, kind: Kind, path: &[usize]) -> usize {
    // SAFETY: the caller's promise.
    unsafe {
        get(event, kind, path, 0, |fields, row| Some(fields.elements(row).len() + fields.texts(row).len()))
    }
}

/// # Safety
/// As for [`get`].
unsafe fn text_at(event: *const fg_event, kind: Kind, path: &[usize], index: usize) -> fg_str {
    // SAFETY: the caller's promise.
    unsafe {
        get(event, kind, path, fg_str::ABSENT, |fields, row| Some(fg_str::of(fields.text_at(row, index)?)))
    }
}

/// Sets a value that has been copied before: it may come from the event itself, whose views end with the change.
///
/// # Safety
/// `event` is NULL or alive, and nobody else uses it meanwhile; `err` is NULL or may be written to.
unsafe fn set<V>(
    event: *mut fg_event,
    kind: Kind,
    value: Result<V, Failure>,
    err: *mut *mut fg_error,
    set: impl FnOnce(&mut Event, V) -> Result<(), SetError>,
) -> fg_status {
    let work = |held: &mut Held| {
        let is = held.event.kind();
        if is != kind {
            return Err(Failure::kind(is.name(), kind.name()));
        }
        let value = value?;
        let result = held.change(|event| set(event, value));
        result.map_err(|error| match error {
            SetError::BeyondEnd { .. } => Failure::new(FG_STATUS_INDEX, error.to_string()),
            SetError::NotJson(error) => parse_failure(&error),
            _ => Failure::kind(is.name(), kind.name()),
        })
    };
    // SAFETY: the caller's promise.
    unsafe { guard::change(event, err, work) }
}

/// # Safety
/// As for [`set`]; `value` as for [`fg_str::required`].
unsafe fn set_text(
    event: *mut fg_event,
    kind: Kind,
    path: &[usize],
    value: fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the caller's promise.
    unsafe {
        let value = value.required("value").map(str::to_owned);
        set(event, kind, value, err, |event, value| event.set_text(path, value))
    }
}

/// # Safety
/// As for [`set_text`].
unsafe fn set_json(
    event: *mut fg_event,
    kind: Kind,
    path: &[usize],
    value: fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the caller's promise.
    unsafe {
        let value = value.required("value").map(str::to_owned);
        set(event, kind, value, err, |event, value| event.set_json(path, &value))
    }
}

/// # Safety
/// As for [`set`].
unsafe fn set_boolean(
    event: *mut fg_event,
    kind: Kind,
    path: &[usize],
    value: i32,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the caller's promise.
    unsafe { set(event, kind, Ok(value != 0), err, |event, value| event.set_boolean(path, value)) }
}

/// # Safety
/// As for [`set`].
unsafe fn set_number(
    event: *mut fg_event,
    kind: Kind,
    path: &[usize],
    value: i64,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the caller's promise.
    unsafe { set(event, kind, Ok(value), err, |event, value| event.set_number(path, value)) }
}

/// # Safety
/// As for [`set`]; `values` as for [`array()`].
unsafe fn set_texts(
    event: *mut fg_event,
    kind: Kind,
    path: &[usize],
    values: (*const fg_str, usize),
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the caller's promise.
    unsafe { set(event, kind, copy(values), err, |event, values| event.set_texts(path, values)) }
}

/// # Safety
/// As for [`set`]; `name` and `values` as for [`fg_str::required`] and [`array()`].
unsafe fn set_map(
    event: *mut fg_event,
    kind: Kind,
    path: &[usize],
    name: fg_str,
    values: (*const fg_str, usize),
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the caller's promise.
    unsafe {
        let entry = copy(values).and_then(|values| Ok((name.required("name")?.to_owned(), values)));
        set(event, kind, entry, err, |event, (name, values)| event.set_map_entry(path, &name, values))
    }
}

/// # Safety
/// As for [`array()`], and for [`fg_str::required`] of each.
unsafe fn copy((values, count): (*const fg_str, usize)) -> Result<Vec<String>, Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        let values = array(values, count, "values")?.unwrap_or_default();
        values.iter().map(|value| value.required("values").map(str::to_owned)).collect()
    }
}
