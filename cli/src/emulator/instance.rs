//! One process of the function with the way in which it gets its events.

use super::delivery::{self, Answer, Delivery};
use super::output::Output;
use super::process::Process;
use super::{BODY_LIMIT, EmulatorError, Invocation, Settings, environment};
use crate::execution_result::{Log, Outcome};
use crate::function_error::FunctionError;
use std::future::{Future, pending};
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

/// How long a process may take to end by itself.
const STOP_GRACE: Duration = Duration::from_secs(2);
/// How often it is looked whether a process is gone.
const END_PACE: Duration = Duration::from_millis(5);
/// How long what a process sent just before it ended may be on its way.
const SETTLE: Duration = Duration::from_millis(50);

/// A process, its output, and an address of its own: what an earlier process left behind can never reach it.
pub(crate) struct Instance {
    delivery: Box<dyn Delivery>,
    process: Process,
    output: Output,
    has_answered: bool,
}

/// How an invocation ended and what it took.
pub(crate) struct Ended {
    /// How.
    pub(crate) outcome: Outcome,
    /// From the delivery of the event on; zero if it was not delivered.
    pub(crate) duration: Duration,
    /// The most memory used so far; 0 if nobody was left to be measured.
    pub(crate) memory_used_kib: u64,
}

/// Waiting was in vain: the process ended, or else the time was up.
#[derive(Clone, Copy)]
struct Interrupted {
    exited: Option<ExitStatus>,
    at: Instant,
}

impl Instance {
    /// Prepares the delivery of events, then starts the program.
    pub(crate) async fn start(settings: &Settings) -> Result<Self, EmulatorError> {
        let delivery = delivery::start(settings).await?;
        let (output, writer) = Output::open(settings.log_limit)?;
        let variables = environment::variables(settings, delivery.variables());
        let process = Process::start(&settings.program, settings.runtime, variables, writer)
            .map_err(|source| settings.program.start_error(source))?;
        Ok(Self { delivery, process, output, has_answered: false })
    }

    /// Hands over one event and waits for its end.
    pub(crate) async fn invoke(
        &mut self,
        settings: &Settings,
        invocation: Invocation,
        delivered: impl FnOnce(),
    ) -> Ended {
        let (taken, reply) = self.delivery.submit(invocation, self.process.group());
        let taken_at = self.watch(received(taken), settings.init_timeout).await;
        delivered();
        let taken_at = match taken_at {
            Ok(Ok(at)) => at,
            Ok(Err(reason)) => {
                let error = FunctionError::new("FunctionNotReady", reason);
                return self.abandon(Outcome::Crash(error), Duration::ZERO);
            }
            Err(reason) => return self.not_delivered(reason, settings.init_timeout),
        };
        let left = settings.timeout.saturating_sub(taken_at.elapsed());
        let reply = match self.watch(received(reply), left).await {
            Ok(reply) => reply,
            Err(reason) => return self.not_replied(reason, settings.timeout, taken_at),
        };
        let duration = reply.received_at.saturating_duration_since(taken_at);
        if duration > settings.timeout {
            // A function that watches its time itself says so at the very moment at which it has none left.
            let late = Interrupted { exited: None, at: reply.received_at };
            return self.not_replied(late, settings.timeout, taken_at);
        }
        // All that the function printed before it replied is in the pipe. One that asks for its events also waits for the platform's
        // answer, which goes out when the reply is dropped, before it prints more.
        self.output.drain();
        let memory_used_kib = self.process.peak_memory_kib();
        self.has_answered = true;
        Ended { outcome: outcome(&reply.answer), duration, memory_used_kib }
    }

    /// What was printed since the last call, cut to its last `limit` bytes.
    pub(crate) fn take_output(&mut self, limit: usize) -> Log {
        self.output.take(limit)
    }

    /// Asks the processes to end, and ends those that do not.
    pub(crate) async fn stop(mut self) {
        let dismissed = self.delivery.dismiss();
        let _ = self.watch(dismissed, STOP_GRACE).await;
        self.process.terminate();
        // Whether it ended in time makes no difference: dropping kills what is left.
        tokio::select! {
            _ = self.process.exited() => {}
            () = sleep(STOP_GRACE) => {}
            never = self.output.pump() => match never {},
        }
    }

    /// Ends the processes at once, and waits until they are gone: the next ones may need a port that they had.
    pub(crate) async fn end(mut self) {
        self.process.kill();
        let gone = async {
            self.process.exited().await;
            while self.process.is_running() {
                sleep(END_PACE).await;
            }
        };
        // Who cannot even be killed is not waited for.
        let _ = timeout(STOP_GRACE, gone).await;
    }

    /// Waits for `wanted` and reads the output meanwhile.
    async fn watch<T>(&mut self, wanted: impl Future<Output = T>, limit: Duration) -> Result<T, Interrupted> {
        let mut wanted = std::pin::pin!(wanted);
        let exited = tokio::select! {
            biased;
            value = &mut wanted => return Ok(value),
            status = self.process.exited() => Some(status),
            () = sleep(limit) => None,
            never = self.output.pump() => match never {},
        };
        let interrupted = Interrupted { exited, at: Instant::now() };
        if exited.is_none() {
            return Err(interrupted);
        }
        timeout(SETTLE, wanted).await.map_err(|_| interrupted)
    }

    fn not_delivered(&mut self, reason: Interrupted, limit: Duration) -> Ended {
        let an_event = if self.has_answered { "the next event" } else { "an event" };
        let error = match reason.exited {
            Some(status) => crashed(&self.delivery.ended_before(status, an_event)),
            None => FunctionError::new("FunctionNotReady", self.delivery.not_ready(an_event, limit)),
        };
        self.abandon(Outcome::Crash(error), Duration::ZERO)
    }

    fn not_replied(&mut self, reason: Interrupted, limit: Duration, taken_at: Instant) -> Ended {
        let outcome = match reason.exited {
            Some(status) => Outcome::Crash(crashed(&self.delivery.ended_with(status))),
            None => {
                let message = format!("call invoke timeout {}s", limit.as_secs());
                Outcome::Timeout(FunctionError::new("FunctionTimeout", message))
            }
        };
        self.abandon(outcome, reason.at.saturating_duration_since(taken_at))
    }

    fn abandon(&mut self, outcome: Outcome, duration: Duration) -> Ended {
        let memory_used_kib = self.process.peak_memory_kib();
        self.process.kill();
        self.output.drain();
        Ended { outcome, duration, memory_used_kib }
    }
}

/// What was sent; never ends if the sender is gone, because then the process is about to be, too.
async fn received<T>(receiver: oneshot::Receiver<T>) -> T {
    match receiver.await {
        Ok(value) => value,
        Err(_) => pending().await,
    }
}

fn outcome(answer: &Answer) -> Outcome {
    match answer {
        Answer::Result(body) => Outcome::Output(body.clone()),
        Answer::Error(body) => Outcome::Error(FunctionError::from_reply(body.clone())),
        Answer::TooLarge { size } => {
            let message = format!("response body size {size} exceeds the limit of {BODY_LIMIT}");
            Outcome::Error(FunctionError::new("FunctionResponseTooLarge", message))
        }
        Answer::Lost(reason) => Outcome::Crash(crashed(reason)),
    }
}

fn crashed(message: &str) -> FunctionError {
    FunctionError::new("FunctionCrashed", message)
}
