//! Views: texts and bytes that belong to somebody else.

use crate::failure::Failure;
use crate::status::{FG_STATUS_LENGTH, FG_STATUS_NULL};
use std::ffi::c_char;

/// A text of `len` bytes in UTF-8, not ended by NUL; it may contain NUL. `ptr == NULL` is absent, `len == 0` with a pointer
/// is empty. A view that the library returns lives as long as the owner that the function's description names.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct fg_str {
    /// The first byte, or NULL.
    pub ptr: *const c_char,
    /// How many bytes.
    pub len: usize,
}

/// Some bytes; like `fg_str` in everything but UTF-8.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct fg_bytes {
    /// The first byte, or NULL.
    pub ptr: *const u8,
    /// How many bytes.
    pub len: usize,
}

impl fg_str {
    pub(crate) const ABSENT: Self = Self { ptr: std::ptr::null(), len: 0 };

    pub(crate) fn of(text: &str) -> Self {
        let bytes = fg_bytes::of(text.as_bytes());
        Self { ptr: bytes.ptr.cast(), len: bytes.len }
    }

    /// The text, or None if it is absent.
    ///
    /// # Safety
    /// A pointer that is not NULL has `len` bytes behind it, which nobody changes for `'v`.
    pub(crate) unsafe fn optional<'v>(self, name: &'static str) -> Result<Option<&'v str>, Failure> {
        let bytes = fg_bytes { ptr: self.ptr.cast(), len: self.len };
        // SAFETY: the caller's promise is the same.
        match unsafe { bytes.optional(name) }? {
            Some(bytes) => std::str::from_utf8(bytes).map(Some).map_err(|error| Failure::utf8(name, &error)),
            None => Ok(None),
        }
    }

    /// The text, which must not be absent.
    ///
    /// # Safety
    /// As for [`optional`](Self::optional).
    pub(crate) unsafe fn required<'v>(self, name: &'static str) -> Result<&'v str, Failure> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.optional(name) }?.ok_or_else(|| Failure::null(name))
    }
}

impl fg_bytes {
    pub(crate) const ABSENT: Self = Self { ptr: std::ptr::null(), len: 0 };

    /// Nothing is at a real address too: Rust's own is 1, and callers with a garbage collector (Go) stop at such a pointer.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        static NOTHING: u8 = 0;
        let ptr = if bytes.is_empty() { &raw const NOTHING } else { bytes.as_ptr() };
        Self { ptr, len: bytes.len() }
    }

    /// The bytes, or None if they are absent.
    ///
    /// # Safety
    /// A pointer that is not NULL has `len` bytes behind it, which nobody changes for `'v`.
    pub(crate) unsafe fn optional<'v>(self, name: &'static str) -> Result<Option<&'v [u8]>, Failure> {
        // SAFETY: the caller's promise is the same; one byte is always aligned.
        unsafe { array(self.ptr, self.len, name) }
    }
}

/// An array that the caller passes as pointer and length; NULL with length 0 is none.
///
/// # Safety
/// A pointer that is not NULL is aligned and has `length` values behind it, which nobody changes for `'v`.
pub(crate) unsafe fn array<'v, T>(
    pointer: *const T,
    length: usize,
    name: &'static str,
) -> Result<Option<&'v [T]>, Failure> {
    if pointer.is_null() {
        let wrong = Failure::new(FG_STATUS_NULL, format!("{name} is NULL, but its length is {length}"));
        return if length == 0 { Ok(None) } else { Err(wrong) };
    }
    if length.checked_mul(size_of::<T>()).is_none_or(|bytes| bytes > isize::MAX as usize) {
        return Err(Failure::new(FG_STATUS_LENGTH, format!("{name} cannot have a length of {length}")));
    }
    // SAFETY: not NULL, and no larger than any object; the rest is the caller's promise.
    Ok(Some(unsafe { std::slice::from_raw_parts(pointer, length) }))
}
