//! Statuses: one number for every way in which a call can end.

use crate::view::fg_str;

/// How a call ended: `FG_OK`, or what went wrong. All failures are positive. A number never changes its meaning and is
/// never used again; callers must be ready for numbers that they do not know. Blocks: 1-99 wrong use of the library,
/// 100-199 reading payloads, 200-299 settings, 300-399 input and output, 400-499 handlers, 900-999 the library itself.
pub type fg_status = i32;

/// The call succeeded.
pub const FG_OK: fg_status = 0;
/// A pointer that must not be NULL is NULL.
pub const FG_STATUS_NULL: fg_status = 1;
/// A length is larger than any object can be.
pub const FG_STATUS_LENGTH: fg_status = 2;
/// A text is not UTF-8.
pub const FG_STATUS_UTF8: fg_status = 3;
/// A structure is smaller than the library has ever known it, or larger with a tail that is not zero.
pub const FG_STATUS_STRUCT_SIZE: fg_status = 4;
/// A number is not one of those allowed.
pub const FG_STATUS_RANGE: fg_status = 5;
/// An earlier call on this object panicked; it can only be freed.
pub const FG_STATUS_POISONED: fg_status = 6;
/// The invocation has its reply already.
pub const FG_STATUS_ALREADY_REPLIED: fg_status = 7;
/// The invocation is over: it was given up without a reply.
pub const FG_STATUS_LATE: fg_status = 8;
/// The runtime has been stopped.
pub const FG_STATUS_STOPPED: fg_status = 9;
/// Nothing came in time; ask again.
pub const FG_STATUS_TIMED_OUT: fg_status = 10;
/// The event is of another kind.
pub const FG_STATUS_KIND: fg_status = 11;
/// A handler is running in this process already.
pub const FG_STATUS_ALREADY_RUNNING: fg_status = 12;
/// There is nothing at this index.
pub const FG_STATUS_INDEX: fg_status = 13;
/// The payload is not JSON.
pub const FG_STATUS_NOT_JSON: fg_status = 100;
/// The payload nests deeper than the limit.
pub const FG_STATUS_TOO_DEEP: fg_status = 101;
/// The payload is larger than the limit.
pub const FG_STATUS_TOO_LARGE: fg_status = 102;
/// `RUNTIME_API_ADDR` is not set.
pub const FG_STATUS_NO_ADDRESS: fg_status = 200;
/// `RUNTIME_API_ADDR` is not `host:port`.
pub const FG_STATUS_INVALID_ADDRESS: fg_status = 201;
/// `FGRUNTIME_TRANSPORT` names no transport.
pub const FG_STATUS_UNKNOWN_TRANSPORT: fg_status = 202;
/// A variable of the transport over HTTP (`FGRUNTIME_HTTP_*`, `PORT`) cannot be used.
pub const FG_STATUS_INVALID_SETTING: fg_status = 203;
/// The operating system refused something.
pub const FG_STATUS_IO: fg_status = 300;
/// The platform refused the reply.
pub const FG_STATUS_REFUSED: fg_status = 301;
/// The reply did not get through.
pub const FG_STATUS_LOST: fg_status = 302;
/// For handlers to return: the invocation failed.
pub const FG_STATUS_HANDLER_FAILED: fg_status = 400;
/// The initializer failed; the first invocation was answered with its error.
pub const FG_STATUS_INITIALIZER_FAILED: fg_status = 401;
/// The library panicked, which is a bug in it. Only the object of the call is affected.
pub const FG_STATUS_PANIC: fg_status = 900;
/// There is not enough memory.
pub const FG_STATUS_OUT_OF_MEMORY: fg_status = 901;

/// Every status with its text, in the order of the numbers.
pub(crate) const ALL: &[(fg_status, &str)] = &[
    (FG_OK, "success"),
    (FG_STATUS_NULL, "a pointer that must not be NULL is NULL"),
    (FG_STATUS_LENGTH, "a length is larger than any object can be"),
    (FG_STATUS_UTF8, "a text is not UTF-8"),
    (FG_STATUS_STRUCT_SIZE, "a structure has a size that the library does not know"),
    (FG_STATUS_RANGE, "a number is not one of those allowed"),
    (FG_STATUS_POISONED, "an earlier call on this object panicked"),
    (FG_STATUS_ALREADY_REPLIED, "the invocation has already been answered"),
    (FG_STATUS_LATE, "the invocation is over"),
    (FG_STATUS_STOPPED, "the runtime has been stopped"),
    (FG_STATUS_TIMED_OUT, "nothing came in time"),
    (FG_STATUS_KIND, "the event is of another kind"),
    (FG_STATUS_ALREADY_RUNNING, "a handler is already running in this process"),
    (FG_STATUS_INDEX, "there is nothing at this index"),
    (FG_STATUS_NOT_JSON, "the payload is not JSON"),
    (FG_STATUS_TOO_DEEP, "the payload nests too deep"),
    (FG_STATUS_TOO_LARGE, "the payload is too large"),
    (FG_STATUS_NO_ADDRESS, "RUNTIME_API_ADDR is not set"),
    (FG_STATUS_INVALID_ADDRESS, "RUNTIME_API_ADDR is not host:port"),
    (FG_STATUS_UNKNOWN_TRANSPORT, "FGRUNTIME_TRANSPORT names no transport"),
    (FG_STATUS_INVALID_SETTING, "a variable of the transport over HTTP cannot be used"),
    (FG_STATUS_IO, "the operating system refused something"),
    (FG_STATUS_REFUSED, "the platform refused the reply"),
    (FG_STATUS_LOST, "the reply did not get through"),
    (FG_STATUS_HANDLER_FAILED, "the handler failed"),
    (FG_STATUS_INITIALIZER_FAILED, "the initializer failed"),
    (FG_STATUS_PANIC, "the library panicked"),
    (FG_STATUS_OUT_OF_MEMORY, "there is not enough memory"),
];

pub(crate) fn text(status: fg_status) -> &'static str {
    ALL.iter().find(|(known, _)| *known == status).map_or("unknown status", |(_, text)| text)
}

/// What a status means, in a few words. The text is static; a number that is no status has one too.
#[unsafe(no_mangle)]
pub extern "C" fn fg_status_str(status: fg_status) -> fg_str {
    fg_str::of(text(status))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are a promise: this list is only ever appended to, block by block.
    #[test]
    fn numbers_stay() {
        let numbers: Vec<fg_status> = ALL.iter().map(|(number, _)| *number).collect();
        let promised = [
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 100, 101, 102, 200, 201, 202, 203, 300, 301, 302,
            400, 401, 900, 901,
        ];
        assert_eq!(numbers, promised);
        assert!(ALL.iter().all(|(number, words)| text(*number) == *words && !words.is_empty()));
        assert_eq!(text(-1), "unknown status");
    }
}
