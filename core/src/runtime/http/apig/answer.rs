//! API Gateway's answers as HTTP.

use crate::base64;
use crate::json::{Document, Value, ValueKind};
use crate::response::{FunctionError, document_breaches};
use crate::runtime::http::mode::{FAILED, is_header_value};
use crate::runtime::http::response::Response;
use bytes::Bytes;

/// Headers of an answer that this server writes itself.
const WRITTEN_HERE: [&str; 7] = [
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
    "upgrade",
    "x-cff-request-id",
];
/// An informational status would have the caller wait for another answer, or take that of the next request for it.
const FINAL_STATUSES: std::ops::Range<u16> = 200..600;
/// Must not have a body (RFC 9110, 15.3.6).
const RESET_CONTENT: u16 = 205;

/// What the caller gets for a result, or what of it API Gateway would not accept.
pub(in super::super) fn answer(result: &Bytes) -> Result<Response, String> {
    let document = Document::from_bytes(result.clone(), usize::MAX).and_then(Result::ok);
    let breaches = document_breaches(document.as_ref());
    if !breaches.is_empty() {
        return Err(breaches.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    }
    document.as_ref().and_then(Document::root).map_or_else(|| Ok(Response::new(200)), response)
}

/// What the caller gets for an error, which is a 500 as it is there. The function's stack is not for strangers, nor is why it cannot
/// run: that speaks of its files.
pub(in super::super) fn failure(error: &Bytes, is_there_a_function: bool) -> Response {
    let mut object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(error).unwrap_or_default();
    let mut text = |name: &str| match object.remove(name) {
        Some(serde_json::Value::String(text)) => text,
        _ => String::new(),
    };
    let message = if is_there_a_function { text("errorMessage") } else { FAILED.to_owned() };
    Response::of_error(500, FunctionError::new(text("errorType"), message))
}

/// No breach has said that it is an object, and of which types its members are.
fn response(answer: Value<'_>) -> Result<Response, String> {
    let status = answer.member("statusCode").and_then(|status| status.raw().parse().ok()).unwrap_or(200);
    if !FINAL_STATUSES.contains(&status) {
        return Err(format!(
            "/statusCode: {status} found; expected 200 to 599, which end an exchange over HTTP"
        ));
    }
    let mut response = Response::new(status);
    for (name, value) in answer.member("headers").into_iter().flat_map(Value::members) {
        let name = name.decoded();
        match value.kind() {
            ValueKind::Array => {
                value.elements().try_for_each(|value| add(&mut response, &name, &value.decoded()))?;
            }
            _ => add(&mut response, &name, &value.decoded())?,
        }
    }
    if status != RESET_CONTENT {
        response.body = body(answer)?;
    }
    Ok(response)
}

fn body(answer: Value<'_>) -> Result<Bytes, String> {
    let is_base64 = answer.member("isBase64Encoded").is_some_and(|flag| flag.kind() == ValueKind::True);
    let text = answer.member("body").map(Value::decoded).unwrap_or_default();
    match is_base64 {
        true => base64::decode(&text).map(Bytes::from).ok_or_else(|| "/body: expected base64".to_owned()),
        false => Ok(text.into_owned().into()),
    }
}

fn add(response: &mut Response, name: &str, value: &str) -> Result<(), String> {
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    if !is_name {
        return Err(format!("/headers: {name:?} found; expected a name of letters, digits and hyphens"));
    }
    if !is_header_value(value) {
        return Err(format!("/headers/{name}: control characters found; expected text of one line"));
    }
    if !WRITTEN_HERE.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        response.headers.push((name.to_owned(), value.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_the_response() {
        let body = r#"{"statusCode":201,"headers":{"A":"b","C":["d","e"],"Content-Length":"7","X-CFF-Request-Id":"x"},"body":"\u00e4","isBase64Encoded":false}"#;
        let response = answer(&body.into()).unwrap();
        let headers =
            [("A", "b"), ("C", "d"), ("C", "e")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!((response.status, response.headers.as_slice()), (201, &headers[..]));
        assert_eq!(response.body, "ä".as_bytes());
        let body = r#"{"statusCode":200,"headers":null,"body":"AP8=","isBase64Encoded":true}"#;
        assert_eq!(answer(&body.into()).unwrap().body, &[0, 0xFF][..]);
        let body = r#"{"statusCode":205,"headers":{},"body":"text","isBase64Encoded":false}"#;
        let response = answer(&body.into()).unwrap();
        assert_eq!((response.status, response.body), (205, Bytes::new()));
    }

    #[test]
    fn what_is_no_answer_says_why() {
        let with = |status: u16, headers: &str| {
            format!(r#"{{"statusCode":{status},"headers":{headers},"body":"","isBase64Encoded":false}}"#)
        };
        for (body, reason) in [
            (String::new(), "expected a JSON object"),
            ("\"hello\"".to_owned(), "expected a JSON object"),
            (r#"{"statusCode":200}"#.to_owned(), "/body: missing"),
            (with(200, r#"{"A\r\nB":"c"}"#), r#"/headers: "A\r\nB" found"#),
            (with(200, r#"{"A":"c\r\nSet-Cookie: d"}"#), "/headers/A: control characters"),
            (with(200, r#"{"A":["b","c\u0000"]}"#), "/headers/A: control characters"),
            (with(100, "{}"), "/statusCode: 100 found"),
            (with(101, "{}"), "/statusCode: 101 found"),
            (with(199, "{}"), "/statusCode: 199 found"),
            (with(600, "{}"), "/statusCode: 600 found"),
        ] {
            let told = answer(&body.clone().into()).unwrap_err();
            assert!(told.contains(reason), "{body}: {told}");
        }
    }

    #[test]
    fn an_error_goes_without_what_is_not_for_strangers() {
        let error = FunctionError::new("T", "m").with_stack_trace(vec!["secret.rs:1".into()]);
        let error = Bytes::from(error.to_json());
        let response = failure(&error, true);
        assert_eq!((response.status, response.body), (500, FunctionError::new("T", "m").to_json().into()));
        assert_eq!(failure(&error, false).body, FunctionError::new("T", FAILED).to_json());
    }
}
