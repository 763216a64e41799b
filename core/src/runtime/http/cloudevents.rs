//! CloudEvents over HTTP, as their binding for HTTP (1.0.2) has them, become events of EventGrid, which are CloudEvents in JSON.

use super::connection::Request;
use super::refusal::Refusal;
use crate::base64;
use crate::json::{Document, ValueKind, write_string};
use bytes::Bytes;
use percent_encoding::percent_decode_str;

const STRUCTURED: &str = "application/cloudevents";
const BATCH: &str = "application/cloudevents-batch";
/// What every event has.
const REQUIRED: [&str; 4] = ["specversion", "id", "source", "type"];

/// The event's JSON.
pub(super) fn event(request: Request) -> Result<Bytes, Refusal> {
    if request.head.method != "POST" {
        return Err(Refusal::method_not_allowed(&["POST"]));
    }
    let content_type = request.head.headers.get("Content-Type").unwrap_or_default();
    let media_type = media_type(content_type);
    if media_type.starts_with(BATCH) {
        return Err(unsupported("batches of events are not served: send each event in a request of its own"));
    }
    if media_type.starts_with(STRUCTURED) {
        return structured(&media_type, request.body);
    }
    if request.head.headers.get("Ce-Specversion").is_some() {
        return binary(&request);
    }
    Err(Refusal::malformed(
        "it is no CloudEvent: it has neither the header ce-specversion nor the Content-Type application/cloudevents+json",
    ))
}

/// The whole event is the body.
fn structured(media_type: &str, body: Vec<u8>) -> Result<Bytes, Refusal> {
    if media_type != "application/cloudevents+json" {
        return Err(unsupported("events are served in JSON only: application/cloudevents+json"));
    }
    let body = Bytes::from(body);
    let document = json(&body)?;
    let root = document.root().filter(|root| root.kind() == ValueKind::Object);
    let root = root.ok_or_else(|| Refusal::malformed("a CloudEvent is a JSON object"))?;
    match REQUIRED.into_iter().find(|name| root.member(name).is_none()) {
        Some(missing) => Err(missing_attribute(missing)),
        None => Ok(body),
    }
}

/// The attributes are headers, the data is the body.
fn binary(request: &Request) -> Result<Bytes, Refusal> {
    let headers = &request.head.headers;
    let attribute = |name: &str| headers.get(&format!("ce-{name}")).filter(|value| !value.is_empty());
    if let Some(missing) = REQUIRED.into_iter().find(|name| attribute(name).is_none()) {
        return Err(missing_attribute(missing));
    }
    let mut out = Vec::with_capacity(256 + request.body.len() * 4 / 3);
    out.push(b'{');
    let attributes = headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    let attributes =
        attributes.filter_map(|(name, value)| Some((name.strip_prefix("ce-")?.to_owned(), value)));
    let attributes = attributes.filter(|(name, _)| !name.starts_with("data") || name == "dataschema");
    for (name, value) in attributes {
        if out.len() > 1 {
            out.push(b',');
        }
        write_string(&mut out, &name);
        out.push(b':');
        write_string(&mut out, &percent_decode_str(value).decode_utf8_lossy());
    }
    let content_type = headers.get("Content-Type");
    if let Some(content_type) = content_type {
        out.extend_from_slice(b",\"datacontenttype\":");
        write_string(&mut out, content_type);
    }
    write_data(&mut out, &media_type(content_type.unwrap_or("application/json")), &request.body)?;
    out.push(b'}');
    Ok(out.into())
}

/// JSON is itself, text is a string, everything else is base64.
fn write_data(out: &mut Vec<u8>, media_type: &str, body: &[u8]) -> Result<(), Refusal> {
    if body.is_empty() {
        return Ok(());
    }
    let is_json = media_type.ends_with("/json") || media_type.ends_with("+json");
    match std::str::from_utf8(body) {
        Ok(text) if is_json => {
            json(body)?;
            out.extend_from_slice(b",\"data\":");
            out.extend_from_slice(text.trim().as_bytes());
        }
        Ok(text) if media_type.starts_with("text/") || media_type.ends_with("xml") => {
            out.extend_from_slice(b",\"data\":");
            write_string(out, text);
        }
        Err(_) if is_json => return Err(Refusal::malformed("its data is not UTF-8, which JSON must be")),
        _ => {
            out.extend_from_slice(b",\"data_base64\":\"");
            out.extend_from_slice(base64::encode(body).as_bytes());
            out.push(b'"');
        }
    }
    Ok(())
}

