//! What a handler may return, and how each becomes bytes.

use super::FunctionError;
use crate::json::{self, Document, ParseError};
use bytes::Bytes;
use serde::Serialize;

/// The output of a handler that did not fail.
#[derive(Clone, PartialEq, Eq)]
pub enum Output {
    /// Nothing: an empty body.
    None,
    /// Bytes, as they are.
    Bytes(Bytes),
    /// Text, as it is.
    Text(String),
    /// The text of a JSON value.
    Json(String),
}

impl Output {
    /// Takes the text of a JSON value as it is, but for halves of surrogate pairs, which no strict reader takes: they become
    /// U+FFFD.
    ///
    /// # Errors
    /// It is not JSON; the error says where.
    pub fn json(text: String) -> Result<Self, ParseError> {
        let document = Document::parse(text.as_str().into(), usize::MAX)?;
        let root = document.root().filter(|_| document.has_lone_surrogates());
        Ok(Self::Json(root.map_or(text, json::Value::to_compact)))
    }

    /// What the content type of the body is; the platform's documents promise `application/json` for JSON.
    pub(crate) fn content_type(&self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Bytes(_) => Some("application/octet-stream"),
            Self::Text(_) => Some("text/plain; charset=utf-8"),
            Self::Json(_) => Some("application/json"),
        }
    }

    pub(crate) fn body(&self) -> &[u8] {
        match self {
            Self::None => &[],
            Self::Bytes(bytes) => bytes,
            Self::Text(text) | Self::Json(text) => text.as_bytes(),
        }
    }

    pub(crate) fn into_body(self) -> Bytes {
        match self {
            Self::None => Bytes::new(),
            Self::Bytes(bytes) => bytes,
            Self::Text(text) | Self::Json(text) => text.into(),
        }
    }
}

/// No content: it may be credentials.
impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self {
            Self::None => "None",
            Self::Bytes(_) => "Bytes",
            Self::Text(_) => "Text",
            Self::Json(_) => "Json",
        };
        write!(f, "{name}({} bytes)", self.body().len())
    }
}

/// What a handler may return: nothing, bytes, text, JSON, or any of them optionally.
pub trait IntoOutput {
    /// Makes the output.
    ///
    /// # Errors
    /// `FunctionResultInvalid`: the value cannot be written as JSON.
    fn into_output(self) -> Result<Output, FunctionError>;
}

/// Any serialisable value, returned as JSON. What JSON cannot say (NaN, infinities, keys that are not text) is an error
/// that names the path, never `null`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoOutput for Json<T> {
    fn into_output(self) -> Result<Output, FunctionError> {
        match json::to_vec(&self.0) {
            Ok(text) => Ok(Output::Json(json::into_string(text))),
            Err(error) => Err(FunctionError::new("FunctionResultInvalid", error.to_string())),
        }
    }
}

impl IntoOutput for serde_json::Value {
    fn into_output(self) -> Result<Output, FunctionError> {
        Ok(Output::Json(self.to_string()))
    }
}

impl<T: IntoOutput> IntoOutput for Option<T> {
    fn into_output(self) -> Result<Output, FunctionError> {
        self.map_or(Ok(Output::None), IntoOutput::into_output)
    }
}

macro_rules! into_output {
    ($($type:ty: $value:ident => $output:expr;)*) => {$(
        impl IntoOutput for $type {
            fn into_output(self) -> Result<Output, FunctionError> {
                let $value = self;
                Ok($output)
            }
        }
    )*};
}

into_output! {
    Output: output => output;
    (): _nothing => Output::None;
    Bytes: bytes => Output::Bytes(bytes);
    Vec<u8>: bytes => Output::Bytes(bytes.into());
    &[u8]: bytes => Output::Bytes(Bytes::copy_from_slice(bytes));
    String: text => Output::Text(text);
    &str: text => Output::Text(text.to_owned());
}
