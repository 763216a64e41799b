//! Points in time in events. The text is always kept; this reads it where it can be read.

use jiff::Timestamp;

/// Milliseconds since 1970-01-01T00:00:00Z of an RFC 3339 text, without fractions of a millisecond; None if it is not one.
pub(super) fn epoch_ms(text: &str) -> Option<i64> {
    Some(text.parse::<Timestamp>().ok()?.as_millisecond())
}
