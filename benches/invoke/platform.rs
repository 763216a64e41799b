//! The platform's side, as fast as one blocking thread can be it: one function, one connection, one invocation at a time.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// A function that does nothing for so long will not do anything any more.
const PATIENCE: Duration = Duration::from_secs(10);
/// What a function asks for first says whose runtime it has.
const POLLS: [(Api, &[u8]); 2] = [
    (Api::FunctionGraph, b"GET /v1/runtime/invocation/request "),
    (Api::Lambda, b"GET /2018-06-01/runtime/invocation/next "),
];
/// The same for all invocations, so that the floor need not look for it.
const REQUEST_ID: &str = "9f86d081-884c-4d65-9a2f-eaa0c55ad015";
const TAKEN: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// Whose runtime API a function speaks: a peer from elsewhere is measured against its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Api {
    FunctionGraph,
    Lambda,
}

impl Api {
    fn of(request: &[u8]) -> Option<Self> {
        POLLS.iter().find(|(_, poll)| request.starts_with(poll)).map(|&(api, _)| api)
    }

    fn headers(self) -> String {
        match self {
            Self::FunctionGraph => format!("X-Cff-Request-Id: {REQUEST_ID}\r\nX-Cff-Invoke-Type: sync\r\n"),
            Self::Lambda => format!(
                "Lambda-Runtime-Aws-Request-Id: {REQUEST_ID}\r\nLambda-Runtime-Deadline-Ms: 4102444800000\r\n\
                 Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x:1:function:bench\r\n"
            ),
        }
    }

    fn reply(self) -> String {
        match self {
            Self::FunctionGraph => format!("POST /v1/runtime/invocation/response/{REQUEST_ID} "),
            Self::Lambda => format!("POST /2018-06-01/runtime/invocation/{REQUEST_ID}/response "),
        }
    }
}

/// The answers to a poll: an event with the headers that a function without an agency gets, for each API.
pub(crate) struct Event([Vec<u8>; 2]);

impl Event {
    pub(crate) fn new(payload: &str) -> Self {
        Self([Api::FunctionGraph, Api::Lambda].map(|api| {
            let length = payload.len();
            let headers = api.headers();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n"
            );
            [head.as_bytes(), payload.as_bytes()].concat()
        }))
    }

    fn bytes(&self, api: Api) -> &[u8] {
        let [functiongraph, lambda] = &self.0;
        if api == Api::Lambda { lambda } else { functiongraph }
    }
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
        let mut connection = Connection { stream, buffer: vec![0; 64 << 10], api: Api::FunctionGraph };
        let length = connection.receive()?;
        connection.api =
            Api::of(&connection.buffer[..length]).ok_or_else(|| connection.unexpected(length))?;
        Ok(connection)
    }
}

/// The connection to a function that has asked for an event.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    api: Api,
}

impl Connection {
    /// One invocation, up to the function's next request for an event. Returns the time from the first byte of the event
    /// to the last byte of the reply.
    pub(crate) fn invoke(&mut self, event: &Event) -> io::Result<Duration> {
        let start = Instant::now();
        self.stream.write_all(event.bytes(self.api))?;
        let length = self.receive()?;
        let latency = start.elapsed();
        if !self.buffer[..length].starts_with(self.api.reply().as_bytes()) {
            return Err(self.unexpected(length));
        }
        self.stream.write_all(TAKEN)?;
        self.expect_poll()?;
        Ok(latency)
    }

    fn expect_poll(&mut self) -> io::Result<()> {
        let length = self.receive()?;
        match Api::of(&self.buffer[..length]) {
            Some(api) if api == self.api => Ok(()),
            _ => Err(self.unexpected(length)),
        }
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
