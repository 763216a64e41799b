//! Errors: what there is to say beyond the status.

use crate::failure::Failure;
use crate::guard;
use crate::status::{
    self, FG_STATUS_NOT_JSON, FG_STATUS_OUT_OF_MEMORY, FG_STATUS_PANIC, FG_STATUS_TOO_DEEP,
    FG_STATUS_TOO_LARGE, fg_status,
};
use crate::view::fg_str;
use fgruntime_core::FunctionError;
use std::borrow::Cow;

/// Why a call failed: immutable, owned by whoever got it, to be freed with `fg_error_free`; any thread may use it.
pub struct fg_error {
    status: fg_status,
    message: Cow<'static, str>,
    offset: Option<usize>,
    /// Two errors need no memory, because there may be none: they are never freed.
    is_static: bool,
}

/// What is given when the library panics and its message cannot be told.
static PANIC: fg_error = fg_error::fixed(FG_STATUS_PANIC, "the library panicked; please report this bug");
/// What is given when there is no memory.
static OUT_OF_MEMORY: fg_error = fg_error::fixed(FG_STATUS_OUT_OF_MEMORY, "there is not enough memory");

impl fg_error {
    const fn fixed(status: fg_status, message: &'static str) -> Self {
        Self { status, message: Cow::Borrowed(message), offset: None, is_static: true }
    }

    /// The error for a failure, as callers get it. The two static ones are handed out as if they were owned.
    pub(crate) fn into_raw(failure: Failure) -> *mut fg_error {
        match failure {
            Failure { status: FG_STATUS_OUT_OF_MEMORY, .. } => std::ptr::from_ref(&OUT_OF_MEMORY).cast_mut(),
            Failure { status, message, offset } => {
                Box::into_raw(Box::new(fg_error { status, message, offset, is_static: false }))
            }
        }
    }

    /// The error as the outcome of an invocation.
    pub(crate) fn to_function_error(&self) -> FunctionError {
        let of_payload = matches!(self.status, FG_STATUS_NOT_JSON | FG_STATUS_TOO_DEEP | FG_STATUS_TOO_LARGE);
        let error_type = if of_payload { "EventInvalid" } else { "FunctionReturnError" };
        FunctionError::new(error_type, self.message.clone())
    }

    /// The error of last resort. It takes no memory.
    pub(crate) fn panic_raw() -> *mut fg_error {
        std::ptr::from_ref(&PANIC).cast_mut()
    }
}

/// The status of the call that failed; `FG_OK` if `error` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_error_status(error: *const fg_error) -> fg_status {
    // SAFETY: NULL or an error that is still owned by the caller.
    guard::value(status::FG_OK, || unsafe { error.as_ref() }.map(|error| error.status))
}

/// What went wrong, where, and what to do, in a sentence. The text belongs to `error`; absent if that is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_error_message(error: *const fg_error) -> fg_str {
    // SAFETY: NULL or an error that is still owned by the caller.
    guard::value(fg_str::ABSENT, || unsafe { error.as_ref() }.map(|error| fg_str::of(&error.message)))
}

/// Where in the payload or text the problem is, in bytes from its start; -1 if that is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_error_offset(error: *const fg_error) -> i64 {
    // SAFETY: NULL or an error that is still owned by the caller.
    guard::value(-1, || i64::try_from(unsafe { error.as_ref() }?.offset?).ok())
}

/// Frees an error. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_error_free(error: *mut fg_error) {
    guard::value((), || {
        // SAFETY: NULL or an error that is still owned by the caller.
        if unsafe { error.as_ref() }?.is_static {
            return None;
        }
        // SAFETY: every error but the static ones was made by `into_raw`, and the caller gives up its ownership.
        drop(unsafe { Box::from_raw(error) });
        Some(())
    });
}
