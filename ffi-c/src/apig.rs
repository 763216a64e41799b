//! What API Gateway events have besides their fields.

use crate::error::fg_error;
use crate::event::{Held, copy, fg_event};
use crate::failure::Failure;
use crate::guard;
use crate::status::fg_status;
use crate::view::fg_bytes;
use fgruntime_core::event::Event;

/// Sets the body to the base64 of `body` and `isBase64Encoded` to true, as the gateway does by default. For tests and local
/// debugging. Fails with `FG_STATUS_KIND`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_set_base64_encoded_body(
    event: *mut fg_event,
    body: fg_bytes,
    err: *mut *mut fg_error,
) -> fg_status {
    // Copied before anything is changed: it may come from the event itself.
    // SAFETY: the pointer is the caller's.
    let body = unsafe { copy(body) };
    let work = |held: &mut Held| {
        let is = held.event.kind();
        let body = body?;
        held.change(|event| {
            let Event::Apig(event) = event else { return Err(Failure::kind(is.name(), "apig")) };
            event.set_base64_encoded_body(body);
            Ok(())
        })
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::change(event, err, work) }
}
