//! Any bytes as the messages of a connection of calls: read as everything they may be.

#![no_main]

use bytes::Bytes;
use fgruntime_core::runtime::go_rpc::gob::Decoder;
use fgruntime_core::runtime::go_rpc::message::{InvokeRequest, InvokeResponse, Request, Response};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut decoder = Decoder::default();
    let mut stream = bytes;
    while let Some((message, rest)) = split(stream) {
        stream = rest;
        match decoder.accept(Bytes::copy_from_slice(message)) {
            Ok(None) => {}
            Ok(Some(value)) => {
                let _ = Request::read(&decoder, &value);
                let _ = Response::read(&decoder, &value);
                let _ = InvokeRequest::read(&decoder, &value);
                let _ = InvokeResponse::read(&decoder, &value);
            }
            // What follows cannot be understood any more.
            Err(_) => return,
        }
    }
});

/// The first message and what follows it. Lengths are gob's, of at most two bytes; what is missing is left out.
fn split(stream: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match stream {
        [0xFF, length, rest @ ..] => (usize::from(*length), rest),
        [0xFE, high, low, rest @ ..] => (usize::from(*high) << 8 | usize::from(*low), rest),
        [length @ ..0x80, rest @ ..] => (usize::from(*length), rest),
        _ => return None,
    };
    Some(rest.split_at(length.min(rest.len())))
}
