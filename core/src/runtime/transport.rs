//! How invocations arrive and replies leave, whatever carries them.

use crate::context::Headers;
use crate::response::Reply;
use bytes::Bytes;
use std::io;
use std::time::Instant;

/// The platform's side, as the loop sees it. Called from several threads at once.
pub(crate) trait Transport: Send + Sync {
    /// Waits for the next invocation, at most until `deadline`.
    fn next(&self, deadline: Option<Instant>) -> Result<Next<Arrival>, TransportError>;

    /// Sends the one reply to an invocation and checks the platform's answer.
    fn reply(&self, call: &Call, reply: &Reply) -> Result<(), TransportError>;
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
    #[error("the event ended after {received} of {expected} bytes")]
    Truncated { received: usize, expected: String },
    #[error("the event{} exceeds the limit of {limit} bytes", size.map(|size| format!(" of {size} bytes")).unwrap_or_default())]
    TooLarge { size: Option<u64>, limit: usize },
}
