//! Decoding a body of 128 KB of base64: ours, which reads both alphabets, and the crates that do it.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on says so and ends")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use fgruntime_benches::request;
use fgruntime_core::ApigTriggerEvent;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const LENGTH: usize = 131_072;

fn main() {
    divan::main();
}

fn body() -> String {
    "QUJD".repeat(LENGTH / 4)
}

/// Only the decoding: the event was read before.
#[divan::bench]
fn raw_body(bencher: Bencher<'_, '_>) {
    let payload = Bytes::from(request(LENGTH));
    bencher
        .counter(BytesCount::new(LENGTH))
        .with_inputs(|| ApigTriggerEvent::parse(payload.clone()).unwrap())
        .bench_refs(|event| event.raw_body().len());
}

#[divan::bench]
fn base64_standard(bencher: Bencher<'_, '_>) {
    let text = body();
    bencher.counter(BytesCount::new(LENGTH)).bench(|| STANDARD.decode(black_box(&text)).unwrap().len());
}

#[divan::bench]
fn base64_simd_standard(bencher: Bencher<'_, '_>) {
    let text = body();
    bencher
        .counter(BytesCount::new(LENGTH))
        .bench(|| base64_simd::STANDARD.decode_to_vec(black_box(&text)).unwrap().len());
}

/// What accepts nearly all that is seen: white space, padding or none, bits left in the last symbol.
#[divan::bench]
fn base64_simd_forgiving(bencher: Bencher<'_, '_>) {
    let text = body();
    bencher
        .counter(BytesCount::new(LENGTH))
        .bench(|| base64_simd::forgiving_decode_to_vec(black_box(&text).as_bytes()).unwrap().len());
}
