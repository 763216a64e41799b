//! Requests to an HTTP function, made of events of API Gateway, and results made of its responses.

use super::headers::is_of_connection;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, InvalidHeaderName, InvalidHeaderValue};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use bytes::Bytes;
use fgruntime_core::ApigTriggerEvent;
use fgruntime_core::event::{Event, Limits, ParseError};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use std::collections::BTreeMap;

/// What cannot stand in a path as it is; `%` can, since gateways do not decode the path.
const NOT_IN_PATHS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');
/// What cannot stand in a name or value of a query.
const NOT_IN_QUERIES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why an event makes no request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    /// It is no JSON.
    #[error(
        "the event is no request of API Gateway ({0}); use -e apig, or a file made from `fgruntime event print apig`"
    )]
    Malformed(#[from] ParseError),
    /// It is the event of another trigger.
    #[error(
        "an HTTP function is given requests of API Gateway only, and the event is of the kind '{0}'; use -e apig, a file made from \
         `fgruntime event print apig`, or --runtime container for an event function"
    )]
    Kind(&'static str),
    /// The method is none.
    #[error("the event's httpMethod {0:?} is no HTTP method; change it with --set httpMethod=GET")]
    Method(String),
    /// The path is none.
    #[error("the event's path {0:?} makes no URL; change it with --set path=/hello")]
    Path(String),
    /// The name of a header is none.
    #[error("the event's header {0:?} has a name that HTTP does not allow: {1}")]
    HeaderName(String, InvalidHeaderName),
    /// A header's value is none.
    #[error("the event's header {0:?} has a value that HTTP does not allow: {1}")]
    HeaderValue(String, InvalidHeaderValue),
}

/// The request that API Gateway got.
pub(super) fn request(payload: &Bytes) -> Result<Request<Body>, RequestError> {
    let limits = Limits { max_depth: usize::MAX, max_bytes: usize::MAX };
    let event = match Event::parse_with(payload.clone(), &limits)? {
        Event::Apig(event) => event,
        other => return Err(RequestError::Kind(other.kind().name())),
    };
    let mut request = Request::new(Body::from(event.raw_body().to_vec()));
    *request.method_mut() = method(&event)?;
    *request.uri_mut() = uri(&event)?;
    *request.headers_mut() = headers(&event)?;
    Ok(request)
}

/// The result: an object that holds the response, as the platform writes it.
pub(super) fn result(head: &Parts, body: &[u8]) -> Bytes {
    let mut headers = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in head.headers.iter().filter(|(name, _)| !is_of_connection(name)) {
        headers.entry(canonical(name)).or_default().push(String::from_utf8_lossy(value.as_bytes()));
    }
    let result = json!({
        "body": BASE64.encode(body),
        "headers": headers,
        "statusCode": head.status.as_u16(),
        "isBase64Encoded": true,
    });
    result.to_string().into()
}

fn method(event: &ApigTriggerEvent) -> Result<Method, RequestError> {
    let method = event.http_method().unwrap_or_default();
    method.parse().map_err(|_| RequestError::Method(method.to_owned()))
}

fn uri(event: &ApigTriggerEvent) -> Result<Uri, RequestError> {
    let path = event.path().unwrap_or_default();
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut uri = format!("{slash}{}", utf8_percent_encode(path, NOT_IN_PATHS));
    for (index, (name, value)) in event.query_string_parameters().iter().enumerate() {
        uri.push(if index == 0 { '?' } else { '&' });
        uri.extend(utf8_percent_encode(name, NOT_IN_QUERIES));
        uri.push('=');
        uri.extend(utf8_percent_encode(value, NOT_IN_QUERIES));
    }
    uri.parse().map_err(|_| RequestError::Path(path.to_owned()))
}

/// The event's own headers, but for those of its connection and of its length, and what the gateway knows beside them.
fn headers(event: &ApigTriggerEvent) -> Result<HeaderMap, RequestError> {
    let context = event.request_context();
    let known = [
        ("x-apig-api-id", context.api_id()),
        ("x-apig-request-id", context.request_id()),
        ("x-apig-source-ip", context.source_ip()),
        ("x-apig-source-stage", context.stage()),
    ];
    let known = known.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let mut headers = HeaderMap::new();
    for (text, value) in event.headers().iter().chain(known) {
        let name = HeaderName::try_from(text)
            .map_err(|invalid| RequestError::HeaderName(text.to_owned(), invalid))?;
        let value = HeaderValue::try_from(value.as_bytes())
            .map_err(|invalid| RequestError::HeaderValue(text.to_owned(), invalid))?;
        if !is_of_connection(&name) && name != CONTENT_LENGTH {
            headers.append(name, value);
        }
    }
    Ok(headers)
}

/// The name as Go writes it, in which the platform is written: each word with a capital.
fn canonical(name: &HeaderName) -> String {
    let word =
        |word: &str| word[..word.len().min(1)].to_ascii_uppercase() + word.get(1..).unwrap_or_default();
    name.as_str().split('-').map(word).collect::<Vec<_>>().join("-")
}
