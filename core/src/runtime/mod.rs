//! The loop: invocations in, one reply each out.

mod address;
mod backoff;
mod buffers;
mod function;
pub mod go_rpc;
mod invocation;
mod panic;
mod payload;
mod poll;
mod signals;
mod stop;
mod transport;
mod transport_kind;

pub use address::InvalidAddress;
pub use function::{Function, MOST_POLLERS, RunError, run};
pub use invocation::{Invocation, ReplyError, Responder};
pub use payload::FromPayload;
pub use transport::Next;
pub use transport_kind::{TransportKind, UnknownTransport};

use crate::context::{Context, FunctionSettings};
use crate::logging::{LogOutput, LogSettings, Logger, Origin};
use crate::response::FunctionError;
use crate::variables::{Variables, environment};
use backoff::Backoff;
use signals::Signals;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stop::Stop;
use transport::{Arrival, Transport, TransportError};

/// Why a runtime cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Nobody said where the platform is.
    #[error(
        "RUNTIME_API_ADDR is not set, so there is no platform to ask for events; run the program with `fgruntime \
         invoke`, or deploy it as a custom runtime"
    )]
    NoAddress,
    /// The platform's address cannot be used.
    #[error(transparent)]
    InvalidAddress(#[from] InvalidAddress),
    /// `FGRUNTIME_TRANSPORT` names no transport.
    #[error(transparent)]
    UnknownTransport(#[from] UnknownTransport),
    /// The address on which the platform is to call the function cannot be taken.
    #[error(
        "cannot listen on RUNTIME_API_ADDR, {address}: {source}; the program that has the address must end first"
    )]
    Listen {
        /// The address.
        address: String,
        /// What the system says.
        source: io::Error,
    },
    /// The operating system refused something.
    #[error("the runtime cannot be set up: {0}")]
    Io(#[from] io::Error),
}

/// The connection to the platform. Any number of threads may ask it for invocations at once.
///
/// This is the pull side, for programs with a loop of their own; [`run`] and [`Function`] are the push side.
#[derive(Clone)]
pub struct Runtime(Arc<Shared>);

pub(crate) struct Shared {
    settings: Arc<FunctionSettings>,
    log: Arc<LogSettings>,
    /// For what belongs to no invocation.
    logger: Logger,
    transport: Box<dyn Transport>,
    stop: Arc<Stop>,
    backoff: Backoff,
    strict_response: bool,
    /// Held for as long as signals are to be handled.
    _signals: Option<Signals>,
}

impl Runtime {
    /// A runtime for the function that the process's environment describes. Variables that are unset or invalid are
    /// logged, once, with the default used instead.
    ///
    /// # Errors
    /// `RUNTIME_API_ADDR` is unset or not `host:port`, or the operating system gives no pipe.
    pub fn from_environment() -> Result<Self, StartError> {
        Self::builder().build()
    }

    /// A runtime with other options than the environment's.
    #[must_use]
    pub fn builder() -> RuntimeBuilder {
        RuntimeBuilder::default()
    }

    /// Waits for the next invocation; None once the runtime has been stopped.
    ///
    /// Failures to get one are logged and tried again, ever more slowly. An invocation whose event cannot be received is
    /// answered here with `EventInvalid`.
    #[must_use]
    pub fn next(&self) -> Option<Invocation> {
        match self.next_until(None) {
            Next::Invocation(invocation) => Some(invocation),
            Next::TimedOut | Next::Stopped => None,
        }
    }

    /// Like [`next`](Self::next), for at most about `timeout`. Nothing is lost when it passes: an invocation that arrives
    /// later goes to whoever asks next.
    #[must_use]
    pub fn next_timeout(&self, timeout: Duration) -> Next<Invocation> {
        self.next_until(Instant::now().checked_add(timeout))
    }

    fn next_until(&self, deadline: Option<Instant>) -> Next<Invocation> {
        let mut backoff = self.0.backoff;
        loop {
            match self.0.transport.next(deadline) {
                Ok(Next::Invocation(arrival)) => match self.accept(arrival) {
                    Some(invocation) => return Next::Invocation(invocation),
                    None => backoff = self.0.backoff,
                },
                Ok(Next::TimedOut) => return Next::TimedOut,
                Ok(Next::Stopped) => return Next::Stopped,
                Err(error) => {
                    let wait = backoff.next_wait();
                    self.log_failure(&error, backoff.failures(), wait);
                    if self.0.stop.wait(wait, deadline) {
                        return Next::Stopped;
                    }
                }
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                return Next::TimedOut;
            }
        }
    }

