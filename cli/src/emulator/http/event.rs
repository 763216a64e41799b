//! Requests to a container's event function, and what its answers mean.

use super::headers;
use crate::emulator::delivery::Answer;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use bytes::Bytes;

/// Has the initializer run.
pub(super) fn init(function: &HeaderMap) -> Request<Body> {
    let mut request = post("/init", Bytes::from_static(b"{}"));
    headers::add(request.headers_mut(), function);
    request
}

/// Hands over an event.
pub(super) fn invoke(event: &Bytes) -> Request<Body> {
    post("/invoke", event.clone())
}

/// Tells that there will be no further event.
pub(super) fn shutdown(function: &HeaderMap) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = Uri::from_static("/shutdown");
    headers::add(request.headers_mut(), function);
    request
}

/// A status outside 2xx is a failure; an empty body is explained by it.
pub(super) fn answer(status: StatusCode, body: Bytes) -> Answer {
    if status.is_success() {
        return Answer::Result(body);
    }
    if body.is_empty() {
        return Answer::Error(
            format!("POST /invoke was answered with HTTP status {status} and no body").into(),
        );
    }
    Answer::Error(body)
}

fn post(path: &'static str, body: Bytes) -> Request<Body> {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = Uri::from_static(path);
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request
}
