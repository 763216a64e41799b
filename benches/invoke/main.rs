//! What an invocation costs, beside the cheapest possible function; see README.md beside this folder.
//!
//! `bench-invoke [ROUNDS]`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to its terminal")]

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
const ROWS: [&str; 10] = [
    FLOOR,
    "rust",
    "c",
    "python",
    "python-run",
    "awslambdaric",
    "node",
    "node-typed",
    "node-http",
    "aws-lambda-ric",
];
const DEFAULT_ROUNDS: usize = 7;

/// A program under measurement.
struct Row {
    name: String,
    program: PathBuf,
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
    let rows: Vec<Row> = ROWS.iter().filter_map(|name| find("bench", name)).collect();
    for missing in ROWS.iter().filter(|name| rows.iter().all(|row| row.name != **name)) {
        eprintln!("no row {missing}: there is no bench-{missing} beside this program");
    }
    println!(
        "Medians of {rounds} interleaved rounds (least–most). The 1.27 MB batch is a Kafka event of 2,000 messages:"
    );
    println!("every message is read, which are JSON, so that their escapes are undone.\n");
    let processors = Processors::take()?;
    rounds::print(&processors, &rows, rounds)?;
    if let Some(alone) = find("bench", "node-0") {
        node::print(&processors, &rows, &alone)?;
    }
    let programs: Vec<Row> = ROWS.iter().filter_map(|name| find("bench-calls", name)).collect();
    calls::print(&programs)
}

/// The program of a row: what `FGRUNTIME_BENCH_RUST` says (or `FGRUNTIME_BENCH_CALLS_RUST`), else `bench-rust` beside this
/// program.
fn find(prefix: &str, name: &str) -> Option<Row> {
    let file = format!("{prefix}-{name}");
    let variable = format!("FGRUNTIME_{}", file.to_uppercase().replace('-', "_"));
    let beside = || Some(std::env::current_exe().ok()?.parent().unwrap_or(Path::new(".")).join(file));
    let program = std::env::var_os(variable).map(PathBuf::from).or_else(beside)?;
    program.exists().then(|| Row { name: name.to_owned(), program })
}
