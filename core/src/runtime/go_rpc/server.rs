//! The server: takes connections in, reads calls from them, and keeps who waits for an answer.

use super::frames::{Frames, invalid};
use super::incoming::{Incoming, Received};
use super::message::{HEALTH_CHECK, INVOKE, InvokeRequest, Request};
use super::peer::Peer;
use super::queue::Queue;
use super::{FRAME_MARGIN, handshake};
use crate::context::Headers;
use crate::response::{FunctionError, Reply};
use crate::runtime::buffers::Buffers;
use crate::runtime::stop::{Stop, Waited};
use crate::runtime::transport::{Arrival, Call, TransportError};
use std::collections::HashMap;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// As many as the platform hands an instance invocations at once, with some to spare. What comes beyond is closed.
const MOST_CONNECTIONS: usize = 1024;
/// How long to wait when the system gives no connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

const STOPPED: &str = "the function was stopped before it took the event";

/// What all connections share.
pub(super) struct Server {
    pub(super) queue: Queue,
    max_payload: usize,
    buffers: Buffers,
    next_number: AtomicU64,
    callers: Mutex<HashMap<u64, Caller>>,
    connections: Mutex<Vec<Weak<Peer>>>,
}

/// Who waits for an answer.
struct Caller {
    peer: Arc<Peer>,
    request: Request,
    is_async: bool,
}

impl Server {
    pub(super) fn new(max_payload: usize) -> Self {
        Self {
            queue: Queue::default(),
            max_payload,
            buffers: Buffers::default(),
            next_number: AtomicU64::default(),
            callers: Mutex::default(),
            connections: Mutex::default(),
        }
    }

    /// Takes connections in until the function is stopped, and then answers the events that nobody has taken.
    pub(super) fn accept_until(self: &Arc<Self>, listener: &TcpListener, stop: &Stop) {
        loop {
            match stop.wait_readable(listener, None) {
                Ok(Waited::Readable) if !stop.is_stopped() => {}
                Ok(_) => break,
                Err(_) if stop.wait(ACCEPT_PAUSE, None) => break,
                Err(_) => continue,
            }
            match listener.accept() {
                // A connection that cannot be served is closed, which its client sees.
                Ok((stream, _)) => drop(self.start(stream)),
                Err(_) if stop.wait(ACCEPT_PAUSE, None) => break,
                Err(_) => {}
            }
        }
        for arrival in self.queue.close() {
            self.refuse(&arrival);
        }
    }

    /// Ends all connections.
    pub(super) fn close(&self) {
        self.connections().iter().filter_map(Weak::upgrade).for_each(|peer| peer.close());
    }

    /// Answers a call, once.
    pub(super) fn reply(&self, call: &Call, reply: &Reply) -> Result<(), TransportError> {
        let caller = self.callers().remove(&call.number);
        let gone = || io::Error::new(io::ErrorKind::NotFound, "nobody waits for it");
        let sent = caller.ok_or_else(gone).and_then(|Caller { peer, request, is_async }| {
            peer.send(|encoder| match reply {
                // The result of an asynchronous invocation is not for its caller, as with the official SDK.
                Reply::Result { .. } if is_async => encoder.invoked(&request, 200, &[]),
                Reply::Result { body, .. } => encoder.invoked(&request, 200, body),
                Reply::Error { body } => encoder.failed(&request, &String::from_utf8_lossy(body)),
            })
        });
        sent.map_err(|source| TransportError::Connection { during: "sending a reply", source })
    }

