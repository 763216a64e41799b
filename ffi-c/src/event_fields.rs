//! What the generated accessors in `src/event/` are made of.

pub mod apig;
pub mod timer;

use crate::error::fg_error;
use crate::event::{Held, fg_event};
use crate::failure::Failure;
use crate::guard;
use crate::status::fg_status;
use crate::view::{array, fg_str};
use fgruntime_core::event::{Event, Fields, Kind};

/// The object that holds the last row of `path`, and that row.
fn place<'e>(event: &'e Event, kind: Kind, path: &[usize]) -> Option<(Fields<'e>, usize)> {
    let (last, objects) = path.split_last()?;
    let fields = event.fields().filter(|_| event.kind() == kind)?;
    let holder = objects.iter().try_fold(fields, |fields, &row| fields.object(row))?;
    Some((holder, *last))
}

/// # Safety
/// `event` is NULL or alive, and nobody changes it meanwhile.
unsafe fn text(event: *const fg_event, kind: Kind, path: &[usize]) -> fg_str {
    // SAFETY: the caller's promise.
    unsafe {
        guard::get(event, fg_str::ABSENT, |held| {
            let (fields, row) = place(&held.event, kind, path)?;
            Some(fg_str::of(fields.text(row)?))
        })
    }
}

/// # Safety
/// `event` is NULL or alive, and nobody changes it meanwhile.
unsafe fn boolean(event: *const fg_event, kind: Kind, path: &[usize]) -> i32 {
    // SAFETY: the caller's promise.
    unsafe {
        guard::get(event, 0, |held| {
            let (fields, row) = place(&held.event, kind, path)?;
            Some(i32::from(fields.boolean(row)?))
        })
    }
}

/// # Safety
/// `event` is NULL or alive, and nobody changes it meanwhile.
unsafe fn epoch_ms(event: *const fg_event, kind: Kind, path: &[usize]) -> i64 {
    // SAFETY: the caller's promise.
    unsafe {
        guard::get(event, i64::MIN, |held| {
            let (fields, row) = place(&held.event, kind, path)?;
            fields.epoch_ms(row)
        })
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
    set: impl FnOnce(&mut Event, V) -> bool,
) -> fg_status {
    let work = |held: &mut Held| {
        let is = held.event.kind();
        let wrong = || Failure::kind(is.name(), kind.name());
        if is != kind {
            return Err(wrong());
        }
        let value = value?;
        if set(held.change(), value) { Ok(()) } else { Err(wrong()) }
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
        set(event, kind, copy_entry(name, values), err, |event, (name, values)| {
            event.set_map_entry(path, &name, values)
        })
    }
}

/// # Safety
/// As for [`fg_str::required`] and [`array()`].
unsafe fn copy_entry(
    name: fg_str,
    (values, count): (*const fg_str, usize),
) -> Result<(String, Vec<String>), Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        let values = array(values, count, "values")?.unwrap_or_default();
        let values = values
            .iter()
            .map(|value| value.required("values").map(str::to_owned))
            .collect::<Result<_, _>>()?;
        Ok((name.required("name")?.to_owned(), values))
    }
}