    /// Stops: every thread in [`next`](Self::next) gets None, now and from now on. Invocations already received may still
    /// be answered.
    pub fn stop(&self) {
        self.0.stop.stop();
    }

    /// The function's settings.
    #[must_use]
    pub fn settings(&self) -> &FunctionSettings {
        &self.0.settings
    }

    fn accept(&self, arrival: Arrival) -> Option<Invocation> {
        let Arrival { call, headers, payload, arrived } = arrival;
        let context = Context::new(self.0.settings.clone(), headers, arrived, self.0.log.clone());
        let (payload, problem) = match payload {
            Ok(payload) => (payload, None),
            Err(error) => (bytes::Bytes::new(), Some(error)),
        };
        let invocation = Invocation::new(self.0.clone(), call, context, payload);
        let Some(error) = problem else { return Some(invocation) };
        let error = FunctionError::new("EventInvalid", error.to_string());
        // A failure to reply has been logged.
        let _ = invocation.respond(Err(error));
        None
    }

    /// Failures in a row would fill the log: the first few are told, then ever fewer.
    fn log_failure(&self, error: &TransportError, failures: u32, wait: Duration) {
        if failures.is_power_of_two() {
            let wait = wait.as_millis();
            self.0.logger.warn(format_args!("{error} (failure {failures} in a row); next try in {wait} ms"));
        }
    }

    /// What an initializer may ask: about the function, for there is no invocation yet.
    #[must_use]
    pub fn initializer_context(&self) -> Context {
        Context::for_initializer(self.0.settings.clone(), self.0.log.clone())
    }
}

/// Options for a [`Runtime`]; what is not said comes from the environment.
#[derive(Default)]
pub struct RuntimeBuilder {
    address: Option<String>,
    settings: Option<FunctionSettings>,
    log_output: Option<Arc<dyn LogOutput>>,
    backoff: Option<Backoff>,
    handle_signals: bool,
    default_transport: TransportKind,
}

impl RuntimeBuilder {
    /// Where the platform is, `host:port`, instead of `RUNTIME_API_ADDR`; over go-rpc where to listen, `host:port` or `:port`.
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

    /// How invocations arrive, unless `FGRUNTIME_TRANSPORT` says otherwise (`poll` or `go-rpc`): over the polling API if this is not
    /// said.
    #[must_use]
    pub fn default_transport(mut self, kind: TransportKind) -> Self {
        self.default_transport = kind;
        self
    }

    /// Makes the runtime. It connects with the first [`Runtime::next`], or, over go-rpc, listens from then on.
    ///
    /// # Errors
    /// See [`Runtime::from_environment`].
    pub fn build(self) -> Result<Runtime, StartError> {
        let address =
            self.address.or_else(|| environment("RUNTIME_API_ADDR")).filter(|address| !address.is_empty());
        let address = address.ok_or(StartError::NoAddress)?;
        let transport = TransportKind::chosen(self.default_transport)?;
        let mut variables = Variables::new(&environment);
        let settings = self.settings.unwrap_or_else(|| FunctionSettings::read(&mut variables));
        let mut log = LogSettings::read(&settings, &mut variables);
        if let Some(output) = self.log_output {
            log = log.with_output(output);
        }
        let strict_response = variables.switch("FGRUNTIME_STRICT_RESPONSE");
        let stop = Arc::new(Stop::new()?);
        let transport = transport.start(&address, settings.max_request_body_size, &stop)?;
        let signals = if self.handle_signals { Some(stop.on_signals()?) } else { None };
        let log = Arc::new(log);
        let logger = Logger::new(log.clone(), Origin::default(), Vec::new());
        variables.into_warnings().iter().for_each(|warning| logger.warn(warning));
        let (settings, backoff) = (Arc::new(settings), self.backoff.unwrap_or_default());
        Ok(Runtime(Arc::new(Shared {
            _signals: signals,
            settings,
            log,
            logger,
            transport,
            stop,
            backoff,
            strict_response,
        })))
    }
}
