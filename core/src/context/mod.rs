//! The context: what a handler may ask about its invocation and its function.

mod builder;
mod headers;
mod origin;
mod settings;
mod user_data;

pub use builder::ContextBuilder;
pub use headers::Headers;
pub(crate) use origin::Origin;
pub use settings::FunctionSettings;
pub use user_data::UserData;

use crate::logging::{LogSettings, Logger};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How the platform waits for an invocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvokeType {
    /// The caller waits for the result.
    Sync,
    /// The caller has already been answered; the result is dropped or goes to a destination.
    Async,
}

/// What a handler may ask about its invocation and its function.
///
/// The methods are those of the official SDKs in Rust's case. Credentials are there only if the function has an agency.
#[derive(Clone)]
pub struct Context {
    settings: Arc<FunctionSettings>,
    headers: Headers,
    arrived: Instant,
    timeout: Duration,
    logger: Logger,
}

impl Context {
    /// The context of an invocation that arrived at `arrived` with `headers`.
    pub(crate) fn new(
        settings: Arc<FunctionSettings>,
        headers: Headers,
        arrived: Instant,
        log: Arc<LogSettings>,
    ) -> Self {
        let logger = Logger::new(log, Origin::new(headers.clone()));
        let mut context = Self { settings, headers, arrived, timeout: Duration::ZERO, logger };
        context.timeout = Duration::from_secs(u64::from(context.running_time_in_seconds()));
        context
    }

    /// Containers get some settings with each invocation.
    pub(crate) fn warn_of_invalid_numbers(&self) {
        for name in ["X-Cff-Timeout", "X-Cff-Memory"] {
            if let Some(value) = self.present(name)
                && self.number(name).is_none()
            {
                self.logger.warn(format_args!(
                    "the header {name} is {value:?}, which is not a positive whole number"
                ));
            }
        }
    }

    /// The context of the initializer, which runs outside any invocation and within a time of its own.
    pub(crate) fn for_initializer(settings: Arc<FunctionSettings>, log: Arc<LogSettings>) -> Self {
        let timeout = Duration::from_secs(u64::from(settings.initializer_timeout_seconds));
        let context = Self::new(settings, Headers::default(), Instant::now(), log);
        Self { timeout, ..context }
    }

    /// A context made in code, for tests.
    #[must_use]
    pub fn builder() -> ContextBuilder {
        ContextBuilder::default()
    }

    /// The invocation's id; empty in the initializer.
    #[must_use]
    pub fn request_id(&self) -> &str {
        request_id(&self.headers)
    }

    /// The logger of this invocation, which any thread may use.
    #[must_use]
    pub fn logger(&self) -> &Logger {
        &self.logger
    }

    /// The time left before the platform stops the invocation, counted from its arrival on a clock that cannot be set;
    /// zero when it has passed.
    #[must_use]
    pub fn remaining_time(&self) -> Duration {
        self.timeout.saturating_sub(self.arrived.elapsed())
    }

    /// [`remaining_time`](Self::remaining_time) in milliseconds.
    #[must_use]
    pub fn remaining_time_in_milli_seconds(&self) -> u64 {
        self.remaining_time().as_millis().try_into().unwrap_or(u64::MAX)
    }

    /// How long an invocation may take, in seconds.
    #[must_use]
    pub fn running_time_in_seconds(&self) -> u32 {
        self.number("X-Cff-Timeout").unwrap_or(self.settings.timeout_seconds)
    }

    /// The access key of the function's agency.
    #[deprecated(note = "FunctionGraph no longer maintains it; use security_access_key")]
    #[must_use]
    pub fn access_key(&self) -> Option<&str> {
        credential(&self.headers, "X-Cff-Access-Key")
    }

    /// The secret key of the function's agency.
    #[deprecated(note = "FunctionGraph no longer maintains it; use security_secret_key")]
    #[must_use]
    pub fn secret_key(&self) -> Option<&str> {
        credential(&self.headers, "X-Cff-Secret-Key")
    }

    /// The temporary access key of the function's agency, valid for 24 hours.
    #[must_use]
    pub fn security_access_key(&self) -> Option<&str> {
        credential(&self.headers, "X-Cff-Security-Access-Key")
    }

    /// The temporary secret key of the function's agency, valid for 24 hours.
    #[must_use]
    pub fn security_secret_key(&self) -> Option<&str> {
        credential(&self.headers, "X-Cff-Security-Secret-Key")
    }

    /// The security token that goes with the temporary keys, valid for 24 hours.
    #[must_use]
    pub fn security_token(&self) -> Option<&str> {
        credential(&self.headers, "X-Cff-Security-Token")
    }

