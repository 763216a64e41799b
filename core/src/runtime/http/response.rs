//! An answer, and its bytes.

use super::mode::{REQUEST_ID, is_header_value};
use crate::context::Headers;
use crate::response::FunctionError;
use bytes::Bytes;
use jiff::Timestamp;
use std::sync::{Mutex, PoisonError};

/// What a request is answered with.
#[derive(Clone, Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    /// Names and values that hold no line ends. Those that say where the answer ends are not among them.
    pub(super) headers: Vec<(String, String)>,
    /// The context's headers of the request, which say its id.
    request: Option<Headers>,
    pub(super) content_type: Option<&'static str>,
    pub(super) body: Bytes,
}

impl Response {
    pub(super) fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), request: None, content_type: None, body: Bytes::new() }
    }

    pub(super) fn of_error(status: u16, error: FunctionError) -> Self {
        Self::new(status).with_body(error.to_json().into(), Some("application/json"))
    }

    pub(super) fn with_body(mut self, body: Bytes, content_type: Option<&'static str>) -> Self {
        self.body = body;
        self.content_type = content_type;
        self
    }

    /// Says which request it is for.
    pub(super) fn with_id(self, context: &Headers) -> Self {
        Self { request: Some(context.clone()), ..self }
    }

    /// Appends the head as it goes out; `connection` is what becomes of the connection, if that needs to be said.
    pub(super) fn write_head(&self, connection: Option<&str>, out: &mut Vec<u8>) {
        out.reserve(256 + self.headers.len() * 64);
        let mut number = itoa::Buffer::new();
        for text in ["HTTP/1.1 ", number.format(self.status), " ", reason(self.status), "\r\n"] {
            out.extend_from_slice(text.as_bytes());
        }
        write_date(out);
        for (name, value) in &self.headers {
            write_header(name, value, out);
        }
        let id = self.request.as_ref().and_then(|request| request.get(REQUEST_ID));
        if let Some(id) = id.filter(|id| is_header_value(id)) {
            write_header(REQUEST_ID, id, out);
        }
        if let Some(content_type) = self.content_type {
            write_header("Content-Type", content_type, out);
        }
        if may_have_body(self.status) {
            write_header("Content-Length", number.format(self.body.len()), out);
        }
        if let Some(connection) = connection {
            write_header("Connection", connection, out);
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// Answers with these statuses end with their head, whatever it says.
pub(super) fn may_have_body(status: u16) -> bool {
    !(status < 200 || status == 204 || status == 304)
}

fn write_header(name: &str, value: &str, out: &mut Vec<u8>) {
    for text in [name, ": ", value, "\r\n"] {
        out.extend_from_slice(text.as_bytes());
    }
}

/// A header that RFC 9110 asks of every server with a clock. It changes once a second.
fn write_date(out: &mut Vec<u8>) {
    static LAST: Mutex<(i64, String)> = Mutex::new((i64::MIN, String::new()));
    let now = Timestamp::now();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if last.0 != now.as_second() {
        *last = (now.as_second(), now.strftime("Date: %a, %d %b %Y %H:%M:%S GMT\r\n").to_string());
    }
    out.extend_from_slice(last.1.as_bytes());
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        // RFC 9112 lets it be empty.
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(response: &Response, connection: Option<&str>) -> String {
        let mut head = Vec::new();
        response.write_head(connection, &mut head);
        String::from_utf8(head).unwrap()
    }

    fn head(response: &Response, connection: Option<&str>) -> Vec<String> {
        let head = text(response, connection);
        assert!(head.ends_with("\r\n\r\n"), "{head:?}");
        let lines = head.lines().filter(|line| !line.starts_with("Date: ") && !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    #[test]
    fn a_head_says_where_the_answer_ends() {
        let mut response = Response::new(200).with_body("abc".into(), Some("text/plain"));
        response.headers.push(("X".to_owned(), "y".to_owned()));
        let expected = ["HTTP/1.1 200 OK", "X: y", "Content-Type: text/plain", "Content-Length: 3"];
        assert_eq!(head(&response, None), expected);
        assert_eq!(head(&Response::new(204), None), ["HTTP/1.1 204 No Content"]);
        assert_eq!(
            head(&Response::new(299), Some("close")),
            ["HTTP/1.1 299 ", "Content-Length: 0", "Connection: close"]
        );
    }

    #[test]
    fn the_date_is_as_http_writes_it() {
        let head = text(&Response::new(200), None);
        let date = head.lines().find_map(|line| line.strip_prefix("Date: ")).unwrap();
        assert_eq!(date.len(), "Sun, 06 Nov 1994 08:49:37 GMT".len(), "{date}");
        let read = jiff::fmt::rfc2822::parse(date).unwrap().timestamp();
        assert!((Timestamp::now().as_second() - read.as_second()).abs() <= 2, "{date}");
    }
}
