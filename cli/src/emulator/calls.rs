//! Calls of a function over Go's net/rpc, as the platform's Go 1.x runtime makes them.

use super::delivery::{Answer, Delivery, END_FIRST, Offer, Reply, Taken};
use super::{BODY_LIMIT, Invocation, ports};
use fgruntime_core::context::Headers;
use fgruntime_core::runtime::go_rpc::{CallError, Client};
use rustix::process::Pid;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

/// How often it is looked whether anybody still waits for a function that does not listen yet.
const CONNECT_PATIENCE: Duration = Duration::from_millis(200);

/// The calls of one process. The connection lives as long as this, or as its longest call.
pub(crate) struct Calls {
    address: SocketAddr,
    client: Arc<Mutex<Option<Client>>>,
}

impl Calls {
    /// Chooses a free port of the loopback interface for the function to listen on.
    pub(crate) fn prepare() -> io::Result<Self> {
        Ok(Self { address: ports::free()?, client: Arc::default() })
    }
}

impl Delivery for Calls {
    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![("RUNTIME_API_ADDR", self.address.to_string())]
    }

    /// Calls the function as soon as it listens.
    fn submit(&self, invocation: Invocation, _group: Pid) -> Offer {
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

    fn not_ready(&self, _an_event: &str, limit: Duration) -> String {
        format!(
            "the process did not serve $RUNTIME_API_ADDR ({}) within {}s; expected: Go's net/rpc over HTTP, as the \
             Go 1.x runtime and FGRUNTIME_TRANSPORT=go-rpc serve it",
            self.address,
            limit.as_secs()
        )
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
