//! From what a handler produced to what the platform gets.

mod apig;
mod authorizer;
mod contract;
mod error;
mod output;

pub use apig::{ApigTriggerResponse, ApigTriggerResponseBuilder};
pub use authorizer::ApigAuthorizerResponse;
pub(crate) use contract::document_breaches;
pub use contract::{Breach, apig_breaches};
pub use error::FunctionError;
pub use output::{IntoOutput, Json, Output};

use bytes::Bytes;

/// What a handler produced: output or an error.
pub type Outcome = Result<Output, FunctionError>;

/// The one answer to an invocation, as it goes to the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The function's result.
    Result {
        /// The encoded output.
        body: Bytes,
        /// What the body is; nothing if there is none.
        content_type: Option<&'static str>,
    },
    /// The function failed.
    Error {
        /// The error object.
        body: Bytes,
    },
}

impl Reply {
    /// Encodes an outcome. A result larger than `max_size` bytes becomes an error that says so.
    #[must_use]
    pub fn encode(outcome: Outcome, max_size: usize) -> Self {
        outcome.and_then(|output| check_size(output, max_size)).into()
    }
}

/// An outcome of any size.
impl From<Outcome> for Reply {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Ok(output) => {
                let content_type = output.content_type();
                Self::Result { body: output.into_body(), content_type }
            }
            Err(error) => Self::Error { body: error.to_json().into() },
        }
    }
}

/// A result larger than `max_size` bytes is an error.
pub(crate) fn check_size(output: Output, max_size: usize) -> Outcome {
    let size = output.body().len();
    if size <= max_size {
        return Ok(output);
    }
    let message = format!("the response body of {size} bytes exceeds the limit of {max_size} bytes");
    Err(FunctionError::new("FunctionResponseTooLarge", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(reply: Reply) -> Result<(String, Option<&'static str>), String> {
        let text = |body: Bytes| String::from_utf8(body.to_vec()).unwrap();
        match reply {
            Reply::Result { body, content_type } => Ok((text(body), content_type)),
            Reply::Error { body } => Err(text(body)),
        }
    }

    #[test]
    fn every_output_has_its_body_and_type() {
        let encode = |output: Output| body(Reply::encode(Ok(output), 100)).unwrap();
        assert_eq!(encode(Output::None), (String::new(), None));
        assert_eq!(encode("a<b".into_output().unwrap()), ("a<b".into(), Some("text/plain; charset=utf-8")));
        assert_eq!(encode(vec![b'x'].into_output().unwrap()), ("x".into(), Some("application/octet-stream")));
        let json = serde_json::json!({"b": 1, "a": [null]});
        assert_eq!(
            encode(json.into_output().unwrap()),
            (r#"{"b":1,"a":[null]}"#.into(), Some("application/json"))
        );
        assert_eq!(encode(None::<String>.into_output().unwrap()), (String::new(), None));
    }

    #[test]
    fn the_limit_is_inclusive_and_its_error_names_both_sizes() {
        assert!(body(Reply::encode(Ok(Output::Text("12345".into())), 5)).is_ok());
        let error = body(Reply::encode(Ok(Output::Text("123456".into())), 5)).unwrap_err();
        let error: serde_json::Value = serde_json::from_str(&error).unwrap();
        assert_eq!(error["errorType"], "FunctionResponseTooLarge");
        assert_eq!(error["errorMessage"], "the response body of 6 bytes exceeds the limit of 5 bytes");
    }

    #[test]
    fn what_json_cannot_say_is_an_error() {
        let error = Json(f64::NAN).into_output().unwrap_err();
        assert_eq!(error.error_type(), "FunctionResultInvalid");
        assert!(error.message().contains("NaN"), "{}", error.message());
    }
}
