//! Logs whose every record carries its request.

use crate::error::fg_error;
use crate::failure::Failure;
use crate::guard;
use crate::status::{FG_STATUS_RANGE, fg_status};
use crate::view::fg_str;
use fgruntime_core::logging::{Level, Logger};

/// How much a log record matters: one of the `FG_LEVEL_` constants.
pub type fg_level = i32;

/// No level; such records are always written.
pub const FG_LEVEL_NONE: fg_level = 0;
/// For developers.
pub const FG_LEVEL_DEBUG: fg_level = 1;
/// The course of things; the default threshold.
pub const FG_LEVEL_INFO: fg_level = 2;
/// Something odd that was dealt with.
pub const FG_LEVEL_WARN: fg_level = 3;
/// Something that failed.
pub const FG_LEVEL_ERROR: fg_level = 4;

/// Writes records that carry one invocation's id. Any threads may use one at once, also after the invocation has been answered.
/// Values of the invocation's credentials are masked wherever they appear.
// The layout is the core's, so that a reference to that is a pointer to this; behind `cfg_attr`, because cbindgen would
// take the type for an alias of something it does not know.
#[cfg_attr(all(), repr(transparent))]
pub struct fg_logger(Logger);

impl fg_logger {
    pub(crate) fn of(logger: &Logger) -> *const fg_logger {
        // The type is transparent: it is the logger under another name.
        std::ptr::from_ref(logger).cast()
    }
}

/// Writes one record: `time request-id [LEVEL ]text`, or a JSON object with `FGRUNTIME_LOG_FORMAT=json`. A record is one write to
/// standard output; one beyond 90 KiB is several records, each complete. What is not UTF-8 is written as U+FFFD. Nothing
/// happens if `logger` is NULL, the text is absent, or the level is below the threshold or unknown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_log(logger: *const fg_logger, level: fg_level, text: fg_str) {
    guard::value((), || {
        // SAFETY: the pointers are the caller's.
        let (logger, text) = unsafe {
            let bytes = crate::view::fg_bytes { ptr: text.ptr.cast(), len: text.len };
            (&logger.as_ref()?.0, String::from_utf8_lossy(bytes.optional("text").ok()??))
        };
        match level_of(level).ok()? {
            None => logger.log(text),
            Some(Level::Debug) => logger.debug(text),
            Some(Level::Info) => logger.info(text),
            Some(Level::Warn) => logger.warn(text),
            Some(Level::Error) => logger.error(text),
        }
        Some(())
    });
}

/// 1 if a record of `level` would be written; for texts that cost something to make.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_log_enabled(logger: *const fg_logger, level: fg_level) -> i32 {
    guard::value(0, || {
        // SAFETY: the pointer is the caller's.
        let logger = &unsafe { logger.as_ref() }?.0;
        let enabled = level_of(level).ok()?.is_none_or(|level| logger.enabled(level));
        Some(i32::from(enabled))
    })
}

/// Drops records below `level` from now on, for this invocation. Fails with `FG_STATUS_RANGE` if there is no such level.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_logger_set_level(
    logger: *const fg_logger,
    level: fg_level,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = || {
        // SAFETY: the pointer is the caller's.
        let logger = unsafe { logger.as_ref() }.ok_or_else(|| Failure::null("logger"))?;
        let level =
            level_of(level)?.ok_or_else(|| Failure::new(FG_STATUS_RANGE, "FG_LEVEL_NONE is no threshold"))?;
        logger.0.set_level(level);
        Ok(())
    };
    // SAFETY: the pointer is the caller's.
    unsafe { guard::call(err, work) }
}

/// Makes another logger for the same invocation, with the same threshold, that outlives it. `*out` is the caller's to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_logger_clone(
    logger: *const fg_logger,
    out: *mut *mut fg_logger,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = || {
        // SAFETY: the pointers are the caller's.
        unsafe {
            let logger = logger.as_ref().ok_or_else(|| Failure::null("logger"))?;
            guard::write(out, std::ptr::null_mut())?;
            guard::write(out, Box::into_raw(Box::new(fg_logger(logger.0.clone()))))
        }
    };
    // SAFETY: the pointer is the caller's.
    unsafe { guard::call(err, work) }
}

/// Frees a logger that `fg_logger_clone` made. NULL is ignored. Loggers of contexts belong to these and must not be freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_logger_free(logger: *mut fg_logger) {
    guard::value((), || {
        // SAFETY: the caller gives up its logger; NULL does not get here.
        (!logger.is_null()).then(|| drop(unsafe { Box::from_raw(logger) }))
    });
}

fn level_of(level: fg_level) -> Result<Option<Level>, Failure> {
    Ok(match level {
        FG_LEVEL_NONE => None,
        FG_LEVEL_DEBUG => Some(Level::Debug),
        FG_LEVEL_INFO => Some(Level::Info),
        FG_LEVEL_WARN => Some(Level::Warn),
        FG_LEVEL_ERROR => Some(Level::Error),
        _ => return Err(Failure::new(FG_STATUS_RANGE, format!("{level} is not the number of a level"))),
    })
}
