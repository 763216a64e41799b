//! The loop: invocations in, one reply each out.

mod address;
mod backoff;
mod buffers;
mod builder;
mod function;
pub mod go_rpc;
mod http;
mod invocation;
mod last_words;
mod panic;
mod payload;
mod poll;
mod signals;
mod slots;
mod stop;
mod transport;
mod transport_kind;

pub use address::InvalidAddress;
pub use builder::RuntimeBuilder;
pub use function::{Function, MOST_POLLERS, RunError, run};
pub use http::InvalidHttpSetting;
pub use invocation::{Invocation, ReplyError, Responder};
pub use payload::FromPayload;
pub use transport::Next;
pub use transport_kind::{TransportKind, UnknownTransport};

use crate::context::{Context, FunctionSettings};
use crate::logging::{LogSettings, Logger};
use crate::response::FunctionError;
use backoff::Backoff;
use bytes::Bytes;
use signals::Signals;
use slots::{Slot, Slots};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stop::Stop;
use transport::{Arrival, Transport, TransportError};

/// Why invocations that run are given up.
const SECOND_SIGNAL: &str = "ended at once by a second signal";

/// How long a function that cannot run waits for its first event after it has told so to whoever had it initialized.
const EVENT_AFTER_INIT: Duration = Duration::from_secs(2);

/// Why a runtime cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Nobody said where the platform is.
    #[error(
        "RUNTIME_API_ADDR is not set, so there is no platform to ask for events; run the program with `fgruntime \
         invoke`, deploy it as a custom runtime, or set FGRUNTIME_TRANSPORT=http to serve HTTP"
    )]
    NoAddress,
    /// The platform's address cannot be used.
    #[error(transparent)]
    InvalidAddress(#[from] InvalidAddress),
    /// `FGRUNTIME_TRANSPORT` names no transport.
    #[error(transparent)]
    UnknownTransport(#[from] UnknownTransport),
    /// A variable of the transport over HTTP cannot be used.
    #[error(transparent)]
    InvalidHttpSetting(#[from] InvalidHttpSetting),
    /// The address on which the function is to be called cannot be taken.
    #[error("cannot listen on {address}: {source}{}", listen_advice(source))]
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

fn listen_advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => "; the program that has the address must end first",
        _ => "",
    }
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
    transport: Arc<dyn Transport>,
    slots: Arc<Slots>,
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
        match self.0.slots.take(deadline) {
            Some(slot) => self.wait(deadline, Some(slot), || self.0.transport.next(deadline)),
            None => Next::TimedOut,
        }
    }

    fn wait(
        &self,
        deadline: Option<Instant>,
        mut slot: Option<Slot>,
        next: impl Fn() -> Result<Next<Arrival>, TransportError>,
    ) -> Next<Invocation> {
        let mut backoff = self.0.backoff;
        loop {
            match next() {
                Ok(Next::Invocation(arrival)) => match self.accept(arrival, &mut slot) {
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

    fn accept(&self, arrival: Arrival, slot: &mut Option<Slot>) -> Option<Invocation> {
        let Arrival { call, headers, payload, arrived } = arrival;
        let context = Context::new(self.0.settings.clone(), headers, arrived, self.0.log.clone());
        context.warn_of_invalid_numbers();
        let invocation = |payload, slot| Invocation::new(self.0.clone(), call, context, payload, slot);
        match payload {
            Ok(payload) => Some(invocation(payload, slot.take())),
            Err(error) => {
                let error = FunctionError::new("EventInvalid", error.to_string());
                // A failure to reply has been logged.
                let _ = invocation(Bytes::new(), None).respond(Err(error));
                None
            }
        }
    }

    /// Answers the first invocation with the reason why there is no function, for the platform has no other way to be told. The
    /// process must end then.
    ///
    /// Over HTTP, all that wait are answered with it, and so is `POST /init`; the event that mostly follows, and of which the answer is what
    /// users see, is waited for no longer than two seconds then, and ten seconds where nobody has asked for anything.
    pub fn refuse(&self, error: &FunctionError) {
        let mut deadline = None;
        while let Next::Invocation(invocation) =
            self.wait(deadline, None, || self.0.transport.first(deadline))
        {
            let is_event = !invocation.is_for_initializer();
            // A failure to reply has been logged; the process ends either way.
            let _ = invocation.respond(Err(error.clone()));
            if is_event {
                return self.refuse_others(error);
            }
            deadline.get_or_insert_with(|| Instant::now() + EVENT_AFTER_INIT);
        }
    }

    fn refuse_others(&self, error: &FunctionError) {
        while let Next::Invocation(invocation) = self.wait(None, None, || Ok(self.0.transport.another())) {
            let _ = invocation.respond(Err(error.clone()));
        }
    }

    /// How many invocations run at once: `FGRUNTIME_CONCURRENCY`, else what is usual where the function is served (over HTTP one for
    /// events and 64 for plain requests). None where the platform decides.
    #[must_use]
    pub fn concurrency(&self) -> Option<usize> {
        self.0.slots.most()
    }

    /// Whether answering an invocation now may have to wait for whoever takes the answer; for a language whose one thread must not wait.
    #[must_use]
    pub fn may_reply_wait(&self) -> bool {
        self.0.transport.may_reply_wait()
    }

    /// Waits for the next handler that took longer than its timeout, for whoever can tell where it is stuck; its context has the
    /// logger to say so with. None once there will be no more, and at once over transports whose platform sees to timeouts.
    ///
    /// The caller of the invocation has been told by then, and the log has a record of it.
    #[must_use]
    pub fn next_timed_out(&self) -> Option<Context> {
        self.0.transport.next_timed_out()
    }

    /// Answers what has no answer yet, because the process is about to end at once, and writes to standard error which invocations
    /// that were. Nothing over transports whose platform sees to it.
    pub fn give_up(&self) {
        if let Some(lost) = self.0.transport.what_is_lost(SECOND_SIGNAL) {
            last_words::say(&lost);
        }
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
