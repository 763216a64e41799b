//! The custom runtime's transport: the function asks the platform for events over HTTP/1.1.
//!
//! The platform's documents say which requests there are. What they leave open is answered as tolerantly as the official
//! samples do: the wait for an event may be long, an answer may be empty, and every failure is only a reason to ask again.

mod address;
mod body;
mod connection;

pub use address::InvalidAddress;

use super::stop::Stop;
use super::transport::{Arrival, Transport, TransportError};
use crate::context::Headers;
use crate::response::Reply;
use address::Address;
use connection::{Connection, Head};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

const NEXT: &str = "/v1/runtime/invocation/request";
/// How much of a refusal is read and told.
const MESSAGE_LIMIT: usize = 4096;

/// Polls `RUNTIME_API_ADDR`. Each request has a connection to itself, so that a reply never waits behind a hanging poll;
/// connections are kept for the next request.
pub(crate) struct Poll {
    address: Address,
    idle: Mutex<Vec<Connection>>,
    stop: Arc<Stop>,
    max_payload: usize,
}

impl Poll {
    pub(crate) fn new(address: &str, max_payload: usize, stop: Arc<Stop>) -> Result<Self, InvalidAddress> {
        Ok(Self { address: address.parse()?, idle: Mutex::default(), stop, max_payload })
    }

    /// Sends a request and waits for the head of the answer; None if stopped while waiting, where waiting may be long.
    ///
    /// A kept connection may have been closed by the platform meanwhile; the request then goes over a new one. That is
    /// safe for replies too: the platform knows an invocation by its id and takes one reply.
    fn send(&self, request: &Request<'_>) -> Result<Option<(Connection, Head)>, TransportError> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(mut connection) = kept {
            match self.exchange(&mut connection, request) {
                Ok(head) => return Ok(head.map(|head| (connection, head))),
                Err(_) if connection.has_answered_nothing() => {}
                Err(error) => return Err(error),
            }
        }
        let mut connection = Connection::open(&self.address)?;
        let head = self.exchange(&mut connection, request)?;
        Ok(head.map(|head| (connection, head)))
    }

    fn exchange(
        &self,
        connection: &mut Connection,
        request: &Request<'_>,
    ) -> Result<Option<Head>, TransportError> {
        connection.write(&request.head(&self.address), request.body)?;
        if request.may_wait && !connection.wait(&self.stop)? {
            return Ok(None);
        }
        connection.read_head().map(Some)
    }

    fn keep(&self, connection: Connection, head: &Head) {
        if head.keep_alive && connection.is_clean() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }

    /// What the platform says about a refusal.
    fn refusal(&self, mut connection: Connection, head: &Head) -> TransportError {
        let message = body::read(&mut connection, head, MESSAGE_LIMIT).map(|bytes| {
            self.keep(connection, head);
            String::from_utf8_lossy(&bytes).trim().to_owned()
        });
        TransportError::Status { status: head.status, message: message.unwrap_or_default() }
    }
}

impl Transport for Poll {
    fn next(&self) -> Result<Option<Arrival>, TransportError> {
        if self.stop.is_stopped() {
            return Ok(None);
        }
        let Some((mut connection, mut head)) = self.send(&Request::get(NEXT))? else { return Ok(None) };
        let arrived = Instant::now();
        if head.status != 200 {
            return Err(self.refusal(connection, &head));
        }
        let headers = std::mem::take(&mut head.headers);
        let request_id = request_id(&headers);
        let payload = body::read(&mut connection, &head, self.max_payload);
        if payload.is_ok() {
            self.keep(connection, &head);
        }
        let request_id = request_id.ok_or(TransportError::NoRequestId)?;
        Ok(Some(Arrival { request_id, headers, payload: payload.map(Into::into), arrived }))
    }

    fn reply(&self, request_id: &str, reply: &Reply) -> Result<(), TransportError> {
        let (outcome, body, content_type) = match reply {
            Reply::Result { body, content_type } => ("response", body, *content_type),
            Reply::Error { body } => ("error", body, Some("application/json")),
        };
        let id = percent_encoding::utf8_percent_encode(request_id, PATH_SEGMENT);
        let path = format!("/v1/runtime/invocation/{outcome}/{id}");
        let Some((mut connection, head)) = self.send(&Request::post(&path, body, content_type))? else {
            return Ok(());
        };
        if !(200..300).contains(&head.status) {
            return Err(self.refusal(connection, &head));
        }
        // The answer to a reply has nothing to say, but it must be out of the way of the next one.
        if body::read(&mut connection, &head, MESSAGE_LIMIT).is_ok() {
            self.keep(connection, &head);
        }
        Ok(())
    }
}

fn request_id(headers: &Headers) -> Option<String> {
    headers.get("X-Cff-Request-Id").filter(|id| !id.is_empty()).map(str::to_owned)
}

/// What stays as it is in one segment of a path.
const PATH_SEGMENT: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

struct Request<'r> {
    method: &'static str,
    path: &'r str,
    body: &'r [u8],
    content_type: Option<&'static str>,
    /// Whether the answer may take any time, so that a stop has to end the waiting.
    may_wait: bool,
}

impl<'r> Request<'r> {
    fn get(path: &'r str) -> Self {
        Self { method: "GET", path, body: &[], content_type: None, may_wait: true }
    }

    fn post(path: &'r str, body: &'r [u8], content_type: Option<&'static str>) -> Self {
        Self { method: "POST", path, body, content_type, may_wait: false }
    }

    fn head(&self, address: &Address) -> String {
        use std::fmt::Write as _;
        let mut head = String::with_capacity(256);
        let _ = write!(head, "{} {} HTTP/1.1\r\nHost: {address}\r\n", self.method, self.path);
        if let Some(content_type) = self.content_type {
            let _ = write!(head, "Content-Type: {content_type}\r\n");
        }
        if self.method == "POST" {
            let _ = write!(head, "Content-Length: {}\r\n", self.body.len());
        }
        head.push_str("\r\n");
        head
    }
}
