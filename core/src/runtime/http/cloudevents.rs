//! CloudEvents over HTTP, as their binding for HTTP (1.0.2) has them, become events of EventGrid, which are CloudEvents in JSON.

use super::connection::Request;
use super::refusal::Refusal;
use crate::base64;
use crate::context::Headers;
use crate::json::{Document, Value, ValueKind, write_string};
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::BTreeMap;

const STRUCTURED: &str = "application/cloudevents";
const JSON: &str = "application/cloudevents+json";
const BATCH: &str = "application/cloudevents-batch";
/// What every event has.
const REQUIRED: [&str; 4] = ["specversion", "id", "source", "type"];
const VERSION: &str = "1.0";
/// What binary events say otherwise than by a header of that name.
const NO_HEADERS: [&str; 3] = ["data", "data_base64", "datacontenttype"];

/// The event's JSON.
pub(super) fn event(request: Request) -> Result<Bytes, Refusal> {
    if request.head.method != "POST" {
        let purpose = "CloudEvents are served (FGRUNTIME_HTTP_MODE=apig serves plain HTTP), which come";
        return Err(Refusal::method_not_allowed(&request.head.method, &["POST"], purpose));
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
        return binary(request);
    }
    Err(Refusal::malformed(
        "it is no CloudEvent: it has neither the header ce-specversion nor the Content-Type application/cloudevents+json",
    ))
}

/// The whole event is the body.
fn structured(media_type: &str, body: Vec<u8>) -> Result<Bytes, Refusal> {
    if media_type != JSON {
        return Err(unsupported("events are served in JSON only: application/cloudevents+json"));
    }
    let body = Bytes::from(body);
    let document = json(&body)?;
    let root = document.root().filter(|root| root.kind() == ValueKind::Object);
    let root = root.ok_or_else(|| Refusal::malformed("a CloudEvent is a JSON object"))?;
    check_attributes(|name| root.member(name).and_then(Value::text))?;
    Ok(body)
}

/// Whether there is what every event has, as texts.
fn check_attributes<'t>(attribute: impl Fn(&str) -> Option<Cow<'t, str>>) -> Result<(), Refusal> {
    for name in REQUIRED {
        if attribute(name).is_none_or(|value| value.is_empty()) {
            return Err(Refusal::malformed(format!("the CloudEvent has no {name}, or none that is a text")));
        }
    }
    match attribute("specversion") {
        Some(version) if version != VERSION => {
            Err(Refusal::malformed(format!("the CloudEvent's specversion is {version:?}; 1.0 is served")))
        }
        _ => Ok(()),
    }
}

/// What the answer is, if it is an event.
pub(super) fn content_type(result: &Bytes) -> Option<&'static str> {
    let is_object = result.trim_ascii_start().starts_with(b"{");
    let document = is_object.then(|| json(result).ok()).flatten()?;
    let root = document.root()?;
    check_attributes(|name| root.member(name).and_then(Value::text)).is_ok().then_some(JSON)
}

/// The attributes are headers, the data is the body.
fn binary(request: Request) -> Result<Bytes, Refusal> {
    let Request { head, body } = request;
    let headers = &head.headers;
    let attributes = attributes(headers)?;
    check_attributes(|name| attributes.get(name).map(|value| Cow::from(value.as_str())))?;
    let mut out = Vec::with_capacity(256 + body.len() * 4 / 3);
    for (name, value) in &attributes {
        out.push(if out.is_empty() { b'{' } else { b',' });
        write_string(&mut out, name);
        out.push(b':');
        write_string(&mut out, value);
    }
    let content_type = headers.get("Content-Type");
    if let Some(content_type) = content_type {
        out.extend_from_slice(b",\"datacontenttype\":");
        write_string(&mut out, content_type);
    }
    write_data(&mut out, &media_type(content_type.unwrap_or("application/json")), &body.into())?;
    out.push(b'}');
    Ok(out.into())
}

fn attributes(headers: &Headers) -> Result<BTreeMap<String, String>, Refusal> {
    let mut attributes = BTreeMap::new();
    for (header, value) in headers.iter() {
        let header = header.to_ascii_lowercase();
        let Some(name) = header.strip_prefix("ce-") else { continue };
        if NO_HEADERS.contains(&name) {
            continue;
        }
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::malformed(format!(
                "{name:?} is no name of a CloudEvent's attribute: letters and digits"
            )));
        }
        let value = decoded(value).ok_or_else(|| {
            Refusal::malformed(format!("the header ce-{name} is not percent-encoded UTF-8"))
        })?;
        if attributes.insert(name.to_owned(), value).is_some() {
            return Err(Refusal::malformed(format!("the CloudEvent has several {name}")));
        }
    }
    Ok(attributes)
}

