//! JSON text spread over lines, with every digit and character left as it was.

use std::iter::{Peekable, repeat_n};
use std::str::Chars;

/// Indents compact JSON by two spaces per level.
pub(crate) fn indent(compact: &str) -> String {
    let mut text = String::with_capacity(compact.len() * 2);
    let mut depth = 0_usize;
    let mut rest = compact.chars().peekable();
    while let Some(character) = rest.next() {
        text.push(character);
        match character {
            '"' => finish_string(&mut rest, &mut text),
            '{' | '[' => match rest.next_if(is_closing) {
                Some(closing) => text.push(closing),
                None => {
                    depth += 1;
                    new_line(&mut text, depth);
                }
            },
            ',' => new_line(&mut text, depth),
            ':' => text.push(' '),
            _ => {}
        }
        if rest.peek().is_some_and(is_closing) {
            depth = depth.saturating_sub(1);
            new_line(&mut text, depth);
        }
    }
    text
}

fn is_closing(character: &char) -> bool {
    matches!(character, '}' | ']')
}

fn finish_string(rest: &mut Peekable<Chars>, text: &mut String) {
    while let Some(character) = rest.next() {
        text.push(character);
        match character {
            '\\' => text.extend(rest.next()),
            '"' => return,
            _ => {}
        }
    }
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn it_looks_as_usual() {
        let event = json!({"a": [1, {"b": []}, [[]]], "c": {}, "d": "{\"x\": [1,2]}\\", "": null});
        assert_eq!(indent(&event.to_string()), format!("{event:#}"));
        assert_eq!(indent("5"), "5");
        assert_eq!(indent(&Value::from("a\"").to_string()), r#""a\"""#);
    }

    #[test]
    fn digits_stay() {
        assert_eq!(indent(r#"{"a":1.50e400}"#), "{\n  \"a\": 1.50e400\n}");
    }
}
