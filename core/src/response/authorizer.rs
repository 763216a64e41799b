//! The answer of a custom authorizer of API Gateway.

use super::{FunctionError, IntoOutput, Json, Output};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Whether a request may pass, and what is known of its caller. API Gateway wants it as JSON in a string in JSON, with the status
/// always 200; any other status reaches the client as 500.
///
/// ```
/// use fgruntime_core::response::ApigAuthorizerResponse;
///
/// let response = ApigAuthorizerResponse::allow().with_context("user", "ada");
/// assert_eq!(
///     serde_json::to_string(&response)?,
///     r#"{"statusCode":200,"body":"{\"status\":\"allow\",\"context\":{\"user\":\"ada\"}}"}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ApigAuthorizerResponse {
    is_allowed: bool,
    context: BTreeMap<String, String>,
}

impl ApigAuthorizerResponse {
    /// Lets the request pass.
    #[must_use]
    pub fn allow() -> Self {
        Self { is_allowed: true, context: BTreeMap::new() }
    }

    /// Turns the request away.
    #[must_use]
    pub fn deny() -> Self {
        Self { is_allowed: false, context: BTreeMap::new() }
    }

    /// Adds something that the API's definition can refer to. Values are texts: the gateway takes numbers and truth values only
    /// where a feature of the instance allows it.
    #[must_use]
    pub fn with_context(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.set_context(name, value);
        self
    }

    /// Sets something that the API's definition can refer to.
    pub fn set_context(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.context.insert(name.into(), value.into());
    }

    /// Whether the request may pass.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.is_allowed
    }
}

#[derive(Serialize)]
struct Body<'r> {
    status: &'static str,
    context: &'r BTreeMap<String, String>,
}

impl Serialize for ApigAuthorizerResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let status = if self.is_allowed { "allow" } else { "deny" };
        let body = Body { status, context: &self.context };
        let mut object = serializer.serialize_map(Some(2))?;
        object.serialize_entry("statusCode", &200)?;
        object.serialize_entry("body", &serde_json::to_string(&body).map_err(serde::ser::Error::custom)?)?;
        object.end()
    }
}

impl IntoOutput for ApigAuthorizerResponse {
    fn into_output(self) -> Result<Output, FunctionError> {
        Json(self).into_output()
    }
}

/// Names only: values may be credentials.
impl std::fmt::Debug for ApigAuthorizerResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&String> = self.context.keys().collect();
        let mut debug = f.debug_struct("ApigAuthorizerResponse");
        debug.field("is_allowed", &self.is_allowed).field("context", &names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_values() {
        let response = ApigAuthorizerResponse::allow().with_context("token", "s3cret");
        assert_eq!(
            format!("{response:?}"),
            r#"ApigAuthorizerResponse { is_allowed: true, context: ["token"] }"#
        );
    }
}
