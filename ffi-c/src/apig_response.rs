//! The answer to an API Gateway event.

use crate::error::fg_error;
use crate::failure::Failure;
use crate::guard::{self, opaque};
use crate::status::{FG_STATUS_RANGE, fg_status};
use crate::view::{fg_bytes, fg_str};
use fgruntime_core::ApigTriggerResponse;

/// What API Gateway turns into an HTTP response: status 200, no headers and an empty body until it is told otherwise. One
/// thread at a time may change it.
pub struct fg_apig_response(guard::Handle<ApigTriggerResponse>);
opaque!(fg_apig_response, ApigTriggerResponse, "response");

/// Makes a response. `*out` is the caller's to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_response_new(
    out: *mut *mut fg_apig_response,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe { guard::call(err, || guard::give(out, ApigTriggerResponse::default())) }
}

/// Frees a response. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_response_free(response: *mut fg_apig_response) {
    // SAFETY: the caller gives up its response.
    unsafe { guard::free(response) };
}

/// Sets the HTTP status, 100 to 599. Fails with `FG_STATUS_RANGE` for any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_response_set_status_code(
    response: *mut fg_apig_response,
    status_code: i32,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = |response: &mut ApigTriggerResponse| {
        let code = u16::try_from(status_code).ok().filter(|code| (100..600).contains(code));
        let wrong =
            || Failure::new(FG_STATUS_RANGE, format!("{status_code} is not an HTTP status from 100 to 599"));
        response.set_status_code(code.ok_or_else(wrong)?);
        Ok(())
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::change(response, err, work) }
}

/// Sets a header, replacing what was set under the same name in any case.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_response_set_header(
    response: *mut fg_apig_response,
    name: fg_str,
    value: fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::change(response, err, |response| {
            response.set_header(name.required("name")?, value.required("value")?);
            Ok(())
        })
    }
}

/// Adds a value to a header, for those that may repeat, such as `Set-Cookie`. Several values go out as an array.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_response_append_header(
    response: *mut fg_apig_response,
    name: fg_str,
    value: fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::change(response, err, |response| {
            response.append_header(name.required("name")?, value.required("value")?);
            Ok(())
        })
    }
}

/// Sets a plain text body.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_response_set_body(
    response: *mut fg_apig_response,
    body: fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::change(response, err, |response| {
            response.set_body(body.required("body")?);
            Ok(())
        })
    }
}

/// Sets a body of any bytes, sent as base64, and says so in `isBase64Encoded`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_apig_response_set_base64_encoded_body(
    response: *mut fg_apig_response,
    body: fg_bytes,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::change(response, err, |response| {
            response.set_base64_encoded_body(body.optional("body")?.unwrap_or_default());
            Ok(())
        })
    }
}