fn json(body: &[u8]) -> Result<Document, Refusal> {
    let text = String::from_utf8(body.to_vec()).map_err(|_| Refusal::malformed("its JSON is not UTF-8"))?;
    Document::from_text(text, usize::MAX)
        .map_err(|error| Refusal::malformed(format!("its JSON is none: {error}")))
}

fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn unsupported(why: &str) -> Refusal {
    Refusal::new(415, "UnsupportedMediaType", why)
}

fn missing_attribute(name: &str) -> Refusal {
    Refusal::malformed(format!("the CloudEvent has no {name}"))
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::*;

    fn event_of(headers: &str, body: &[u8]) -> Result<serde_json::Value, u16> {
        let request = format!("POST / HTTP/1.1\r\nHost: h\r\n{headers}\r\n\r\n");
        let (head, _) = head::parse(request.as_bytes()).unwrap().unwrap();
        let event = event(Request { head, body: body.to_vec() }).map_err(|refusal| refusal.status)?;
        Ok(serde_json::from_slice(&event).unwrap())
    }

    const BINARY: &str = "ce-specversion: 1.0\r\nCE-Id: 1\r\nce-source: /s\r\nce-type: t\r\nce-more: a%20b";

    fn with_data(content_type: &str, body: &[u8]) -> Result<serde_json::Value, u16> {
        event_of(&format!("{BINARY}\r\nContent-Type: {content_type}"), body)
    }

    #[test]
    fn binary_events_have_their_attributes_in_headers() {
        let event = with_data("application/json; charset=utf-8", b" {\"a\":[1.0]} ").unwrap();
        let expected = serde_json::json!({
            "specversion": "1.0", "id": "1", "source": "/s", "type": "t", "more": "a b",
            "datacontenttype": "application/json; charset=utf-8", "data": {"a": [1.0]},
        });
        assert_eq!(event, expected);
        assert_eq!(with_data("text/plain", "ä\"".as_bytes()).unwrap()["data"], "ä\"");
        assert_eq!(with_data("application/octet-stream", &[0, 0xFF]).unwrap()["data_base64"], "AP8=");
        assert_eq!(with_data("text/plain", &[0xFF]).unwrap()["data_base64"], "/w==");
        assert_eq!(event_of(BINARY, b"[1]").unwrap()["data"], serde_json::json!([1]));
        assert!(event_of(BINARY, b"").unwrap().get("data").is_none());
    }

    #[test]
    fn structured_events_are_the_body() {
        let structured = "Content-Type: application/cloudevents+json; charset=utf-8";
        let body = br#"{"specversion":"1.0","id":"1","source":"s","type":"t","data":null}"#;
        let expected: serde_json::Value = serde_json::from_slice(body).unwrap();
        assert_eq!(event_of(structured, body).unwrap(), expected);
        assert_eq!(event_of(structured, br#"{"specversion":"1.0"}"#), Err(400));
        assert_eq!(event_of(structured, b"[]"), Err(400));
        assert_eq!(event_of(structured, b"{"), Err(400));
    }

    #[test]
    fn what_is_no_event_is_refused() {
        assert_eq!(event_of("X: y", b"{}"), Err(400));
        assert_eq!(event_of("ce-specversion: 1.0", b"{}"), Err(400));
        assert_eq!(event_of("Content-Type: application/cloudevents-batch+json", b"[]"), Err(415));
        assert_eq!(event_of("Content-Type: application/cloudevents+avro", b""), Err(415));
        assert_eq!(with_data("application/json", b"{"), Err(400));
        assert_eq!(with_data("application/json", &[0xFF]), Err(400));
    }
}
