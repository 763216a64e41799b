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
    /// that listen, since other programs may be at work on this machine; where the system does not tell, nobody must have been there
    /// before.
    Either {
        /// What they are told.
        told: u16,
        /// Whether it may be on the platform's.
        may_be_fixed: bool,
    },
}

impl Listener {
    /// Chooses what to tell the function; a port that the user names must not be taken.
    pub(super) fn choose(named: Option<u16>) -> Result<Self, EmulatorError> {
        match named {
            Some(port) if ports::is_taken(port) => Err(EmulatorError::PortTaken(port)),
            Some(port) => Ok(Self::Named(port)),
            None => {
                let may_be_fixed = ports::owners_are_shown() || !ports::is_taken(PORT);
                Ok(Self::Either { told: ports::free()?.port(), may_be_fixed })
            }
        }
    }

    /// The address that functions of fgruntime's are to take.
    pub(super) fn told(&self) -> SocketAddr {
        match *self {
            Self::Named(port) | Self::Either { told: port, .. } => local(port),
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
            Self::Either { told: port, .. } => {
                format!(
                    "expected: an HTTP server on port {PORT} or on $FGRUNTIME_HTTP_ADDR (127.0.0.1:{port})"
                )
            }
        }
    }

    /// What may have kept the function from listening, as a clause to add; nothing if there is no such thing.
    pub(super) fn obstacle(&self) -> String {
        match self {
            Self::Either { .. } if ports::is_taken(PORT) => format!(
                "; another program has port {PORT} of this machine: stop it, or have the function listen elsewhere and name that \
                 with --port"
            ),
            Self::Either { .. } | Self::Named(_) => String::new(),
        }
    }

    fn candidates(&self, group: Pid) -> Vec<SocketAddr> {
        match *self {
            Self::Named(port) => vec![local(port)],
            Self::Either { told, may_be_fixed } => {
                let ports = [Some(told), may_be_fixed.then_some(PORT)].into_iter().flatten();
                let is_own = |port: &u16| !ports::owners_are_shown() || ports::is_of_group(*port, group);
                ports.filter(is_own).map(local).collect()
            }
        }
    }
}

fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}
