//! What an invocation costs, beside the cheapest possible function; see README.md beside this folder.
//!
//! `bench-invoke [ROUNDS]`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to its terminal")]

mod caller;
mod calls;
mod connections;
mod node;
mod platform;
mod process;
mod rounds;
mod statistics;

use crate::process::Processors;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The row all others are divided by.
const FLOOR: &str = "floor";
/// One row each; what is not there is left out.
const ROWS: [&str; 13] = [
    FLOOR,
    "rust",
    "c",
    "go",
    "go-typed",
    "aws-lambda-go",
    "python",
    "python-run",
    "awslambdaric",
    "node",
    "node-typed",
    "node-http",
    "aws-lambda-ric",
];
/// What the rows of functions that are called are divided by: Go's own server.
const GO_SERVER: &str = "net-rpc";
/// The rows of functions that are called over net/rpc.
const CALLED_ROWS: [&str; 5] = [GO_SERVER, "go-plain", "go-sdk", "go-typed", "rust"];
/// The languages that measure single calls.
const CALLS: [&str; 3] = ["rust", "c", "go"];
const DEFAULT_ROUNDS: usize = 7;

/// How a function gets its events.
#[derive(Clone, Copy)]
enum Transport {
    /// It asks for them.
    Poll,
    /// It is called.
    GoRpc,
}

impl Transport {
    /// What functions find in `FGRUNTIME_TRANSPORT`.
    fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::GoRpc => "go-rpc",
        }
    }
}

/// A program under measurement.
struct Row {
    name: String,
    program: PathBuf,
    transport: Transport,
}

impl Row {
    fn failed(&self, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.name))
    }
}

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).map_or(Ok(DEFAULT_ROUNDS), |rounds| rounds.parse());
    let Ok(rounds) = rounds else {
        eprintln!("usage: bench-invoke [ROUNDS]");
        return ExitCode::from(2);
    };
    match run(rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-invoke: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(rounds: usize) -> io::Result<()> {
    let rows = find_all(&ROWS, Transport::Poll);
    let called = find_all(&CALLED_ROWS, Transport::GoRpc);
    println!(
        "Medians of {rounds} interleaved rounds (least–most). The 1.27 MB batch is a Kafka event of 2,000 messages:"
    );
    println!("every message is read, which are JSON, so that their escapes are undone.\n");
    let processors = Processors::take()?;
    rounds::print(&processors, &rows, FLOOR, rounds)?;
    if called.iter().any(|row| row.name == GO_SERVER) {
        println!("\nCalled over net/rpc:\n");
        rounds::print(&processors, &called, GO_SERVER, rounds)?;
    }
    if let Some(alone) = find("bench", "node-0", Transport::Poll) {
        node::print(&processors, &rows, &alone)?;
    }
    let programs: Vec<Row> =
        CALLS.iter().filter_map(|name| find("bench-calls", name, Transport::Poll)).collect();
    calls::print(&programs)
}

/// The rows that there are; says which are not.
fn find_all(names: &[&str], transport: Transport) -> Vec<Row> {
    let found = |name: &&str| {
        let row = find("bench", name, transport);
        if row.is_none() {
            eprintln!("no row {name}: there is no bench-{name} beside this program");
        }
        row
    };
    names.iter().filter_map(found).collect()
}

/// The program of a row: what `FGRUNTIME_BENCH_RUST` says (or `FGRUNTIME_BENCH_CALLS_RUST`), else `bench-rust` beside this
/// program.
fn find(prefix: &str, name: &str, transport: Transport) -> Option<Row> {
    let file = format!("{prefix}-{name}");
    let variable = format!("FGRUNTIME_{}", file.to_uppercase().replace('-', "_"));
    let beside = || Some(std::env::current_exe().ok()?.parent().unwrap_or(Path::new(".")).join(file));
    let program = std::env::var_os(variable).map(PathBuf::from).or_else(beside)?;
    program.exists().then(|| Row { name: name.to_owned(), program, transport })
}