    /// The token of the function's agency, valid for 24 hours.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        credential(&self.headers, "X-Cff-Auth-Token")
    }

    /// The user's own variable `key`, plain or encrypted.
    #[must_use]
    pub fn user_data(&self, key: &str) -> Option<&str> {
        self.settings.user_data.get(key)
    }

    /// The function's name.
    #[must_use]
    pub fn function_name(&self) -> &str {
        function_name(&self.headers).unwrap_or(&self.settings.function_name)
    }

    /// The function's version: `latest` or a version's name.
    #[must_use]
    pub fn version(&self) -> &str {
        self.header_or("X-Cff-Func-Version", &self.settings.version)
    }

    /// The function's memory in MB.
    #[must_use]
    pub fn memory_size(&self) -> u32 {
        self.number("X-Cff-Memory").unwrap_or(self.settings.memory_mb)
    }

    /// The function's CPU in millicores; 1000 are one core.
    #[must_use]
    pub fn cpu_number(&self) -> u32 {
        self.settings.cpu_millicores
    }

    /// The project's id.
    #[must_use]
    pub fn project_id(&self) -> &str {
        self.header_or("X-Cff-Project-Id", &self.settings.project_id)
    }

    /// The function's app, normally `default`.
    #[must_use]
    pub fn package(&self) -> &str {
        self.header_or("X-Cff-Package", &self.settings.package)
    }

    /// The region, where the platform sends it (containers).
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.present("X-Cff-Region")
    }

    /// The alias the function was called through: `RUNTIME_ALIAS`, else what follows `!` in the origin-version tag.
    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        let called_through =
            || self.origin_version_tag()?.strip_prefix('!').filter(|alias| !alias.is_empty());
        self.settings.alias.as_deref().or_else(called_through)
    }

    /// The version or `!alias` that the caller asked for.
    #[must_use]
    pub fn origin_version_tag(&self) -> Option<&str> {
        self.present("X-Cff-Origin-Version-Tag")
    }

    /// The id of the workflow that this invocation is a step of.
    #[must_use]
    pub fn workflow_id(&self) -> Option<&str> {
        self.present("X-Cff-Workflow-Id")
    }

    /// The id of the workflow's run.
    #[must_use]
    pub fn workflow_run_id(&self) -> Option<&str> {
        self.present("X-Cff-Workflow-Run-Id")
    }

    /// The id of the workflow's state.
    #[must_use]
    pub fn workflow_state_id(&self) -> Option<&str> {
        self.present("X-Cff-Workflow-State-Id")
    }

    /// The id of the data stream's run. Streams are undocumented; the headers were seen in an official SDK.
    #[must_use]
    pub fn stream_run_id(&self) -> Option<&str> {
        self.present("X-Stream-Run-Id")
    }

    /// Whether the invocation is a data stream's.
    #[must_use]
    pub fn stream_enable(&self) -> Option<&str> {
        self.present("X-Stream-Enable")
    }

    /// The data stream's token.
    #[must_use]
    pub fn stream_token(&self) -> Option<&str> {
        credential(&self.headers, "X-Stream-Token")
    }

    /// The data stream's address.
    #[must_use]
    pub fn stream_addr(&self) -> Option<&str> {
        self.present("X-Stream-Addr")
    }

    /// The id to follow this invocation across services; the request id unless the platform sends another.
    #[must_use]
    pub fn trace_id(&self) -> &str {
        self.present("X-Trace-Id").unwrap_or_else(|| self.request_id())
    }

    /// Whether the caller waits for the result.
    #[must_use]
    pub fn invoke_type(&self) -> InvokeType {
        match self.headers.get("X-Cff-Invoke-Type") {
            Some(kind) if kind.eq_ignore_ascii_case("async") => InvokeType::Async,
            _ => InvokeType::Sync,
        }
    }

    /// Everything else that is the same for all invocations: handler, initializer, limits, folders.
    #[must_use]
    pub fn settings(&self) -> &FunctionSettings {
        &self.settings
    }

    /// The headers that came with the invocation. Their values include credentials.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    fn present(&self, name: &str) -> Option<&str> {
        present(&self.headers, name)
    }

    fn header_or<'a>(&'a self, name: &str, setting: &'a str) -> &'a str {
        self.present(name).unwrap_or(setting)
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.present(name)?.trim().parse().ok().filter(|&number| number > 0)
    }
}

fn present<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    headers.get(name).filter(|value| !value.is_empty())
}

fn request_id(headers: &Headers) -> &str {
    headers.get("X-Cff-Request-Id").unwrap_or_default()
}

fn function_name(headers: &Headers) -> Option<&str> {
    present(headers, "X-Cff-Func-Name").map(|name| settings::split_internal_name(name).1)
}

fn credential<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    headers.get(name).filter(|value| is_credential(value))
}

/// The platform sends the text `null` where no agency is configured.
fn is_credential(value: &str) -> bool {
    !value.is_empty() && value != "null"
}

/// Ids only, no credentials.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("request_id", &self.request_id())
            .field("function_name", &self.function_name())
            .field("version", &self.version())
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}
