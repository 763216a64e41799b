//! Invocations: one payload with its context, to be answered once.

use crate::apig_response::fg_apig_response;
use crate::context::fg_context;
use crate::error::fg_error;
use crate::event::{self, Held, fg_event};
use crate::failure::Failure;
use crate::guard::{self, Handle, Opaque, opaque};
use crate::status::{
    FG_STATUS_ALREADY_REPLIED, FG_STATUS_LATE, FG_STATUS_LOST, FG_STATUS_NOT_JSON, FG_STATUS_POISONED,
    FG_STATUS_RANGE, FG_STATUS_REFUSED, fg_status,
};
use crate::view::{array, fg_bytes, fg_str};
use fgruntime_core::event::{Event, Limits, ParseError};
use fgruntime_core::response::{FunctionError, IntoOutput, Outcome, Output};
use fgruntime_core::runtime::{Invocation, ReplyError, Responder};
use std::sync::OnceLock;

/// What an output is: one of the `FG_OUTPUT_` constants.
pub type fg_output = i32;

/// Nothing: an empty body.
pub const FG_OUTPUT_NONE: fg_output = 0;
/// Bytes, as they are.
pub const FG_OUTPUT_BYTES: fg_output = 1;
/// Text in UTF-8, as it is.
pub const FG_OUTPUT_TEXT: fg_output = 2;
/// The text of a JSON value.
pub const FG_OUTPUT_JSON: fg_output = 3;

/// One payload with its context, to be answered once, from any thread. From `fg_runtime_next` it is the caller's to free; in a
/// handler it belongs to the runtime and lives until the handler returns. Everything borrowed from it lives as long. If it is
/// freed, or the handler returns, without a reply, it is answered with the error `FunctionNotReplied`.
pub struct fg_invocation(Handle<Received>);
opaque!(fg_invocation, Received, "invocation");

pub(crate) struct Received {
    invocation: Invocation,
    event: OnceLock<Result<fg_event, ParseError>>,
    /// In a handler, freeing it can be told to be wrong.
    is_pushed: bool,
}

impl Received {
    pub(crate) fn new(invocation: Invocation, is_pushed: bool) -> Self {
        Self { invocation, event: OnceLock::new(), is_pushed }
    }

    pub(crate) fn responder(&self) -> Responder {
        self.invocation.responder()
    }

    /// Answers with an error unless there is a reply.
    pub(crate) fn fail_unanswered(&self, error: FunctionError) {
        self.invocation.respond_if_open(Err(error));
    }

    fn event(&self) -> Result<&fg_event, Failure> {
        let parse = || {
            let event = Event::parse_with(self.invocation.payload().clone(), &Limits::of_received())?;
            Ok(fg_event::from_handle(Handle::new(Held::new(event))))
        };
        self.event.get_or_init(parse).as_ref().map_err(event::parse_failure)
    }
}

/// Answers one invocation, from any thread and also after the invocation has been freed, which is then too late. Made by
/// `fg_invocation_responder`, freed with `fg_responder_free`.
pub struct fg_responder(Handle<Responder>);
opaque!(fg_responder, Responder, "responder");

/// Frees an invocation that `fg_runtime_next` gave. NULL is ignored, and so is the invocation of a handler, which belongs to the
/// runtime.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_free(invocation: *mut fg_invocation) {
    // SAFETY: the pointer is the caller's.
    let is_pushed =
        unsafe { invocation.as_ref() }.is_some_and(|invocation| invocation.handle().peek().is_pushed);
    if !is_pushed {
        // SAFETY: the caller gives up its invocation.
        unsafe { guard::free(invocation) };
    }
}

/// The payload; may be empty. The view belongs to the invocation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_payload(invocation: *const fg_invocation) -> fg_bytes {
    // SAFETY: the pointer is the caller's.
    unsafe {
        guard::get(invocation, fg_bytes::ABSENT, |received| Some(fg_bytes::of(received.invocation.payload())))
    }
}

/// What may be asked about the invocation and its function. It belongs to the invocation; NULL if that is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_context(invocation: *const fg_invocation) -> *const fg_context {
    // SAFETY: the pointer is the caller's; the context type is transparent.
    unsafe {
        guard::get(invocation, std::ptr::null(), |received| {
            Some(std::ptr::from_ref(received.invocation.context()).cast())
        })
    }
}

/// The payload as a trigger event, read once, on first use, without copying it. `*out` belongs to the invocation. Fails like
/// `fg_event_parse`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_event(
    invocation: *const fg_invocation,
    out: *mut *const fg_event,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::read(invocation, err, |received| guard::write(out, std::ptr::from_ref(received.event()?)))
    }
}

/// Answers with output of the kind `output`; `body` is copied, and ignored for `FG_OUTPUT_NONE`. Fails with `FG_STATUS_RANGE`,
/// `FG_STATUS_UTF8` or `FG_STATUS_NOT_JSON`, after which the invocation still waits for its reply, and with
/// `FG_STATUS_ALREADY_REPLIED`, `FG_STATUS_REFUSED` or `FG_STATUS_LOST`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_respond(
    invocation: *const fg_invocation,
    output: fg_output,
    body: fg_bytes,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::read(invocation, err, |received| respond(&received.responder(), Ok(make(output, body)?)))
    }
}

/// Answers with a response for API Gateway, which stays the caller's. Fails like `fg_invocation_respond`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_respond_apig(
    invocation: *const fg_invocation,
    response: *const fg_apig_response,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(invocation, err, |received| respond(&received.responder(), Ok(answer(response)?))) }
}

