//! The caller's data behind a callback, and what frees it.

use std::ffi::c_void;

/// Frees the user data of a callback; it may be NULL.
pub type fg_user_data_free = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// User data with the function that frees it, which runs exactly once: when this is dropped.
pub(crate) struct UserData {
    pointer: *mut c_void,
    free: fg_user_data_free,
}

// SAFETY: the library only passes the pointer on; the header tells callers that callbacks run on any thread.
unsafe impl Send for UserData {}
// SAFETY: as above.
unsafe impl Sync for UserData {}

impl UserData {
    pub(crate) fn new(pointer: *mut c_void, free: fg_user_data_free) -> Self {
        Self { pointer, free }
    }

    pub(crate) fn pointer(&self) -> *mut c_void {
        self.pointer
    }
}

impl Drop for UserData {
    fn drop(&mut self) {
        if let Some(free) = self.free {
            // SAFETY: the caller gave the function for this pointer, and nothing uses it any more.
            unsafe { free(self.pointer) };
        }
    }
}
