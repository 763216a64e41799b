//! Where the platform is, `RUNTIME_API_ADDR`, and where functions listen.

use super::transport::TransportError;
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::net::{AddressFamily, SocketType, sockopt};
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs};
use std::os::fd::OwnedFd;
use std::str::FromStr;
use std::time::Duration;

/// As long as the platform's own samples wait.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A host and a port.
#[derive(Clone, Debug)]
pub(super) struct Address(String);

/// An address that is not `host:port`.
#[derive(Debug, thiserror::Error)]
#[error(
    "RUNTIME_API_ADDR is {0:?}, which is not host:port (without a scheme), for example 127.0.0.1:8080; the platform and \
     `fgruntime invoke` set it"
)]
pub struct InvalidAddress(String);

impl FromStr for Address {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let valid = text.rsplit_once(':').is_some_and(|(host, port)| {
            let plain = !host.contains(['/', ' ', '@', '\r', '\n']);
            let unambiguous = !host.contains(':') || (host.starts_with('[') && host.ends_with(']'));
            !host.is_empty() && plain && unambiguous && port.parse().is_ok_and(|port: u16| port > 0)
        });
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidAddress(text.to_owned())) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Address {
    /// An address of this machine: the host may be missing, which is every address there is, as Go takes it.
    pub(super) fn to_listen_on(text: &str) -> Result<Self, InvalidAddress> {
        match text.strip_prefix(':') {
            Some(port) if port.parse().is_ok_and(|port: u16| port > 0) => Ok(Self(text.to_owned())),
            _ => text.parse(),
        }
    }

    /// Takes the address, for a socket that does not listen yet.
    pub(super) fn bind(&self) -> io::Result<OwnedFd> {
        let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in self.own_addresses()? {
            match bind(&address) {
                Ok(socket) => return Ok(socket),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    fn own_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        let Some(Ok(port)) = self.0.strip_prefix(':').map(str::parse) else {
            return Ok(self.0.to_socket_addrs()?.collect());
        };
        // The first one is for IPv4 too, where there is IPv6.
        Ok(vec![(Ipv6Addr::UNSPECIFIED, port).into(), (Ipv4Addr::UNSPECIFIED, port).into()])
    }

    /// Connects to the first address of the host that answers.
    pub(super) fn connect(&self) -> Result<TcpStream, TransportError> {
        self.try_each().map_err(|source| TransportError::Connect { address: self.0.clone(), source })
    }

    fn try_each(&self) -> io::Result<TcpStream> {
        let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in self.0.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, CONNECT_TIMEOUT) {
                Ok(stream) => return Ok(stream),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }
}

fn bind(address: &SocketAddr) -> io::Result<OwnedFd> {
    let family = if address.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let socket = rustix::net::socket(family, SocketType::STREAM, None)?;
    fcntl_setfd(&socket, FdFlags::CLOEXEC)?;
    // As Go does it: a function that starts again need not wait for what is left of its connections.
    sockopt::set_socket_reuseaddr(&socket, true)?;
    rustix::net::bind(&socket, address)?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_host_and_port() {
        for good in ["127.0.0.1:8080", "localhost:1", "[::1]:65535", "runtime-api.local:80"] {
            assert_eq!(good.parse::<Address>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            ":80",
            "host",
            "host:",
            "host:0",
            "host:65536",
            "http://host:80",
            "a b:1",
            "::1:80",
            "u@h:1",
            "h/p:1",
        ] {
            let error = bad.parse::<Address>().unwrap_err().to_string();
            assert!(error.contains(&format!("{bad:?}")) && error.contains("host:port"), "{error}");
        }
    }

    #[test]
    fn the_host_to_listen_on_may_be_missing() {
        for good in [":8080", "127.0.0.1:1", "[::]:80"] {
            assert!(Address::to_listen_on(good).is_ok(), "{good}");
        }
        for bad in ["", ":", ":x", ":0", ":65536", "http://:80"] {
            assert!(Address::to_listen_on(bad).is_err(), "{bad}");
        }
    }
}
