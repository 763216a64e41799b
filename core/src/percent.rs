//! Percent-encoded texts as forms have them.

use percent_encoding::percent_decode_str;

/// `+` is a space and `%XX` a byte of UTF-8. Escapes that are none stay; a text whose bytes are not UTF-8 stays as a whole.
pub(crate) fn decode_form(text: &str) -> String {
    let spaced = text.replace('+', " ");
    match percent_decode_str(&spaced).decode_utf8() {
        Ok(decoded) => decoded.into_owned(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decode_form;

    #[test]
    fn decodes_what_can_be() {
        for (text, expected) in [
            ("a%2Fb+c%20d%E4%B8%AD.png", "a/b c d中.png"),
            ("%zz", "%zz"),
            ("100%", "100%"),
            ("%2", "%2"),
            ("a%2Bb", "a+b"),
            ("", ""),
            ("x+%FF", "x+%FF"),
        ] {
            assert_eq!(decode_form(text), expected, "{text}");
        }
    }
}
