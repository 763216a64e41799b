//! The command line.

use crate::emulator::{Runtime, environment};
use crate::nearest::nearest;
use crate::set::{Assignment, SetError};
use clap::builder::RangedI64ValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use fgruntime_core::event::Kind;
use std::ffi::OsString;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  fgruntime invoke -e apig ./build          run ./build/bootstrap with a sample API Gateway event
  fgruntime event print apig > event.json   start from a sample and edit it";

const INVOKE_EXAMPLES: &str = "\
Examples:
  fgruntime invoke                                   ./bootstrap with the event {}
  fgruntime invoke -e apig ./build                   ./build/bootstrap with a sample event
  fgruntime invoke -e apig index.py                  the function `handler` in index.py; --handler names another
  fgruntime invoke -e apig index.mjs                 the same for Node.js
  fgruntime invoke -e apig main.go                   a function in Go, built first; a folder will do, too
  fgruntime invoke --runtime go1.x -e apig ./handler a program for the Go 1.x runtime
  fgruntime invoke -e apig --set path=/users -- ./target/debug/hello --verbose
  echo '{\"a\":1}' | fgruntime invoke -e - --output json ./build

Exit status: 0 result, 1 function error, 2 wrong usage, 3 timeout, crash or never connected.";

const EVENT_EXAMPLES: &str = "\
Examples:
  fgruntime event list
  fgruntime event print apig --set queryStringParameters.name=Ada > event.json
  fgruntime event inspect event.json
  fgruntime event inspect --as cts trace.json   a trace as it is in the service's own list";

/// Run FunctionGraph functions on this machine, against an emulator of the platform.
#[derive(Debug, Parser)]
#[command(name = "fgruntime", version, after_help = EXAMPLES)]
pub(crate) struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a function, send it an event and show the execution result.
    #[command(
        after_help = INVOKE_EXAMPLES,
        override_usage = "fgruntime invoke [OPTIONS] [PATH | -- COMMAND [ARG]...]"
    )]
    Invoke(Box<InvokeArgs>),
    /// Look at trigger events: samples, and how an event is read.
    #[command(subcommand, after_help = EVENT_EXAMPLES)]
    Event(EventCommand),
}

/// The options of `invoke`.
#[derive(Debug, Args)]
pub(crate) struct InvokeArgs {
    /// A folder that holds `bootstrap`, an executable file, or a source file (index.py, index.js, main.go); sources in
    /// Go, or a folder of them, are built first [default: the current folder]
    pub(crate) path: Option<PathBuf>,
    /// A command to start instead of PATH, with its arguments
    #[arg(last = true, conflicts_with = "path", value_name = "COMMAND")]
    pub(crate) command: Vec<OsString>,

    /// The runtime to play: for go1.x PATH is the program that is the function's handler, its folder, or its source
    /// [default: go1.x for sources in Go, else custom]
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) runtime: Option<Runtime>,
    /// The event: a sample's name (see `fgruntime event list`), a file, or - for standard input [default: {}]
    #[arg(short, long, value_name = "NAME|FILE|-")]
    pub(crate) event: Option<String>,
    /// Change one value of the event: dotted path, value as JSON or else text; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub(crate) set: Vec<Assignment>,
    /// The request id [default: a random one]
    #[arg(long, value_name = "ID", value_parser = request_id)]
    pub(crate) request_id: Option<String>,
    /// Invoke asynchronously: the event is limited to 256 KiB
    #[arg(long = "async")]
    pub(crate) asynchronous: bool,
    /// Invoke that many times, one after another, in the same process
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) repeat: u32,

    /// The function's handler setting, told to the program in RUNTIME_HANDLER; for a source file the function's name will do
    /// [default: index.handler; of FILE.py or FILE.js FILE.handler; for go1.x the program's name, of a folder or of sources handler]
    #[arg(long)]
    pub(crate) handler: Option<String>,
    /// The function's name [default: that of the folder or program]
    #[arg(long, value_name = "NAME")]
    pub(crate) function_name: Option<String>,
    /// The function's version
    #[arg(long, default_value = "latest", value_name = "VERSION")]
    pub(crate) function_version: String,
    /// Seconds the function may take for one event
    #[arg(long, default_value_t = 3, value_name = "SECONDS", value_parser = seconds())]
    pub(crate) timeout: u32,
    /// Seconds the program may take until it asks for an event, or can be called
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = seconds())]
    pub(crate) init_timeout: u32,
    /// The function's memory in MB (told to the program, not enforced)
    #[arg(long, default_value_t = 128, value_name = "MB", value_parser = megabytes())]
    pub(crate) memory: u32,
    /// User data, also set in the process environment; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = user_data)]
    pub(crate) user_data: Vec<(String, String)>,
    /// An environment variable of the process only; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = variable)]
    pub(crate) env: Vec<(String, String)>,

    /// How many bytes of the program's output the log keeps, counted from the end
    #[arg(long, default_value_t = 4096, value_name = "BYTES")]
    pub(crate) log_limit: usize,
    /// How to print the execution result; json is one object per line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) output: Format,
}

