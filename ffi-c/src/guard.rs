//! Where panics stop. Every exported function does its work inside one of these.

use crate::error::fg_error;
use crate::failure::Failure;
use crate::status::{FG_OK, FG_STATUS_PANIC, FG_STATUS_POISONED, fg_status};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(panic = "abort")]
compile_error!(
    "libfgruntime must be built with panic = \"unwind\": a panic must become a status, not the end of the process"
);

/// An object behind an opaque pointer. Once a call on it has panicked, nothing is known of its state: it is poisoned, and
/// every later call but the one that frees it is refused.
pub(crate) struct Handle<T> {
    poisoned: AtomicBool,
    value: T,
}

impl<T> Handle<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { poisoned: AtomicBool::new(false), value }
    }

    /// The value, poisoned or not: only to know how to free it.
    pub(crate) fn peek(&self) -> &T {
        &self.value
    }

    fn check(&self) -> Result<&T, Failure> {
        if self.poisoned.load(Ordering::Acquire) {
            Err(Failure::plain(FG_STATUS_POISONED))
        } else {
            Ok(&self.value)
        }
    }
}

/// What an opaque type of the header wraps.
pub(crate) trait Opaque {
    type Value;
    /// What the type's pointers are called in messages.
    const NAME: &'static str;
    fn handle(&self) -> &Handle<Self::Value>;
    fn handle_mut(&mut self) -> &mut Handle<Self::Value>;
    fn from_handle(handle: Handle<Self::Value>) -> Self;
}

/// Declares that the tuple struct `$opaque` wraps a `$value`.
macro_rules! opaque {
    ($opaque:ident, $value:ty, $name:literal) => {
        impl $crate::guard::Opaque for $opaque {
            type Value = $value;
            const NAME: &'static str = $name;
            fn handle(&self) -> &$crate::guard::Handle<$value> {
                &self.0
            }
            fn handle_mut(&mut self) -> &mut $crate::guard::Handle<$value> {
                &mut self.0
            }
            fn from_handle(handle: $crate::guard::Handle<$value>) -> Self {
                Self(handle)
            }
        }
    };
}
pub(crate) use opaque;

/// Runs a call that has no object: its status, and its error through `err` unless that is NULL.
///
/// # Safety
/// `err` is NULL or may be written to.
pub(crate) unsafe fn call(err: *mut *mut fg_error, body: impl FnOnce() -> Result<(), Failure>) -> fg_status {
    let (status, error) = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => (FG_OK, std::ptr::null_mut()),
        Ok(Err(failure)) if err.is_null() => (failure.status, std::ptr::null_mut()),
        Ok(Err(failure)) => (failure.status, fg_error::into_raw(failure)),
        Err(panic) => (FG_STATUS_PANIC, panic_error(panic, !err.is_null())),
    };
    if !err.is_null() {
        // SAFETY: not NULL; the rest is the caller's promise.
        unsafe { err.write(error) };
    }
    status
}

/// Runs a call that reads an object.
///
/// # Safety
/// `object` is NULL or alive, and no other thread changes it meanwhile; `err` is NULL or may be written to.
pub(crate) unsafe fn read<O: Opaque>(
    object: *const O,
    err: *mut *mut fg_error,
    body: impl FnOnce(&O::Value) -> Result<(), Failure>,
) -> fg_status {
    // SAFETY: the caller's promise.
    let object = unsafe { object.as_ref() };
    let work = || body(object.ok_or_else(|| Failure::null(O::NAME))?.handle().check()?);
    // SAFETY: the caller's promise.
    let status = unsafe { call(err, work) };
    if let (FG_STATUS_PANIC, Some(object)) = (status, object) {
        object.handle().poisoned.store(true, Ordering::Release);
    }
    status
}

