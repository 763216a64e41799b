//! The push side: a handler, called for every invocation until the process is told to stop.

use super::{FromPayload, Invocation, Runtime, RuntimeBuilder, StartError, panic};
use crate::context::Context;
use crate::response::{FunctionError, IntoOutput};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The most threads that call one handler. The platform hands an instance at most 1000 invocations at once.
pub const MOST_POLLERS: usize = 1024;

/// Why a function ended otherwise than by being told to stop.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// One process runs one handler.
    #[error("a handler is already running in this process; a process runs one handler")]
    AlreadyRunning,
    /// The runtime could not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The initializer failed; the first invocation was answered with its error.
    #[error("the initializer failed: {0}")]
    Initializer(String),
}

/// Runs `handler` for every invocation until SIGTERM or SIGINT, which let the running one finish. For `main`:
///
/// ```no_run
/// use fgruntime_core::{ApigTriggerEvent, ApigTriggerResponse, Context, FunctionError};
///
/// fn handler(event: ApigTriggerEvent, context: &Context) -> Result<ApigTriggerResponse, FunctionError> {
///     context.logger().info("hello");
///     Ok(ApigTriggerResponse::builder().body(event.path().unwrap_or("/")).build())
/// }
///
/// fn main() -> std::process::ExitCode {
///     fgruntime_core::run(handler)
/// }
/// ```
///
/// The event may be anything that is [`FromPayload`], the result anything that is [`IntoOutput`]. Why the function could
/// not start is written to standard error; the status is then 1.
pub fn run<E, O, H>(handler: H) -> ExitCode
where
    E: FromPayload,
    O: IntoOutput,
    H: Fn(E, &Context) -> Result<O, FunctionError> + Sync,
{
    match Function::new(handler).run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[allow(clippy::print_stderr, reason = "there is no log yet, or no platform to read it")]
            {
                eprintln!("fgruntime: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

/// What runs outside invocations.
type Outside<'f> = Box<dyn FnOnce(&Context) -> Result<(), FunctionError> + 'f>;
type Handler<'f> = Box<dyn Fn(Invocation, &Runtime) + Sync + 'f>;

/// A handler with what goes with it: an initializer, the number of pollers, the runtime's options.
pub struct Function<'f> {
    handler: Handler<'f>,
    initializer: Option<Outside<'f>>,
    on_shutdown: Option<Outside<'f>>,
    /// None for as many as invocations may run at once.
    pollers: Option<usize>,
    runtime: RuntimeBuilder,
}

impl<'f> Function<'f> {
    /// A function of one handler, called by one thread, which stops at SIGTERM and SIGINT.
    pub fn new<E, O, H>(handler: H) -> Self
    where
        E: FromPayload,
        O: IntoOutput,
        H: Fn(E, &Context) -> Result<O, FunctionError> + Sync + 'f,
    {
        let function = Self::answering(move |invocation, runtime| {
            let outcome = panic::catch(&runtime.settings().code_root, || {
                let event = E::from_payload(invocation.payload().clone())?;
                handler(event, invocation.context())?.into_output()
            });
            // A failure to reply has been logged and concerns this invocation only.
            let _ = invocation.respond(outcome);
        });
        function.runtime(Runtime::builder().handle_signals())
    }

    /// A function whose handler answers the invocation itself, or has it answered by somebody else before it returns; for bindings. Such a
    /// handler must not panic. Signals are handled only if [`runtime`](Self::runtime) says so.
    pub fn answering(handler: impl Fn(Invocation, &Runtime) + Sync + 'f) -> Self {
        Self {
            handler: Box::new(handler),
            initializer: None,
            on_shutdown: None,
            pollers: None,
            runtime: Runtime::builder(),
        }
    }

    /// What runs once, before the first invocation. If it fails, the first invocation is answered with the error
    /// `FunctionInitError` and the process ends with status 1, so that the platform makes a new instance.
    #[must_use]
    pub fn initializer(
        mut self,
        initializer: impl FnOnce(&Context) -> Result<(), FunctionError> + 'f,
    ) -> Self {
        self.initializer = Some(Box::new(initializer));
        self
    }

    /// What runs once, after the last invocation, when the process has been told to stop. What it fails with is logged.
    #[must_use]
    pub fn on_shutdown(
        mut self,
        on_shutdown: impl FnOnce(&Context) -> Result<(), FunctionError> + 'f,
    ) -> Self {
        self.on_shutdown = Some(Box::new(on_shutdown));
        self
    }

    /// How many threads ask for invocations and call the handler: at least one, at most [`MOST_POLLERS`]. No more invocations run at once
    /// then. Unless it is said, as many as may run at once ([`Runtime::concurrency`]), and one where the platform decides that: whether it
    /// hands out several at once when it is polled is not documented.
    #[must_use]
    pub fn pollers(mut self, pollers: usize) -> Self {
        self.pollers = Some(pollers.clamp(1, MOST_POLLERS));
        self
    }

    /// The runtime's options.
    #[must_use]
    pub fn runtime(mut self, options: RuntimeBuilder) -> Self {
        self.runtime = options;
        self
    }

    /// Calls the handler for every invocation until the runtime is stopped, which lets the running ones finish.
    ///
    /// # Errors
    /// The process runs a handler already, the runtime cannot start, or the initializer failed.
    pub fn run(self) -> Result<(), RunError> {
        let _running = Running::claim().ok_or(RunError::AlreadyRunning)?;
        let runtime = self.runtime.at_most(self.pollers.unwrap_or(MOST_POLLERS)).build()?;
        if let Some(initializer) = self.initializer {
            initialize(&runtime, initializer)?;
        }
        let pollers = runtime.concurrency().or(self.pollers).unwrap_or(1);
        let serve = || {
            while let Some(invocation) = runtime.next() {
                (self.handler)(invocation, &runtime);
            }
        };
        let served = thread::scope(|threads| {
            let start = |_| thread::Builder::new().spawn_scoped(threads, serve).map(drop);
            let started = (1..pollers).try_for_each(start);
            match started {
                Ok(()) => serve(),
                // The pollers that did start must not be waited for in vain.
                Err(_) => runtime.stop(),
            }
            started.map_err(|error| RunError::Start(error.into()))
        });
        if let Some(on_shutdown) = self.on_shutdown {
            shut_down(&runtime, on_shutdown);
        }
        served
    }
}

/// The right to be the one handler of the process, given back when it is dropped.
struct Running;

static RUNNING: AtomicBool = AtomicBool::new(false);

impl Running {
    fn claim() -> Option<Self> {
        // Made only if it is one: dropping it gives the right back.
        (!RUNNING.swap(true, Ordering::SeqCst)).then(|| Self)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.store(false, Ordering::SeqCst);
    }
}

fn initialize(runtime: &Runtime, initializer: Outside<'_>) -> Result<(), RunError> {
    let context = runtime.initializer_context();
    panic::catch(&runtime.settings().code_root, || initializer(&context)).map_err(|error| {
        fail_first(runtime, &error);
        RunError::Initializer(error.message().to_owned())
    })
}

/// Answers the first invocation with the initializer's error.
fn fail_first(runtime: &Runtime, error: &FunctionError) {
    let message = format!("function initialization exception, error: {}", error.message());
    runtime.refuse(
        &FunctionError::new("FunctionInitError", message).with_stack_trace(error.stack_trace().to_vec()),
    );
}

fn shut_down(runtime: &Runtime, on_shutdown: Outside<'_>) {
    let context = runtime.initializer_context();
    if let Err(error) = panic::catch(&runtime.settings().code_root, || on_shutdown(&context)) {
        let (error_type, message) = (error.error_type(), error.message());
        context.logger().error(format_args!("what was to run at the end failed: {error_type}: {message}"));
    }
}
