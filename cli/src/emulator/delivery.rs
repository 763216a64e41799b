//! How an event gets to an instance, and its reply back: the function asks for it, or is called.

use super::api::Api;
use super::calls::Calls;
use super::http::Requests;
use super::{EmulatorError, Invocation, Runtime, Settings};
use bytes::Bytes;
use rustix::process::Pid;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How much earlier than a broken connection the end of the process, which is the better explanation, is told.
pub(super) const END_FIRST: Duration = Duration::from_millis(300);

/// One of the ways, for one process.
pub(crate) trait Delivery {
    /// Where function and platform meet, as the function finds it in its environment.
    fn variables(&self) -> Vec<(&'static str, String)>;

    /// Offers an event to the function, whose processes are that group. Dropping the second receiver makes a reply too late.
    fn submit(&self, invocation: Invocation, group: Pid) -> Offer;

    /// What it means that the process ended before it got an event.
    fn ended_before(&self, status: ExitStatus, an_event: &str) -> String {
        format!("the process ended ({status}) before it could be given {an_event}")
    }

    /// What it means that the process ended with an event.
    fn ended_with(&self, status: ExitStatus) -> String {
        format!("the process ended ({status}) after it had been given the event and before it replied")
    }

    /// What it means that the process did not get an event in time.
    fn not_ready(&self, an_event: &str, limit: Duration) -> String;

    /// Tells the function that there will be no further event, if this is how it learns that; the receiver ends when it knows.
    fn dismiss(&self) -> oneshot::Receiver<()> {
        oneshot::channel().1
    }
}

/// The way of the function's runtime.
pub(super) async fn start(settings: &Settings) -> Result<Box<dyn Delivery>, EmulatorError> {
    Ok(match settings.runtime {
        Runtime::Custom => Box::new(Api::start().await?),
        Runtime::Go1x => Box::new(Calls::prepare()?),
        Runtime::Container | Runtime::Http => Box::new(Requests::prepare(settings)?),
    })
}

/// Says when the function got an event, and what came back.
pub(crate) type Offer = (oneshot::Receiver<Taken>, oneshot::Receiver<Reply>);

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
