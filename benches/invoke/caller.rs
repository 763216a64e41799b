//! The platform's side of functions that are called, over Go's net/rpc: one function, one invocation at a time.

use crate::platform::Event;
use fgruntime_core::context::Headers;
use fgruntime_core::runtime::go_rpc::Client;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

/// A function that does not listen for so long will not do so any more.
const PATIENCE: Duration = Duration::from_secs(10);
/// How exactly it is known when it listens.
const PAUSE: Duration = Duration::from_micros(200);
const MAX_RESULT: usize = 6 << 20;

/// A function that has taken the connection.
pub(crate) struct Caller {
    client: Client,
    headers: Headers,
}

impl Caller {
    /// Where a function may listen.
    pub(crate) fn free_address() -> io::Result<SocketAddr> {
        TcpListener::bind("127.0.0.1:0")?.local_addr()
    }

    /// Waits until the function listens.
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Self> {
        let start = Instant::now();
        let client = loop {
            match Client::connect(address, MAX_RESULT) {
                Err(error)
                    if error.kind() == io::ErrorKind::ConnectionRefused && start.elapsed() < PATIENCE =>
                {
                    std::thread::sleep(PAUSE);
                }
                done => break done?,
            }
        };
        let mut headers = Headers::default();
        headers.append("X-Cff-Request-Id", "9f86d081-884c-4d65-9a2f-eaa0c55ad015");
        headers.append("X-Cff-Invoke-Type", "sync");
        Ok(Self { client, headers })
    }

    /// One invocation. Returns the time from before the call is written until its result is here.
    pub(crate) fn invoke(&self, event: &Event) -> io::Result<Duration> {
        let start = Instant::now();
        let result = self.client.invoke(&self.headers, event.payload()).map_err(io::Error::other)?;
        let latency = start.elapsed();
        if result.is_empty() {
            return Err(io::Error::other("the function answered with nothing"));
        }
        Ok(latency)
    }
}
