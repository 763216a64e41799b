//! How an event gets to an instance, and its reply back: the function asks for it, or is called.

use super::api::Api;
use super::calls::Calls;
use super::{BODY_LIMIT, Invocation, Runtime};
use bytes::Bytes;
use std::io;
use std::net::SocketAddr;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// One of the ways, for one process.
pub(crate) enum Delivery {
    /// The function asks: the custom runtime's API.
    Polling(Api),
    /// The function is called: the Go 1.x runtime.
    Calling(Calls),
}

/// When the function had got the event; an error says why it never will.
pub(crate) type Taken = Result<Instant, String>;

/// What the function sent for an invocation.
pub(crate) struct Reply {
    /// What it sent.
    pub(crate) answer: Answer,
    /// When it had arrived.
    pub(crate) received_at: Instant,
    /// Tells by its end that the reply was taken note of, if somebody wants to know.
    pub(crate) _noted: Option<oneshot::Sender<()>>,
}

/// The content of a reply.
pub(crate) enum Answer {
    /// A result.
    Result(Bytes),
    /// An error.
    Error(Bytes),
    /// More bytes than allowed.
    TooLarge {
        /// How many.
        size: u64,
    },
    /// There will be none: the connection broke, though the process may live.
    Lost(String),
}

impl Delivery {
    /// The way of that runtime.
    pub(crate) async fn start(runtime: Runtime) -> io::Result<Self> {
        match runtime {
            Runtime::Custom => Api::start(BODY_LIMIT).await.map(Self::Polling),
            Runtime::Go1x => Calls::prepare().map(Self::Calling),
        }
    }

    /// What the function finds in `RUNTIME_API_ADDR`.
    pub(crate) fn address(&self) -> SocketAddr {
        match self {
            Self::Polling(api) => api.address(),
            Self::Calling(calls) => calls.address(),
        }
    }

    /// Offers an event to the function; says when it got it, and what came back.
    pub(crate) fn submit(
        &self,
        invocation: Invocation,
    ) -> (oneshot::Receiver<Taken>, oneshot::Receiver<Reply>) {
        match self {
            Self::Polling(api) => api.submit(invocation),
            Self::Calling(calls) => calls.submit(invocation),
        }
    }

    /// What it means that the process ended before it got an event.
    pub(crate) fn ended_before(&self, status: ExitStatus, an_event: &str) -> String {
        match self {
            Self::Polling(_) => format!("the process ended ({status}) before it asked for {an_event}"),
            Self::Calling(_) => format!("the process ended ({status}) before it could be given {an_event}"),
        }
    }

    /// What it means that the process ended with an event.
    pub(crate) fn ended_with(&self, status: ExitStatus) -> String {
        let got = match self {
            Self::Polling(_) => "had asked for",
            Self::Calling(_) => "had been given",
        };
        format!("the process ended ({status}) after it {got} the event and before it replied")
    }

    /// What it means that the process did not get an event in time.
    pub(crate) fn not_ready(&self, an_event: &str, limit: Duration) -> String {
        let limit = limit.as_secs();
        match self {
            Self::Polling(_) => format!(
                "the process did not ask for {an_event} within {limit}s; expected: \
                 GET http://$RUNTIME_API_ADDR/v1/runtime/invocation/request"
            ),
            Self::Calling(_) => format!(
                "the process did not serve $RUNTIME_API_ADDR ({}) within {limit}s; expected: Go's net/rpc over HTTP, as the \
                 Go 1.x runtime and FGRUNTIME_TRANSPORT=go-rpc serve it",
                self.address()
            ),
        }
    }
}
