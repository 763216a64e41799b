//! HTTP requests as API Gateway hands them over.
//!
//! The shape is the one that is documented for the gateway's events; names of headers are in lower case and the body is base64, as
//! real ones are.

use crate::base64;
use crate::context::Headers;
use crate::json::write_string;
use crate::percent::decode_form;
use crate::runtime::http::connection::Request;
use crate::runtime::http::mode::{REQUEST_ID, is_gateways, is_platforms};
use std::collections::HashMap;
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

/// The event of a request. `context` are the headers that give the invocation's context. What strangers may say of the API and of
/// themselves is not believed: only `is_behind_platform` makes it the platform's word.
pub(in super::super) fn event(
    request: &Request,
    context: &Headers,
    address: SocketAddr,
    is_behind_platform: bool,
) -> Vec<u8> {
    let head = &request.head;
    let (path, query) = head.target.split_once('?').unwrap_or((&head.target, ""));
    let said = |name: &str| match is_behind_platform {
        true => head.headers.get(name).unwrap_or_default(),
        false => "",
    };
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
    let pairs: Vec<_> = pairs.map(|(name, value)| (decode_form(name), decode_form(value))).collect();
    write_map(&mut out, &pairs);
    out.push(b',');
    write_member(&mut out, "httpMethod", &head.method);
    out.extend_from_slice(b",\"pathParameters\":{},\"headers\":");
    let headers = head.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    let is_handed_over = |name: &str| is_handed_over(name) && (is_behind_platform || !is_gateways(name));
    let headers: Vec<_> = headers.filter(|(name, _)| is_handed_over(name)).collect();
    write_map(&mut out, &headers);
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
fn write_map(out: &mut Vec<u8>, pairs: &[(String, String)]) {
    let mut places = HashMap::with_capacity(pairs.len());
    let mut members: Vec<(&str, Vec<&str>)> = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        let place = *places.entry(name.as_str()).or_insert(members.len());
        match members.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => members.push((name, vec![value])),
        }
    }
    out.push(b'{');
    for (index, (name, values)) in members.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(out, name);
        out.push(b':');
        write_values(out, values);
    }
    out.push(b'}');
}

fn write_values(out: &mut Vec<u8>, values: &[&str]) {
    if let [value] = values {
        return write_string(out, value);
    }
    for (index, value) in values.iter().enumerate() {
        out.push(if index == 0 { b'[' } else { b',' });
        write_string(out, value);
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::http::head;

    fn event_of(request: &str, body: &[u8], is_behind_platform: bool) -> serde_json::Value {
        let (head, _) = head::parse(request.as_bytes(), &mut head::Search::default()).unwrap().unwrap();
        let mut context = Headers::default();
        context.append("X-Cff-Request-Id", "id-1");
        let request = Request { head, body: body.to_vec() };
        let address = "[::ffff:10.0.0.7]:4711".parse().unwrap();
        serde_json::from_slice(&event(&request, &context, address, is_behind_platform)).unwrap()
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
        assert_eq!(event_of(request, &[0, 0xFF], true), expected);
    }

    #[test]
    fn what_the_platforms_proxy_says_of_the_api_is_told() {
        let request = "GET / HTTP/1.1\r\nHost: h\r\nX-APIG-Api-Id: a\r\nX-APIG-Request-Id: r\r\nX-APIG-Source-Ip: 1.2.3.4\r\n\
                       X-APIG-Source-Stage: TEST\r\n\r\n";
        let expected =
            serde_json::json!({"apiId": "a", "requestId": "r", "stage": "TEST", "sourceIp": "1.2.3.4"});
        let event = event_of(request, b"", true);
        assert_eq!((&event["requestContext"], &event["body"]), (&expected, &"".into()));
        assert_eq!(event["headers"]["x-apig-api-id"], "a");
        // Strangers may say so, too.
        let expected =
            serde_json::json!({"apiId": "", "requestId": "id-1", "stage": "RELEASE", "sourceIp": "10.0.0.7"});
        let event = event_of(request, b"", false);
        assert_eq!(
            (&event["requestContext"], &event["headers"]),
            (&expected, &serde_json::json!({"host": "h"}))
        );
    }

    #[test]
    fn any_number_of_names_may_come_any_number_of_times() {
        let query: Vec<String> = (0..6000).map(|number| format!("{}={number}", number % 3000)).collect();
        let request = format!("GET /?{} HTTP/1.1\r\nHost: h\r\n\r\n", query.join("&"));
        let event = event_of(&request, b"", true);
        let parameters = event["queryStringParameters"].as_object().unwrap();
        assert_eq!(parameters.len(), 3000);
        assert!(parameters.iter().all(|(name, values)| {
            let number: u32 = name.parse().unwrap();
            *values == serde_json::json!([number.to_string(), (number + 3000).to_string()])
        }));
    }
}