/// A header's value as the binding has it: perhaps quoted, then percent-encoded.
fn decoded(value: &str) -> Option<String> {
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let value = quoted.map_or(Cow::from(value), |quoted| unescaped(quoted).into());
    percent_decode_str(&value).decode_utf8().ok().map(Cow::into_owned)
}

/// What a backslash is before is itself.
fn unescaped(quoted: &str) -> String {
    let mut characters = quoted.chars();
    let next = || match characters.next() {
        Some('\\') => characters.next(),
        other => other,
    };
    std::iter::from_fn(next).collect()
}

/// JSON is itself, text is a string, everything else is base64.
fn write_data(out: &mut Vec<u8>, media_type: &str, body: &Bytes) -> Result<(), Refusal> {
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

fn json(body: &Bytes) -> Result<Document, Refusal> {
    Document::from_bytes(body.clone(), usize::MAX)
        .ok_or_else(|| Refusal::malformed("its JSON is not UTF-8"))?
        .map_err(|error| Refusal::malformed(format!("its JSON is none: {error}")))
}

fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn unsupported(why: &str) -> Refusal {
    Refusal::new(415, "UnsupportedMediaType", why)
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::*;

    fn event_of(headers: &str, body: &[u8]) -> Result<serde_json::Value, u16> {
        let request = format!("POST / HTTP/1.1\r\nHost: h\r\n{headers}\r\n\r\n");
        let (head, _) = head::parse(request.as_bytes(), &mut head::Search::default()).unwrap().unwrap();
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
        for no_event in [
            r#"{"specversion":"9","id":"1","source":"s","type":"t"}"#,
            r#"{"specversion":"1.0","id":null,"source":"s","type":"t"}"#,
            r#"{"specversion":"1.0","id":"1","source":5,"type":"t"}"#,
            r#"{"specversion":"1.0","id":"1","source":"s","type":""}"#,
        ] {
            assert_eq!(event_of(structured, no_event.as_bytes()), Err(400), "{no_event}");
        }
        assert_eq!(event_of(structured, b"[]"), Err(400));
        assert_eq!(event_of(structured, b"{"), Err(400));
    }

    #[test]
    fn attributes_are_read_as_the_binding_writes_them() {
        let event = |header: &str| event_of(&format!("{BINARY}\r\n{header}"), b"");
        for (header, name, value) in [
            (r#"ce-quoted: "/s \"a\\%20\"""#, "quoted", r#"/s "a\ ""#),
            ("ce-euro: %E2%82%AC", "euro", "€"),
            ("ce-plain: ü \"x\"", "plain", "ü \"x\""),
            ("ce-dataref: https://example.com/d", "dataref", "https://example.com/d"),
            ("ce-dataschema: urn:s", "dataschema", "urn:s"),
            ("ce-empty: ", "empty", ""),
            ("ce-one: \"", "one", "\""),
        ] {
            assert_eq!(event(header).unwrap()[name], value, "{header}");
        }
        for name in ["data", "data_base64", "datacontenttype"] {
            assert!(event(&format!("ce-{name}: x")).unwrap().get(name).is_none(), "{name}");
        }
        for header in ["ce-bad: %FF", "Ce-ID: 2", "ce-: x", "ce-a-b: x", "ce-twice: 1\r\nCE-TWICE: 2"] {
            assert_eq!(event(header), Err(400), "{header}");
        }
        assert_eq!(event_of("ce-specversion: 0.3\r\nce-id: 1\r\nce-source: s\r\nce-type: t", b""), Err(400));
    }

    #[test]
    fn an_answer_that_is_an_event_says_so() {
        for (result, expected) in [
            (r#" {"specversion":"1.0","id":"1","source":"s","type":"t"}"#, Some(JSON)),
            (r#"{"specversion":"1.0","id":"1","source":"s"}"#, None),
            (r#"[{"specversion":"1.0","id":"1","source":"s","type":"t"}]"#, None),
            (r#"{"specversion":"1.0","id":"1","source":"s","type":"t""#, None),
            ("", None),
        ] {
            assert_eq!(content_type(&result.into()), expected, "{result}");
        }
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
