//! Logs whose every record carries its request: on the platform, in the emulator and on a terminal.

mod mask;
mod output;
mod record;

pub use output::{CapturedLog, LogOutput, Stdout};

use crate::context::{FunctionSettings, Origin};
use crate::variables::Variables;
use mask::Mask;
use record::Record;
use std::fmt::{self, Display};
use std::str::FromStr;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

/// How much a log record matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// For developers.
    Debug,
    /// The course of things; the default threshold.
    Info,
    /// Something odd that was dealt with.
    Warn,
    /// Something that failed.
    Error,
}

impl Level {
    const ALL: [Self; 4] = [Self::Debug, Self::Info, Self::Warn, Self::Error];

    /// The word in log lines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        }
    }
}

/// A word that is not a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a log level: use DEBUG, INFO, WARN or ERROR")]
pub struct UnknownLevel;

impl FromStr for Level {
    type Err = UnknownLevel;

    /// Reads the names of the levels in any case; `WARNING` is `WARN`.
    fn from_str(word: &str) -> Result<Self, UnknownLevel> {
        if word.eq_ignore_ascii_case("WARNING") {
            return Ok(Self::Warn);
        }
        Self::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(word)).ok_or(UnknownLevel)
    }
}

/// The form of log records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// `time request-id [LEVEL ]text`, as the platform's documents show it.
    #[default]
    Text,
    /// One JSON object a record: `time`, `level`, `request_id`, `function`, `version`, `message`.
    Json,
}

/// What all loggers of a function share.
pub(crate) struct LogSettings {
    format: LogFormat,
    threshold: Level,
    function: String,
    version: String,
    output: Arc<dyn LogOutput>,
}

impl LogSettings {
    /// Text to standard output from INFO up.
    pub(crate) fn for_function(settings: &FunctionSettings) -> Self {
        Self {
            format: LogFormat::Text,
            threshold: Level::Info,
            function: settings.function_name.clone(),
            version: settings.version.clone(),
            output: Arc::new(Stdout),
        }
    }

    /// `FGRUNTIME_LOG_FORMAT` is `text` or `json`; `RUNTIME_LOG_LEVEL` the lowest level that is written.
    pub(crate) fn read(settings: &FunctionSettings, variables: &mut Variables<'_>) -> Self {
        let mut log = Self::for_function(settings);
        if let Some(format) = variables.optional("FGRUNTIME_LOG_FORMAT") {
            match format.to_ascii_lowercase().as_str() {
                "text" => {}
                "json" => log.format = LogFormat::Json,
                _ => variables.warn_invalid("FGRUNTIME_LOG_FORMAT", &format, "text or json", "text"),
            }
        }
        if let Some(level) = variables.optional("RUNTIME_LOG_LEVEL") {
            match level.parse() {
                Ok(level) => log.threshold = level,
                Err(_) => {
                    variables.warn_invalid("RUNTIME_LOG_LEVEL", &level, "DEBUG, INFO, WARN or ERROR", "INFO");
                }
            }
        }
        log
    }

    pub(crate) fn with_format(self, format: LogFormat) -> Self {
        Self { format, ..self }
    }

    pub(crate) fn with_output(self, output: Arc<dyn LogOutput>) -> Self {
        Self { output, ..self }
    }
}

/// Writes records that carry one invocation's id. Clones write for the same invocation; any thread may use them, also
/// after the invocation has been answered.
///
/// Values of the invocation's credentials are masked wherever they appear.
#[derive(Clone)]
pub struct Logger(Arc<Inner>);

struct Inner {
    settings: Arc<LogSettings>,
    threshold: AtomicU8,
    origin: Origin,
    mask: OnceLock<Mask>,
}

impl Logger {
    pub(crate) fn new(settings: Arc<LogSettings>, origin: Origin) -> Self {
        let threshold = AtomicU8::new(settings.threshold as u8);
        Self(Arc::new(Inner { settings, threshold, origin, mask: OnceLock::new() }))
    }

    /// Writes a record without a level, whatever the threshold.
    pub fn log(&self, text: impl Display) {
        self.write(None, &text);
    }

    /// Writes a record for developers.
    pub fn debug(&self, text: impl Display) {
        self.write(Some(Level::Debug), &text);
    }

    /// Writes a record about the course of things.
    pub fn info(&self, text: impl Display) {
        self.write(Some(Level::Info), &text);
    }

    /// Writes a record about something odd.
    pub fn warn(&self, text: impl Display) {
        self.write(Some(Level::Warn), &text);
    }

    /// Writes a record about something that failed.
    pub fn error(&self, text: impl Display) {
        self.write(Some(Level::Error), &text);
    }

    /// Drops records below `level` from now on, for this invocation.
    pub fn set_level(&self, level: Level) {
        self.0.threshold.store(level as u8, Ordering::Relaxed);
    }

    /// Whether a record of `level` would be written.
    #[must_use]
    pub fn enabled(&self, level: Level) -> bool {
        level as u8 >= self.0.threshold.load(Ordering::Relaxed)
    }

    /// `text` with the values of the invocation's credentials masked.
    pub(crate) fn masked(&self, text: String) -> String {
        let mask = self.0.mask.get_or_init(|| Mask::new(self.0.origin.credentials()));
        mask.apply(text)
    }

    fn write(&self, level: Option<Level>, text: &dyn Display) {
        if level.is_some_and(|level| !self.enabled(level)) {
            return;
        }
        let Inner { settings, origin, .. } = &*self.0;
        let text = self.masked(text.to_string());
        let record =
            Record { time: jiff::Timestamp::now(), level, request_id: origin.request_id(), text: &text };
        let write = |line: &str| settings.output.write(line);
        match settings.format {
            LogFormat::Text => record.write_text(write),
            LogFormat::Json => {
                let function = origin.function().unwrap_or(&settings.function);
                let version = origin.version().unwrap_or(&settings.version);
                record.write_json(function, version, write);
            }
        }
    }
}

impl fmt::Debug for Logger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logger").field("request_id", &self.0.origin.request_id()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
