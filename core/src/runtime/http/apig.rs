//! HTTP requests as API Gateway hands them over, and its answers as HTTP.
//!
//! The shape is the one that is documented for the gateway's events; names of headers are in lower case and the body is base64, as
//! real ones are.

use super::connection::Request;
use super::mode::{REQUEST_ID, is_header_value, is_platforms};
use super::response::Response;
use crate::base64;
use crate::context::Headers;
use crate::json::{Document, Value, ValueKind, write_string};
use crate::percent::decode_form;
use crate::response::{FunctionError, Reply, apig_breaches};
use bytes::Bytes;
use std::net::SocketAddr;

/// The stage of an API that has only one.
const STAGE: &str = "RELEASE";
/// Headers that concern one connection only.
const NOT_HANDED_OVER: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "expect",
];
/// Headers of an answer that this server writes itself.
const WRITTEN_HERE: [&str; 6] =
    ["connection", "content-length", "date", "keep-alive", "transfer-encoding", "upgrade"];

/// The event of a request. `context` are the headers that give the invocation's context.
pub(super) fn event(request: &Request, context: &Headers, address: SocketAddr) -> Vec<u8> {
    let head = &request.head;
    let (path, query) = head.target.split_once('?').unwrap_or((&head.target, ""));
    let said = |name: &str| head.headers.get(name).unwrap_or_default();
    let source = match said("X-Apig-Source-Ip") {
        "" => address.ip().to_canonical().to_string(),
        said => said.to_owned(),
    };
    let id = context.get(REQUEST_ID).unwrap_or_default();

    let mut out = Vec::with_capacity(512 + head.target.len() + request.body.len() * 4 / 3);
    out.extend_from_slice(b"{\"body\":\"");
    out.extend_from_slice(base64::encode(&request.body).as_bytes());
    out.extend_from_slice(b"\",\"requestContext\":{");
    write_member(&mut out, "apiId", said("X-Apig-Api-Id"));
    out.push(b',');
    write_member(&mut out, "requestId", or(said("X-Apig-Request-Id"), id));
    out.push(b',');
    write_member(&mut out, "stage", or(said("X-Apig-Source-Stage"), STAGE));
    out.push(b',');
    write_member(&mut out, "sourceIp", &source);
    out.extend_from_slice(b"},\"queryStringParameters\":");
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    write_map(&mut out, pairs.map(|(name, value)| (decode_form(name), decode_form(value))).collect());
    out.push(b',');
    write_member(&mut out, "httpMethod", &head.method);
    out.extend_from_slice(b",\"pathParameters\":{},\"headers\":");
    let headers = head.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    write_map(&mut out, headers.filter(|(name, _)| is_handed_over(name)).collect());
    out.push(b',');
    write_member(&mut out, "path", path);
    out.extend_from_slice(b",\"isBase64Encoded\":true}");
    out
}

fn is_handed_over(name: &str) -> bool {
    !NOT_HANDED_OVER.contains(&name) && !is_platforms(name)
}

fn or<'t>(text: &'t str, other: &'t str) -> &'t str {
    if text.is_empty() { other } else { text }
}

fn write_member(out: &mut Vec<u8>, name: &str, value: &str) {
    write_string(out, name);
    out.push(b':');
    write_string(out, value);
}

