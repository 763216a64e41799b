//! The values of frames.

use fgruntime_tests::Frame;
use serde_json::Value;

/// What the header calls `FG_NO_TIME` and `FG_NO_NUMBER`.
const UNKNOWN: i64 = i64::MIN;

/// The value of a frame as cases have it.
pub(crate) fn value(frame: &Frame) -> Value {
    let (name, Some(bytes)) = frame else { return Value::Null };
    match name.as_str() {
        "time_epoch_ms" | "line_no" => Some(number(bytes)).filter(|&number| number != UNKNOWN).into(),
        _ => utf8(bytes).into(),
    }
}

pub(crate) fn value_of<'f>(frames: &'f [Frame], name: &str) -> Option<&'f [u8]> {
    frames.iter().find(|frame| frame.0 == name)?.1.as_deref()
}

pub(crate) fn number(digits: &[u8]) -> i64 {
    utf8(digits).parse().unwrap()
}

pub(crate) fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
