//! The head of a request: read strictly, because whoever reads it otherwise than a proxy before us takes a part of one caller's body
//! for the request of another (RFC 9112, 11.2).

use super::refusal::Refusal;
use crate::context::Headers;
use std::borrow::Cow;
use std::mem::MaybeUninit;

/// The longest head, and the most headers in it.
pub(super) const HEAD_LIMIT: usize = 64 << 10;
const HEADER_LIMIT: usize = 128;

/// What comes before a request's body.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) method: Cow<'static, str>,
    /// A path with its query, or `*`.
    pub(super) target: String,
    pub(super) headers: Headers,
    pub(super) framing: Framing,
    /// HTTP/1.0, where connections end unless both sides say that they are kept.
    pub(super) is_old: bool,
    pub(super) keep_alive: bool,
    pub(super) expects_continue: bool,
}

/// Where a request's body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Length(u64),
    Chunked,
}

/// How far a head's end has been looked for: each byte is looked at once, however they arrive.
#[derive(Clone, Copy, Default)]
pub(super) struct Search {
    at: usize,
    lines: usize,
}

/// How many bytes of empty lines there are before the head, which some send after a body (RFC 9112, 2.2).
pub(super) fn blank(bytes: &[u8]) -> usize {
    bytes.chunks_exact(2).take_while(|line| line == b"\r\n").count() * 2
}

/// The head at the beginning of `bytes` and its length; None as long as it is not whole. `search` is where looking for its end goes on,
/// and begins anew with the next one.
pub(super) fn parse(bytes: &[u8], search: &mut Search) -> Result<Option<(Head, usize)>, Refusal> {
    let Some(end) = search.end(&bytes[..bytes.len().min(HEAD_LIMIT)])? else {
        let is_too_large = bytes.len() > HEAD_LIMIT;
        return if is_too_large { Err(Refusal::head_too_large("64 KiB")) } else { Ok(None) };
    };
    let known = &bytes[..end];

    let mut storage = [const { MaybeUninit::uninit() }; HEADER_LIMIT];
    let mut request = httparse::Request::new(&mut []);
    match request.parse_with_uninit_headers(known, &mut storage) {
        Ok(httparse::Status::Complete(length)) if length == end => {}
        Ok(_) => return Err(Refusal::malformed("its head does not end where it seems to")),
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::head_too_large("128 headers")),
        Err(error) => return Err(Refusal::malformed(error.to_string())),
    }
    let mut headers = Headers::with_capacity(request.headers.len(), known.len());
    for header in request.headers.iter() {
        headers.append_bytes(header.name, header.value);
    }
    let is_old = request.version == Some(0);
    let host = host(&headers, is_old)?;
    let head = Head {
        method: method(request.method.unwrap_or_default()),
        target: target(request.method.unwrap_or_default(), request.path.unwrap_or_default(), host)?,
        framing: framing(&headers, is_old)?,
        is_old,
        keep_alive: keep_alive(&headers, is_old),
        expects_continue: !is_old && expects_continue(&headers),
        headers,
    };
    Ok(Some((head, end)))
}

/// Needs memory of its own only if it is a rare one.
fn method(name: &str) -> Cow<'static, str> {
    let common = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"];
    let known = common.into_iter().find(|known| *known == name);
    known.map_or_else(|| name.to_owned().into(), Cow::from)
}

impl Search {
    /// Where the head ends. Some take a line feed alone for the end of a line; who does so sees other lines than who does not.
    fn end(&mut self, bytes: &[u8]) -> Result<Option<usize>, Refusal> {
        for line_feed in memchr::memchr_iter(b'\n', &bytes[self.at..]) {
            let known = &bytes[..=self.at + line_feed];
            if !known.ends_with(b"\r\n") {
                return Err(Refusal::malformed("a line ends with a line feed alone"));
            }
            if known.ends_with(b"\r\n\r\n") {
                *self = Self::default();
                return Ok(Some(known.len()));
            }
            self.lines += 1;
            // The first line is no header.
            if self.lines > HEADER_LIMIT + 1 {
                return Err(Refusal::head_too_large("128 headers"));
            }
        }
        self.at = bytes.len();
        Ok(None)
    }
}

/// Whom the request is for; nobody says so in HTTP/1.0.
fn host(headers: &Headers, is_old: bool) -> Result<Option<&str>, Refusal> {
    let mut hosts = headers.get_all("Host");
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if host.bytes().all(is_of_host) => Ok(Some(host)),
        (Some(host), None) => Err(Refusal::malformed(format!("its Host {host:?} is none"))),
        (None, _) if is_old => Ok(None),
        (None, _) => Err(Refusal::malformed("it has no Host")),
        _ => Err(Refusal::malformed("it has several Hosts")),
    }
}

