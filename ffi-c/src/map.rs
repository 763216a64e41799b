//! Headers, query and path parameters.

use crate::context::fg_pair;
use crate::error::fg_error;
use crate::event::{Held, fg_event, fg_kind, number_of};
use crate::event_fields::{INDEX, map_path};
use crate::failure::Failure;
use crate::guard;

use crate::status::fg_status;
use crate::view::fg_str;
use fgruntime_core::event::TextMap;

/// A map of an event: names in document order, each with one or several texts. A small value that points into the event, valid
/// as long as that is; do not look inside. An event without the map has an empty one.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct fg_map {
    /// The event.
    pub event: *const fg_event,
    /// Which of its maps.
    pub field: u64,
}

/// The steps to the deepest map.
const LONGEST_PATH: usize = 8;

impl fg_map {
    /// Map number `map` of events of `kind`, in the list's element `index`.
    pub(crate) fn of(event: *const fg_event, kind: fg_kind, map: u16, index: usize) -> Self {
        let (kind, map) = (u64::from(kind.cast_unsigned()) << 48, u64::from(map) << 32);
        // A payload is too small for so many elements.
        let index = u64::from(u32::try_from(index).unwrap_or(u32::MAX));
        Self { event, field: kind | map | index }
    }
}

fn map_of(held: &Held, field: u64) -> Option<TextMap<'_>> {
    let (kind, map, index) = (field >> 48, (field >> 32) as u16, field as u32);
    let is_of_kind = u64::from(number_of(held.event.kind()).cast_unsigned()) == kind;
    let steps = map_path(held.event.kind(), map).filter(|_| is_of_kind)?;
    let mut path = [0; LONGEST_PATH];
    let path = path.get_mut(..steps.len())?;
    for (place, &step) in path.iter_mut().zip(steps) {
        *place = if step == INDEX { index as usize } else { step };
    }
    let (fields, row) = held.event.find(path)?;
    Some(fields.map(row))
}

/// How many pairs of name and text there are; a name with several texts counts several times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_map_count(map: fg_map) -> usize {
    // SAFETY: the pointer is the caller's.
    unsafe { guard::get(map.event, 0, |held| Some(map_of(held, map.field)?.iter().count())) }
}

/// One pair of name and text, in document order. The views belong to the event. The time it takes grows with `index`. Fails
/// with `FG_STATUS_INDEX`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_map_at(
    map: fg_map,
    index: usize,
    name: *mut fg_str,
    text: *mut fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = |held: &Held| {
        let pairs = || map_of(held, map.field).into_iter().flat_map(TextMap::iter);
        let (known, value) = pairs().nth(index).ok_or_else(|| Failure::index(index, pairs().count()))?;
        if name.is_null() || text.is_null() {
            return Err(Failure::null("name or text"));
        }
        // SAFETY: the pointers are the caller's.
        unsafe {
            guard::write(name, fg_str::of(known))?;
            guard::write(text, fg_str::of(value))
        }
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(map.event, err, work) }
}

/// Writes the first `room` pairs of name and text, in document order, and returns how many there are: the way to see all of a large
/// map. `pairs` may be NULL if `room` is 0. The views belong to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_map_all(map: fg_map, pairs: *mut fg_pair, room: usize) -> usize {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::get(map.event, 0, |held| {
            let known = map_of(held, map.field)?;
            let room = if pairs.is_null() { 0 } else { room };
            for (place, (name, value)) in known.iter().take(room).enumerate() {
                let pair = fg_pair { name: fg_str::of(name), value: fg_str::of(value) };
                pairs.add(place).write(pair);
            }
            Some(known.iter().count())
        })
    }
}

/// The first text of `name`: of the name written exactly so if there is one, else of any name that differs only in case.
/// Absent if there is none. The view belongs to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_map_get(map: fg_map, name: fg_str) -> fg_str {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::get(map.event, fg_str::ABSENT, |held| {
            Some(fg_str::of(map_of(held, map.field)?.get(name.optional("name").ok()??)?))
        })
    }
}

/// The text number `index` (from 0) of all texts of `name`, ignoring case, in document order. Absent if there are not so many.
/// The view belongs to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_map_get_nth(map: fg_map, name: fg_str, index: usize) -> fg_str {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::get(map.event, fg_str::ABSENT, |held| {
            let map = map_of(held, map.field)?;
            let text = map.get_all(name.optional("name").ok()??).nth(index)?;
            Some(fg_str::of(text))
        })
    }
}
