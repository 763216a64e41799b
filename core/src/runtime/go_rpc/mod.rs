//! The transport of the platform's Go 1.x runtime: the platform calls the function over Go's `net/rpc`.
//!
//! What goes over the wire is known from the source of the official SDK for Go, and from what it answers when it is run: the
//! documents say nothing of it.

mod client;
mod frames;
pub mod gob;
mod handshake;
mod incoming;
pub mod message;
mod peer;
mod queue;
mod server;
#[cfg(test)]
#[cfg(not(miri))] // They read megabytes, byte by byte: an interpreter takes minutes for them.
mod tests;

pub use client::{CallError, Client};

use super::address::{Address, InvalidAddress};
use super::stop::Stop;
use super::transport::{Arrival, Call, Next, Transport, TransportError};
use crate::response::Reply;
use server::Server;
use std::io;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

/// How much larger than its payload a message may be.
const FRAME_MARGIN: usize = 1 << 20;
/// How many connections the system keeps until they are taken in.
const BACKLOG: i32 = 128;

/// Serves `RUNTIME_API_ADDR`. The address is taken when this is made; it is listened to when the first event is asked for, so that the
/// platform does not find a function whose initializer is still running.
pub(crate) struct GoRpc {
    server: Arc<Server>,
    stop: Arc<Stop>,
    listening: Mutex<Listening>,
}

enum Listening {
    NotYet(OwnedFd),
    Since(Option<JoinHandle<()>>),
}

/// Why the function cannot be served.
pub(crate) enum BindError {
    Address(InvalidAddress),
    Refused(io::Error),
}

impl GoRpc {
    pub(crate) fn new(address: &str, max_payload: usize, stop: Arc<Stop>) -> Result<Self, BindError> {
        let address = Address::to_listen_on(address).map_err(BindError::Address)?;
        let socket = address.bind().map_err(BindError::Refused)?;
        let listening = Mutex::new(Listening::NotYet(socket));
        Ok(Self { server: Arc::new(Server::new(max_payload)), stop, listening })
    }

    /// Listens from the first call on.
    fn listen(&self) -> io::Result<()> {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        let Listening::NotYet(socket) = &*listening else { return Ok(()) };
        let listener = TcpListener::from(socket.try_clone()?);
        rustix::net::listen(&listener, BACKLOG)?;
        listener.set_nonblocking(true)?;
        let (server, stop) = (self.server.clone(), self.stop.clone());
        let accept = move || server.accept_until(&listener, &stop);
        let acceptor = thread::Builder::new().name("fgruntime-accept".to_owned()).spawn(accept)?;
        *listening = Listening::Since(Some(acceptor));
        Ok(())
    }
}

impl Transport for GoRpc {
    fn next(&self, deadline: Option<Instant>) -> Result<Next<Arrival>, TransportError> {
        if self.stop.is_stopped() {
            return Ok(Next::Stopped);
        }
        self.listen()
            .map_err(|source| TransportError::Connection { during: "starting to listen", source })?;
        Ok(self.server.queue.pop(deadline))
    }

    fn reply(&self, call: &Call, reply: &Reply) -> Result<(), TransportError> {
        self.server.reply(call, reply)
    }
}

/// Nobody can ask for events any more, and no invocation waits for its reply.
impl Drop for GoRpc {
    fn drop(&mut self) {
        self.stop.stop();
        let listening = self.listening.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Listening::Since(acceptor) = listening
            && let Some(acceptor) = acceptor.take()
        {
            // Afterwards the address is free again. A panic of its own has been told.
            let _ = acceptor.join();
        }
        self.server.close();
    }
}
