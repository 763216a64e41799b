//! The answer to an API Gateway event.

use super::{FunctionError, IntoOutput, Json, Output};
use crate::base64;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// What API Gateway turns into an HTTP response. All four members are always written: without one of them the gateway
/// answers its caller with an anonymous 500.
///
/// ```
/// use fgruntime_core::ApigTriggerResponse;
///
/// let response = ApigTriggerResponse::builder().status_code(201).header("Location", "/orders/7").build();
/// assert_eq!(response.status_code(), 201);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ApigTriggerResponse {
    status_code: u16,
    headers: Vec<(String, Vec<String>)>,
    body: String,
    is_base64_encoded: bool,
}

impl Default for ApigTriggerResponse {
    /// Status 200, no headers, an empty body.
    fn default() -> Self {
        Self { status_code: 200, headers: Vec::new(), body: String::new(), is_base64_encoded: false }
    }
}

impl ApigTriggerResponse {
    /// Builds a response step by step from the default one.
    #[must_use]
    pub fn builder() -> ApigTriggerResponseBuilder {
        ApigTriggerResponseBuilder::default()
    }

    /// The HTTP status.
    #[must_use]
    pub fn status_code(&self) -> u16 {
        self.status_code
    }

    /// Sets the HTTP status, 100 to 599.
    pub fn set_status_code(&mut self, status_code: u16) {
        self.status_code = status_code;
    }

    /// The headers with each of their values, in order.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers
            .iter()
            .flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_str())))
    }

    /// Sets a header, replacing what was set under the same name in any case.
    pub fn set_header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        self.headers.push((name, vec![value.into()]));
    }

    /// Adds a value to a header, for those that may repeat, such as `Set-Cookie`. Several values go out as an array, the
    /// form in which the platform itself passes on the answers of HTTP functions.
    pub fn append_header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        match self.headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            Some((_, values)) => values.push(value.into()),
            None => self.headers.push((name, vec![value.into()])),
        }
    }

    /// The body as it goes over the wire.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Sets a plain text body.
    pub fn set_body(&mut self, body: impl Into<String>) {
        self.body = body.into();
        self.is_base64_encoded = false;
    }

    /// Whether the gateway decodes the body before it answers.
    #[must_use]
    pub fn is_base64_encoded(&self) -> bool {
        self.is_base64_encoded
    }

    /// Sets the body to the base64 of `body`, and says so in `isBase64Encoded` (the official SDKs leave that to you).
    pub fn set_base64_encoded_body(&mut self, body: impl AsRef<[u8]>) {
        self.body = base64::encode(body.as_ref());
        self.is_base64_encoded = true;
    }
}

impl Serialize for ApigTriggerResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(4))?;
        object.serialize_entry("statusCode", &self.status_code)?;
        object.serialize_entry("headers", &HeaderMap(&self.headers))?;
        object.serialize_entry("body", &self.body)?;
        object.serialize_entry("isBase64Encoded", &self.is_base64_encoded)?;
        object.end()
    }
}

/// Status and the names of headers: values and body may be credentials.
impl std::fmt::Debug for ApigTriggerResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&String> = self.headers.iter().map(|(name, _)| name).collect();
        let mut debug = f.debug_struct("ApigTriggerResponse");
        debug.field("status_code", &self.status_code).field("headers", &names).finish_non_exhaustive()
    }
}

struct HeaderMap<'r>(&'r [(String, Vec<String>)]);

impl Serialize for HeaderMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in self.0 {
            match values.as_slice() {
                [one] => object.serialize_entry(name, one)?,
                several => object.serialize_entry(name, several)?,
            }
        }
        object.end()
    }
}

impl IntoOutput for ApigTriggerResponse {
    fn into_output(self) -> Result<Output, FunctionError> {
        Json(self).into_output()
    }
}

/// Builds an [`ApigTriggerResponse`].
#[derive(Clone, Debug, Default)]
pub struct ApigTriggerResponseBuilder(ApigTriggerResponse);

impl ApigTriggerResponseBuilder {
    /// The HTTP status, 100 to 599; 200 unless it is said.
    #[must_use]
    pub fn status_code(mut self, status_code: u16) -> Self {
        self.0.set_status_code(status_code);
        self
    }

    /// A header with one value; see [`ApigTriggerResponse::append_header`] for more.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.set_header(name, value);
        self
    }

    /// A plain text body.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.0.set_body(body);
        self
    }

    /// A body of any bytes, sent as base64.
    #[must_use]
    pub fn base64_encoded_body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.0.set_base64_encoded_body(body);
        self
    }

    /// The response.
    #[must_use]
    pub fn build(self) -> ApigTriggerResponse {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(response: ApigTriggerResponse) -> String {
        match response.into_output().unwrap() {
            Output::Json(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn all_four_members_are_always_there() {
        let expected = r#"{"statusCode":200,"headers":{},"body":"","isBase64Encoded":false}"#;
        assert_eq!(json(ApigTriggerResponse::default()), expected);
    }

    #[test]
    fn base64_bodies_say_so() {
        let response = ApigTriggerResponse::builder().base64_encoded_body([0xFF, 0]).build();
        assert_eq!(json(response), r#"{"statusCode":200,"headers":{},"body":"/wA=","isBase64Encoded":true}"#);
    }

    #[test]
    fn debug_shows_no_values() {
        let response = ApigTriggerResponse::builder().header("Set-Cookie", "s3cret").body("s3cret").build();
        let expected = r#"ApigTriggerResponse { status_code: 200, headers: ["Set-Cookie"], .. }"#;
        assert_eq!(format!("{response:?}"), expected);
    }

    #[test]
    fn headers_replace_or_repeat() {
        let mut response = ApigTriggerResponse::builder().header("X-A", "1").header("x-a", "2").build();
        response.append_header("Set-Cookie", "a=1");
        response.append_header("set-cookie", "b=2");
        let expected = r#"{"statusCode":200,"headers":{"x-a":"2","Set-Cookie":["a=1","b=2"]},"body":"","isBase64Encoded":false}"#;
        assert_eq!(json(response), expected);
    }
}
