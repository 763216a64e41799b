//! `fgruntime`: FunctionGraph functions on a developer's machine.

mod args;
mod emulator;
mod error;
mod event;
mod event_source;
mod execution_result;
mod function_error;
mod go;
mod indent;
mod invoke;
mod language;
mod nearest;
mod print;
mod program;
mod request_id;
mod sample;
mod screen;
mod set;
mod spinner;

use args::{Command, CommandLine};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Invoke(args) => invoke::run(&args),
        Command::Event(command) => event::run(&command),
    };
    done.unwrap_or_else(|error| {
        screen::report(&error);
        ExitCode::from(error.exit_status())
    })
}
