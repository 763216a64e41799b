//! Reading an event and touching its fields: ours beside `serde_json` and beside the types of AWS' own crate.
//!
//! All rows read the whole payload, look at the same things and free what they made. `aws_lambda_events` reads AWS' event of
//! the same request, which is as large.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on says so and ends")]

use aws_lambda_events::apigw::ApiGatewayProxyRequest;
use bytes::Bytes;
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use fgruntime_benches::{aws_request, batch, plain_batch, request};
use fgruntime_core::ApigTriggerEvent;
use fgruntime_core::event::{KafkaTriggerEvent, TopicRecord};
use serde_json::Value;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The method, the path, a header, a query parameter and the body of a request of 0.9 KB.
#[divan::bench_group]
mod apig {
    use super::*;

    #[divan::bench]
    fn fgruntime(bencher: Bencher<'_, '_>) {
        let payload = Bytes::from(request(0));
        bencher.counter(BytesCount::new(payload.len())).bench(|| {
            let event = ApigTriggerEvent::parse(black_box(&payload).clone()).unwrap();
            black_box(event.http_method());
            black_box(event.path());
            black_box(event.header("User-Agent"));
            black_box(event.query_string_parameter("name"));
            black_box(event.body());
        });
    }

    #[divan::bench]
    fn serde_value(bencher: Bencher<'_, '_>) {
        let payload = request(0);
        bencher.counter(BytesCount::new(payload.len())).bench(|| {
            let event: Value = serde_json::from_str(black_box(&payload)).unwrap();
            black_box(event["httpMethod"].as_str());
            black_box(event["path"].as_str());
            black_box(event["headers"]["user-agent"].as_str());
            black_box(event["queryStringParameters"]["name"].as_str());
            black_box(event["body"].as_str());
        });
    }

    #[divan::bench]
    fn aws_lambda_events(bencher: Bencher<'_, '_>) {
        let payload = aws_request();
        bencher.counter(BytesCount::new(payload.len())).bench(|| {
            let event: ApiGatewayProxyRequest = serde_json::from_str(black_box(&payload)).unwrap();
            black_box(&event.http_method);
            black_box(&event.path);
            black_box(event.headers.get("User-Agent"));
            black_box(event.query_string_parameters.first("name"));
            black_box(&event.body);
        });
    }
}

/// Every message of a batch of 1.27 MB.
#[divan::bench_group]
mod kafka {
    use super::*;

    const MESSAGES: [&str; 2] = ["plain", "with escapes"];

    fn payload(messages: &str) -> String {
        if messages == "plain" { plain_batch(2000) } else { batch(2000) }
    }

    #[divan::bench(args = MESSAGES)]
    fn fgruntime(bencher: Bencher<'_, '_>, messages: &str) {
        let payload = Bytes::from(payload(messages));
        bencher.counter(BytesCount::new(payload.len())).bench(|| {
            let event = KafkaTriggerEvent::parse(black_box(&payload).clone()).unwrap();
            let messages = event.records().flat_map(TopicRecord::messages);
            black_box(messages.map(|message| black_box(message).len()).sum::<usize>());
        });
    }

    #[divan::bench(args = MESSAGES)]
    fn serde_value(bencher: Bencher<'_, '_>, messages: &str) {
        let payload = payload(messages);
        bencher.counter(BytesCount::new(payload.len())).bench(|| {
            let event: Value = serde_json::from_str(black_box(&payload)).unwrap();
            let records = event["records"].as_array().unwrap().iter();
            let messages = records.flat_map(|record| record["messages"].as_array().unwrap());
            black_box(messages.map(|message| black_box(message.as_str().unwrap()).len()).sum::<usize>());
        });
    }
}
