//! Reading events: ours beside `serde_json` doing the same work or the nearest to it.
//!
//! `fgruntime` checks the whole text, indexes every value and reads the known fields. `serde_value` builds a tree of owned
//! values. `serde_raw` reads one level after another as borrowed raw values, as far down as a typed event would need.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on says so and ends")]

use bytes::Bytes;
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use fgruntime_benches::{batch, request};
use fgruntime_core::Event;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const SIZES: [&str; 3] = ["request 0.9 KB", "request 132 KB", "batch 1.27 MB"];

fn payload(size: &str) -> String {
    match size {
        "request 0.9 KB" => request(0),
        "request 132 KB" => request(131_072),
        _ => batch(2000),
    }
}

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn fgruntime(bencher: Bencher<'_, '_>, size: &str) {
    let payload = Bytes::from(payload(size));
    bencher
        .counter(BytesCount::new(payload.len()))
        .bench(|| Event::parse(black_box(&payload).clone()).unwrap());
}

#[divan::bench(args = SIZES)]
fn serde_value(bencher: Bencher<'_, '_>, size: &str) {
    let payload = payload(size);
    bencher
        .counter(BytesCount::new(payload.len()))
        .bench(|| serde_json::from_str::<Value>(black_box(&payload)).unwrap());
}

#[divan::bench(args = SIZES)]
fn serde_raw(bencher: Bencher<'_, '_>, size: &str) {
    let payload = payload(size);
    bencher.counter(BytesCount::new(payload.len())).bench(|| read_levels(black_box(&payload)));
}

type Members<'p> = BTreeMap<Cow<'p, str>, &'p RawValue>;

fn read_levels(text: &str) -> usize {
    let root: Members<'_> = serde_json::from_str(text).unwrap();
    let inner = |value: &&RawValue| match value.get().as_bytes()[0] {
        b'{' => serde_json::from_str::<Members<'_>>(value.get()).unwrap().len(),
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap();
            elements
                .iter()
                .map(|element| serde_json::from_str::<Members<'_>>(element.get()).unwrap().len())
                .sum()
        }
        _ => 1,
    };
    root.values().map(inner).sum()
}