/// One value is a text, several of one name are an array, as the platform has them.
fn write_map(out: &mut Vec<u8>, pairs: Vec<(String, String)>) {
    out.push(b'{');
    let mut is_first = true;
    for (index, (name, value)) in pairs.iter().enumerate() {
        if pairs[..index].iter().any(|(known, _)| known == name) {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            out.push(b',');
        }
        write_string(out, name);
        out.push(b':');
        let more: Vec<&str> = pairs[index + 1..]
            .iter()
            .filter(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .collect();
        write_values(out, value, &more);
    }
    out.push(b'}');
}

fn write_values(out: &mut Vec<u8>, first: &str, more: &[&str]) {
    if more.is_empty() {
        return write_string(out, first);
    }
    out.push(b'[');
    write_string(out, first);
    for value in more {
        out.push(b',');
        write_string(out, value);
    }
    out.push(b']');
}

/// What the caller gets. What the gateway would not accept is a 500, as it is there, but one that says why; a function's stack is
/// not for strangers.
pub(super) fn response(reply: &Reply) -> Response {
    match reply {
        Reply::Error { body } => failure(without_stack(body)),
        Reply::Result { body, .. } => answer(body).unwrap_or_else(|breaches| {
            let message = format!("the function's answer is not what API Gateway accepts: {breaches}");
            failure(FunctionError::new("FunctionResultInvalid", message).to_json())
        }),
    }
}

fn failure(body: String) -> Response {
    Response::new(500).with_body(body.into(), Some("application/json"))
}

fn without_stack(error: &Bytes) -> String {
    let mut object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(error).unwrap_or_default();
    let mut text = |name: &str| match object.remove(name) {
        Some(serde_json::Value::String(text)) => text,
        _ => String::new(),
    };
    FunctionError::new(text("errorType"), text("errorMessage")).to_json()
}

fn answer(body: &Bytes) -> Result<Response, String> {
    let breaches = apig_breaches(body);
    if !breaches.is_empty() {
        return Err(breaches.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    }
    // No breach says that it is JSON, an object, and of which types its members are.
    let text = String::from_utf8_lossy(body).into_owned();
    let document = Document::from_text(text, usize::MAX).map_err(|error| error.to_string())?;
    let Some(root) = document.root() else { return Err("(answer): expected a JSON object".to_owned()) };
    let status = root.member("statusCode").and_then(|status| status.raw().parse().ok()).unwrap_or(200);
    let mut response = Response::new(status);
    for (name, value) in root.member("headers").into_iter().flat_map(Value::members) {
        let name = name.decoded();
        match value.kind() {
            ValueKind::Array => {
                value.elements().try_for_each(|value| add(&mut response, &name, &value.decoded()))?;
            }
            _ => add(&mut response, &name, &value.decoded())?,
        }
    }
    let is_base64 = root.member("isBase64Encoded").is_some_and(|flag| flag.kind() == ValueKind::True);
    let text = root.member("body").map(Value::decoded).unwrap_or_default();
    response.body = match is_base64 {
        true => base64::decode(&text).ok_or("/body: expected base64")?.into(),
        false => text.into_owned().into(),
    };
    Ok(response)
}

fn add(response: &mut Response, name: &str, value: &str) -> Result<(), String> {
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    if !is_name || !is_header_value(value) {
        return Err(format!("/headers: {name:?} with this value is no header of HTTP"));
    }
    if !WRITTEN_HERE.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        response.headers.push((name.to_owned(), value.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::*;

    fn event_of(request: &str, body: &[u8]) -> serde_json::Value {
        let (head, _) = head::parse(request.as_bytes()).unwrap().unwrap();
        let mut context = Headers::default();
        context.append("X-Cff-Request-Id", "id-1");
        let request = Request { head, body: body.to_vec() };
        let address = "[::ffff:10.0.0.7]:4711".parse().unwrap();
        serde_json::from_slice(&event(&request, &context, address)).unwrap()
    }

    #[test]
    fn a_request_is_the_event_of_the_gateway() {
        let request = "PUT /a%20b/c?x=1&y=a+b%26&x=2&z HTTP/1.1\r\nHost: h\r\nX-One: 1\r\nx-one: 2\r\nConnection: close\r\n\
                       X-CFF-Security-Token: secret\r\nCookie: \"q\"\r\n\r\n";
        let expected = serde_json::json!({
            "body": "AP8=",
            "requestContext": {"apiId": "", "requestId": "id-1", "stage": "RELEASE", "sourceIp": "10.0.0.7"},
            "queryStringParameters": {"x": ["1", "2"], "y": "a b&", "z": ""},
            "httpMethod": "PUT",
            "pathParameters": {},
            "headers": {"host": "h", "x-one": ["1", "2"], "cookie": "\"q\""},
            "path": "/a%20b/c",
            "isBase64Encoded": true,
        });
        assert_eq!(event_of(request, &[0, 0xFF]), expected);
    }

    #[test]
    fn what_the_platforms_proxy_says_of_the_api_is_told() {
        let request = "GET / HTTP/1.1\r\nHost: h\r\nX-APIG-Api-Id: a\r\nX-APIG-Request-Id: r\r\nX-APIG-Source-Ip: 1.2.3.4\r\n\
                       X-APIG-Source-Stage: TEST\r\n\r\n";
        let expected =
            serde_json::json!({"apiId": "a", "requestId": "r", "stage": "TEST", "sourceIp": "1.2.3.4"});
        let event = event_of(request, b"");
        assert_eq!((&event["requestContext"], &event["body"]), (&expected, &"".into()));
    }

    fn result(body: &str) -> Response {
        response(&Reply::Result { body: body.to_owned().into(), content_type: None })
    }

    #[test]
    fn an_answer_is_the_response() {
        let body = r#"{"statusCode":201,"headers":{"A":"b","C":["d","e"],"Content-Length":"7"},"body":"\u00e4","isBase64Encoded":false}"#;
        let response = result(body);
        let headers =
            [("A", "b"), ("C", "d"), ("C", "e")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!((response.status, response.headers.as_slice()), (201, &headers[..]));
        assert_eq!(response.body, "ä".as_bytes());
        let response = result(r#"{"statusCode":200,"headers":null,"body":"AP8=","isBase64Encoded":true}"#);
        assert_eq!(response.body, &[0, 0xFF][..]);
    }

    #[test]
    fn what_is_no_answer_says_why() {
        for (body, reason) in [
            ("", "expected a JSON object"),
            ("\"hello\"", "expected a JSON object"),
            (r#"{"statusCode":"200","headers":{},"body":"","isBase64Encoded":false}"#, "/statusCode"),
            (r#"{"statusCode":200,"headers":{"A\r\nB":"c"},"body":"","isBase64Encoded":false}"#, "/headers"),
            (
                r#"{"statusCode":200,"headers":{"A":"c\r\nSet-Cookie: d"},"body":"","isBase64Encoded":false}"#,
                "/headers",
            ),
        ] {
            let response = result(body);
            let error: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
            assert_eq!((response.status, &error["errorType"]), (500, &"FunctionResultInvalid".into()));
            assert!(error["errorMessage"].as_str().unwrap().contains(reason), "{error}");
            assert!(response.headers.is_empty());
        }
    }

    #[test]
    fn an_error_goes_without_its_stack() {
        let error = FunctionError::new("T", "m").with_stack_trace(vec!["secret.rs:1".into()]);
        let response = response(&Reply::Error { body: error.to_json().into() });
        assert_eq!((response.status, response.body), (500, FunctionError::new("T", "m").to_json().into()));
    }
}