/// Runs a call that changes an object.
///
/// # Safety
/// `object` is NULL or alive, and no other thread uses it meanwhile; `err` is NULL or may be written to.
pub(crate) unsafe fn change<O: Opaque>(
    object: *mut O,
    err: *mut *mut fg_error,
    body: impl FnOnce(&mut O::Value) -> Result<(), Failure>,
) -> fg_status {
    // SAFETY: the caller's promise.
    let mut object = unsafe { object.as_mut() };
    let work = || {
        let handle = object.as_deref_mut().ok_or_else(|| Failure::null(O::NAME))?.handle_mut();
        handle.check()?;
        body(&mut handle.value)
    };
    // SAFETY: the caller's promise.
    let status = unsafe { call(err, work) };
    if let (FG_STATUS_PANIC, Some(object)) = (status, object) {
        object.handle().poisoned.store(true, Ordering::Release);
    }
    status
}

/// Runs a getter, which has no status: `otherwise` if there is nothing to get or the object is NULL or poisoned.
///
/// # Safety
/// `object` is NULL or alive for `'o`, and no other thread changes it meanwhile.
pub(crate) unsafe fn get<'o, O: Opaque + 'o, T>(
    object: *const O,
    otherwise: T,
    body: impl FnOnce(&'o O::Value) -> Option<T>,
) -> T {
    // SAFETY: the caller's promise.
    let object = unsafe { object.as_ref() };
    value(otherwise, || body(object?.handle().check().ok()?))
}

/// Runs something small that has no status and no object.
pub(crate) fn value<T>(otherwise: T, body: impl FnOnce() -> Option<T>) -> T {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => value.unwrap_or(otherwise),
        Err(panic) => {
            discard(panic);
            otherwise
        }
    }
}

/// Gives a new object to the caller.
///
/// # Safety
/// `out` is NULL or may be written to.
pub(crate) unsafe fn give<O: Opaque>(out: *mut *mut O, value: O::Value) -> Result<(), Failure> {
    let out = if out.is_null() { return Err(Failure::null("out")) } else { out };
    let object = Box::into_raw(Box::new(O::from_handle(Handle::new(value))));
    // SAFETY: not NULL; the rest is the caller's promise.
    unsafe { out.write(object) };
    Ok(())
}

/// Writes a plain value to the caller's memory.
///
/// # Safety
/// `out` is NULL or may be written to.
pub(crate) unsafe fn write<T>(out: *mut T, value: T) -> Result<(), Failure> {
    let out = if out.is_null() { return Err(Failure::null("out")) } else { out };
    // SAFETY: not NULL; the rest is the caller's promise.
    unsafe { out.write(value) };
    Ok(())
}

/// Takes back an object that [`give`] gave, and frees it. NULL is ignored.
///
/// # Safety
/// `object` is NULL or was given by [`give`], and nobody uses it any more.
pub(crate) unsafe fn free<O: Opaque>(object: *mut O) {
    value((), || {
        // SAFETY: the caller's promise; NULL does not get here.
        (!object.is_null()).then(|| drop(unsafe { Box::from_raw(object) }))
    });
}

/// The error for a panic, if somebody wants it. Telling its message takes memory and may panic again; then there is an
/// error that needs neither.
fn panic_error(panic: Box<dyn Any + Send>, wanted: bool) -> *mut fg_error {
    if !wanted {
        discard(panic);
        return std::ptr::null_mut();
    }
    let told = catch_unwind(AssertUnwindSafe(|| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        let message =
            format!("the library panicked: {}; please report this bug", text.unwrap_or("no message"));
        fg_error::into_raw(Failure::new(FG_STATUS_PANIC, message))
    }));
    discard(panic);
    told.unwrap_or_else(|second| {
        discard(second);
        fg_error::panic_raw()
    })
}

/// Drops the payload of a panic. That may panic in turn, and so may dropping what comes of it: the last one is leaked.
fn discard(mut panic: Box<dyn Any + Send>) {
    for _ in 0..3 {
        match catch_unwind(AssertUnwindSafe(|| drop(panic))) {
            Ok(()) => return,
            Err(next) => panic = next,
        }
    }
    std::mem::forget(panic);
}
