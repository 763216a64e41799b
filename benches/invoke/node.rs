//! The start of the rows of Node, beside the start of Node alone: a runtime in it cannot be faster than that.

use crate::Row;
use crate::process::{Function, run_time};
use crate::rounds::STARTS;
use fgruntime_benches::processors::Processors;
use fgruntime_benches::statistics::{ratio, spread};
use std::io;

const ROWS: [&str; 3] = ["node", "node-http", "aws-lambda-ric"];

/// Prints the table of those of `rows` that are in Node; nothing if there are none. `alone` is a program that starts the Node
/// of the row that it is told, and does nothing in it.
pub(crate) fn print(processors: &Processors, rows: &[Row], alone: &Row) -> io::Result<()> {
    let rows: Vec<&Row> = rows.iter().filter(|row| ROWS.contains(&row.name.as_str())).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut samples = vec![(Vec::new(), Vec::new()); rows.len()];
    for _ in 0..STARTS {
        for (row, (starts, alone_times)) in rows.iter().zip(&mut samples) {
            let function = Function::start(processors, row, "request")?;
            starts.push(function.start.as_secs_f64() * 1e3);
            drop(function);
            let time = run_time(processors, alone, &row.name)?;
            alone_times.push(time.as_secs_f64() * 1e3);
        }
    }
    println!("\n| row | start ms | `node -e 0` ms | ratio |\n|---|---|---|---|");
    for (row, (starts, alone)) in rows.iter().zip(&samples) {
        let ratio = ratio(starts, alone);
        println!("| {} | {} | {} | {ratio:.2} |", row.name, spread(starts, 1), spread(alone, 1));
    }
    Ok(())
}
