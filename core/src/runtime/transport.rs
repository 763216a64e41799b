//! How invocations arrive and replies leave, whatever carries them.

use crate::context::{Context, Headers};
use crate::response::Reply;
use bytes::Bytes;
use std::io;
use std::time::Instant;

/// The platform's side, as the loop sees it. Called from several threads at once.
pub(crate) trait Transport: Send + Sync {
    /// Waits for the next invocation, at most until `deadline`.
    fn next(&self, deadline: Option<Instant>) -> Result<Next<Arrival>, TransportError>;

    /// Waits for the first invocation of a function that cannot run, whose answer says why; also for whoever only wants it initialized.
    fn first(&self, deadline: Option<Instant>) -> Result<Next<Arrival>, TransportError> {
        self.next(deadline)
    }

    /// An invocation that waits already, for a function that cannot run. Where others could run it there is none.
    fn another(&self) -> Next<Arrival> {
        Next::Stopped
    }

    /// Whether [`reply`](Self::reply) may have to wait for whoever takes the reply.
    fn may_reply_wait(&self) -> bool {
        true
    }

    /// Sends the one reply to an invocation and checks the platform's answer.
    fn reply(&self, call: &Call, reply: &Reply) -> Result<(), TransportError>;

    /// Whether replies are taken as API Gateway takes them, and others are refused.
    fn is_gateway(&self) -> bool {
        false
    }

    /// Waits for the next invocation that took longer than its timeout, where that is not the platform's to see to; None once there
    /// will be no more.
    fn next_timed_out(&self) -> Option<Context> {
        None
    }

    /// Answers what has no answer, because the process ends at once for this reason, and says what that is; None where the platform
    /// sees to it.
    fn what_is_lost(&self, _reason: &str) -> Option<String> {
        None
    }
}

/// What waiting for an invocation came to.
#[derive(Debug)]
pub enum Next<T> {
    /// It is here.
    Invocation(T),
    /// None came in time; ask again.
    TimedOut,
    /// The runtime has been stopped: there will be no more.
    Stopped,
}

/// Which invocation a reply is for.
pub(crate) struct Call {
    /// The platform's id; may be empty where a transport tells invocations apart by other means.
    pub(crate) request_id: String,
    /// The transport's own number, if it has any.
    pub(crate) number: u64,
    /// Whether there is no event: the function is only to be initialized.
    pub(crate) is_initializer: bool,
}

/// An invocation as it arrived.
pub(crate) struct Arrival {
    pub(crate) call: Call,
    pub(crate) headers: Headers,
    /// The event; of an invocation whose event could not be received, the reason.
    pub(crate) payload: Result<Bytes, TransportError>,
    pub(crate) arrived: Instant,
}

/// What went wrong between the function and the platform.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TransportError {
    #[error("cannot connect to the platform at {address}: {source}")]
    Connect { address: String, source: io::Error },
    #[error("the connection to the platform failed while {during}: {source}")]
    Connection { during: &'static str, source: io::Error },
    #[error("the platform's answer cannot be read: {0}")]
    Malformed(String),
    #[error("the platform answered with status {status}{}{message}", if message.is_empty() { "" } else { ": " })]
    Status { status: u16, message: String },
    #[error("the platform's answer has no X-Cff-Request-Id, so there is no event in it")]
    NoRequestId,
    #[error("the call cannot be read: {0}")]
    Call(String),
    #[error(
        "the outcome came after the timeout, of which the caller has been told; it is dropped ({count} so far)"
    )]
    Late { count: u64 },
    #[error("the caller closed its connection before it had the answer")]
    CallerLeft,
    #[error("{0}")]
    Rejected(String),
    #[error("the function was ended while its handler ran, of which the caller has been told")]
    GivenUp,
    #[error("the caller had not taken the whole answer when the time to finish had passed, or has left")]
    CutOff,
    #[error("the event ended after {received} of {expected} bytes")]
    Truncated { received: usize, expected: String },
    #[error("the event{} exceeds the limit of {limit} bytes", size.map(|size| format!(" of {size} bytes")).unwrap_or_default())]
    TooLarge { size: Option<u64>, limit: usize },
}
