//! What API Gateway accepts as an answer. It rejects anything else with a 500 that does not say why.

use crate::json::{Document, Value, ValueKind, pointer_step};
use std::fmt;

/// One way in which an answer is not what API Gateway accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Where, as a JSON Pointer; empty for the answer itself.
    pub path: String,
    /// What is wrong there, and what is expected.
    pub reason: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "(answer)" } else { &self.path };
        write!(f, "{path}: {}", self.reason)
    }
}

/// Holds an answer against the contract of API Gateway's documents: `statusCode` integer, `headers` map, `body` string,
/// `isBase64Encoded` boolean, none missing. Header values may be arrays, as the platform makes them of HTTP functions'
/// answers, `headers` may be null, as Go's documented response type writes it when there are none, and a body that is said to
/// be base64 must be. The answer of a custom authorizer, which has no headers, is accepted as well.
#[must_use]
pub fn apig_breaches(body: &[u8]) -> Vec<Breach> {
    let text = std::str::from_utf8(body).ok();
    let document = text.and_then(|text| Document::parse(text.into(), usize::MAX).ok());
    document_breaches(document.as_ref())
}

/// The same for an answer that has been read; None if it is not JSON.
pub(crate) fn document_breaches(answer: Option<&Document>) -> Vec<Breach> {
    let no_answer = |found: &str| vec![breach("", format!("{found} found; expected {ANSWER}"))];
    let Some(root) = answer.and_then(Document::root) else { return no_answer("text that is not JSON") };
    if root.kind() != ValueKind::Object {
        return no_answer(root.kind().name());
    }
    if let Some(decision) = authorizers_decision(root) {
        return authorizer_breaches(root, &decision);
    }
    let mut breaches = Vec::new();
    for (name, expected) in [
        ("statusCode", "an integer from 100 to 599"),
        ("headers", "an object"),
        ("body", "a string"),
        ("isBase64Encoded", "true or false"),
    ] {
        match root.member(name) {
            None => breaches.push(breach(&format!("/{name}"), format!("missing; expected {expected}"))),
            Some(value) if !is_accepted(name, value) => {
                breaches.push(breach(&format!("/{name}"), unexpected(value, expected)));
            }
            Some(_) => {}
        }
    }
    breaches.extend(base64_breach(root));
    breaches.extend(root.member("headers").into_iter().flat_map(header_breaches));
    breaches
}

const ANSWER: &str = "a JSON object with statusCode, headers, body and isBase64Encoded";

/// Custom authorizers are asked with events of nearly the same shape, and answer with two members only; their body is JSON.
fn authorizers_decision(answer: Value<'_>) -> Option<Document> {
    if answer.member("headers").is_some() || answer.member("isBase64Encoded").is_some() {
        return None;
    }
    let body = Document::parse(answer.member("body")?.text()?.into_owned().into(), MAX_BODY_DEPTH).ok()?;
    let status = body.root()?.member("status")?;
    (status.is("allow") || status.is("deny")).then_some(body)
}

/// More than any decision nests.
const MAX_BODY_DEPTH: usize = 128;

/// The status is always 200: any other is an error of the function's. The context has texts, numbers and truth values.
fn authorizer_breaches(answer: Value<'_>, decision: &Document) -> Vec<Breach> {
    let mut breaches = Vec::new();
    match answer.member("statusCode") {
        None => breaches.push(breach("/statusCode", "missing; expected 200".to_owned())),
        Some(status) if status.raw() != "200" => {
            breaches.push(breach("/statusCode", unexpected(status, "200")));
        }
        Some(_) => {}
    }
    let context = decision.root().and_then(|body| body.member("context"));
    for (name, value) in context.into_iter().flat_map(Value::members) {
        if matches!(value.kind(), ValueKind::Object | ValueKind::Array | ValueKind::Null) {
            let step = pointer_step(&name.decoded());
            breaches.push(breach(&format!("/body/context/{step}"), unexpected(value, "a string")));
        }
    }
    breaches
}

/// The gateway decodes a body that is said to be base64.
fn base64_breach(answer: Value<'_>) -> Option<Breach> {
    answer.member("isBase64Encoded").filter(|flag| flag.kind() == ValueKind::True)?;
    let body = answer.member("body")?.text()?;
    let reason = "text that is not base64 found; expected base64, because isBase64Encoded is true";
    crate::base64::decode(&body).is_none().then(|| breach("/body", reason.to_owned()))
}

