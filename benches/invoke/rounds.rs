//! The invocation loop: every row in turn, round after round.

use crate::Row;
use crate::platform::Event;
use crate::process::{Function, Processors};
use crate::statistics::{median, percentile, ratio, sorted, spread};
use fgruntime_benches::{batch, request};
use std::io;

/// Starts per row and size, one of each row after another.
pub(crate) const STARTS: usize = 25;

/// One size of event.
struct Size {
    name: &'static str,
    /// What the function is told to expect.
    argument: &'static str,
    payload: String,
    invocations: usize,
}

/// What one row showed in all rounds of one size.
#[derive(Default)]
struct Results {
    cpu: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
    memory: Vec<f64>,
    start: Vec<f64>,
}

/// Prints the table of all sizes. All rows are divided by the one called `base`.
pub(crate) fn print(processors: &Processors, rows: &[Row], base: &str, rounds: usize) -> io::Result<()> {
    println!("| event | row | CPU µs | ÷ {base} | p50 µs | p99 µs | peak MB | start ms | ÷ {base} |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for size in sizes() {
        let results = measure(processors, rows, &size, rounds)?;
        for (row, result) in rows.iter().zip(&results) {
            print_row(&size, row, result, result_of(base, rows, &results));
        }
    }
    Ok(())
}

fn sizes() -> [Size; 3] {
    [
        Size { name: "0.9 KB", argument: "request", payload: request(0), invocations: 6000 },
        Size { name: "132 KB", argument: "request", payload: request(131_072), invocations: 3000 },
        Size { name: "1.27 MB", argument: "batch", payload: batch(2000), invocations: 600 },
    ]
}

fn measure(processors: &Processors, rows: &[Row], size: &Size, rounds: usize) -> io::Result<Vec<Results>> {
    let mut results: Vec<Results> = rows.iter().map(|_| Results::default()).collect();
    for _ in 0..STARTS {
        for (row, result) in rows.iter().zip(&mut results) {
            let function = Function::start(processors, row, size.argument)?;
            result.start.push(function.start.as_secs_f64() * 1e3);
        }
    }
    let event = Event::new(&size.payload);
    for _ in 0..rounds {
        for (row, result) in rows.iter().zip(&mut results) {
            let function = Function::start(processors, row, size.argument)?;
            result.add(function, &event, size.invocations).map_err(|error| row.failed(error))?;
        }
    }
    Ok(results)
}

impl Results {
    /// One round: a tenth to warm up, then the invocations that count, between two moments at which the function sleeps.
    fn add(&mut self, mut function: Function, event: &Event, invocations: usize) -> io::Result<()> {
        for _ in 0..invocations / 10 {
            function.invoke(event)?;
        }
        let before = function.cpu_time()?;
        let mut latencies = Vec::with_capacity(invocations);
        for _ in 0..invocations {
            latencies.push(function.invoke(event)?.as_secs_f64() * 1e6);
        }
        let spent = function.cpu_time()? - before;
        let latencies = sorted(latencies);
        self.cpu.push(spent.as_secs_f64() * 1e6 / invocations as f64);
        self.p50.push(percentile(&latencies, 50));
        self.p99.push(percentile(&latencies, 99));
        self.memory.push(function.peak_memory()?);
        Ok(())
    }
}

fn result_of<'r>(name: &str, rows: &[Row], results: &'r [Results]) -> Option<&'r Results> {
    rows.iter().position(|row| row.name == name).map(|at| &results[at])
}

fn print_row(size: &Size, row: &Row, result: &Results, base: Option<&Results>) {
    let against = |values: &[f64], of: fn(&Results) -> &[f64]| match base {
        Some(base) => format!("{:.2}", ratio(values, of(base))),
        None => "–".to_owned(),
    };
    println!(
        "| {} | {} | {} | {} | {:.0} | {:.0} | {:.1} | {} | {} |",
        size.name,
        row.name,
        spread(&result.cpu, 1),
        against(&result.cpu, |base| &base.cpu),
        median(result.p50.iter().copied()),
        median(result.p99.iter().copied()),
        median(result.memory.iter().copied()),
        spread(&result.start, 2),
        against(&result.start, |base| &base.start),
    );
}
