//! Contexts made in code, for tests of handlers.

use super::{Context, FunctionSettings, Headers};
use crate::logging::{LogFormat, LogOutput, LogSettings, Stdout};
use std::sync::Arc;
use std::time::Instant;

/// Builds a [`Context`] as the platform would.
///
/// ```
/// use fgruntime_core::Context;
///
/// let context = Context::builder().request_id("r1").user_data("table", "orders").build();
/// assert_eq!(context.user_data("table"), Some("orders"));
/// ```
pub struct ContextBuilder {
    settings: FunctionSettings,
    headers: Headers,
    arrived: Instant,
    format: LogFormat,
    output: Arc<dyn LogOutput>,
}

impl Default for ContextBuilder {
    fn default() -> Self {
        Self {
            settings: FunctionSettings::default(),
            headers: Headers::default(),
            arrived: Instant::now(),
            format: LogFormat::Text,
            output: Arc::new(Stdout),
        }
    }
}

impl ContextBuilder {
    /// The function's settings.
    #[must_use]
    pub fn settings(mut self, settings: FunctionSettings) -> Self {
        self.settings = settings;
        self
    }

    /// The invocation's id.
    #[must_use]
    pub fn request_id(self, id: impl AsRef<str>) -> Self {
        self.header("X-Cff-Request-Id", id)
    }

    /// A header of the invocation, for example `X-CFF-Security-Token`.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.headers.append(name, value);
        self
    }

    /// One of the user's own variables.
    #[must_use]
    pub fn user_data(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.user_data.insert(key, value);
        self
    }

    /// When the invocation arrived; now, unless it is said.
    #[must_use]
    pub fn arrived(mut self, arrived: Instant) -> Self {
        self.arrived = arrived;
        self
    }

    /// The form of log records; text, unless it is said.
    #[must_use]
    pub fn log_format(mut self, format: LogFormat) -> Self {
        self.format = format;
        self
    }

    /// Where log records go; standard output, unless it is said. See [`CapturedLog`](crate::logging::CapturedLog).
    #[must_use]
    pub fn log_output(mut self, output: Arc<dyn LogOutput>) -> Self {
        self.output = output;
        self
    }

    /// The context.
    #[must_use]
    pub fn build(self) -> Context {
        let settings = Arc::new(self.settings);
        let log = LogSettings::for_function(&settings).with_format(self.format).with_output(self.output);
        Context::new(settings, self.headers, self.arrived, Arc::new(log))
    }
}
