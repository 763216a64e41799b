//! The error object of FunctionGraph.

use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::ser::{PrettyFormatter, Serializer};
use std::error::Error;

/// A failed invocation, as the caller and the console see it: `errorMessage`, `errorType`, `stackTrace`.
///
/// Every error converts into one, so `?` works in handlers; its type is then `FunctionReturnError`. This type is not an
/// [`Error`] itself, because that conversion would then clash with itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionError {
    error_type: String,
    message: String,
    stack_trace: Vec<String>,
}

impl FunctionError {
    /// An error of a type of the handler's own.
    #[must_use]
    pub fn new(error_type: impl Into<String>, message: impl Into<String>) -> Self {
        Self { error_type: error_type.into(), message: message.into(), stack_trace: Vec::new() }
    }

    /// The error with the frames it came from, innermost first.
    #[must_use]
    pub fn with_stack_trace(self, stack_trace: Vec<String>) -> Self {
        Self { stack_trace, ..self }
    }

    /// The error's type.
    #[must_use]
    pub fn error_type(&self) -> &str {
        &self.error_type
    }

    /// What went wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The frames it came from, innermost first.
    #[must_use]
    pub fn stack_trace(&self) -> &[String] {
        &self.stack_trace
    }

    /// The error with all its texts changed by `change`.
    pub(crate) fn map_texts(self, change: impl Fn(String) -> String) -> Self {
        Self {
            error_type: change(self.error_type),
            message: change(self.message),
            stack_trace: self.stack_trace.into_iter().map(change).collect(),
        }
    }

    /// The error object as the official runtimes write it: indented by four spaces, without empty members.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b"    "));
        let written = self.serialize(&mut serializer);
        debug_assert!(written.is_ok(), "texts can be written to memory");
        crate::json::into_string(out)
    }
}

impl Serialize for FunctionError {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (key, text) in [("errorMessage", &self.message), ("errorType", &self.error_type)] {
            if !text.is_empty() {
                object.serialize_entry(key, text)?;
            }
        }
        if !self.stack_trace.is_empty() {
            object.serialize_entry("stackTrace", &self.stack_trace)?;
        }
        object.end()
    }
}

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for FunctionError {
    fn from(error: E) -> Self {
        Self::new("FunctionReturnError", error.into().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_is_indented_by_four_and_omits_what_is_empty() {
        let error = FunctionError::from("boom \"x\"");
        let expected =
            "{\n    \"errorMessage\": \"boom \\\"x\\\"\",\n    \"errorType\": \"FunctionReturnError\"\n}";
        assert_eq!(error.to_json(), expected);
        let error = FunctionError::new("T", "").with_stack_trace(vec!["a".into()]);
        assert_eq!(
            error.to_json(),
            "{\n    \"errorType\": \"T\",\n    \"stackTrace\": [\n        \"a\"\n    ]\n}"
        );
        assert_eq!(FunctionError::new("", "").to_json(), "{}");
    }

    #[test]
    fn errors_of_any_kind_convert() {
        fn handler() -> Result<(), FunctionError> {
            "x".parse::<u8>()?;
            Ok(())
        }
        let error = handler().unwrap_err();
        assert_eq!(
            (error.error_type(), error.message()),
            ("FunctionReturnError", "invalid digit found in string")
        );
    }
}