/// What names and addresses of hosts, with a port, are written with. A comma, which would be allowed, is how proxies join two headers.
fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+;=:[]".contains(&byte)
}

/// A path with its query. The host that comes before it when a proxy is asked must be `Host`: of two, others may take the other.
fn target(method: &str, target: &str, host: Option<&str>) -> Result<String, Refusal> {
    if target.contains('#') {
        return Err(Refusal::malformed(format!("its target {target:?} has a fragment")));
    }
    if target.starts_with('/') || (target == "*" && method == "OPTIONS") {
        return Ok(target.to_owned());
    }
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let Some(scheme) = scheme else {
        return Err(Refusal::malformed(format!("its target {target:?} is no path")));
    };
    let rest = &target[scheme.len()..];
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let is_host = host.is_none_or(|host| host.eq_ignore_ascii_case(authority));
    if authority.is_empty() || !authority.bytes().all(is_of_host) || !is_host {
        return Err(Refusal::malformed(format!("its target {target:?} is for another host than its Host")));
    }
    Ok(if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
}

fn framing(headers: &Headers, is_old: bool) -> Result<Framing, Refusal> {
    let mut encodings = headers.get_all("Transfer-Encoding");
    let mut lengths = headers.get_all("Content-Length");
    match (encodings.next(), encodings.next(), lengths.next(), lengths.next()) {
        (None, _, None, _) => Ok(Framing::Length(0)),
        (None, _, Some(length), None) => whole_number(length).map(Framing::Length),
        (None, _, Some(_), Some(_)) => Err(Refusal::malformed("it has several Content-Lengths")),
        (Some(_), _, Some(_), _) => {
            Err(Refusal::malformed("it has both a Content-Length and a Transfer-Encoding"))
        }
        (Some(_), _, None, _) if is_old => Err(Refusal::malformed("HTTP/1.0 knows no Transfer-Encoding")),
        (Some(encoding), None, None, _) if encoding.eq_ignore_ascii_case("chunked") => Ok(Framing::Chunked),
        (Some(_), _, None, _) => Err(Refusal::malformed("its Transfer-Encoding is not chunked")),
    }
}

/// Digits only: no sign, no blanks, no list.
fn whole_number(text: &str) -> Result<u64, Refusal> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_digits.then(|| text.parse().ok()).flatten();
    number.ok_or_else(|| Refusal::malformed(format!("its Content-Length {text:?} is not a whole number")))
}

fn keep_alive(headers: &Headers, is_old: bool) -> bool {
    let named = |word: &str| {
        let options = headers.get_all("Connection").flat_map(|value| value.split(','));
        options.map(str::trim).any(|option| option.eq_ignore_ascii_case(word))
    };
    if is_old { named("keep-alive") } else { !named("close") }
}

