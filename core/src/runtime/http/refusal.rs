//! What a request is told that does not become an event.

use super::response::Response;
use crate::response::FunctionError;

/// Why a request is refused, with the status that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    error_type: &'static str,
    message: String,
    /// What else the status asks for.
    header: Option<(&'static str, String)>,
}

impl Refusal {
    pub(super) fn new(status: u16, error_type: &'static str, message: impl Into<String>) -> Self {
        Self { status, error_type, message: message.into(), header: None }
    }

    /// The request breaks the rules of HTTP, so that nobody can tell where it ends.
    pub(super) fn malformed(what: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", format!("the request cannot be read: {}", what.into()))
    }

    pub(super) fn head_too_large(limit: &str) -> Self {
        Self::new(431, "RequestHeadersTooLarge", format!("the request's head exceeds the limit of {limit}"))
    }

    pub(super) fn body_too_large(size: Option<u64>, limit: usize) -> Self {
        let size = size.map(|size| format!(" of {size} bytes")).unwrap_or_default();
        Self::new(413, "PayloadTooLarge", format!("the body{size} exceeds the limit of {limit} bytes"))
    }

    pub(super) fn too_slow(seconds: u64) -> Self {
        Self::new(408, "RequestTimeout", format!("the request did not arrive whole within {seconds} seconds"))
    }

    pub(super) fn too_many() -> Self {
        Self::new(
            429,
            "TooManyRequests",
            "too many requests wait here or are on their way already; try again later",
        )
        .with_header("Retry-After", "1")
    }

    pub(super) fn not_found(path: &str) -> Self {
        let message = format!(
            "there is nothing at {path:?}: events go to POST /invoke, the initializer is POST /init, GET /healthz tells whether the \
             function is ready; to serve plain HTTP requests set FGRUNTIME_HTTP_MODE=apig"
        );
        Self::new(404, "NotFound", message)
    }

    /// `purpose` is what the path is for.
    pub(super) fn method_not_allowed(method: &str, allowed: &[&str], purpose: &str) -> Self {
        let message = format!("{method} means nothing here: {purpose} by {}", allowed.join(" or "));
        Self::new(405, "MethodNotAllowed", message).with_header("Allow", &allowed.join(", "))
    }

    pub(super) fn not_ready(why: &str) -> Self {
        Self::new(503, "NotReady", why).with_header("Retry-After", "1")
    }

    fn with_header(self, name: &'static str, value: &str) -> Self {
        Self { header: Some((name, value.to_owned())), ..self }
    }

    pub(super) fn into_response(self) -> Response {
        let mut response = Response::of_error(self.status, FunctionError::new(self.error_type, self.message));
        response.headers.extend(self.header.map(|(name, value)| (name.to_owned(), value)));
        response
    }
}
