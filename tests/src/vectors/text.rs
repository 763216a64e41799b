//! The texts and bytes of cases.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// A value that is a text.
///
/// # Panics
/// It is none.
#[must_use]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a text"))
}

/// The bytes that a text, `{"base64"}` or `{"prefix", "repeat", "count", "suffix"}` stands for.
///
/// # Panics
/// It is none of them.
#[must_use]
pub fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.clone().into_bytes(),
        _ if value.get("base64").is_some() => STANDARD.decode(text(&value["base64"])).expect("base64"),
        _ => repeated(value),
    }
}

fn repeated(value: &Value) -> Vec<u8> {
    let count = value["count"].as_u64().unwrap_or_else(|| panic!("{value} is not a TEXT"));
    let middle = numbered(text(&value["repeat"]), count);
    [text(&value["prefix"]), &middle, text(&value["suffix"])].concat().into_bytes()
}

/// The text `count` times, each with its number; most have no place for one, and are many.
fn numbered(repeat: &str, count: u64) -> String {
    if !repeat.contains("{n}") {
        return repeat.repeat(usize::try_from(count).expect("a text that fits into memory"));
    }
    let parts: Vec<&str> = repeat.split("{n}").collect();
    (0..count).map(|n| parts.join(&n.to_string())).collect()
}

/// Bytes as a case says them, in the form that is known of them if it says the same.
#[must_use]
pub fn bytes_value(known: Option<&Value>, given: &[u8]) -> Value {
    match (known, str::from_utf8(given)) {
        (Some(known), _) if bytes(known) == given => known.clone(),
        (_, Ok(text)) => text.into(),
        (_, Err(_)) => json!({ "base64": STANDARD.encode(given) }),
    }
}