/// The form of an execution result: a page for people, or a line for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// What to do with events.
#[derive(Debug, Subcommand)]
pub(crate) enum EventCommand {
    /// List the sample events.
    List,
    /// Print a sample event as JSON.
    Print {
        /// The sample's name
        name: String,
        /// Change one value: dotted path, value as JSON or else text; may be repeated
        #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
        set: Vec<Assignment>,
    },
    /// Show how the runtime reads an event: its kind, its canonical form, and what was odd.
    Inspect {
        /// A file, - for standard input, or a sample's name
        #[arg(value_name = "FILE|-")]
        event: String,
        /// Read it as an event of that kind, whatever its shape: as a function that asks for the kind by type
        #[arg(long = "as", value_name = "KIND", value_parser = kind)]
        kind: Option<Kind>,
        /// Print one JSON object instead of text
        #[arg(long)]
        json: bool,
    },
}

/// The platform lets no function run longer than three days.
fn seconds() -> RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=259_200)
}

fn megabytes() -> RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(128..=10_240)
}

fn assignment(text: &str) -> Result<Assignment, SetError> {
    Assignment::parse(text)
}

/// The id travels in a header, in a URL path and in log lines, so only harmless characters are let in.
fn request_id(text: &str) -> Result<String, String> {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if text.is_empty() || !text.bytes().all(harmless) {
        return Err("use letters, digits, '-', '_' and '.' only".to_owned());
    }
    Ok(text.to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    if let Some(kind) = Kind::from_name(text) {
        return Ok(kind);
    }
    let names = || Kind::ALL.iter().map(|kind| kind.name());
    let suggestion =
        nearest(text, names()).map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
    Err(format!("the kinds are {}{suggestion}", names().collect::<Vec<_>>().join(", ")))
}

fn variable(text: &str) -> Result<(String, String), String> {
    let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
        return Err("expected KEY=VALUE".to_owned());
    };
    if environment::is_reserved(key) {
        return Err(format!("{key} is reserved: the platform sets it, see the other options"));
    }
    Ok((key.to_owned(), value.to_owned()))
}

/// User data must satisfy the platform's rule for names, or the deployed function could not have it.
fn user_data(text: &str) -> Result<(String, String), String> {
    let (key, value) = variable(text)?;
    let named_well = key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !named_well {
        return Err(format!(
            "the key '{key}' must start with a letter and go on with letters, digits and '_'"
        ));
    }
    Ok((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn variables_are_pairs_with_names_that_are_not_reserved() {
        assert_eq!(variable("A=b=c").unwrap(), ("A".to_owned(), "b=c".to_owned()));
        assert_eq!(variable("RUNTIME_ALIAS=a").unwrap().0, "RUNTIME_ALIAS");
        assert!(variable("A").unwrap_err().contains("KEY=VALUE"));
        assert!(variable("=b").unwrap_err().contains("KEY=VALUE"));
        assert!(variable("RUNTIME_MEMORY=1").unwrap_err().contains("RUNTIME_MEMORY is reserved"));
        assert!(user_data("RUNTIME_MEMORY=1").unwrap_err().contains("reserved"));
        assert!(user_data("1A=b").unwrap_err().contains("start with a letter"));
        assert!(user_data("A-B=b").unwrap_err().contains("'A-B'"));
    }

    #[test]
    fn kinds_go_by_their_names() {
        for known in Kind::ALL {
            assert_eq!(kind(known.name()), Ok(*known));
        }
        let message = kind("gaussdb_mongo").unwrap_err();
        assert!(message.starts_with("the kinds are apig, apig_authorizer, timer, "), "{message}");
        assert!(message.ends_with(", config, unknown; did you mean 'gauss_mongo'?"), "{message}");
        assert!(kind("lambda").unwrap_err().ends_with(", unknown"));
    }

    #[test]
    fn request_ids_are_harmless() {
        assert_eq!(request_id("id-2_a.b").unwrap(), "id-2_a.b");
        for text in ["", "a b", "a/b", "a\r\nX: y", "ä"] {
            assert!(request_id(text).is_err(), "{text:?}");
        }
    }
}
