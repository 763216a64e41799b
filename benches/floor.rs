//! The cheapest possible function: what every other row of the benchmark is divided by.
//!
//! One connection, one buffer, four system calls for an event that comes in one piece. Of the platform's answers it reads
//! `Content-Length` only, of the event nothing. It allocates nothing once it runs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on says so and ends")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::Range;

const POLL: &[u8] = b"GET /v1/runtime/invocation/request HTTP/1.1\r\nHost: platform\r\n\r\n";
/// The platform of the benchmark gives every invocation this id, so that nothing need be looked for.
const REPLY: &[u8] = b"POST /v1/runtime/invocation/response/9f86d081-884c-4d65-9a2f-eaa0c55ad015 HTTP/1.1\r\n\
    Host: platform\r\nContent-Type: application/json\r\nContent-Length: 104\r\n\r\n\
    {\"statusCode\":200,\"headers\":{\"Content-Type\":\"text/plain\"},\"body\":\"hello, floor\",\"isBase64Encoded\":false}";
const LARGEST_EVENT: usize = 2 << 20;

fn main() {
    let platform = std::env::var("RUNTIME_API_ADDR").expect("RUNTIME_API_ADDR is set");
    let mut stream = TcpStream::connect(platform).expect("the platform listens");
    stream.set_nodelay(true).unwrap();
    let mut buffer = vec![0; LARGEST_EVENT];
    loop {
        stream.write_all(POLL).unwrap();
        let event = receive(&mut stream, &mut buffer);
        std::hint::black_box(&buffer[event]);
        stream.write_all(REPLY).unwrap();
        receive(&mut stream, &mut buffer);
    }
}

/// Reads one answer; says where its body is.
fn receive(stream: &mut TcpStream, buffer: &mut [u8]) -> Range<usize> {
    let mut filled = 0;
    let body = loop {
        filled += read(stream, &mut buffer[filled..]);
        if let Some(end) = buffer[..filled].windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end + 4..end + 4 + content_length(&buffer[..end]);
        }
    };
    while filled < body.end {
        filled += read(stream, &mut buffer[filled..]);
    }
    body
}

fn read(stream: &mut TcpStream, buffer: &mut [u8]) -> usize {
    match stream.read(buffer).unwrap() {
        0 => std::process::exit(0),
        length => length,
    }
}

fn content_length(head: &[u8]) -> usize {
    let lines = std::str::from_utf8(head).unwrap().lines();
    let mut values = lines.filter_map(|line| line.strip_prefix("Content-Length: "));
    values.next().map_or(0, |length| length.parse().unwrap())
}