/// Answers with an error of `error_type` (absent for `FunctionReturnError`) and `message`; `stack_trace` may be NULL. All texts are
/// copied. Fails like `fg_invocation_respond`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_fail(
    invocation: *const fg_invocation,
    error_type: fg_str,
    message: fg_str,
    stack_trace: *const fg_str,
    stack_trace_count: usize,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::read(invocation, err, |received| {
            respond(&received.responder(), Err(failed(error_type, message, stack_trace, stack_trace_count)?))
        })
    }
}

/// Answers with an error that a call here gave, for example `fg_invocation_event`: its type is `EventInvalid` if that could not read
/// the payload, else `FunctionReturnError`. `error` stays the caller's. Fails like `fg_invocation_respond`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_fail_with(
    invocation: *const fg_invocation,
    error: *const fg_error,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = |received: &Received| {
        // SAFETY: the pointer is the caller's.
        let error = unsafe { error.as_ref() }.ok_or_else(|| Failure::null("error"))?;
        respond(&received.responder(), Err(error.to_function_error()))
    };
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(invocation, err, work) }
}

/// Makes what answers the invocation later, from any thread. `*out` is the caller's to free; freeing it answers nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_invocation_responder(
    invocation: *const fg_invocation,
    out: *mut *mut fg_responder,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(invocation, err, |received| guard::give(out, received.responder())) }
}

/// Like `fg_invocation_respond`; fails with `FG_STATUS_LATE` if the invocation has been given up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_responder_respond(
    responder: *const fg_responder,
    output: fg_output,
    body: fg_bytes,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(responder, err, |responder| respond(responder, Ok(make(output, body)?))) }
}

/// Like `fg_invocation_respond_apig`; fails with `FG_STATUS_LATE` if the invocation has been given up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_responder_respond_apig(
    responder: *const fg_responder,
    response: *const fg_apig_response,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe { guard::read(responder, err, |responder| respond(responder, Ok(answer(response)?))) }
}

/// Like `fg_invocation_fail`; fails with `FG_STATUS_LATE` if the invocation has been given up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_responder_fail(
    responder: *const fg_responder,
    error_type: fg_str,
    message: fg_str,
    stack_trace: *const fg_str,
    stack_trace_count: usize,
    err: *mut *mut fg_error,
) -> fg_status {
    // SAFETY: the pointers are the caller's.
    unsafe {
        guard::read(responder, err, |responder| {
            respond(responder, Err(failed(error_type, message, stack_trace, stack_trace_count)?))
        })
    }
}

/// Frees a responder. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_responder_free(responder: *mut fg_responder) {
    // SAFETY: the caller gives up its responder.
    unsafe { guard::free(responder) };
}

fn respond(responder: &Responder, outcome: Outcome) -> Result<(), Failure> {
    responder.respond(outcome).map_err(|error| {
        let status = match error {
            ReplyError::AlreadyReplied => FG_STATUS_ALREADY_REPLIED,
            ReplyError::Late | ReplyError::TimedOut(_) => FG_STATUS_LATE,
            ReplyError::Refused(_) | ReplyError::Rejected(_) => FG_STATUS_REFUSED,
            _ => FG_STATUS_LOST,
        };
        Failure::new(status, error.to_string())
    })
}

/// # Safety
/// As for [`fg_bytes::optional`].
unsafe fn make(output: fg_output, body: fg_bytes) -> Result<Output, Failure> {
    if output == FG_OUTPUT_NONE {
        return Ok(Output::None);
    }
    let text = || {
        let view = fg_str { ptr: body.ptr.cast(), len: body.len };
        // SAFETY: the caller's promise.
        Ok(unsafe { view.optional("body") }?.unwrap_or_default().to_owned())
    };
    match output {
        // SAFETY: the caller's promise.
        FG_OUTPUT_BYTES => Ok(Output::Bytes(unsafe { event::copy(body) }?)),
        FG_OUTPUT_TEXT => Ok(Output::Text(text()?)),
        FG_OUTPUT_JSON => Output::json(text()?).map_err(|error| Failure {
            offset: Some(error.offset()),
            ..Failure::new(FG_STATUS_NOT_JSON, format!("body: {error}"))
        }),
        _ => Err(Failure::new(FG_STATUS_RANGE, format!("{output} is not the number of an output"))),
    }
}

/// # Safety
/// `response` is NULL or alive, and nobody changes it meanwhile.
unsafe fn answer(response: *const fg_apig_response) -> Result<Output, Failure> {
    // SAFETY: the caller's promise.
    let copy = unsafe { guard::get(response, None, |response| Some(Some(response.clone()))) };
    let missing =
        || if response.is_null() { Failure::null("response") } else { Failure::plain(FG_STATUS_POISONED) };
    let output = copy.ok_or_else(missing)?.into_output();
    output.map_err(|error| Failure::new(FG_STATUS_NOT_JSON, error.message().to_owned()))
}

/// # Safety
/// As for [`fg_str::required`] and [`array()`].
pub(crate) unsafe fn failed(
    error_type: fg_str,
    message: fg_str,
    stack_trace: *const fg_str,
    count: usize,
) -> Result<FunctionError, Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        let error_type = error_type.optional("error_type")?.unwrap_or("FunctionReturnError");
        let frames = array(stack_trace, count, "stack_trace")?.unwrap_or_default();
        let frames = frames.iter().map(|frame| frame.required("stack_trace").map(str::to_owned));
        let error = FunctionError::new(error_type, message.required("message")?);
        Ok(error.with_stack_trace(frames.collect::<Result<_, _>>()?))
    }
}