fn expects_continue(headers: &Headers) -> bool {
    let mut expected = headers.get_all("Expect").flat_map(|value| value.split(','));
    expected.any(|expected| expected.trim().eq_ignore_ascii_case("100-continue"))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(not(miri))]
    use proptest::prelude::*;

    fn read(request: &str) -> Result<Option<(Head, usize)>, u16> {
        parse(request.as_bytes(), &mut Search::default()).map_err(|refusal| refusal.status)
    }

    fn whole(request: &str) -> Head {
        let (head, length) = read(request).unwrap().unwrap();
        assert_eq!(length, request.len());
        head
    }

    #[test]
    fn a_whole_head_is_read() {
        let head = whole("POST /invoke?a=b HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\n\r\n");
        assert_eq!((&*head.method, head.target.as_str()), ("POST", "/invoke?a=b"));
        assert_eq!((head.framing, head.keep_alive), (Framing::Length(12), true));
        assert!(!whole("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n").keep_alive);
        assert!(!whole("GET / HTTP/1.0\r\n\r\n").keep_alive);
        assert!(whole("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
        let chunked = whole(
            "PUT / HTTP/1.1\r\nHost: h\r\ntransfer-encoding: Chunked\r\nExpect: x, 100-Continue\r\n\r\n",
        );
        assert_eq!((chunked.framing, chunked.expects_continue), (Framing::Chunked, true));
        for (target, path) in
            [("http://h/a?b", "/a?b"), ("HTTPS://H", "/"), ("http://h?q", "/?q"), ("//double", "//double")]
        {
            assert_eq!(whole(&format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n")).target, path);
        }
        assert_eq!(whole("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").target, "*");
    }

    #[test]
    fn what_is_not_whole_is_waited_for() {
        let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        let mut search = Search::default();
        for end in 0..request.len() {
            assert!(read(&request[..end]).unwrap().is_none(), "{end}");
            assert!(parse(&request.as_bytes()[..end], &mut search).unwrap().is_none(), "{end}");
        }
        assert_eq!(parse(request.as_bytes(), &mut search).unwrap().unwrap().1, request.len());
    }

    #[test]
    fn empty_lines_before_a_head_are_none_of_it() {
        for (bytes, length) in
            [("", 0), ("\r", 0), ("\r\n", 2), ("\r\n\r\n\r", 4), ("G\r\n", 0), ("\n\r\n", 0)]
        {
            assert_eq!(blank(bytes.as_bytes()), length, "{bytes:?}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for headers in [
            "Host: h\r\nContent-Length: 1\r\nContent-Length: 1",
            "Host: h\r\nContent-Length: 1\r\nContent-Length: 2",
            "Host: h\r\nContent-Length: 1, 1",
            "Host: h\r\nContent-Length: +1",
            "Host: h\r\nContent-Length: 0x1",
            "Host: h\r\nContent-Length: ",
            "Host: h\r\nContent-Length: 99999999999999999999",
            "Host: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
            "Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Host: h\r\nTransfer-Encoding: chunked, chunked",
            "Host: h\r\nTransfer-Encoding: xchunked",
            "Host: h\r\nTransfer-Encoding: identity",
            "Host: h\r\nTransfer-Encoding: \x0bchunked",
            "Host: h\r\nTransfer-Encoding : chunked",
            "Host: h\r\nX: a\r\n b",
            "Host: h\r\nX: a\nY: b",
            "Host: h\nX: a",
            "Host: h\r\nX: a\0b",
            "Host: h\r\nX\0: a",
            "Host: h\r\nX: a\rb",
            "Host: h\r\n: a",
            "Host: h\r\nHost: i",
            "Host: a b",
            "Host: a,b",
            "Host: a/b",
            "Host: u@h",
            "X: no host",
        ] {
            assert_eq!(read(&format!("GET / HTTP/1.1\r\n{headers}\r\n\r\n")).err(), Some(400), "{headers:?}");
        }
        for line in [
            "GET  / HTTP/1.1",
            "GET / HTTP/1.1 ",
            "GET /a b HTTP/1.1",
            "GET x HTTP/1.1",
            "GET * HTTP/1.1",
            "CONNECT h:1 HTTP/1.1",
            "GET http://other/ HTTP/1.1",
            "GET http://h:1/ HTTP/1.1",
            "GET http:///a HTTP/1.1",
            "GET http://u@h/ HTTP/1.1",
            "GET /a#b HTTP/1.1",
        ] {
            assert_eq!(read(&format!("{line}\r\nHost: h\r\n\r\n")).err(), Some(400), "{line:?}");
        }
        assert_eq!(read("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").err(), Some(400));
        assert_eq!(read("PRI * HTTP/2.0\r\n\r\n").err(), Some(400));
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes an interpreter minutes")]
    fn limits_have_their_status() {
        let many = "X: y\r\n".repeat(HEADER_LIMIT + 1);
        assert_eq!(read(&format!("GET / HTTP/1.1\r\n{many}\r\n")).err(), Some(431));
        let lines = "a\r\n".repeat(HEADER_LIMIT + 2);
        assert_eq!(read(&format!("GET / HTTP/1.1\r\n{lines}")).err(), Some(431));
        let long = format!("GET / HTTP/1.1\r\nX: {}", "y".repeat(HEAD_LIMIT));
        assert_eq!(read(&long).err(), Some(431));
        assert_eq!(read(&format!("{long}\r\n\r\n")).err(), Some(431));
    }

    #[cfg(not(miri))] // An interpreter takes minutes for them.
    proptest! {
        #[test]
        fn garbage_never_panics(bytes: Vec<u8>, head in "[A-Z]{1,4} /[ -~]{0,20} HTTP/1\\.[01]\r\n([ -~]{0,20}\r?\n){0,5}") {
            let _ = parse(&bytes, &mut Search::default());
            let _ = parse(head.as_bytes(), &mut Search::default());
        }
    }
}
