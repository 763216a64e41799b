//! Calls of a function over Go's net/rpc, as the platform's Go 1.x runtime makes them.

use super::delivery::{Answer, Reply, Taken};
use super::{BODY_LIMIT, Invocation};
use fgruntime_core::context::Headers;
use fgruntime_core::runtime::go_rpc::{CallError, Client};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

/// How often it is looked whether anybody still waits for a function that does not listen yet.
const CONNECT_PATIENCE: Duration = Duration::from_millis(200);
/// How much earlier than a broken connection the end of the process, which is the better explanation, is told.
const END_FIRST: Duration = Duration::from_millis(300);

/// The calls of one process. The connection lives as long as this, or as its longest call.
pub(crate) struct Calls {
    address: SocketAddr,
    client: Arc<Mutex<Option<Client>>>,
}

impl Calls {
    /// Chooses a free port of the loopback interface for the function to listen on.
    pub(crate) fn prepare() -> io::Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Ok(Self { address, client: Arc::default() })
    }

    /// Where the function is to listen.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Calls the function as soon as it listens; says when that was, and what came back.
    pub(crate) fn submit(
        &self,
        invocation: Invocation,
    ) -> (oneshot::Receiver<Taken>, oneshot::Receiver<Reply>) {
        let (taken, when_taken) = oneshot::channel();
        let (reply, when_replied) = oneshot::channel();
        let (address, client) = (self.address, self.client.clone());
        // It ends by itself: with the process the connection is gone, and nobody waits for one any more.
        spawn_blocking(move || {
            let Some(client) = connected(address, &client, &taken) else { return };
            match client {
                Ok(client) => call(&client, &invocation, taken, reply),
                Err(error) => {
                    sleep(END_FIRST);
                    let _ = taken.send(Err(error.to_string()));
                }
            }
        });
        (when_taken, when_replied)
    }
}

/// The connection, made when it is needed first; None if nobody waits for it any more.
fn connected(
    address: SocketAddr,
    kept: &Mutex<Option<Client>>,
    taken: &oneshot::Sender<Taken>,
) -> Option<io::Result<Client>> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(client) = &*kept {
        return Some(Ok(client.clone()));
    }
    while !taken.is_closed() {
        match Client::connect_within(address, BODY_LIMIT, CONNECT_PATIENCE) {
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
            made => {
                *kept = made.as_ref().ok().cloned();
                return Some(made);
            }
        }
    }
    None
}

/// Calls the function and waits for what comes back.
fn call(
    client: &Client,
    invocation: &Invocation,
    taken: oneshot::Sender<Taken>,
    reply: oneshot::Sender<Reply>,
) {
    // Canonical names: Go finds no others.
    let mut headers = Headers::default();
    headers.append("X-Cff-Request-Id", invocation.request_id.as_str());
    headers.append("X-Cff-Invoke-Type", invocation.invoke_type.name());
    if taken.send(Ok(Instant::now())).is_err() {
        return;
    }
    let answer = match client.invoke(&headers, &invocation.payload) {
        Ok(result) => Answer::Result(result),
        Err(CallError::Function(error)) => Answer::Error(error.into()),
        Err(CallError::TooLarge { size, .. }) => Answer::TooLarge { size },
        Err(error @ CallError::Lost(_)) => Answer::Lost(error.to_string()),
    };
    let received_at = Instant::now();
    if matches!(answer, Answer::Lost(_)) {
        sleep(END_FIRST);
    }
    // Too late, perhaps.
    let _ = reply.send(Reply { answer, received_at, _noted: None });
}
