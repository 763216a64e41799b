//! Loggers, below those that handlers use: what formats their texts is JavaScript.

use fgruntime_core::logging::{Level, Logger as CoreLogger};
use napi_derive::napi;

/// Writes records that carry their request.
#[napi]
pub struct Logger(pub(crate) CoreLogger);

#[napi]
impl Logger {
    /// Writes one record of a level, or of none.
    #[napi(catch_unwind)]
    pub fn log(&self, level: Option<String>, text: String) {
        match level.and_then(|level| level.parse().ok()) {
            None => self.0.log(text),
            Some(Level::Debug) => self.0.debug(text),
            Some(Level::Info) => self.0.info(text),
            Some(Level::Warn) => self.0.warn(text),
            Some(Level::Error) => self.0.error(text),
        }
    }

    /// Whether a record of this level would be written.
    #[napi(catch_unwind)]
    pub fn is_enabled(&self, level: String) -> bool {
        level.parse().is_ok_and(|level| self.0.enabled(level))
    }

    /// Sets the lowest level that is written; false, and nothing is changed, if there is no such level.
    #[napi(catch_unwind)]
    pub fn set_level(&self, level: String) -> bool {
        let level = level.parse();
        if let Ok(level) = level {
            self.0.set_level(level);
        }
        level.is_ok()
    }
}
