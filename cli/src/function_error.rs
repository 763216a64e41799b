//! The error form of the platform: an object with `errorMessage` and `errorType`.

use bytes::Bytes;
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value};

/// An error object and the text in which it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FunctionError {
    /// The members.
    pub(crate) object: Map<String, Value>,
    /// The object as text: what the function sent, or our own with an indent of four.
    pub(crate) text: Bytes,
}

impl FunctionError {
    /// An error that the emulator itself reports.
    pub(crate) fn new(kind: &str, message: impl Into<String>) -> Self {
        let mut object = Map::new();
        object.insert("errorMessage".to_owned(), Value::from(message.into()));
        object.insert("errorType".to_owned(), Value::from(kind));
        let text = pretty(&object);
        Self { object, text }
    }

    /// The error a function sent. What is not an error object becomes the message of one.
    pub(crate) fn from_reply(body: Bytes) -> Self {
        match serde_json::from_slice::<Map<String, Value>>(&body) {
            Ok(object) if object.contains_key("errorMessage") => Self { object, text: body },
            _ => Self::new("FunctionReturnError", String::from_utf8_lossy(&body)),
        }
    }
}

fn pretty(object: &Map<String, Value>) -> Bytes {
    let mut text = vec![];
    let mut serializer = Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b"    "));
    match object.serialize(&mut serializer) {
        Ok(()) => text.into(),
        Err(_) => Value::Object(object.clone()).to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_object_is_kept_as_it_was_sent() {
        let body = Bytes::from_static(br#"{"errorType":"E", "errorMessage":"m","stackTrace":["a"]}"#);
        let error = FunctionError::from_reply(body.clone());
        assert_eq!(error.text, body);
        assert_eq!(error.object["stackTrace"][0], "a");
    }

    #[test]
    fn anything_else_becomes_the_message() {
        for body in ["boom", r#"{"message":"m"}"#, "[1]", ""] {
            let error = FunctionError::from_reply(Bytes::from(body));
            assert_eq!(error.object["errorMessage"], body);
            assert_eq!(error.object["errorType"], "FunctionReturnError");
        }
        let error = FunctionError::from_reply(Bytes::from_static(b"\xff"));
        assert_eq!(error.object["errorMessage"], "\u{FFFD}");
    }

    #[test]
    fn our_own_errors_have_an_indent_of_four() {
        let error = FunctionError::new("FunctionTimeout", "call invoke timeout 1s");
        let text =
            "{\n    \"errorMessage\": \"call invoke timeout 1s\",\n    \"errorType\": \"FunctionTimeout\"\n}";
        assert_eq!(error.text, text);
    }
}
