//! The custom runtime's transport: the function asks the platform for events over HTTP/1.1.
//!
//! The platform's documents say which requests there are. What they leave open is answered as tolerantly as the official
//! samples do: the wait for an event may be long, an answer may be empty, and every failure is only a reason to ask again.

mod body;
mod connection;

use super::address::{Address, InvalidAddress};
use super::buffers::Buffers;
use super::stop::{Stop, Waited};
use super::transport::{Arrival, Call, Next, Transport, TransportError};
use crate::context::Headers;
use crate::response::Reply;
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
    /// Connections whose request for an event has no answer yet, because whoever waited for it gave up. The event that
    /// will come over them must not be lost: the next one to ask takes them over.
    hanging: Mutex<Vec<Connection>>,
    stop: Arc<Stop>,
    max_payload: usize,
    buffers: Buffers,
}

impl Poll {
    pub(crate) fn new(address: &str, max_payload: usize, stop: Arc<Stop>) -> Result<Self, InvalidAddress> {
        let address = address.parse()?;
        Ok(Self {
            address,
            idle: Mutex::default(),
            hanging: Mutex::default(),
            stop,
            max_payload,
            buffers: Buffers::default(),
        })
    }

    /// Sends a request and reads the head of the answer.
    ///
    /// A kept connection may have been closed by the platform meanwhile; the request then goes over a new one. That is
    /// safe for replies too: the platform knows an invocation by its id and takes one reply.
    fn send(&self, request: &Request<'_>) -> Result<(Connection, Head), TransportError> {
        if let Some(mut connection) = pop(&self.idle) {
            match request.write(&mut connection, &self.address).and_then(|()| connection.read_head()) {
                Ok(head) => return Ok((connection, head)),
                Err(_) if connection.has_answered_nothing() => {}
                Err(error) => return Err(error),
            }
        }
        let mut connection = self.open_with(request)?;
        let head = connection.read_head()?;
        Ok((connection, head))
    }

    /// A new connection over which `request` has been sent.
    fn open_with(&self, request: &Request<'_>) -> Result<Connection, TransportError> {
        let mut connection = Connection::open(&self.address)?;
        request.write(&mut connection, &self.address)?;
        Ok(connection)
    }

    /// A connection over which an event has been asked for.
    fn ask(&self) -> Result<Connection, TransportError> {
        let request = Request::get(NEXT);
        if let Some(connection) = pop(&self.hanging) {
            return Ok(connection);
        }
        if let Some(mut connection) = pop(&self.idle)
            && request.write(&mut connection, &self.address).is_ok()
        {
            return Ok(connection);
        }
        self.open_with(&request)
    }

    /// Waits for the head of an answer that has an event.
    fn await_event(&self, deadline: Option<Instant>) -> Result<Next<(Connection, Head)>, TransportError> {
        loop {
            let mut connection = self.ask()?;
            match connection.wait(&self.stop, deadline)? {
                Waited::Stopped => return Ok(Next::Stopped),
                Waited::TimedOut => {
                    push(&self.hanging, connection);
                    return Ok(Next::TimedOut);
                }
                Waited::Readable => {}
            }
            match connection.read_head() {
                Ok(head) => return Ok(Next::Invocation((connection, head))),
                Err(_) if connection.is_kept() && connection.has_answered_nothing() => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn keep(&self, connection: Connection, head: &Head) {
        if head.keep_alive && connection.is_clean() {
            push(&self.idle, connection.kept());
        }
    }

    /// What the platform says about a refusal.
    fn refusal(&self, mut connection: Connection, head: &Head) -> TransportError {
        let message = body::read(&mut connection, head, MESSAGE_LIMIT, &self.buffers).map(|bytes| {
            self.keep(connection, head);
            String::from_utf8_lossy(&bytes).trim().to_owned()
        });
        TransportError::Status { status: head.status, message: message.unwrap_or_default() }
    }
}

impl Transport for Poll {
    fn next(&self, deadline: Option<Instant>) -> Result<Next<Arrival>, TransportError> {
        if self.stop.is_stopped() {
            return Ok(Next::Stopped);
        }
        let (mut connection, mut head) = match self.await_event(deadline)? {
            Next::Invocation(answer) => answer,
            Next::TimedOut => return Ok(Next::TimedOut),
            Next::Stopped => return Ok(Next::Stopped),
        };
        let arrived = Instant::now();
        if head.status != 200 {
            return Err(self.refusal(connection, &head));
        }
        let headers = std::mem::take(&mut head.headers);
        let request_id = request_id(&headers);
        let payload = body::read(&mut connection, &head, self.max_payload, &self.buffers);
        if payload.is_ok() {
            self.keep(connection, &head);
        }
        let request_id = request_id.ok_or(TransportError::NoRequestId)?;
        let payload = payload.map(|payload| self.buffers.lend(payload));
        let call = Call { request_id, number: 0, is_initializer: false };
        Ok(Next::Invocation(Arrival { call, headers, payload, arrived }))
    }

    fn reply(&self, call: &Call, reply: &Reply) -> Result<(), TransportError> {
        let (outcome, body, content_type) = match reply {
            Reply::Result { body, content_type } => ("response", body, *content_type),
            Reply::Error { body } => ("error", body, Some("application/json")),
        };
        let id = percent_encoding::utf8_percent_encode(&call.request_id, PATH_SEGMENT);
        let path = format!("/v1/runtime/invocation/{outcome}/{id}");
        let (mut connection, head) = self.send(&Request::post(&path, body, content_type))?;
        if !(200..300).contains(&head.status) {
            return Err(self.refusal(connection, &head));
        }
        // The answer to a reply has nothing to say, but it must be out of the way of the next one.
        if body::read(&mut connection, &head, MESSAGE_LIMIT, &self.buffers).is_ok() {
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

fn pop(connections: &Mutex<Vec<Connection>>) -> Option<Connection> {
    connections.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

fn push(connections: &Mutex<Vec<Connection>>, connection: Connection) {
    connections.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
}

struct Request<'r> {
    method: &'static str,
    path: &'r str,
    body: &'r [u8],
    content_type: Option<&'static str>,
}

impl<'r> Request<'r> {
    fn get(path: &'r str) -> Self {
        Self { method: "GET", path, body: &[], content_type: None }
    }

    fn post(path: &'r str, body: &'r [u8], content_type: Option<&'static str>) -> Self {
        Self { method: "POST", path, body, content_type }
    }

    fn write(&self, connection: &mut Connection, address: &Address) -> Result<(), TransportError> {
        connection.write(self.head(address), self.body)
    }

    fn head(&self, address: &Address) -> String {
        use std::fmt::Write as _;
        let mut head = String::with_capacity(512);
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
