//! Points in time in events. What came is always kept; this reads it where it can be read.

use super::field::TimeFormat;
use super::number;
use super::record::Slot;
use crate::json::Document;
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

/// From here on a number that may be seconds or milliseconds is milliseconds: as seconds it were the year 5138.
const LEAST_MILLISECONDS: i64 = 100_000_000_000;

const LONGEST_LOCAL: usize = "0000-00-00T00:00:00.000000000".len();

/// Milliseconds since 1970-01-01T00:00:00Z of a field of `format`, however it came.
pub(super) fn of_slot(slot: &Slot, format: TimeFormat, document: &Document) -> Option<i64> {
    match slot {
        Slot::Text(text) => of_text(text.get(document), format),
        Slot::Number(digits) => of_number(digits.get(document), format),
        _ => None,
    }
}

/// Milliseconds since 1970-01-01T00:00:00Z of a number, rounded down; None if they exceed 64 bits.
pub(super) fn of_number(digits: &str, format: TimeFormat) -> Option<i64> {
    let is_seconds = format != TimeFormat::Milliseconds && !is_milliseconds(digits);
    number::floor(digits, if is_seconds { 3 } else { 0 })
}

/// Whether a number that may be seconds is too large for that.
pub(super) fn is_milliseconds(digits: &str) -> bool {
    number::floor(digits, 0).is_none_or(|value| value.unsigned_abs() >= LEAST_MILLISECONDS.unsigned_abs())
}

/// Milliseconds since 1970-01-01T00:00:00Z of a text in a field of `format`.
pub(super) fn of_text(text: &str, format: TimeFormat) -> Option<i64> {
    rfc_3339(text).or_else(|| match format {
        TimeFormat::Rfc3339 => None,
        TimeFormat::Compact => compact(text),
        _ => slashed(text),
    })
}

/// Milliseconds since 1970-01-01T00:00:00Z of an RFC 3339 text, rounded down; None if it is not one.
fn rfc_3339(text: &str) -> Option<i64> {
    let (local, offset) = split_offset(text)?;
    since_epoch(local, offset)
}

fn since_epoch(local: &str, offset: SignedDuration) -> Option<i64> {
    // Digits beyond nanoseconds are legal, but calendars have no use for them.
    let local = local.get(..LONGEST_LOCAL).unwrap_or(local);
    let local: DateTime = local.parse().ok()?;
    let since = local.duration_since(date(1970, 1, 1).to_datetime(jiff::civil::Time::midnight())) - offset;
    i64::try_from(since.as_nanos().div_euclid(1_000_000)).ok()
}

/// Of a text like `20260703T183519Z`, as the IoT platform writes it.
fn compact(text: &str) -> Option<i64> {
    let local = text.strip_suffix('Z').filter(|local| has_shape(local, "00000000T000000"))?;
    since_epoch(local, SignedDuration::ZERO)
}

/// Of a text like `2016/12/08 11:07:28 GMT+08:00`, as old audit traces have it.
fn slashed(text: &str) -> Option<i64> {
    let (local, offset) = text.split_once(" GMT")?;
    if !has_shape(local, "0000/00/00 00:00:00") {
        return None;
    }
    since_epoch(&local.replace('/', "-"), parse_offset(offset)?)
}

/// Splits an RFC 3339 text into its local time and the offset of that from UTC. Calendars read much more than RFC 3339
/// allows, so the shape is checked here and the values are left to them.
fn split_offset(text: &str) -> Option<(&str, SignedDuration)> {
    let (local, offset) = match text.strip_suffix(['Z', 'z']) {
        Some(local) => (local, SignedDuration::ZERO),
        None => {
            let (local, offset) = text.split_at_checked(text.len().checked_sub("+00:00".len())?)?;
            (local, parse_offset(offset)?)
        }
    };
    let (seconds, fraction) = local.split_at_checked("0000-00-00T00:00:00".len())?;
    let fraction_fits = match fraction.strip_prefix('.') {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => fraction.is_empty(),
    };
    let shaped = has_shape(seconds, "0000-00-00T00:00:00") || has_shape(seconds, "0000-00-00 00:00:00");
    (fraction_fits && shaped).then_some((local, offset))
}

