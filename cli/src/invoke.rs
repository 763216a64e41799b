//! `fgruntime invoke`: one function, one event, once or several times.

use crate::args::{Format, InvokeArgs};
use crate::emulator::{Emulator, Invocation, InvokeType, Runtime, Settings};
use crate::error::Error;
use crate::go::{Built, Source};
use crate::program::{BOOTSTRAP, Program, ProgramError};
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
const DEFAULT_HANDLER: &str = "index.handler";

/// The function as the arguments tell it.
struct Function {
    runtime: Runtime,
    start: Start,
    /// Its handler setting.
    handler: String,
}

/// What to start.
enum Start {
    /// A program that is there.
    Program(Program),
    /// One that is to be built.
    Source(Source),
}

/// Runs the function and prints its execution results.
pub(crate) fn run(args: &InvokeArgs) -> Result<ExitCode, Error> {
    let function = function(args)?;
    let payload = match &args.event {
        Some(name) => event_source::load(name, &args.set)?,
        None => event_source::edit(b"{}", &args.set)?,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        let mut signals = Signals::listen()?;
        // Dropping the invocations kills the function's processes.
        tokio::select! {
            status = invoke_all(args, function, payload.into()) => status,
            number = signals.received() => Ok(128 + number),
        }
    });
    // What is still being printed is not waited for.
    runtime.shutdown_background();
    Ok(ExitCode::from(status?))
}

/// The highest exit status of all invocations.
async fn invoke_all(args: &InvokeArgs, function: Function, payload: Bytes) -> Result<u8, Error> {
    let Function { runtime, start, handler } = function;
    let built;
    let program = match start {
        Start::Program(program) => program,
        Start::Source(source) => {
            built = build(&source, runtime).await?;
            built.program.clone()
        }
    };
    let mut emulator = Emulator::new(settings(args, runtime, program, handler));
    let screen = Screen::stdout();
    let mut highest = 0;
    for index in 0..args.repeat {
        let invocation = invocation(args, index, payload.clone())?;
        let spinner = Spinner::start(match runtime {
            Runtime::Custom => "waiting for the function to ask for its event",
            Runtime::Go1x => "waiting for the function to listen",
        });
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

fn function(args: &InvokeArgs) -> Result<Function, ProgramError> {
    let setting = args.handler.as_deref();
    let path = args.path.as_deref().unwrap_or(Path::new("."));
    let runtime = args.runtime.unwrap_or(Runtime::Custom);
    let of_program = |(program, handler)| Function { runtime, start: Start::Program(program), handler };
    if let Some((name, arguments)) = args.command.split_first() {
        let program = Program::command(name, arguments)?;
        return Ok(of_program((program, setting.unwrap_or(DEFAULT_HANDLER).to_owned())));
    }
    if let Some(source) = go_source(path, args)? {
        let runtime = args.runtime.unwrap_or(Runtime::Go1x);
        let handler = setting.unwrap_or(match runtime {
            Runtime::Custom => DEFAULT_HANDLER,
            Runtime::Go1x => GO_HANDLER,
        });
        return Ok(Function { runtime, start: Start::Source(source), handler: handler.to_owned() });
    }
    match runtime {
        Runtime::Custom => custom_program(path, setting),
        Runtime::Go1x => go_program(path, setting),
    }
    .map(of_program)
}

/// The sources in Go at that path, unless it is a folder that has the program already.
fn go_source(path: &Path, args: &InvokeArgs) -> Result<Option<Source>, ProgramError> {
    let program = match args.runtime {
        Some(Runtime::Go1x) => args.handler.as_deref().unwrap_or(GO_HANDLER),
        _ => BOOTSTRAP,
    };
    if path.join(program).is_file() { Ok(None) } else { Source::at(path) }
}

async fn build(source: &Source, runtime: Runtime) -> Result<Built, ProgramError> {
    let name = match runtime {
        Runtime::Custom => BOOTSTRAP,
        Runtime::Go1x => GO_HANDLER,
    };
    source.build(name).await
}

/// What the custom runtime starts, and the function's handler setting.
fn custom_program(path: &Path, setting: Option<&str>) -> Result<(Program, String), ProgramError> {
    let Some(language) = language::of(path) else {
        return Ok((Program::at(path)?, setting.unwrap_or(DEFAULT_HANDLER).to_owned()));
    };
    let handler = language::handler(path, setting);
    Ok((language.program(path, &handler)?, handler))
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

fn settings(args: &InvokeArgs, runtime: Runtime, program: Program, handler: String) -> Settings {
    Settings {
        runtime,
        name: args.function_name.clone().unwrap_or_else(|| program.default_name()),
        program,
        version: args.function_version.clone(),
        handler,
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
