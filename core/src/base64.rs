//! Base64 as it really arrives: either alphabet, padded or not, broken into lines.

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};

/// Some senders leave bits behind in the last symbol (`aGVsbG9=`) or the padding off.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);
const LENIENT_STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);

/// Encodes with the standard alphabet and padding, as the gateway expects it.
pub(crate) fn encode(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

/// Decodes the standard or URL-safe alphabet, with or without padding, ignoring white space; None if it is neither.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    if let Ok(bytes) = base64_simd::STANDARD.decode_to_vec(text) {
        return Some(bytes);
    }
    let standard: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    LENIENT_STANDARD.decode(standard).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_seen() {
        for text in ["aGVsbG8=", "aGVsbG8", "aGVsbG9=", "aGVs\r\nbG8=\r\n", "aGVsbG8=\n", " aGVs bG8 "] {
            assert_eq!(decode(text).as_deref(), Some(&b"hello"[..]), "{text:?}");
        }
        assert_eq!(decode("_-8="), Some(vec![0xFF, 0xEF]));
        assert_eq!(decode("_-8"), decode("/+8="));
        assert_eq!(decode(""), Some(Vec::new()));
    }

    #[test]
    fn refuses_what_is_not_base64() {
        for text in ["{\"test\":\"body\"}", "==", "a", "aGVsbG8=x", "été"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    #[test]
    fn decodes_what_it_encodes() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&bytes)), Some(bytes));
    }
}
