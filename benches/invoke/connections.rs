//! The connections of one function: whole requests, whichever way they come.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// A function that does nothing for so long will not do anything any more.
const PATIENCE: Duration = Duration::from_secs(10);
/// Ours have one to ask for events and may have one for replies; AWS' runtime for Node asks over one of each of its four threads.
/// One for each reply would be too many.
const MOST: usize = 8;
/// No request of a function under measurement is longer.
const LONGEST_REQUEST: usize = 64 << 10;

/// What a function has opened so far, in this order.
pub(crate) struct Connections {
    listener: TcpListener,
    open: Vec<Connection>,
}

impl Connections {
    pub(crate) fn new(listener: TcpListener) -> Self {
        Self { listener, open: Vec::with_capacity(MOST) }
    }

    /// Waits for the next request on any connection. Returns the connection's place and the request.
    pub(crate) fn receive(&mut self) -> io::Result<(usize, &[u8])> {
        loop {
            let at = self.wait()?;
            if at == self.open.len() {
                self.accept()?;
            } else if let Some(length) = self.open[at].read()? {
                return Ok((at, &self.open[at].buffer[..length]));
            }
        }
    }

    pub(crate) fn send(&mut self, at: usize, bytes: &[u8]) -> io::Result<()> {
        self.open[at].stream.write_all(bytes)
    }

    /// Waits until a connection can be read; the place after the last one is that of a connection to accept.
    fn wait(&self) -> io::Result<usize> {
        let streams = self.open.iter().map(|connection| PollFd::new(&connection.stream, PollFlags::IN));
        let mut sockets: Vec<PollFd<'_>> = streams.collect();
        sockets.push(PollFd::new(&self.listener, PollFlags::IN));
        poll(&mut sockets, Timespec::try_from(PATIENCE).ok().as_ref())?;
        let ready = sockets.iter().position(|socket| !socket.revents().is_empty());
        ready.ok_or_else(|| {
            let waited_for = if self.open.is_empty() { "connect" } else { "go on" };
            io::Error::new(io::ErrorKind::TimedOut, format!("the function does not {waited_for}"))
        })
    }

    fn accept(&mut self) -> io::Result<()> {
        if self.open.len() == MOST {
            return Err(io::Error::other(format!("the function opened more than {MOST} connections")));
        }
        let (stream, _) = self.listener.accept()?;
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(PATIENCE))?;
        self.open.push(Connection { stream, buffer: vec![0; LONGEST_REQUEST], filled: 0 });
        Ok(())
    }
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the buffer is a request that has not come in full.
    filled: usize,
}

impl Connection {
    /// Reads what is there; returns the length of the request once it has come in full.
    fn read(&mut self) -> io::Result<Option<usize>> {
        match self.stream.read(&mut self.buffer[self.filled..])? {
            0 => {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the function closed a connection"));
            }
            length => self.filled += length,
        }
        match request_length(&self.buffer[..self.filled]) {
            Some(length) if length == self.filled => {
                self.filled = 0;
                Ok(Some(length))
            }
            // A request that is longer than it says would be the beginning of the next one, sent before its time.
            Some(length) if length < self.filled => Err(unexpected(&self.buffer[..self.filled])),
            _ => Ok(None),
        }
    }
}

pub(crate) fn unexpected(request: &[u8]) -> io::Error {
    let request = String::from_utf8_lossy(request);
    io::Error::other(format!("the function sent what it should not send now: {request}"))
}

/// How long the request that begins here is; None while its head is incomplete.
fn request_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let mut fields = text.lines().filter_map(|line| line.split_once(':'));
    let is_chunked = |(name, value): (&str, &str)| {
        name.eq_ignore_ascii_case("Transfer-Encoding") && value.trim().eq_ignore_ascii_case("chunked")
    };
    if fields.clone().any(is_chunked) {
        return Some(head + chunks_length(&bytes[head..])?);
    }
    let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"));
    Some(head + length.map_or(0, |(_, value)| value.trim().parse().unwrap_or(0)))
}

/// How long a body in chunks is, with its trailers; None while it is incomplete. AWS' runtime for Go replies so.
fn chunks_length(body: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let line = line_length(body.get(at..)?)?;
        let size = std::str::from_utf8(&body[at..at + line]).ok()?.trim();
        at += line;
        match usize::from_str_radix(size, 16).ok()? {
            0 => break,
            size => at += size + 2,
        }
    }
    loop {
        let line = line_length(body.get(at..)?)?;
        at += line;
        if line == 2 {
            return Some(at);
        }
    }
}

/// The length of the first line with its end.
fn line_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|window| window == b"\r\n").map(|end| end + 2)
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

    #[test]
    fn chunks_end_with_an_empty_one_and_trailers() {
        let request =
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\nT: v\r\n\r\n";
        assert_eq!(request_length(request), Some(request.len()));
        for end in 0..request.len() {
            assert_eq!(request_length(&request[..end]), None, "{end}");
        }
    }

    #[test]
    fn requests_come_over_two_connections_and_in_pieces() {
        let (mut connections, address) = listen();
        let mut first = TcpStream::connect(&address).unwrap();
        first.write_all(b"GET /1 HTTP/1.1\r\n\r\n").unwrap();
        assert_eq!(connections.receive().unwrap(), (0, &b"GET /1 HTTP/1.1\r\n\r\n"[..]));

        let mut second = TcpStream::connect(&address).unwrap();
        first.write_all(b"GET /2 HTTP/1.1\r\n").unwrap();
        second.write_all(b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\na").unwrap();
        assert_eq!(connections.receive().unwrap().0, 1);
        first.write_all(b"\r\n").unwrap();
        assert_eq!(connections.receive().unwrap(), (0, &b"GET /2 HTTP/1.1\r\n\r\n"[..]));
    }

    #[test]
    fn what_no_runtime_does_is_an_error() {
        let (mut connections, address) = listen();
        let mut first = TcpStream::connect(&address).unwrap();
        first.write_all(b"GET / HTTP/1.1\r\n\r\nGET").unwrap();
        assert!(connections.receive().unwrap_err().to_string().contains("should not send"));

        let (mut connections, address) = listen();
        let open: Vec<_> = (0..=MOST).map(|_| TcpStream::connect(&address).unwrap()).collect();
        assert!(connections.receive().unwrap_err().to_string().contains("more than 8"));
        drop(open);

        let (mut connections, address) = listen();
        drop(TcpStream::connect(&address).unwrap());
        assert!(connections.receive().unwrap_err().to_string().contains("closed"));
    }

    fn listen() -> (Connections, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        (Connections::new(listener), address)
    }
}
