//! The clients of a server: each sends its next request when it has the answer to the last.

use fgruntime_benches::order;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// A client that waits for so long will wait for ever.
const PATIENCE: Duration = Duration::from_secs(10);

/// Clients with a connection each, all on one thread.
pub(crate) struct Load {
    poll: Poll,
    clients: Vec<Client>,
    request: Vec<u8>,
}

/// What came of some time of load.
pub(crate) struct Measured {
    /// In microseconds.
    pub(crate) latencies: Vec<f64>,
    pub(crate) took: Duration,
}

struct Client {
    stream: TcpStream,
    answer: Vec<u8>,
    sent: Instant,
}

impl Load {
    pub(crate) fn connect(address: SocketAddr, connections: usize) -> io::Result<Self> {
        let poll = Poll::new()?;
        let body = order();
        let head = format!(
            "POST /invoke HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             X-Cff-Request-Id: 9f86d081-884c-4d65-9a2f-eaa0c55ad015\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut clients = Vec::new();
        for token in 0..connections {
            let stream = std::net::TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            let mut stream = TcpStream::from_std(stream);
            poll.registry().register(&mut stream, Token(token), Interest::READABLE)?;
            clients.push(Client { stream, answer: Vec::with_capacity(4096), sent: Instant::now() });
        }
        Ok(Self { poll, clients, request: [head.as_bytes(), body.as_bytes()].concat() })
    }

    /// Sends requests for about `duration`, and waits for the last answers.
    pub(crate) fn run(&mut self, duration: Duration) -> io::Result<Measured> {
        let begin = Instant::now();
        let mut latencies = Vec::new();
        let mut events = Events::with_capacity(self.clients.len());
        for client in &mut self.clients {
            client.send(&self.request)?;
        }
        let mut open = self.clients.len();
        while open > 0 {
            self.poll.poll(&mut events, Some(PATIENCE))?;
            if events.is_empty() {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "no answer for ten seconds"));
            }
            for event in &events {
                let client = &mut self.clients[event.token().0];
                if !client.receive()? {
                    continue;
                }
                latencies.push(client.sent.elapsed().as_secs_f64() * 1e6);
                if begin.elapsed() < duration {
                    client.send(&self.request)?;
                } else {
                    open -= 1;
                }
            }
        }
        Ok(Measured { latencies, took: begin.elapsed() })
    }
}

impl Client {
    fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.answer.clear();
        self.sent = Instant::now();
        // As small as they are, requests find room.
        self.stream.write_all(request)
    }

    /// True once the answer is whole.
    fn receive(&mut self) -> io::Result<bool> {
        let mut piece = [0; 8192];
        loop {
            match self.stream.read(&mut piece) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.answer.extend_from_slice(&piece[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return self.is_whole(),
                Err(error) => return Err(error),
            }
        }
    }

    fn is_whole(&self) -> io::Result<bool> {
        let text = String::from_utf8_lossy(&self.answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { return Ok(false) };
        if !head.starts_with("HTTP/1.1 200") {
            return Err(io::Error::other(format!("answered: {}", head.lines().next().unwrap_or_default())));
        }
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        match length {
            Some(length) if length > 100 => Ok(body.len() >= length),
            _ => Err(io::Error::other("the answer is no echo")),
        }
    }
}