fn parse_offset(text: &str) -> Option<SignedDuration> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    if !has_shape(text.strip_prefix(['+', '-'])?, "00:00") {
        return None;
    }
    let (hours, minutes): (i64, i64) = (text[1..3].parse().ok()?, text[4..].parse().ok()?);
    (hours < 24 && minutes < 60).then(|| SignedDuration::from_mins(sign * (hours * 60 + minutes)))
}

/// Whether `text` is `shape` with any digits for its zeros.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| {
        if wanted == b'0' { byte.is_ascii_digit() } else { byte.eq_ignore_ascii_case(&wanted) }
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_3339_is_read() {
        for (text, expected) in [
            ("2018-06-01T08:30:00+08:00", 1_527_813_000_000),
            ("2018-06-01t00:30:00z", 1_527_813_000_000),
            ("2018-06-01 00:30:00.5Z", 1_527_813_000_500),
            ("2018-06-01T00:30:00.123456789-00:00", 1_527_813_000_123),
            ("1969-12-31T23:59:59.9999Z", -1),
            ("2018-06-01T00:30:00.12345678901234Z", 1_527_813_000_123),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
            ("0001-01-01T00:00:00+23:59", -62_135_683_140_000),
        ] {
            assert_eq!(rfc_3339(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn nothing_else_is() {
        for text in [
            "",
            "Z",
            "2018-06-01",
            "2018-06-01T08:30Z",
            "20180601T083000Z",
            "2018-06-01T08:30:00",
            "2018-06-01T08:30:00+0800",
            "2018-06-01T08:30:00+24:00",
            "2018-06-01T08:30:00.Z",
            "2018-06-01T08:30:00,5Z",
            "2018-13-01T08:30:00Z",
            "2018-06-31T08:30:00Z",
            "2018-06-01T25:30:00Z",
            "2018-06-01T08:30:00Z+08:00",
            "2018-06-01T08:30:00[UTC]",
            "-02018-06-01T08:30:00Z",
            "2018-06-01T08:30:00+08:00:30",
            "é018-06-01T08:30:00Z",
        ] {
            assert_eq!(rfc_3339(text), None, "{text}");
        }
    }

    #[test]
    fn other_formats() {
        for (text, format, expected) in [
            ("20260703T183519Z", TimeFormat::Compact, Some(1_783_103_719_000)),
            ("2026-07-03T18:35:19.500Z", TimeFormat::Compact, Some(1_783_103_719_500)),
            ("20260703T183519", TimeFormat::Compact, None),
            ("20260703T183519Z", TimeFormat::Rfc3339, None),
            ("2016/12/08 11:07:28 GMT+08:00", TimeFormat::SecondsOrMilliseconds, Some(1_481_166_448_000)),
            ("2016/12/08 11:07:28 GMT", TimeFormat::Seconds, None),
            ("2016/12/08 11:07:28 GMT+08:00", TimeFormat::Rfc3339, None),
        ] {
            assert_eq!(of_text(text, format), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_seconds_or_milliseconds() {
        for (digits, format, expected) in [
            ("1576737962", TimeFormat::Seconds, Some(1_576_737_962_000)),
            ("1576737962000", TimeFormat::Seconds, Some(1_576_737_962_000)),
            ("1000", TimeFormat::Milliseconds, Some(1_000)),
            ("99999999999", TimeFormat::SecondsOrMilliseconds, Some(99_999_999_999_000)),
            ("100000000000", TimeFormat::SecondsOrMilliseconds, Some(100_000_000_000)),
            ("1.7e12", TimeFormat::SecondsOrMilliseconds, Some(1_700_000_000_000)),
            ("-1", TimeFormat::SecondsOrMilliseconds, Some(-1000)),
            ("9223372036854775808", TimeFormat::Seconds, None),
        ] {
            assert_eq!(of_number(digits, format), expected, "{digits}");
        }
    }
}
