//! Telling the kind of an event without reading all of it.

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use fgruntime_benches::{batch, plain_batch, request, unknown};
use fgruntime_core::event::Kind;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const PAYLOADS: [&str; 4] = ["request 0.9 KB", "unknown 1.27 MB", "batch 1.27 MB", "batch with escapes"];

fn payload(name: &str) -> String {
    match name {
        "request 0.9 KB" => request(0),
        "unknown 1.27 MB" => unknown(1_270_000),
        "batch 1.27 MB" => plain_batch(2000),
        _ => batch(2000),
    }
}

fn main() {
    divan::main();
}

#[divan::bench(args = PAYLOADS)]
fn kind_of(bencher: Bencher<'_, '_>, name: &str) {
    let payload = payload(name);
    bencher.counter(BytesCount::new(payload.len())).bench(|| Kind::of(black_box(payload.as_bytes())));
}
