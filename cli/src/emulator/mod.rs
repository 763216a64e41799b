//! The platform's side of a runtime: starts the program, gives it events and takes its replies.

mod api;
mod body;
mod calls;
mod delivery;
pub(crate) mod environment;
mod group;
pub(crate) mod http;
mod instance;
mod memory;
mod output;
mod ports;
mod process;
mod runtime;

pub(crate) use runtime::Runtime;

use crate::execution_result::{ExecutionResult, Log, Outcome, Summary};
use crate::function_error::FunctionError;
use crate::program::{Program, ProgramError};
use bytes::Bytes;
use instance::{Ended, Instance};
use jiff::Timestamp;
use std::io;
use std::time::Duration;

/// The largest response, and the largest event of a synchronous invocation: 6 MiB.
const BODY_LIMIT: usize = 6 * 1024 * 1024;
/// The largest event of an asynchronous invocation: 256 KiB.
const ASYNC_BODY_LIMIT: usize = 256 * 1024;

/// A function's settings, as they would be made in the console.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// How it gets its events.
    pub(crate) runtime: Runtime,
    /// What to run.
    pub(crate) program: Program,
    /// The function's name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its handler, which means nothing to the platform here.
    pub(crate) handler: String,
    /// Its initializer.
    pub(crate) initializer: Option<String>,
    /// Where it listens, if it listens to HTTP and neither finds the port it is told nor takes the platform's.
    pub(crate) port: Option<u16>,
    /// How long it may take for one event.
    pub(crate) timeout: Duration,
    /// How long it may take until it asks for an event, or can be called.
    pub(crate) init_timeout: Duration,
    /// Its memory in MB.
    pub(crate) memory_mb: u32,
    /// Its user data.
    pub(crate) user_data: Vec<(String, String)>,
    /// Further environment variables.
    pub(crate) variables: Vec<(String, String)>,
    /// How many bytes of its output the log keeps.
    pub(crate) log_limit: usize,
}

/// How the caller waits for the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InvokeType {
    /// For the reply.
    Sync,
    /// Not at all.
    Async,
}

impl InvokeType {
    /// What the function is told.
    fn name(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Async => "async",
        }
    }
}

/// One event on its way to the function.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    /// Its id.
    pub(crate) request_id: String,
    /// How it was invoked.
    pub(crate) invoke_type: InvokeType,
    /// The event.
    pub(crate) payload: Bytes,
}

/// Why the emulator cannot work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EmulatorError {
    /// The program cannot be started.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The function cannot have the port that was asked for.
    #[error("port {0} is taken; stop what listens there, or name another with --port")]
    PortTaken(u16),
    /// This machine refuses what the emulator needs.
    #[error("cannot set up the emulator on 127.0.0.1: {0}")]
    Host(#[from] io::Error),
}

/// Runs one function. Dropping it kills what it has started.
pub(crate) struct Emulator {
    settings: Settings,
    instance: Option<Instance>,
}

impl Emulator {
    /// An emulator for that function; nothing is started yet.
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings, instance: None }
    }

    /// Carries out one invocation, in the running process if there is one. `delivered` is called when the
    /// function has the event, or will never have it.
    pub(crate) async fn invoke(
        &mut self,
        invocation: Invocation,
        delivered: impl FnOnce(),
    ) -> Result<ExecutionResult, EmulatorError> {
        if let Some(error) = payload_too_large(&invocation) {
            return Ok(self.rejected(invocation, error));
        }
        let started = now();
        let mut instance = match self.instance.take() {
            Some(running) => running,
            None => Instance::start(&self.settings).await?,
        };
        let request_id = invocation.request_id.clone();
        let ended = instance.invoke(&self.settings, invocation, delivered).await;
        let output = instance.take_output(self.settings.log_limit);
        match ended.outcome {
            Outcome::Output(_) | Outcome::Error(_) => self.instance = Some(instance),
            Outcome::Timeout(_) | Outcome::Crash(_) => instance.end().await,
        }
        Ok(self.result(request_id, &started, ended, output))
    }

    /// Ends the running process, giving it a moment to end by itself.
    pub(crate) async fn stop(&mut self) {
        if let Some(instance) = self.instance.take() {
            instance.stop().await;
        }
    }

    fn result(&self, request_id: String, started: &str, ended: Ended, output: Log) -> ExecutionResult {
        let summary = self.summary(request_id, ended.duration, ended.memory_used_kib);
        let text = format!(
            "{started} Start invoke request '{id}', version: {version}\n{output}{now} Finish invoke request '{id}', \
             duration: {duration:.3}ms, billing duration: {billed}ms, memory used: {used:.3}MB, \
             billing memory: {configured}MB\n",
            id = summary.request_id,
            version = self.settings.version,
            output = whole_lines(output.text),
            now = now(),
            duration = summary.duration_ms(),
            billed = summary.billed_duration_ms(),
            used = summary.memory_used_mb(),
            configured = summary.memory_configured_mb,
        );
        ExecutionResult { outcome: ended.outcome, summary, log: Log { text, omitted: output.omitted } }
    }

    /// The platform turns the event away before any function sees it: no cost, no log.
    fn rejected(&self, invocation: Invocation, error: FunctionError) -> ExecutionResult {
        let summary = self.summary(invocation.request_id, Duration::ZERO, 0);
        ExecutionResult { outcome: Outcome::Error(error), summary, log: Log::default() }
    }

    fn summary(&self, request_id: String, duration: Duration, memory_used_kib: u64) -> Summary {
        Summary { request_id, memory_configured_mb: self.settings.memory_mb, duration, memory_used_kib }
    }
}

fn payload_too_large(invocation: &Invocation) -> Option<FunctionError> {
    let (limit, kind) = match invocation.invoke_type {
        InvokeType::Sync => (BODY_LIMIT, "a synchronous"),
        InvokeType::Async => (ASYNC_BODY_LIMIT, "an asynchronous"),
    };
    let size = invocation.payload.len();
    (size > limit).then(|| {
        let message = format!("the event has {size} bytes, the limit of {kind} invocation is {limit} bytes");
        FunctionError::new("PayloadTooLarge", message)
    })
}

fn whole_lines(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The platform's time stamp: UTC, whole seconds.
fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
