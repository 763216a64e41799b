//! Any bytes as an event: of the kind they have the shape of, and of every kind.

#![no_main]

use bytes::Bytes;
use fgruntime_core::Event;
use fgruntime_core::event::{Kind, Limits, ParseErrorKind};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Canonical JSON may be longer than what was read and nest deeper.
const COPIES: Limits = Limits { max_depth: 1024, max_bytes: 64 << 20 };

fuzz_target!(|bytes: &[u8]| {
    let kind = Kind::of(bytes);
    let payload = Bytes::copy_from_slice(bytes);
    let detected = Event::parse(payload.clone());
    match &detected {
        Ok(event) => {
            assert_eq!(event.kind(), kind);
            check(event);
        }
        Err(error) => assert!(error.offset() <= bytes.len()),
    }
    compare(bytes, &payload);
    if detected.is_ok() {
        for &kind in Kind::ALL {
            let event = Event::parse_as(kind, payload.clone(), &Limits::default());
            check(&event.expect("JSON can be read as any kind"));
        }
    }
});

/// Both forms of an event are read as the same event.
fn check(event: &Event) {
    let (canonical, wire) = (event.to_canonical(), event.to_wire());
    let _ = event.findings();
    for copy in [&canonical, &wire] {
        let again =
            Event::parse_as(event.kind(), copy.clone(), &COPIES).expect("what is written can be read");
        let _ = again.findings();
        assert_eq!(again.to_canonical(), canonical);
    }
}

/// `serde_json` accepts the same documents and reads the same values.
fn compare(bytes: &[u8], payload: &Bytes) {
    // Only events have a byte order mark, or bytes that are no text.
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if text.starts_with('\u{feff}') {
        return;
    }
    // `serde_json` nests one level less.
    let limits = Limits { max_depth: 127, ..Limits::default() };
    let ours = Event::parse_as(Kind::Unknown, payload.clone(), &limits);
    match (serde_json::from_str::<Value>(text), ours) {
        (Ok(value), Ok(event)) => {
            let copy: Value =
                serde_json::from_str(&event.to_canonical()).expect("what is written can be read");
            assert_eq!(copy, value);
        }
        (Err(_), Err(_)) => {}
        // Numbers beyond a double and halves of surrogate pairs are read by events only.
        (Err(error), Ok(_)) => {
            let reason = error.to_string();
            let is_known = ["out of range", "surrogate", "unexpected end of hex escape"];
            assert!(is_known.iter().any(|known| reason.contains(known)), "{reason}");
        }
        (Ok(value), Err(error)) => {
            assert_eq!(error.kind(), ParseErrorKind::TooLarge, "{value} was refused: {error}");
        }
    }
}
