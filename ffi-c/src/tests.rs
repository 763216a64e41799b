//! What only Rust can provoke: panics inside the library, and structures of other versions. Everything else is tested from C.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use crate::abi::{FG_ABI_MAJOR, FG_ABI_MINOR, fg_abi_version};
use crate::error::*;
use crate::event::*;
use crate::failure::Failure;
use crate::guard::{self, Handle};
use crate::options::copy_struct;
use crate::status::*;
use crate::user_data::UserData;
use crate::view::{fg_bytes, fg_str};
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

struct fg_thing(Handle<u32>);
guard::opaque!(fg_thing, u32, "thing");

fn thing() -> *mut fg_thing {
    let mut thing = null_mut();
    // SAFETY: `thing` may be written to.
    unsafe { guard::give(&raw mut thing, 7) }.unwrap();
    thing
}

fn text(view: fg_str) -> &'static str {
    // SAFETY: the tests ask only for views that are alive.
    unsafe { view.required("text") }.unwrap()
}

/// A panic becomes a status and an error with its message, and poisons the object that it happened to.
#[test]
fn panics_stop_at_the_guard() {
    let (thing, other) = (thing(), thing());
    let mut err = null_mut();
    // SAFETY: all pointers are valid.
    unsafe {
        let status = guard::read(thing, &raw mut err, |_| panic!("number {}", 3));
        assert_eq!((status, fg_error_status(err)), (FG_STATUS_PANIC, FG_STATUS_PANIC));
        assert_eq!(text(fg_error_message(err)), "the library panicked: number 3; please report this bug");
        fg_error_free(err);

        assert_eq!(guard::change(thing, &raw mut err, |_| Ok(())), FG_STATUS_POISONED);
        fg_error_free(err);
        assert_eq!(guard::get(thing, 0, |value| Some(*value)), 0);
        assert_eq!(guard::get(other, 0, |value| Some(*value)), 7, "only the object of the call is affected");
        assert_eq!(guard::get(other, 5, |_| panic!("in a getter")), 5);
        assert_eq!(guard::change(other, null_mut(), |_| panic!("nobody wants the error")), FG_STATUS_PANIC);
        guard::free(thing);
        guard::free(other);
        guard::free::<fg_thing>(null_mut());
    }
}

/// A payload of a panic whose own drop panics does not get through either.
#[test]
fn panics_may_carry_anything() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    for wanted in [true, false] {
        let mut err = null_mut();
        let place = if wanted { &raw mut err } else { null_mut() };
        // SAFETY: `place` is NULL or may be written to.
        let status = unsafe { guard::call(place, || std::panic::panic_any(Bomb)) };
        assert_eq!(status, FG_STATUS_PANIC);
        // SAFETY: NULL or an error.
        unsafe { fg_error_free(err) };
    }
}

/// The errors of last resort take no memory and survive being freed as often as one likes.
#[test]
fn static_errors_are_never_freed() {
    for error in [fg_error::panic_raw(), fg_error::into_raw(Failure::out_of_memory())] {
        // SAFETY: static.
        unsafe {
            fg_error_free(error);
            fg_error_free(error);
            assert!(!text(fg_error_message(error)).is_empty());
        }
    }
}

#[test]
fn success_clears_the_error() {
    let mut err = std::ptr::dangling_mut::<fg_error>();
    // SAFETY: `err` may be written to.
    assert_eq!(unsafe { guard::call(&raw mut err, || Ok(())) }, FG_OK);
    assert!(err.is_null());
}

#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq)]
struct Now {
    struct_size: usize,
    first: u32,
    second: u32,
    third: u64,
}

/// The structure as the first version of the ABI had it, and as a later one will: kept for ever.
#[repr(C)]
struct First {
    struct_size: usize,
    first: u32,
    second: u32,
}

#[repr(C)]
struct Later {
    now: Now,
    fourth: u64,
}

#[test]
fn structures_of_other_versions_are_read() {
    let read = |pointer: *const c_void| {
        // SAFETY: every structure here has the bytes that it says.
        unsafe { copy_struct(pointer.cast::<Now>(), size_of::<First>(), "options") }
    };
    assert_eq!(read(null()).unwrap(), None);

    let first = First { struct_size: size_of::<First>(), first: 1, second: 2 };
    let expected = Now { struct_size: size_of::<First>(), first: 1, second: 2, third: 0 };
    assert_eq!(read((&raw const first).cast()).unwrap(), Some(expected));

    let now = Now { struct_size: size_of::<Later>(), first: 1, second: 2, third: 3 };
    let mut later = Later { now, fourth: 0 };
    assert_eq!(read((&raw const later).cast()).unwrap(), Some(now));
    later.fourth = 1;
    assert_eq!(read((&raw const later).cast()).unwrap_err().status, FG_STATUS_STRUCT_SIZE);

    for size in [0, 1, size_of::<First>() - 1, usize::MAX, 1 << 20] {
        let wrong = First { struct_size: size, first: 0, second: 0 };
        let failure = read((&raw const wrong).cast()).unwrap_err();
        assert_eq!(failure.status, FG_STATUS_STRUCT_SIZE);
        assert!(failure.message.contains(&size.to_string()), "{}", failure.message);
    }
}

#[test]
fn user_data_is_freed_once() {
    static FREED: AtomicU32 = AtomicU32::new(0);
    unsafe extern "C" fn free(user_data: *mut c_void) {
        FREED.fetch_add(user_data.addr() as u32, Ordering::Relaxed);
    }
    drop(UserData::new(std::ptr::without_provenance_mut(3), Some(free)));
    drop(UserData::new(std::ptr::without_provenance_mut(4), None));
    assert_eq!(FREED.load(Ordering::Relaxed), 3);
}

#[test]
fn events_are_parsed_read_and_changed() {
    let payload = br#"{"httpMethod":"GET","requestContext":{"stage":"RELEASE"},"headers":{"A":["1","2"]}}"#;
    let mut event = null_mut();
    // SAFETY: all pointers are valid until they are freed.
    unsafe {
        assert_eq!(fg_event_parse(fg_bytes::of(payload), &raw mut event, null_mut()), FG_OK);
        use crate::event_fields::apig::*;
        assert_eq!(text(fg_apig_request_context_stage(event)), "RELEASE");
        let headers = fg_apig_headers(event);
        assert_eq!(text(crate::map::fg_map_get_nth(headers, fg_str::of("a"), 1)), "2");
        assert_eq!(fg_apig_set_path(event, fg_str::of("/x"), null_mut()), FG_OK);
        assert_eq!(text(fg_apig_path(event)), "/x");
        let mut err = null_mut();
        let status = crate::event_fields::timer::fg_timer_set_time(event, fg_str::of(""), &raw mut err);
        assert_eq!(
            (status, text(fg_error_message(err))),
            (FG_STATUS_KIND, "the event is of kind apig, not timer")
        );
        fg_error_free(err);
        fg_event_free(event);
    }
}

#[test]
fn the_version_is_in_the_soname() {
    assert_eq!(fg_abi_version(), FG_ABI_MAJOR << 16 | FG_ABI_MINOR);
    let build = include_str!("../build.rs");
    assert!(build.contains(&format!("-soname,libfgruntime.so.{FG_ABI_MAJOR}\"")));
}
