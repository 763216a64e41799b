//! Where the function listens.

use crate::emulator::{EmulatorError, ports};
use rustix::process::Pid;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// The port on which functions listen on the platform.
const PORT: u16 = 8000;
/// How often it is looked whether the function listens.
const PACE: Duration = Duration::from_millis(10);

/// The ports on which the function may come to listen.
pub(super) enum Listener {
    /// The one the user named, whoever serves it: a container's processes are not the command's own.
    Named(u16),
    /// The one that functions of fgruntime's are told, or else the platform's. There the function's own processes must be the ones
    /// that listen, since other programs may be at work on this machine.
    Either(u16),
}

impl Listener {
    /// Chooses what to tell the function; a port that the user names must not be taken.
    pub(super) fn expect(named: Option<u16>) -> Result<Self, EmulatorError> {
        match named {
            Some(port) if ports::is_taken(port) => Err(EmulatorError::PortTaken(port)),
            Some(port) => Ok(Self::Named(port)),
            None => Ok(Self::Either(ports::free()?.port())),
        }
    }

    /// The address that functions of fgruntime's are to take.
    pub(super) fn told(&self) -> SocketAddr {
        match *self {
            Self::Named(port) | Self::Either(port) => local(port),
        }
    }

    /// Waits until the function takes connections; where that is.
    pub(super) async fn found(&self, group: Pid) -> SocketAddr {
        loop {
            for address in self.candidates(group) {
                if TcpStream::connect(address).await.is_ok() {
                    return address;
                }
            }
            sleep(PACE).await;
        }
    }

    /// What the function should have done.
    pub(super) fn expected(&self) -> String {
        match *self {
            Self::Named(port) => format!("expected: an HTTP server on 127.0.0.1:{port}, which --port names"),
            Self::Either(port) => {
                format!(
                    "expected: an HTTP server on port {PORT} or on $FGRUNTIME_HTTP_ADDR (127.0.0.1:{port})"
                )
            }
        }
    }

    /// What may have kept the function from listening, as a clause to add; nothing if there is no such thing.
    pub(super) fn obstacle(&self) -> String {
        match self {
            Self::Either(_) if ports::is_taken(PORT) => format!(
                "; another program has port {PORT} of this machine: stop it, or have the function listen elsewhere and name that \
                 with --port"
            ),
            Self::Either(_) | Self::Named(_) => String::new(),
        }
    }

    fn candidates(&self, group: Pid) -> Vec<SocketAddr> {
        match *self {
            Self::Named(port) => vec![local(port)],
            Self::Either(told) => {
                let own = [told, PORT].into_iter().filter(|&port| ports::is_of_group(port, group));
                own.map(local).collect()
            }
        }
    }
}

fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}
