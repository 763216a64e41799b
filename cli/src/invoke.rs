//! `fgruntime invoke`: one function, one event, once or several times.

use crate::args::{Format, InvokeArgs};
use crate::emulator::{Emulator, Invocation, InvokeType, Runtime, Settings, http};
use crate::error::Error;
use crate::function::{Function, Start};
use crate::program::Program;
use crate::screen::{self, Screen};
use crate::spinner::Spinner;
use crate::{event_source, print, request_id};
use bytes::Bytes;
use std::io;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::spawn_blocking;

/// Runs the function and prints its execution results.
pub(crate) fn run(args: &InvokeArgs) -> Result<ExitCode, Error> {
    let function = Function::of(args)?;
    check_options(args, function.runtime)?;
    let payload = match &args.event {
        Some(name) => event_source::load(name, &args.set)?,
        None => event_source::edit(b"{}", &args.set)?,
    }
    .into();
    http::check(function.runtime, &payload)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        let mut signals = Signals::listen()?;
        // Dropping the invocations kills the function's processes.
        tokio::select! {
            status = invoke_all(args, function, payload) => status,
            number = signals.received() => Ok(128 + number),
        }
    });
    // What is still being printed is not waited for.
    runtime.shutdown_background();
    Ok(ExitCode::from(status?))
}

/// Some options are for some runtimes only.
fn check_options(args: &InvokeArgs, runtime: Runtime) -> Result<(), Error> {
    if args.asynchronous && runtime == Runtime::Http {
        return Err(Error::Options("an HTTP function cannot be invoked asynchronously; leave out --async"));
    }
    if args.port.is_some() && !runtime.is_http() {
        let message =
            "--port is for --runtime container and --runtime http; leave it out, or choose one of them";
        return Err(Error::Options(message));
    }
    Ok(())
}

/// The highest exit status of all invocations.
async fn invoke_all(args: &InvokeArgs, function: Function, payload: Bytes) -> Result<u8, Error> {
    let Function { runtime, start, handler } = function;
    let built;
    let program = match start {
        Start::Program(program) => program,
        Start::Source(source) => {
            built = source.build(runtime.built_name()).await?;
            built.program.clone()
        }
    };
    let mut emulator = Emulator::new(settings(args, runtime, program, handler));
    let screen = Screen::stdout();
    let mut highest = 0;
    for index in 0..args.repeat {
        let invocation = invocation(args, index, payload.clone())?;
        let spinner = Spinner::start(runtime.waiting());
        let result = emulator.invoke(invocation, || drop(spinner)).await?;
        highest = highest.max(result.exit_status());
        let page = match args.output {
            Format::Json => print::json(&result),
            Format::Text if index > 0 => [b"\n", print::text(&result, &screen).as_slice()].concat(),
            Format::Text => print::text(&result, &screen),
        };
        // On a thread of its own, because a reader that takes its time must not hold up the function or Ctrl-C.
        let is_read = spawn_blocking(move || screen::write(&page)).await.map_err(io::Error::other)??;
        if !is_read {
            break;
        }
    }
    emulator.stop().await;
    Ok(highest)
}

fn invocation(args: &InvokeArgs, index: u32, payload: Bytes) -> Result<Invocation, Error> {
    let request_id = match &args.request_id {
        Some(first) => request_id::numbered(first, index),
        None => request_id::random(),
    };
    let invoke_type = if args.asynchronous { InvokeType::Async } else { InvokeType::Sync };
    Ok(Invocation { request_id, invoke_type, payload })
}

fn settings(args: &InvokeArgs, runtime: Runtime, program: Program, handler: String) -> Settings {
    Settings {
        runtime,
        name: args.function_name.clone().unwrap_or_else(|| program.default_name()),
        program,
        version: args.function_version.clone(),
        handler,
        initializer: args.initializer.clone(),
        port: args.port,
        timeout: Duration::from_secs(args.timeout.into()),
        init_timeout: Duration::from_secs(args.init_timeout.into()),
        memory_mb: args.memory,
        user_data: args.user_data.clone(),
        variables: args.env.clone(),
        log_limit: args.log_limit,
    }
}

/// The signals that end the command.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
}

impl Signals {
    fn listen() -> Result<Self, Error> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// The number of the first signal that comes.
    async fn received(&mut self) -> u8 {
        tokio::select! {
            _ = self.interrupt.recv() => 2,
            _ = self.terminate.recv() => 15,
            _ = self.hangup.recv() => 1,
        }
    }
}