fn is_accepted(name: &str, value: Value<'_>) -> bool {
    match name {
        "statusCode" => {
            value.kind() == ValueKind::Number
                && value.raw().parse::<u16>().is_ok_and(|status| (100..600).contains(&status))
        }
        "headers" => matches!(value.kind(), ValueKind::Object | ValueKind::Null),
        "body" => value.kind() == ValueKind::String,
        _ => matches!(value.kind(), ValueKind::True | ValueKind::False),
    }
}

fn header_breaches(headers: Value<'_>) -> impl Iterator<Item = Breach> {
    let is_text = |value: Value<'_>| value.kind() == ValueKind::String;
    let is_texts = move |value: Value<'_>| value.kind() == ValueKind::Array && value.elements().all(is_text);
    headers.members().filter(move |&(_, value)| !is_text(value) && !is_texts(value)).map(|(name, value)| {
        let step = pointer_step(&name.text().unwrap_or_default());
        breach(&format!("/headers/{step}"), unexpected(value, "a string or an array of strings"))
    })
}

fn unexpected(value: Value<'_>, expected: &str) -> String {
    let found = match value.kind() {
        ValueKind::Number if value.raw().len() <= LONGEST_SHOWN => value.raw(),
        kind => kind.name(),
    };
    format!("{found} found; expected {expected}")
}

/// Numbers that are longer are not shown.
const LONGEST_SHOWN: usize = 20;

fn breach(path: &str, reason: String) -> Breach {
    Breach { path: path.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(body: &str) -> Vec<String> {
        apig_breaches(body.as_bytes()).iter().map(Breach::to_string).collect()
    }

    #[test]
    fn what_the_gateway_accepts_has_no_breach() {
        for headers in [r#"{"a":"b","c":["d","e"]}"#, "{}", "null"] {
            let body = format!(
                r#"{{"statusCode":200,"headers":{headers},"body":"","isBase64Encoded":true,"more":1}}"#
            );
            assert_eq!(lines(&body), Vec::<String>::new());
        }
    }

    #[test]
    fn an_authorizers_answer_is_accepted() {
        for status in ["allow", "deny"] {
            assert!(
                lines(&format!(r#"{{"statusCode":200,"body":"{{\"status\":\"{status}\"}}"}}"#)).is_empty()
            );
        }
        assert_eq!(lines(r#"{"statusCode":200,"body":"{\"status\":\"maybe\"}"}"#).len(), 2);
        let breaches = [
            (r#"{"body":"{\"status\":\"allow\"}"}"#, "/statusCode: missing; expected 200"),
            (r#"{"statusCode":403,"body":"{\"status\":\"deny\"}"}"#, "/statusCode: 403 found; expected 200"),
            (
                r#"{"statusCode":200,"body":"{\"status\":\"allow\",\"context\":{\"a\":1,\"b\":{}}}"}"#,
                "/body/context/b: object found; expected a string",
            ),
        ];
        for (answer, expected) in breaches {
            assert_eq!(lines(answer), [expected]);
        }
    }

    #[test]
    fn breaches_name_path_and_reason() {
        let expected = "expected a JSON object with statusCode, headers, body and isBase64Encoded";
        assert_eq!(lines(""), [format!("(answer): text that is not JSON found; {expected}")]);
        assert_eq!(lines("[]"), [format!("(answer): array found; {expected}")]);
        assert_eq!(
            lines(r#"{"statusCode":"200","headers":{"a/b":1,"c":[2]},"body":{}}"#),
            [
                "/statusCode: string found; expected an integer from 100 to 599",
                "/body: object found; expected a string",
                "/isBase64Encoded: missing; expected true or false",
                "/headers/a~1b: 1 found; expected a string or an array of strings",
                "/headers/c: array found; expected a string or an array of strings",
            ]
        );
        for status in ["99", "600", "200.0", "2e2", "null"] {
            let body =
                format!(r#"{{"statusCode":{status},"headers":{{}},"body":"","isBase64Encoded":false}}"#);
            assert_eq!(lines(&body).len(), 1, "{status}");
        }
    }
}