    fn start(self: &Arc<Self>, stream: TcpStream) -> io::Result<()> {
        // Some systems hand down that the listener does not block.
        stream.set_nonblocking(false)?;
        let peer = Arc::new(Peer::new(stream)?);
        let frames = Frames::new(
            peer.stream().try_clone()?,
            self.max_payload.saturating_add(FRAME_MARGIN),
            self.buffers.clone(),
        );
        let mut connections = self.connections();
        connections.retain(|connection| connection.strong_count() > 0);
        if connections.len() == MOST_CONNECTIONS {
            return Ok(());
        }
        connections.push(Arc::downgrade(&peer));
        drop(connections);
        let server = self.clone();
        thread::Builder::new().name("fgruntime-rpc".to_owned()).spawn(move || {
            // Garbage, or a peer that is gone: whoever still waits for an answer gets it, if that is possible.
            let _ = Connection { server, peer, incoming: Incoming::new(frames) }.serve();
        })?;
        Ok(())
    }

    /// Hands an event over to the function.
    fn enqueue(&self, caller: Caller, headers: Headers, payload: Result<bytes::Bytes, TransportError>) {
        let number = self.next_number.fetch_add(1, Ordering::Relaxed);
        self.callers().insert(number, caller);
        let request_id = headers.get("X-Cff-Request-Id").unwrap_or_default().to_owned();
        let call = Call { request_id, number, is_initializer: false };
        let arrival = Arrival { call, headers, payload, arrived: Instant::now() };
        if let Err(arrival) = self.queue.push(arrival) {
            self.refuse(&arrival);
        }
    }

    /// Nobody will take the event any more.
    fn refuse(&self, arrival: &Arrival) {
        let error = FunctionError::new("FunctionNotReplied", STOPPED).to_json();
        // The process is about to end; its peer sees that as well.
        let _ = self.reply(&arrival.call, &Reply::Error { body: error.into() });
    }

    fn callers(&self) -> MutexGuard<'_, HashMap<u64, Caller>> {
        self.callers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connections(&self) -> MutexGuard<'_, Vec<Weak<Peer>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection, read by a thread of its own.
struct Connection {
    server: Arc<Server>,
    peer: Arc<Peer>,
    incoming: Incoming,
}

impl Connection {
    fn serve(mut self) -> io::Result<()> {
        if !handshake::accept(&mut self.incoming.frames, self.peer.stream())? {
            return Ok(());
        }
        while let Some(head) = self.incoming.head()? {
            let request = Request::read(&self.incoming.decoder, &head).map_err(invalid)?;
            let arguments = self.incoming.body()?;
            match request.service_method.as_str() {
                INVOKE => self.invoke(request, &arguments),
                HEALTH_CHECK => self.peer.send(|encoder| encoder.healthy(&request))?,
                unknown => {
                    let error = unknown_method(unknown);
                    self.peer.send(|encoder| encoder.failed(&request, &error))?;
                }
            }
        }
        Ok(())
    }

    fn invoke(&self, request: Request, arguments: &Received) {
        let limit = self.server.max_payload;
        let (headers, payload) = match arguments {
            Received::TooLarge(size) => {
                (Headers::default(), Err(TransportError::TooLarge { size: Some(*size), limit }))
            }
            Received::Value(value) => match InvokeRequest::read(&self.incoming.decoder, value) {
                Err(error) => (Headers::default(), Err(TransportError::Call(error.to_string()))),
                Ok(InvokeRequest { headers, payload }) if payload.len() > limit => {
                    let size = Some(payload.len() as u64);
                    (headers, Err(TransportError::TooLarge { size, limit }))
                }
                Ok(InvokeRequest { headers, payload }) => (headers, Ok(payload)),
            },
        };
        let invoke_type = headers.get("X-Cff-Invoke-Type").unwrap_or_default();
        let is_async = invoke_type.eq_ignore_ascii_case("async");
        let caller = Caller { peer: self.peer.clone(), request, is_async };
        self.server.enqueue(caller, headers, payload);
    }
}

/// The words of Go's `net/rpc`.
fn unknown_method(service_method: &str) -> String {
    match service_method.rsplit_once('.') {
        None => format!("rpc: service/method request ill-formed: {service_method}"),
        Some(("Function", _)) => format!("rpc: can't find method {service_method}"),
        Some(_) => format!("rpc: can't find service {service_method}"),
    }
}
