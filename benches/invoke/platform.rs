//! The platform's side, as fast as one blocking thread can be it: one function, one connection, one invocation at a time.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// A function that does nothing for so long will not do anything any more.
const PATIENCE: Duration = Duration::from_secs(10);
const POLL: &[u8] = b"GET /v1/runtime/invocation/request ";
/// The same for all invocations, so that the floor need not look for it.
const REQUEST_ID: &str = "9f86d081-884c-4d65-9a2f-eaa0c55ad015";
const TAKEN: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// The answer to a poll: an event with the headers that a function without an agency gets.
pub(crate) fn event(payload: &str) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nX-Cff-Request-Id: {REQUEST_ID}\r\n\
         X-Cff-Invoke-Type: sync\r\n\r\n",
        payload.len()
    );
    [head.as_bytes(), payload.as_bytes()].concat()
}

/// Where one function finds the platform.
pub(crate) struct Platform(TcpListener);

impl Platform {
    pub(crate) fn listen() -> io::Result<Self> {
        TcpListener::bind("127.0.0.1:0").map(Self)
    }

    pub(crate) fn address(&self) -> io::Result<String> {
        self.0.local_addr().map(|address| address.to_string())
    }

    /// Waits for the function's connection and for its first request for an event.
    pub(crate) fn accept(&self) -> io::Result<Connection> {
        let patience = Timespec::try_from(PATIENCE).ok();
        if poll(&mut [PollFd::new(&self.0, PollFlags::IN)], patience.as_ref())? == 0 {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "the function does not connect"));
        }
        let (stream, _) = self.0.accept()?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut connection = Connection { stream, buffer: vec![0; 64 << 10] };
        connection.expect_poll()?;
        Ok(connection)
    }
}

/// The connection to a function that has asked for an event.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// One invocation, up to the function's next request for an event. Returns the time from the first byte of the event
    /// to the last byte of the reply.
    pub(crate) fn invoke(&mut self, event: &[u8]) -> io::Result<Duration> {
        let start = Instant::now();
        self.stream.write_all(event)?;
        let length = self.receive()?;
        let latency = start.elapsed();
        let reply = format!("POST /v1/runtime/invocation/response/{REQUEST_ID} ");
        if !self.buffer[..length].starts_with(reply.as_bytes()) {
            return Err(self.unexpected(length));
        }
        self.stream.write_all(TAKEN)?;
        self.expect_poll()?;
        Ok(latency)
    }

    fn expect_poll(&mut self) -> io::Result<()> {
        let length = self.receive()?;
        if self.buffer[..length].starts_with(POLL) { Ok(()) } else { Err(self.unexpected(length)) }
    }

    /// Reads one request into the buffer; returns its length.
    fn receive(&mut self) -> io::Result<usize> {
        let mut filled = 0;
        loop {
            match self.stream.read(&mut self.buffer[filled..])? {
                0 => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the function has gone")),
                length => filled += length,
            }
            match request_length(&self.buffer[..filled]) {
                Some(length) if length == filled => return Ok(filled),
                // A request that is longer than it says would be the beginning of the next one.
                Some(length) if length < filled => return Err(self.unexpected(filled)),
                _ => {}
            }
        }
    }

    fn unexpected(&self, length: usize) -> io::Error {
        let request = String::from_utf8_lossy(&self.buffer[..length]);
        io::Error::other(format!("the function sent what it should not send now: {request}"))
    }
}

/// How long the request that begins here is; None while its head is incomplete.
fn request_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let fields = text.lines().filter_map(|line| line.split_once(':'));
    let length = fields.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"));
    Some(head + length.map_or(0, |(_, value)| value.trim().parse().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_have_a_length() {
        assert_eq!(request_length(b"GET / HTTP/1.1\r\n\r"), None);
        assert_eq!(request_length(b"GET / HTTP/1.1\r\n\r\n"), Some(18));
        assert_eq!(request_length(b"POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\na"), Some(41));
    }
}
