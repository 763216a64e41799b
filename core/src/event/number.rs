//! Numbers with all their digits: as whole ones where they are, as times where they are meant so.

/// Whether `text` is a JSON number.
pub(super) fn is_number(text: &str) -> bool {
    let starts_as_one = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    starts_as_one
        && crate::json::Document::parse(text.into(), 0).is_ok()
        && text.ends_with(|last: char| last.is_ascii_digit())
}

/// The whole number that a JSON number is, however it is written; None if it is none of 64 bits.
pub(super) fn integer(digits: &str) -> Option<i64> {
    digits.parse().ok().or_else(|| {
        let (mantissa, exponent) = decimal(digits)?;
        let value = scaled(mantissa, exponent)?;
        // Only what comes back unchanged had no fraction.
        let is_whole = exponent >= 0 || scaled(value, exponent.checked_neg()?) == Some(mantissa);
        is_whole.then_some(value)?.try_into().ok()
    })
}

/// A JSON number times ten to the power of `shift`, rounded down; None if that exceeds 64 bits.
pub(super) fn floor(digits: &str, shift: i32) -> Option<i64> {
    let (mantissa, exponent) = decimal(digits)?;
    scaled(mantissa, exponent.checked_add(shift)?)?.try_into().ok()
}

/// A JSON number as a whole number and a power of ten; None if it has more digits than anything real.
fn decimal(digits: &str) -> Option<(i128, i32)> {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let mantissa = format!("{whole}{fraction}").parse().ok()?;
    Some((mantissa, exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?))
}

fn scaled(mantissa: i128, exponent: i32) -> Option<i128> {
    let power = |exponent: u32| 10_i128.checked_pow(exponent);
    match u32::try_from(exponent) {
        _ if mantissa == 0 => Some(0),
        Ok(exponent) => mantissa.checked_mul(power(exponent)?),
        // Divided by more than it can be, only the sign is left.
        Err(_) => Some(
            power(exponent.unsigned_abs())
                .map_or(mantissa.signum().min(0), |power| mantissa.div_euclid(power)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_however_they_are_written() {
        for (digits, expected) in [
            ("0", Some(0)),
            ("-0.0", Some(0)),
            ("9007199254740993", Some(9_007_199_254_740_993)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("5e12", Some(5_000_000_000_000)),
            ("1.5e1", Some(15)),
            ("1576737962.0", Some(1_576_737_962)),
            ("1200E-2", Some(12)),
            ("1.5", None),
            ("-0.5", None),
            ("1e400", None),
            ("1e-400", None),
            ("0e99999", Some(0)),
            ("1e99999999999", None),
        ] {
            assert_eq!(integer(digits), expected, "{digits}");
        }
    }

    #[test]
    fn rounding_is_down() {
        for (digits, shift, expected) in [
            ("1576737962", 3, Some(1_576_737_962_000)),
            ("1765788999507.5", 0, Some(1_765_788_999_507)),
            ("-1.5", 0, Some(-2)),
            ("-1", 3, Some(-1000)),
            ("0.0004", 3, Some(0)),
            ("1e-400", 0, Some(0)),
            ("-1e-400", 0, Some(-1)),
            ("9223372036854775808", 0, None),
        ] {
            assert_eq!(floor(digits, shift), expected, "{digits}");
        }
    }

    #[test]
    fn texts_that_are_numbers() {
        for text in ["0", "-1.5e3", "12345678901234567890123"] {
            assert!(is_number(text), "{text:?}");
        }
        for text in ["", " 1", "1 ", "+1", "0x1", "1,5", "NaN", "[1]", "\"1\"", "1\n"] {
            assert!(!is_number(text), "{text:?}");
        }
    }
}
