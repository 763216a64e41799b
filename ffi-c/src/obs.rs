//! What events of the Object Storage Service have besides their fields: answers that do not depend on the layout.

use crate::event::{Held, fg_event};
use crate::guard;
use crate::view::fg_str;
use fgruntime_core::event::{Event, ObsRecord};

/// The key of the object as it is in the bucket: `+` is a space and `%XX` a byte of UTF-8; what is neither stays as it is. Absent
/// if there is none, or if `event` is not from OBS. The view belongs to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_obs_record_decoded_key(event: *const fg_event, record: usize) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe {
        guard::get(event, fg_str::ABSENT, |held| {
            let decode = |event: &Event| records(event).map(|record| record.object().decoded_key()).collect();
            Some(fg_str::of(held.decoded_keys(decode).get(record)?.as_deref()?))
        })
    }
}

/// The name of the bucket, whichever the layout. Absent if there is none. The view belongs to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_obs_record_bucket_name(event: *const fg_event, record: usize) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(event, record, |record| record.bucket_name()) }
}

/// The name of the region, whichever the layout. Absent if there is none. The view belongs to the event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_obs_record_region(event: *const fg_event, record: usize) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe { text(event, record, |record| record.region()) }
}

/// # Safety
/// `event` is NULL or alive, and nobody changes it meanwhile.
unsafe fn text(
    event: *const fg_event,
    record: usize,
    text: impl for<'e> FnOnce(ObsRecord<'e>) -> Option<&'e str>,
) -> fg_str {
    // SAFETY: the caller's promise.
    unsafe {
        guard::get(event, fg_str::ABSENT, |held: &Held| {
            Some(fg_str::of(text(records(&held.event).nth(record)?)?))
        })
    }
}

/// The records of an event from OBS; of EventGrid's the one there is.
fn records(event: &Event) -> impl Iterator<Item = ObsRecord<'_>> {
    let (many, one) = match event {
        Event::Obs(event) => (Some(event.records()), None),
        Event::EventGrid(event) => (None, Some(event.data_fields())),
        _ => (None, None),
    };
    many.into_iter().flatten().chain(one)
}
