//! One kept HTTP/1.1 connection to the platform.

use super::TransportError;
use crate::context::Headers;
use crate::runtime::address::Address;
use crate::runtime::stop::{Stop, Waited};
use rustix::buffer::spare_capacity;
use rustix::io::retry_on_intr;
use std::io::{self, Write};
use std::mem::MaybeUninit;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long the platform may pause once it has begun to answer. Waiting for an event has no limit.
const STALL_TIMEOUT: Duration = Duration::from_secs(30);
const STALLED: &str = "no progress for 30 seconds";
const HEAD_LIMIT: usize = 64 << 10;
const HEADER_LIMIT: usize = 128;
/// A body up to this size goes out together with its head.
const ONE_WRITE: usize = 64 << 10;
const READ_SIZE: usize = 16 << 10;

/// The head of an answer.
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) framing: Framing,
    pub(super) keep_alive: bool,
}

/// Where an answer's body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Length(u64),
    Chunked,
    UntilClose,
}

pub(super) struct Connection {
    stream: TcpStream,
    /// What has been read and not used yet.
    buffer: Vec<u8>,
    answered: bool,
    kept: bool,
}

impl Connection {
    pub(super) fn open(address: &Address) -> Result<Self, TransportError> {
        let stream = address.connect()?;
        let set_up = || {
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(STALL_TIMEOUT))?;
            stream.set_write_timeout(Some(STALL_TIMEOUT))
        };
        set_up().map_err(during("setting it up"))?;
        Ok(Self { stream, buffer: Vec::with_capacity(READ_SIZE), answered: false, kept: false })
    }

    pub(super) fn write(&mut self, head: String, body: &[u8]) -> Result<(), TransportError> {
        self.answered = false;
        let mut head = head.into_bytes();
        let write = if body.len() <= ONE_WRITE {
            head.extend_from_slice(body);
            self.stream.write_all(&head)
        } else {
            self.stream.write_all(&head).and_then(|()| self.stream.write_all(body))
        };
        write.map_err(during("sending a request"))
    }

    /// Waits until the answer begins.
    pub(super) fn wait(&self, stop: &Stop, deadline: Option<Instant>) -> Result<Waited, TransportError> {
        stop.wait_readable(&self.stream, deadline).map_err(during("waiting for an event"))
    }

    /// Whether the connection broke before the first byte of an answer, so that the request may be sent again.
    pub(super) fn has_answered_nothing(&self) -> bool {
        !self.answered
    }

    /// Whether the connection has served a request before, so that it may have been closed meanwhile.
    pub(super) fn is_kept(&self) -> bool {
        self.kept
    }

    pub(super) fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// Whether nothing is left over of the last answer.
    pub(super) fn is_clean(&self) -> bool {
        self.buffer.is_empty()
    }

    pub(super) fn read_head(&mut self) -> Result<Head, TransportError> {
        loop {
            if let Some((head, length)) = parse_head(&self.buffer)? {
                self.buffer.drain(..length);
                // 1xx announces that the real answer is still to come.
                if head.status >= 200 {
                    return Ok(head);
                }
                continue;
            }
            if self.buffer.len() > HEAD_LIMIT {
                return Err(malformed(format_args!("its head exceeds {HEAD_LIMIT} bytes")));
            }
            if self.fill()? == 0 {
                let source = io::Error::new(io::ErrorKind::UnexpectedEof, "closed by the platform");
                return Err(TransportError::Connection { during: "waiting for an answer", source });
            }
        }
    }

    /// Reads more into the buffer; 0 at the end.
    pub(super) fn fill(&mut self) -> Result<usize, TransportError> {
        self.buffer.reserve(READ_SIZE);
        let read = read(&self.stream, &mut self.buffer);
        self.answered |= matches!(read, Ok(1..));
        read.map_err(during("reading an answer"))
    }

    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Appends up to `count` bytes to `out`, first from the buffer; fewer only at the end.
    pub(super) fn read_up_to(&mut self, count: u64, out: &mut Vec<u8>) -> Result<(), TransportError> {
        let end = out.len().saturating_add(usize::try_from(count).unwrap_or(usize::MAX));
        let buffered = self.buffer.len().min(end - out.len());
        out.extend(self.buffer.drain(..buffered));
        while out.len() < end {
            if out.len() == out.capacity() {
                out.reserve(READ_SIZE.min(end - out.len()));
            }
            if read(&self.stream, out).map_err(during("reading an event"))? == 0 {
                break;
            }
        }
        // The room may have been larger than what was asked for.
        self.buffer.extend(out.drain(end.min(out.len())..));
        Ok(())
    }
}

/// Appends what has arrived to `out`, as much as it has room for; 0 at the end.
fn read(stream: &TcpStream, out: &mut Vec<u8>) -> io::Result<usize> {
    Ok(retry_on_intr(|| rustix::io::read(stream, spare_capacity(out)))?)
}

fn parse_head(bytes: &[u8]) -> Result<Option<(Head, usize)>, TransportError> {
    let mut storage = [const { MaybeUninit::uninit() }; HEADER_LIMIT];
    let mut response = httparse::Response::new(&mut []);
    let parser = httparse::ParserConfig::default();
    let length = match parser.parse_response_with_uninit_headers(&mut response, bytes, &mut storage) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(malformed(error)),
    };
    let mut headers = Headers::with_capacity(response.headers.len(), bytes[..length].len());
    for header in response.headers.iter() {
        headers.append_bytes(header.name, header.value);
    }
    let status = response.code.unwrap_or_default();
    let framing = framing(status, &headers)?;
    let named = |word: &str| {
        let connection = headers.get("Connection").unwrap_or_default();
        connection.split(',').any(|option| option.trim().eq_ignore_ascii_case(word))
    };
    let persistent = if response.version == Some(0) { named("keep-alive") } else { !named("close") };
    let keep_alive = persistent && framing != Framing::UntilClose;
    Ok(Some((Head { status, headers, framing, keep_alive }, length)))
}

fn framing(status: u16, headers: &Headers) -> Result<Framing, TransportError> {
    if status < 200 || status == 204 || status == 304 {
        return Ok(Framing::Length(0));
    }
    if let Some(encoding) = headers.get("Transfer-Encoding") {
        if encoding.trim().eq_ignore_ascii_case("chunked") {
            return Ok(Framing::Chunked);
        }
        return Err(malformed(format_args!("unknown Transfer-Encoding {encoding:?}")));
    }
    match headers.get("Content-Length") {
        Some(length) => match length.trim().parse() {
            Ok(length) => Ok(Framing::Length(length)),
            Err(_) => Err(malformed(format_args!("Content-Length {length:?} is not a number"))),
        },
        None => Ok(Framing::UntilClose),
    }
}

pub(super) fn malformed(what: impl std::fmt::Display) -> TransportError {
    TransportError::Malformed(what.to_string())
}

fn during(what: &'static str) -> impl Fn(io::Error) -> TransportError {
    move |source| {
        let stalled = matches!(source.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
        let source = if stalled { io::Error::new(io::ErrorKind::TimedOut, STALLED) } else { source };
        TransportError::Connection { during: what, source }
    }
}
