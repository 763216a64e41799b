//! How a runtime is made, of options and of the environment.

use super::backoff::Backoff;
use super::http::Surroundings;
use super::signals::Signals;
use super::slots::Slots;
use super::stop::Stop;
use super::transport::Transport;
use super::transport_kind::{Chosen, TransportKind};
use super::{Runtime, SECOND_SIGNAL, Shared, StartError};
use crate::context::{FunctionSettings, Origin};
use crate::logging::{LogOutput, LogSettings, Logger};
use crate::variables::{Variables, environment};
use std::io;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

const CONCURRENCY: &str = "FGRUNTIME_CONCURRENCY";

/// Options for a [`Runtime`]; what is not said comes from the environment.
#[derive(Default)]
pub struct RuntimeBuilder {
    address: Option<String>,
    settings: Option<FunctionSettings>,
    log_output: Option<Arc<dyn LogOutput>>,
    backoff: Option<Backoff>,
    handle_signals: bool,
    default_transport: TransportKind,
    most_at_once: Option<usize>,
}

impl RuntimeBuilder {
    /// Where the platform is, `host:port`, instead of `RUNTIME_API_ADDR`; over go-rpc and HTTP where to listen, `host:port` or
    /// `:port`.
    #[must_use]
    pub fn api_address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// The function's settings, instead of the `RUNTIME_*` variables.
    #[must_use]
    pub fn settings(mut self, settings: FunctionSettings) -> Self {
        self.settings = Some(settings);
        self
    }

    /// Where log records go, instead of standard output.
    #[must_use]
    pub fn log_output(mut self, output: Arc<dyn LogOutput>) -> Self {
        self.log_output = Some(output);
        self
    }

    /// How long to wait after a failure to get an invocation: `first`, doubling up to `longest`; from 50 ms to 2 s unless
    /// it is said.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff = Some(Backoff::new(first, longest));
        self
    }

    /// Stops at SIGTERM and SIGINT; a second signal ends the process at once with status 1.
    #[must_use]
    pub fn handle_signals(mut self) -> Self {
        self.handle_signals = true;
        self
    }

    /// How invocations arrive, unless `FGRUNTIME_TRANSPORT` says otherwise (`poll`, `go-rpc` or `http`): over the polling API if this is not
    /// said.
    #[must_use]
    pub fn default_transport(mut self, kind: TransportKind) -> Self {
        self.default_transport = kind;
        self
    }

    /// No more invocations at once than those who ask for them can take, whatever the environment says: over HTTP it is noticed then that
    /// all of them are stuck.
    pub(super) fn at_most(mut self, most: usize) -> Self {
        self.most_at_once = Some(most);
        self
    }

    /// Makes the runtime. It connects with the first [`Runtime::next`], or, over go-rpc and HTTP, listens from then on.
    ///
    /// # Errors
    /// See [`Runtime::from_environment`].
    pub fn build(self) -> Result<Runtime, StartError> {
        let kind = TransportKind::chosen(self.default_transport)?;
        let mut variables = Variables::new(&environment);
        if kind == TransportKind::Http {
            variables.expect_none();
        }
        let transport = Chosen::read(kind, self.address, &mut variables)?;
        let settings = Arc::new(self.settings.unwrap_or_else(|| FunctionSettings::read(&mut variables)));
        let mut log = LogSettings::read(&settings, &mut variables);
        if let Some(output) = self.log_output {
            log = log.with_output(output);
        }
        let log = Arc::new(log);
        let strict_response = variables.switch("FGRUNTIME_STRICT_RESPONSE");
        let default = transport.default_concurrency();
        let said = variables.optional_number(CONCURRENCY, default.unwrap_or(1) as u32, "invocations at once");
        let most = self.most_at_once.unwrap_or(usize::MAX);
        let concurrency = said.map(|said| said as usize).or(default).map(|concurrency| concurrency.min(most));
        let stop = Arc::new(Stop::new()?);
        let surroundings = Surroundings {
            settings: settings.clone(),
            log: log.clone(),
            stop: stop.clone(),
            concurrency: concurrency.unwrap_or(usize::MAX),
        };
        let started = Arc::new(OnceLock::new());
        // First, or a signal would end the process with callers that it has listened to already.
        let signals = if self.handle_signals { Some(handle_signals(kind, &stop, &started)?) } else { None };
        let transport = transport.start(surroundings)?;
        started.get_or_init(|| Arc::downgrade(&transport));
        let logger = Logger::new(log.clone(), Origin::default());
        variables.into_warnings().iter().for_each(|warning| logger.warn(warning));
        let (backoff, slots) = (self.backoff.unwrap_or_default(), Arc::new(Slots::new(concurrency)));
        Ok(Runtime(Arc::new(Shared {
            _signals: signals,
            settings,
            log,
            logger,
            transport,
            slots,
            stop,
            backoff,
            strict_response,
        })))
    }
}

/// Where the platform sees only that the process has ended, a signal handler says nothing; where callers wait on connections of our own,
/// they and the log are told.
fn handle_signals(
    kind: TransportKind,
    stop: &Arc<Stop>,
    transport: &Arc<OnceLock<Weak<dyn Transport>>>,
) -> io::Result<Signals> {
    if kind != TransportKind::Http {
        return stop.on_signals();
    }
    let (stop, transport) = (stop.clone(), transport.clone());
    Signals::handle_with_last_words(
        move || stop.stop(),
        move || {
            transport
                .get()
                .and_then(Weak::upgrade)
                .and_then(|transport| transport.what_is_lost(SECOND_SIGNAL))
                .unwrap_or_default()
        },
    )
}
