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

/// # Safety
/// `event` is NULL or alive, and nobody else uses it meanwhile; `err` is NULL or may be written to.
unsafe fn set(
    event: *mut fg_event,
    kind: Kind,
    err: *mut *mut fg_error,
    set: impl FnOnce(&mut Event) -> Result<bool, Failure>,
) -> fg_status {
    let work = |held: &mut Held| {
        let is = held.event.kind();
        if is == kind && set(held.change())? { Ok(()) } else { Err(Failure::kind(is.name(), kind.name())) }
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
    unsafe { set(event, kind, err, |event| Ok(event.set_text(path, value.required("value")?))) }
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
    unsafe { set(event, kind, err, |event| Ok(event.set_boolean(path, value != 0))) }
}

/// # Safety
/// As for [`set`]; `name` and `values` as for [`fg_str::required`] and [`array`].
unsafe fn set_map(
    event: *mut fg_event,
    kind: Kind,
    path: &[usize],
    name: fg_str,
    (values, count): (*const fg_str, usize),
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the caller's promise.
    unsafe {
        set(event, kind, err, |event| {
            let values = array(values, count, "values")?.unwrap_or_default();
            let values =
                values.iter().map(|value| value.required("values")).collect::<Result<Vec<_>, _>>()?;
            Ok(event.set_map_entry(path, name.required("name")?, values))
        })
    }
}
