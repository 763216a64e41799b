//! `fgruntime invoke`: one function, one event, once or several times.

use crate::args::{Format, InvokeArgs};
use crate::emulator::{Emulator, Invocation, InvokeType, Runtime, Settings, http};
use crate::error::Error;
use crate::program::{Program, ProgramError};
use crate::screen::{self, Screen};
use crate::spinner::Spinner;
use crate::{event_source, language, print, request_id};
use bytes::Bytes;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::spawn_blocking;

/// What the platform's documents call the program of a function in Go.
const GO_HANDLER: &str = "handler";
/// What they have for the handler where there is none to name.
const NO_HANDLER: &str = "-";

/// Runs the function and prints its execution results.
pub(crate) fn run(args: &InvokeArgs) -> Result<ExitCode, Error> {
    check_options(args)?;
    let settings = settings(args)?;
    let payload: Bytes = match &args.event {
        Some(name) => event_source::load(name, &args.set)?,
        None => event_source::edit(b"{}", &args.set)?,
    }
    .into();
    http::check(args.runtime, &payload)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        let mut signals = Signals::listen()?;
        // Dropping the invocations kills the function's processes.
        tokio::select! {
            status = invoke_all(args, settings, payload) => status,
            number = signals.received() => Ok(128 + number),
        }
    });
    // What is still being printed is not waited for.
    runtime.shutdown_background();
    Ok(ExitCode::from(status?))
}

/// Some options are for some runtimes only.
fn check_options(args: &InvokeArgs) -> Result<(), Error> {
    if args.asynchronous && args.runtime == Runtime::Http {
        return Err(Error::Options("an HTTP function cannot be invoked asynchronously; leave out --async"));
    }
    if args.port.is_some() && !args.runtime.is_http() {
        let message =
            "--port is for --runtime container and --runtime http; leave it out, or choose one of them";
        return Err(Error::Options(message));
    }
    Ok(())
}

/// The highest exit status of all invocations.
async fn invoke_all(args: &InvokeArgs, settings: Settings, payload: Bytes) -> Result<u8, Error> {
    let mut emulator = Emulator::new(settings);
    let screen = Screen::stdout();
    let mut highest = 0;
    for index in 0..args.repeat {
        let invocation = invocation(args, index, payload.clone())?;
        let spinner = Spinner::start(args.runtime.waiting());
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

/// What to start, and the function's handler setting.
fn program(args: &InvokeArgs) -> Result<(Program, String), ProgramError> {
    let setting = args.handler.as_deref();
    let path = args.path.as_deref().unwrap_or(Path::new("."));
    if args.runtime == Runtime::Go1x && args.command.is_empty() {
        return go_program(path, setting);
    }
    let program = match (args.command.split_first(), language::of(path)) {
        (Some((name, arguments)), _) => Program::command(name, arguments)?,
        (None, Some(language)) => {
            let handler = language::handler(path, setting);
            return Ok((language.program(path, &handler)?, handler));
        }
        (None, None) if args.runtime == Runtime::Http => Program::of_http_function(path)?,
        (None, None) => Program::at(path)?,
    };
    let default = if args.runtime.is_http() { NO_HANDLER } else { "index.handler" };
    Ok((program, setting.unwrap_or(default).to_owned()))
}

/// The Go 1.x runtime starts the program that has the name of the handler.
fn go_program(path: &Path, setting: Option<&str>) -> Result<(Program, String), ProgramError> {
    let program = if path.is_dir() {
        Program::at(&path.join(setting.unwrap_or(GO_HANDLER)))?
    } else {
        Program::at(path)?
    };
    let name = program.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((program, setting.map_or(name, str::to_owned)))
}

fn settings(args: &InvokeArgs) -> Result<Settings, ProgramError> {
    let (program, handler) = program(args)?;
    Ok(Settings {
        runtime: args.runtime,
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
    })
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
