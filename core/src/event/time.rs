//! Points in time in events. The text is always kept; this reads it where it can be read.

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

/// Milliseconds since 1970-01-01T00:00:00Z of an RFC 3339 text, rounded down; None if it is not one.
pub(super) fn epoch_ms(text: &str) -> Option<i64> {
    let (local, offset) = split_offset(text)?;
    let local: DateTime = local.parse().ok()?;
    let since = local.duration_since(date(1970, 1, 1).to_datetime(jiff::civil::Time::midnight())) - offset;
    i64::try_from(since.as_nanos().div_euclid(1_000_000)).ok()
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
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
            ("0001-01-01T00:00:00+23:59", -62_135_683_140_000),
        ] {
            assert_eq!(epoch_ms(text), Some(expected), "{text}");
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
            assert_eq!(epoch_ms(text), None, "{text}");
        }
    }
}
