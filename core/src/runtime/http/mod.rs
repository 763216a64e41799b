//! The transport of containers and HTTP functions: the function serves HTTP/1.1.
//!
//! What a container's function serves, and what the platform makes of HTTP requests, is documented ("Creating a function using a
//! container image", "HTTP functions"); the rest is what users of Knative and of reverse proxies expect.

mod apig;
mod body;
mod budget;
mod calls;
mod cloudevents;
mod connection;
mod driver;
mod head;
mod lead;
mod memory;
mod mode;
mod output;
mod readiness;
mod refusal;
mod response;
mod server;
mod settings;
mod timeouts;

pub(crate) use settings::HttpSettings;
pub use settings::InvalidHttpSetting;

use super::address::Address;
use super::stop::Stop;
use super::transport::{Arrival, Call, Next, Transport, TransportError};
use crate::context::{Context, FunctionSettings, Origin};
use crate::logging::{LogSettings, Logger};
use crate::response::Reply;
use calls::{Calls, Ended};
use connection::Pace;
use driver::Driver;
use lead::Lead;
use mio::net::TcpListener;
use readiness::State;
use server::{Peer, Server};
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use timeouts::Timeouts;

/// As many connections as may wait to be accepted, if the system lets us.
const BACKLOG: i32 = 4096;
/// How long a function that cannot run waits for somebody to be told why. Who asks only whether it is ready never sends an event.
const FIRST_CALLER: Duration = Duration::from_secs(10);

/// Serves HTTP on an address of its own.
pub(crate) struct Http {
    lead: Arc<Lead>,
    guard: JoinHandle<()>,
}

/// What the transport needs to know of the runtime.
pub(crate) struct Surroundings {
    pub(crate) settings: Arc<FunctionSettings>,
    pub(crate) log: Arc<LogSettings>,
    pub(crate) stop: Arc<Stop>,
    pub(crate) concurrency: usize,
}

/// Why it cannot be served.
pub(crate) enum ServeError {
    Setting(InvalidHttpSetting),
    Refused(io::Error),
}

impl Http {
    /// Takes the address and listens at once; requests wait until the first [`Transport::next`].
    pub(crate) fn new(settings: HttpSettings, surroundings: Surroundings) -> Result<Self, ServeError> {
        let address = Address::to_listen_on(&settings.address);
        let address =
            address.map_err(|_| ServeError::Setting(InvalidHttpSetting::address(&settings.address)))?;
        let Surroundings { settings: function, log, stop, concurrency } = surroundings;
        let start = || {
            let socket = address.bind()?;
            rustix::net::listen(&socket, BACKLOG)?;
            let listener = std::net::TcpListener::from(socket);
            listener.set_nonblocking(true)?;
            let listener = TcpListener::from_std(listener);
            let driver = Driver::new(listener, &stop, function.max_request_body_size)?;
            Logger::new(log.clone(), Origin::default())
                .info(format_args!("serving HTTP on {address}, in the mode {}", settings.mode.name()));
            let timeout = Duration::from_secs(u64::from(function.timeout_seconds));
            let timeouts = Timeouts::new(function, log, settings.grace);
            let server = Server::new(settings, Calls::new(timeout, concurrency), stop);
            let lead = Arc::new(Lead::new(server, driver, timeouts)?);
            let guarded = lead.clone();
            let guard =
                thread::Builder::new().name("fgruntime-http".to_owned()).spawn(move || guarded.guard())?;
            Ok(Self { lead, guard })
        };
        start().map_err(ServeError::Refused)
    }

    fn is_ending(&self) -> bool {
        self.lead.server.readiness.state().is_ending()
    }

    /// The process may end as soon as the function has given its last answer. How long that may take is seen to by whoever looks after
    /// the connections. False if it was cut off.
    fn wait_until_sent(&self, peer: &Peer) -> bool {
        while peer.connection().pace().0 == Pace::Writing {
            thread::sleep(Duration::from_millis(1));
        }
        !peer.connection().was_cut()
    }
}

impl Transport for Http {
    fn next(&self, deadline: Option<Instant>) -> Result<Next<Arrival>, TransportError> {
        if self.lead.server.readiness.state() == State::Starting {
            self.lead.server.became_ready();
        }
        Ok(self.lead.next(deadline, &self.guard))
    }

    fn first(&self, deadline: Option<Instant>) -> Result<Next<Arrival>, TransportError> {
        let give_up = self.lead.server.failed() + FIRST_CALLER;
        Ok(self.lead.next(deadline.or(Some(give_up)), &self.guard))
    }

    fn another(&self) -> Next<Arrival> {
        self.lead.server.calls.take().unwrap_or(Next::Stopped)
    }

    /// What a connection does not take at once is written later; only the last answers are waited for.
    fn may_reply_wait(&self) -> bool {
        self.is_ending()
    }

    fn reply(&self, call: &Call, reply: &Reply) -> Result<(), TransportError> {
        let running = match self.lead.server.calls.end(call.number) {
            Ended::InTime(running) => running,
            Ended::Late(count) => return Err(TransportError::Late { count }),
            Ended::GivenUp => return Err(TransportError::GivenUp),
        };
        let (is_another_waiting, rejected) = self.lead.server.reply(&running, reply);
        if is_another_waiting {
            self.lead.announce();
        }
        if running.peer.is_gone() {
            return Err(TransportError::CallerLeft);
        }
        // As long as others wait the function goes on.
        let is_last = self.is_ending() && self.lead.server.calls.are_none_waiting();
        if is_last && !self.wait_until_sent(&running.peer) {
            return Err(TransportError::CutOff);
        }
        rejected.map_or(Ok(()), |why| Err(TransportError::Rejected(why)))
    }

    fn is_gateway(&self) -> bool {
        self.lead.server.is_gateway()
    }

    fn next_timed_out(&self) -> Option<Context> {
        self.lead.timeouts.next()
    }

    fn what_is_lost(&self, reason: &str) -> Option<String> {
        Some(self.lead.timeouts.what_is_lost(&self.lead.server, reason))
    }
}

impl Drop for Http {
    fn drop(&mut self) {
        self.lead.end(&self.guard);
        self.lead.timeouts.close();
    }
}
