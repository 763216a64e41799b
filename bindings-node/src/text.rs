//! Texts and bytes on their way to JavaScript.

use napi::bindgen_prelude::{BufferSlice, ToNapiValue, Undefined};
use napi::{Env, Result, Status, sys};
use std::borrow::Cow;
use std::ptr;

/// Bytes that are a text of JavaScript, or `undefined`. What is not UTF-8 in them becomes U+FFFD.
pub struct Text<'a>(Option<Cow<'a, [u8]>>);

impl<'a> Text<'a> {
    /// The text.
    pub(crate) fn of(text: &'a str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    pub(crate) fn of_bytes(bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Self(Some(bytes.into()))
    }

    pub(crate) fn undefined() -> Self {
        Self(None)
    }
}

impl<'a> From<Option<&'a str>> for Text<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or_else(Self::undefined, Self::of)
    }
}

impl ToNapiValue for Text<'_> {
    unsafe fn to_napi_value(env: sys::napi_env, value: Self) -> Result<sys::napi_value> {
        let Some(bytes) = value.0 else {
            // SAFETY: the caller's environment is valid, as this function demands.
            return unsafe { Undefined::to_napi_value(env, ()) };
        };
        let (start, length) = (bytes.as_ptr().cast(), bytes.len().cast_signed());
        let mut result = ptr::null_mut();
        // Node reads one byte a character much faster than it decodes UTF-8.
        let status = if bytes.is_ascii() {
            // SAFETY: `start` and `length` are those of a live slice; the caller's environment is valid.
            unsafe { sys::napi_create_string_latin1(env, start, length, &raw mut result) }
        } else {
            // SAFETY: as above.
            unsafe { sys::napi_create_string_utf8(env, start, length, &raw mut result) }
        };
        if status == sys::Status::napi_ok {
            return Ok(result);
        }
        Err(napi::Error::new(Status::from(status), "Node has no room for a string of that length"))
    }
}

/// A `Buffer` with a copy of `bytes`.
pub(crate) fn buffer<'e>(env: &'e Env, bytes: &[u8]) -> Result<BufferSlice<'e>> {
    BufferSlice::copy_from(env, bytes)
}
