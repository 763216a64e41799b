//! What single calls cost: one line `name nanoseconds` each.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark speaks, and ends if it cannot go on"
)]

use bytes::Bytes;
use fgruntime_benches::{batch, request};
use fgruntime_core::logging::{LogOutput, Logger};
use fgruntime_core::response::Reply;
use fgruntime_core::{ApigTriggerEvent, ApigTriggerResponse, Context, Event, IntoOutput};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SAMPLES: usize = 25;
const SAMPLE_TIME: Duration = Duration::from_millis(4);

fn main() {
    for (size, body) in [("0.9 KB", 0), ("132 KB", 131_072)] {
        let payload = Bytes::from(request(body));
        let name = format!("event parse and free, {size}");
        report(&name, || drop(black_box(ApigTriggerEvent::parse(black_box(&payload).clone()).unwrap())));
    }
    let payload = Bytes::from(batch(2000));
    report("event parse and free, 1.27 MB", || {
        drop(black_box(Event::parse(black_box(&payload).clone()).unwrap()));
    });
    let logger = logger();
    report("log line", || logger.info(black_box("order 4711 was shipped to Ada")));
    report("log line below the level", || logger.debug(black_box("order 4711 was shipped to Ada")));
    report("reply encode", || drop(black_box(encode())));
}

fn encode() -> Reply {
    let response = ApigTriggerResponse::builder()
        .header("Content-Type", "text/plain")
        .body(black_box("hello, world"))
        .build();
    Reply::encode(response.into_output(), 6 << 20)
}

/// Takes records and does nothing with them.
struct Nowhere;

impl LogOutput for Nowhere {
    fn write(&self, record: &str) {
        black_box(record);
    }
}

fn logger() -> Logger {
    let id = "9f86d081-884c-4d65-9a2f-eaa0c55ad015";
    Context::builder().request_id(id).log_output(Arc::new(Nowhere)).build().logger().clone()
}

/// Prints the best of several samples, each long enough for the clock to matter little: what the call costs when nothing
/// else wants the processor.
fn report(name: &str, mut call: impl FnMut()) {
    let mut time = |calls: u32| {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        start.elapsed()
    };
    let mut calls = 1;
    while time(calls) < SAMPLE_TIME {
        calls *= 2;
    }
    let best = (0..SAMPLES).map(|_| time(calls)).min().unwrap_or_default();
    println!("{name} {:.1}", best.as_nanos() as f64 / f64::from(calls));
}
