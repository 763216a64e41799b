//! The answer of a custom authorizer of API Gateway.

use crate::error::fg_error;
use crate::failure::Failure;
use crate::guard::{self, opaque};
use crate::status::fg_status;
use crate::view::fg_str;
use fgruntime_core::IntoOutput;
use fgruntime_core::response::{ApigAuthorizerResponse, Output};
use std::sync::OnceLock;

/// Whether a request may pass, and what is known of its caller. Answer with its JSON: `fg_invocation_respond` with
/// `FG_OUTPUT_JSON`. One thread at a time may change it.
pub struct fg_authorizer_response(guard::Handle<Answer>);
opaque!(fg_authorizer_response, Answer, "response");

pub(crate) struct Answer {
    response: ApigAuthorizerResponse,
    json: OnceLock<String>,
}

/// Makes an answer that lets the request pass if `allow` is not 0, and turns it away otherwise. `*out` is the caller's to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_authorizer_response_new(
    allow: i32,
    out: *mut *mut fg_authorizer_response,
    err: *mut *mut fg_error,
) -> fg_status {
    let response = if allow == 0 { ApigAuthorizerResponse::deny() } else { ApigAuthorizerResponse::allow() };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::call(err, || guard::give(out, Answer { response, json: OnceLock::new() })) }
}

/// Frees an answer. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_authorizer_response_free(response: *mut fg_authorizer_response) {
    // SAFETY: the caller gives up its answer.
    unsafe { guard::free(response) };
}

/// Sets something that the API's definition can refer to, as a text: the gateway takes numbers and truth values only where a
/// feature of the instance allows it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_authorizer_response_set_context(
    response: *mut fg_authorizer_response,
    name: fg_str,
    value: fg_str,
    err: *mut *mut fg_error,
) -> fg_status {
    // Copied before anything is changed: it may come from the answer itself.
    // SAFETY: the pointers are the caller's.
    let entry = unsafe {
        name.required("name").and_then(|name| Ok((name.to_owned(), value.required("value")?.to_owned())))
    };
    let work = |answer: &mut Answer| {
        let (name, value) = entry?;
        answer.json = OnceLock::new();
        answer.response.set_context(name, value);
        Ok::<(), Failure>(())
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::change(response, err, work) }
}

/// The answer as JSON, as the gateway wants it. Absent if `response` is NULL. The view belongs to the answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_authorizer_response_json(response: *const fg_authorizer_response) -> fg_str {
    // SAFETY: the pointer is the caller's.
    unsafe {
        guard::get(response, fg_str::ABSENT, |answer| {
            let write = || match answer.response.clone().into_output() {
                Ok(Output::Json(json)) => json,
                _ => String::new(),
            };
            Some(fg_str::of(answer.json.get_or_init(write)))
        })
    }
}
