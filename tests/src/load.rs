//! A client of very many connections that holds every answer against its own request.

use crate::http::{Answer, invocation};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

const BODY: usize = 900;
const THREADS: usize = 2;
const PATIENCE: Duration = Duration::from_secs(60);

/// What is sent: each connection sends its next request when it has the answer to the one before.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// What the ids begin with.
    pub name: &'static str,
    /// How many connections there are.
    pub connections: usize,
    /// How many requests there are, over all connections.
    pub requests: usize,
    /// The handler is told to panic whenever the request's number can be divided by this.
    pub panics_every: Option<usize>,
}

/// What came of it; ids each.
#[derive(Debug, Default)]
pub struct Tally {
    /// Answered, and with what belongs to the request.
    pub answered: Vec<String>,
    /// Answered with the panic that the handler was told to have.
    pub panicked: Vec<String>,
    /// Sent, or a part of it, when the connection ended without an answer.
    pub unanswered: Vec<String>,
    /// What was answered otherwise.
    pub wrong: Vec<String>,
}

impl Load {
    /// Sends it, until all is answered or all connections have ended.
    ///
    /// # Panics
    /// Nothing happens for a minute.
    #[must_use]
    pub fn run(&self, address: SocketAddr) -> Tally {
        let next = AtomicUsize::new(0);
        let mut tally = Tally::default();
        thread::scope(|threads| {
            let shares = (0..THREADS).map(|index| (self.connections + index) / THREADS);
            let next = &next;
            let start = |count| threads.spawn(move || Worker::new(self, address, next).run(count));
            let started: Vec<_> = shares.map(start).collect();
            for worker in started {
                tally.add(worker.join().expect("a worker that ends"));
            }
        });
        tally
    }

    fn panics(&self, number: usize) -> bool {
        self.panics_every.is_some_and(|every| number.is_multiple_of(every))
    }

    fn id(&self, number: usize) -> String {
        format!("{}-{number}", self.name)
    }

    /// A text of which every part tells whose it is.
    fn event(&self, number: usize) -> String {
        let id = self.id(number);
        let what = if self.panics(number) { "panic" } else { "echo" };
        let mut event = format!("{id} {what}");
        while event.len() < BODY {
            event.push(' ');
            event.push_str(&id);
        }
        event
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.answered.extend(other.answered);
        self.panicked.extend(other.panicked);
        self.unanswered.extend(other.unanswered);
        self.wrong.extend(other.wrong);
    }
}

struct Worker<'l> {
    load: &'l Load,
    address: SocketAddr,
    next: &'l AtomicUsize,
    tally: Tally,
}

struct Connection {
    stream: TcpStream,
    /// The request that waits for its answer.
    number: usize,
    output: Vec<u8>,
    written: usize,
    input: Vec<u8>,
}

/// What becomes of a connection.
enum Step {
    Wait,
    /// It has no answer to wait for.
    Done,
    /// It ended before the answer.
    Lost,
}

impl<'l> Worker<'l> {
    fn new(load: &'l Load, address: SocketAddr, next: &'l AtomicUsize) -> Self {
        Self { load, address, next, tally: Tally::default() }
    }

    fn run(mut self, count: usize) -> Tally {
        let mut poll = Poll::new().expect("a poll");
        let mut events = Events::with_capacity(256);
        let mut connections: Vec<Option<Connection>> = Vec::new();
        for index in 0..count {
            let Some(number) = self.next_number() else { break };
            let mut connection = self.connect(number);
            let both = Interest::READABLE | Interest::WRITABLE;
            poll.registry().register(&mut connection.stream, Token(index), both).expect("a poll");
            connections.push(Some(connection));
        }
        let mut left = connections.len();
        while left > 0 {
            match poll.poll(&mut events, Some(PATIENCE)) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                polled => polled.expect("a poll"),
            }
            assert!(!events.is_empty(), "{left} connections hear nothing: {:?}", self.waiting(&connections));
            for event in &events {
                let Some(connection) = connections[event.token().0].as_mut() else { continue };
                let number = match self.advance(connection) {
                    Step::Wait => continue,
                    Step::Done => None,
                    Step::Lost => Some(connection.number),
                };
                self.tally.unanswered.extend(number.map(|number| self.load.id(number)));
                connections[event.token().0] = None;
                left -= 1;
            }
        }
        self.tally
    }

    fn connect(&self, number: usize) -> Connection {
        let stream = std::net::TcpStream::connect(self.address).expect("a connection");
        stream.set_nonblocking(true).expect("a socket");
        let stream = TcpStream::from_std(stream);
        let output = self.request(number);
        Connection { stream, number, output, written: 0, input: Vec::new() }
    }

    fn next_number(&self) -> Option<usize> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number < self.load.requests).then_some(number)
    }

    fn request(&self, number: usize) -> Vec<u8> {
        invocation(&self.load.id(number), &self.load.event(number)).into_bytes()
    }

    fn advance(&mut self, connection: &mut Connection) -> Step {
        loop {
            let is_over = !connection.write() || !connection.read();
            match Answer::parse(&connection.input, false) {
                None if is_over => return Step::Lost,
                None => return Step::Wait,
                Some((answer, length)) => {
                    connection.input.drain(..length);
                    self.check(connection.number, &answer);
                    if answer.header("Connection") == Some("close") {
                        return Step::Done;
                    }
                }
            }
            match self.next_number() {
                None => return Step::Done,
                Some(number) => connection.begin(number, self.request(number)),
            }
        }
    }

    fn check(&mut self, number: usize, answer: &Answer) {
        let id = self.load.id(number);
        let is_its_own = answer.header("X-Cff-Request-Id") == Some(id.as_str());
        if is_its_own && answer.status == 200 && answer.body == self.load.event(number).as_bytes() {
            self.tally.answered.push(id);
        } else if is_its_own && self.load.panics(number) && answer.error() == (500, "panic".to_owned()) {
            self.tally.panicked.push(id);
        } else {
            self.tally.wrong.push(format!("{id}: {} {:?} {}", answer.status, answer.headers, answer.text()));
        }
    }

    /// Some of the requests that wait, for whoever wants to know why.
    fn waiting(&self, connections: &[Option<Connection>]) -> Vec<String> {
        connections.iter().flatten().take(5).map(|connection| self.load.id(connection.number)).collect()
    }
}

impl Connection {
    fn begin(&mut self, number: usize, request: Vec<u8>) {
        self.number = number;
        self.output = request;
        self.written = 0;
    }

    /// Writes as much as is taken; false if nothing will be any more.
    fn write(&mut self) -> bool {
        while self.written < self.output.len() {
            match self.stream.write(&self.output[self.written..]) {
                Ok(count) => self.written += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => {
                    // What was answered before the end can still be read.
                    self.read();
                    return false;
                }
            }
        }
        true
    }

    /// Reads as much as there is; false at the end.
    fn read(&mut self) -> bool {
        let mut buffer = [0; 16 << 10];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => return false,
                Ok(count) => self.input.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }
}
