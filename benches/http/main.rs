//! What a request over HTTP costs, beside a bare server and beside what others run functions with; see README.md beside this folder.
//!
//! `bench-http [ROUNDS]`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to its terminal")]

mod client;
mod server;

use client::Load;
use fgruntime_benches::processors::Processors;
use fgruntime_benches::statistics::{median, percentile, ratio, sorted, spread};
use server::Server;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// One row each, with the row it is divided by; what is not there is left out.
const ROWS: [(&str, &str); 6] = [
    ("hyper", "hyper"),
    ("rust", "hyper"),
    ("python", "functions-framework"),
    ("functions-framework", "functions-framework"),
    ("node", "functions-framework-node"),
    ("functions-framework-node", "functions-framework-node"),
];
const CONNECTIONS: [usize; 2] = [1, 64];
const DEFAULT_ROUNDS: usize = 5;
const WARM_UP: Duration = Duration::from_millis(500);
const MEASURED: Duration = Duration::from_secs(2);

/// A program under measurement.
struct Row {
    name: &'static str,
    base: &'static str,
    program: PathBuf,
}

/// What one row showed in all rounds.
#[derive(Default)]
struct Results {
    per_second: Vec<f64>,
    cpu: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
}

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).map_or(Ok(DEFAULT_ROUNDS), |rounds| rounds.parse());
    let Ok(rounds) = rounds else {
        eprintln!("usage: bench-http [ROUNDS]");
        return ExitCode::from(2);
    };
    match run(rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-http: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(rounds: usize) -> io::Result<()> {
    let rows: Vec<Row> = ROWS.iter().filter_map(|&(name, base)| find(name, base)).collect();
    let processors = Processors::take()?;
    println!(
        "Medians of {rounds} interleaved rounds (least–most); an echo of 0.9 KB over kept connections.\n"
    );
    println!("| connections | row | requests/s | ÷ base | CPU µs | ÷ base | p50 µs | p99 µs |");
    println!("|---|---|---|---|---|---|---|---|");
    for connections in CONNECTIONS {
        let mut results: Vec<Results> = rows.iter().map(|_| Results::default()).collect();
        for _ in 0..rounds {
            for (row, result) in rows.iter().zip(&mut results) {
                let failed =
                    |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", row.name));
                result.add(&processors, row, connections).map_err(failed)?;
            }
        }
        for (row, result) in rows.iter().zip(&results) {
            let base = rows.iter().position(|other| other.name == row.base).map(|at| &results[at]);
            print_row(connections, row, result, base);
        }
    }
    Ok(())
}

impl Results {
    /// One round: a server of its own, some time to warm up, then the requests that count.
    fn add(&mut self, processors: &Processors, row: &Row, connections: usize) -> io::Result<()> {
        let server = Server::start(processors, &row.program)?;
        let mut load = Load::connect(server.address(), connections)?;
        load.run(WARM_UP)?;
        let before = server.cpu_time()?;
        let measured = load.run(MEASURED)?;
        let spent = server.cpu_time()? - before;
        let count = measured.latencies.len() as f64;
        self.per_second.push(count / measured.took.as_secs_f64());
        self.cpu.push(spent.as_secs_f64() * 1e6 / count);
        let latencies = sorted(measured.latencies);
        self.p50.push(percentile(&latencies, 50));
        self.p99.push(percentile(&latencies, 99));
        Ok(())
    }
}

fn print_row(connections: usize, row: &Row, result: &Results, base: Option<&Results>) {
    let against = |values: &[f64], of: fn(&Results) -> &[f64]| match base {
        Some(base) => format!("{:.2}", ratio(values, of(base))),
        None => "–".to_owned(),
    };
    println!(
        "| {connections} | {} | {} | {} | {} | {} | {:.0} | {:.0} |",
        row.name,
        spread(&result.per_second, 0),
        against(&result.per_second, |base| &base.per_second),
        spread(&result.cpu, 1),
        against(&result.cpu, |base| &base.cpu),
        median(result.p50.iter().copied()),
        median(result.p99.iter().copied()),
    );
}

/// The program of a row: what `FGRUNTIME_BENCH_HTTP_RUST` says, else `bench-http-rust` beside this program.
fn find(name: &'static str, base: &'static str) -> Option<Row> {
    let file = format!("bench-http-{name}");
    let variable = format!("FGRUNTIME_{}", file.to_uppercase().replace('-', "_"));
    let beside = || Some(std::env::current_exe().ok()?.parent().unwrap_or(Path::new(".")).join(&file));
    let program = std::env::var_os(variable).map(PathBuf::from).or_else(beside)?;
    if program.exists() {
        return Some(Row { name, base, program });
    }
    eprintln!("no row {name}: there is no {file} beside this program");
    None
}
