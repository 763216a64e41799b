//! The table of single calls: what each language's own program measured, side by side.

use crate::Row;
use fgruntime_benches::statistics::median;
use fgruntime_benches::{batch, request};
use std::io;
use std::path::PathBuf;
use std::process::Command;

/// Runs of every program, one of each after another.
const ROUNDS: usize = 3;

/// The nanoseconds of one call by row.
struct Call {
    name: String,
    samples: Vec<Vec<f64>>,
}

/// Prints the table of what `programs` say, each in lines of `name nanoseconds`; nothing if there are none. They are given the
/// files of the three events.
pub(crate) fn print(programs: &[Row]) -> io::Result<()> {
    if programs.is_empty() {
        return Ok(());
    }
    let payloads = write_payloads()?;
    let mut calls = Vec::new();
    for _ in 0..ROUNDS {
        for (at, program) in programs.iter().enumerate() {
            let output = Command::new(&program.program).args(&payloads).output()?;
            let text = String::from_utf8_lossy(&output.stdout);
            text.lines()
                .filter_map(read_line)
                .for_each(|(name, time)| add(&mut calls, name, at, time, programs.len()));
        }
    }
    let names: Vec<&str> = programs.iter().map(|program| program.name.as_str()).collect();
    println!("\n| ns per call | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()));
    for call in &calls {
        let cells: Vec<String> = call.samples.iter().map(|samples| cell(samples)).collect();
        println!("| {} | {} |", call.name, cells.join(" | "));
    }
    Ok(())
}

fn write_payloads() -> io::Result<Vec<PathBuf>> {
    let beside = std::env::current_exe()?;
    let events = [("0.9-KB", request(0)), ("132-KB", request(131_072)), ("1.27-MB", batch(2000))];
    let write = |(name, payload): (&str, String)| {
        let path = beside.with_file_name(format!("bench-event-{name}.json"));
        std::fs::write(&path, payload).map(|()| path)
    };
    events.into_iter().map(write).collect()
}

fn read_line(line: &str) -> Option<(&str, f64)> {
    let (name, time) = line.rsplit_once(' ')?;
    Some((name, time.parse().ok()?))
}

fn add(calls: &mut Vec<Call>, name: &str, program: usize, time: f64, programs: usize) {
    let at = calls.iter().position(|call| call.name == name).unwrap_or_else(|| {
        calls.push(Call { name: name.to_owned(), samples: vec![Vec::new(); programs] });
        calls.len() - 1
    });
    calls[at].samples[program].push(time);
}

fn cell(samples: &[f64]) -> String {
    if samples.is_empty() { "–".to_owned() } else { format!("{:.0}", median(samples.iter().copied())) }
}
