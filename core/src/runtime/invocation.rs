//! One invocation, from its arrival to its one reply.

use super::Shared;
use super::slots::Slot;
use super::transport::{Call, TransportError};
use crate::context::Context;
use crate::event;
use crate::logging::Logger;
use crate::response::{FunctionError, Outcome, apig_breaches, check_size};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// Why a reply did not reach the caller.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplyError {
    /// The invocation has its reply already.
    #[error("the invocation has already been answered")]
    AlreadyReplied,
    /// The invocation was given up, which answered it with `FunctionNotReplied`.
    #[error("the invocation is over: it was given up without a reply")]
    Late,
    /// The invocation took longer than its timeout, and its caller has been told so.
    #[error("{0}")]
    TimedOut(String),
    /// The platform took the reply but not its content.
    #[error("the platform refused the reply: {0}")]
    Refused(String),
    /// The answer is not what the caller accepts, who got an error instead.
    #[error("{0}")]
    Rejected(String),
    /// The reply did not get through.
    #[error("the reply is lost: {0}")]
    Lost(String),
}

const OPEN: u8 = 0;
const REPLIED: u8 = 1;
const GIVEN_UP: u8 = 2;

/// One payload with its context, to be answered once. Dropped unanswered, it is answered with the error
/// `FunctionNotReplied`.
pub struct Invocation {
    context: Context,
    responder: Responder,
}

impl Invocation {
    pub(super) fn new(
        shared: Arc<Shared>,
        call: Call,
        context: Context,
        payload: Bytes,
        slot: Option<Slot>,
    ) -> Self {
        let logger = context.logger().clone();
        let exchange = Exchange { shared, call, logger, payload, slot, state: AtomicU8::new(OPEN) };
        Self { context, responder: Responder(Arc::new(exchange)) }
    }

    /// The trigger event's bytes; may be empty.
    #[must_use]
    pub fn payload(&self) -> &Bytes {
        &self.responder.0.payload
    }

    /// What the handler may ask about the invocation and its function.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Whether there is no event: the function is only to be initialized.
    pub(super) fn is_for_initializer(&self) -> bool {
        self.responder.0.call.is_initializer
    }

    /// Answers the invocation.
    ///
    /// # Errors
    /// It has been answered before, or the platform did not take the reply. Both are logged here as well.
    pub fn respond(&self, outcome: Outcome) -> Result<(), ReplyError> {
        self.responder.respond(outcome)
    }

    /// Answers the invocation unless it has its reply. A failure to reply is logged.
    pub fn respond_if_open(&self, outcome: Outcome) {
        self.responder.0.end_if_open(REPLIED, || outcome);
    }

    /// What answers the invocation from another thread, or after it has been given up (which is then too late).
    #[must_use]
    pub fn responder(&self) -> Responder {
        self.responder.clone()
    }
}

impl Drop for Invocation {
    fn drop(&mut self) {
        let not_replied = || FunctionError::new("FunctionNotReplied", "the handler ended without a reply");
        self.responder.0.end_if_open(GIVEN_UP, || Err(not_replied()));
    }
}

/// Ids only, no content.
impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation").field("context", &self.context).finish_non_exhaustive()
    }
}

/// Answers one invocation; clones answer the same one. It may be moved to any thread.
#[derive(Clone)]
pub struct Responder(Arc<Exchange>);

struct Exchange {
    shared: Arc<Shared>,
    call: Call,
    logger: Logger,
    payload: Bytes,
    slot: Option<Slot>,
    state: AtomicU8,
}

impl Responder {
    /// Answers the invocation.
    ///
    /// # Errors
    /// It has been answered before or given up, or the platform did not take the reply. All are logged here as well.
    pub fn respond(&self, outcome: Outcome) -> Result<(), ReplyError> {
        let result = match self.0.end_as(REPLIED) {
            Ok(()) => self.0.send(outcome),
            Err(error) => Err(error),
        };
        if let Err(error) = &result {
            self.0.logger.error(error);
        }
        result
    }
}

impl fmt::Debug for Responder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responder").field("logger", &self.0.logger).finish_non_exhaustive()
    }
}

impl Exchange {
    /// Only one thread ever gets past this.
    fn end_as(&self, end: u8) -> Result<(), ReplyError> {
        match self.state.compare_exchange(OPEN, end, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Ok(()),
            Err(GIVEN_UP) => Err(ReplyError::Late),
            Err(_) => Err(ReplyError::AlreadyReplied),
        }
    }

    /// For whoever does not want to know: nothing happens after a reply, and a failure to send is logged only.
    fn end_if_open(&self, end: u8, outcome: impl FnOnce() -> Outcome) {
        if self.end_as(end).is_ok()
            && let Err(error) = self.send(outcome())
        {
            self.logger.error(error);
        }
    }

    fn send(&self, outcome: Outcome) -> Result<(), ReplyError> {
        let most = self.shared.settings.max_response_body_size;
        let outcome = outcome.and_then(|output| self.check_contract(output));
        let outcome = outcome.and_then(|output| check_size(output, most));
        let outcome = outcome.map_err(|error| self.masked_and_logged(error));
        let sent = self.shared.transport.reply(&self.call, &outcome.into());
        self.slot.as_ref().inspect(|slot| slot.free());
        sent.map_err(|error| match error {
            TransportError::Status { .. } => ReplyError::Refused(error.to_string()),
            TransportError::Late { .. } => ReplyError::TimedOut(error.to_string()),
            TransportError::Rejected(why) => ReplyError::Rejected(why),
            _ => ReplyError::Lost(error.to_string()),
        })
    }

    /// Holds the answer to an API Gateway event against what the gateway accepts, unless the transport does that.
    fn check_contract(&self, output: crate::response::Output) -> Outcome {
        if self.shared.transport.is_gateway() {
            return Ok(output);
        }
        // Both tests cost in proportion to what they read: the cheaper one decides whether the other is needed.
        let is_apig = || event::is_apig(&self.payload);
        if self.payload.len() <= output.body().len() && !is_apig() {
            return Ok(output);
        }
        let breaches = apig_breaches(output.body());
        if breaches.is_empty() || !is_apig() {
            return Ok(output);
        }
        let breaches = breaches.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let message = format!("API Gateway will not accept this answer and send 500 instead: {breaches}");
        if self.shared.strict_response {
            return Err(FunctionError::new("FunctionResultInvalid", message));
        }
        self.logger.warn(message);
        Ok(output)
    }

    /// The error without credentials, after it has been written to the log: the caller of an asynchronous invocation
    /// never sees it.
    fn masked_and_logged(&self, error: FunctionError) -> FunctionError {
        let error = error.map_texts(|text| self.logger.masked(text));
        let trace: String = error.stack_trace().iter().map(|frame| format!("\n    {frame}")).collect();
        self.logger.error(format_args!("{}: {}{trace}", error.error_type(), error.message()));
        error
    }
}
