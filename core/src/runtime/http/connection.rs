//! One connection: requests in, answers out, in their order.

use super::body::Incoming;
use super::budget::Budget;
use super::head;
use super::memory;
use super::output::Output;
use super::refusal::Refusal;
use super::response::{Response, may_have_body};
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use rustix::buffer::spare_capacity;
use rustix::io::{Errno, retry_on_intr};
use std::io;
use std::net::Shutdown;
use std::sync::Arc;
use std::time::Instant;

/// What a body's memory grows by, so that a claimed size alone costs nothing.
const BODY_STEP: usize = 256 << 10;

/// So many pieces of what nobody wants are read before others have their turn.
const MOST_SCRAPS: usize = 64;

/// A request that has arrived whole.
pub(super) struct Request {
    pub(super) head: head::Head,
    pub(super) body: Vec<u8>,
}

/// What is to be done with a connection after all that could be read and written has been.
pub(super) enum Step {
    /// Nothing, until more can be read or written.
    Wait,
    /// It is over.
    Close,
    /// To be answered; then nothing more is read.
    Refuse(Refusal),
    /// To be answered.
    Request(Request),
}

#[derive(Default)]
enum Phase {
    /// Between two requests, or within a head.
    #[default]
    Head,
    Body(Box<Incoming>),
    /// Somebody makes the answer.
    Answering,
    /// The answer is going out.
    Writing,
    /// Nothing more will be said. What still comes is read and thrown away: a connection that is closed before that takes the
    /// answer with it.
    Draining,
    Closed,
}

/// What all connections have in common.
pub(super) struct Common {
    /// Has whoever waits for the connections told what happens to them.
    pub(super) registry: Registry,
    /// The largest body.
    pub(super) max_body: usize,
    /// For bodies that are still arriving.
    pub(super) budget: Arc<Budget>,
}

/// What is known of a connection between two events.
pub(super) struct Connection {
    stream: TcpStream,
    token: Token,
    common: Arc<Common>,
    phase: Phase,
    input: Vec<u8>,
    /// How far the end of a head has been looked for in it.
    search: head::Search,
    output: Output,
    /// Whether reading may give something.
    is_readable: bool,
    /// Whether the peer has sent all that it will: the end comes after what is left to read, and is not announced again.
    is_ended: bool,
    /// Whether the answer that is being made is the last.
    is_last: bool,
    /// Whether its peer has to be told that the connection is kept.
    is_old: bool,
    /// Whether it ended before all of an answer had gone out.
    was_cut: bool,
    /// Whether it goes without its body.
    is_head_only: bool,
    /// When what is timed began: a request with its first byte, the rest with an answer or its last progress.
    since: Instant,
}

/// How long something has taken, for whoever decides whether it is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// No request has begun.
    Idle,
    /// A request is arriving.
    Reading,
    /// Its answer is being made; that is timed by others.
    Answering,
    /// An answer is going out.
    Writing,
    /// All has been said.
    Draining,
    Closed,
}

impl Connection {
    /// Has whoever waits for the connections told by `token` what happens to this one.
    pub(super) fn new(mut stream: TcpStream, token: Token, common: Arc<Common>) -> io::Result<Self> {
        common.registry.register(&mut stream, token, Interest::READABLE | Interest::WRITABLE)?;
        Ok(Self {
            stream,
            token,
            common,
            phase: Phase::Head,
            input: Vec::new(),
            search: head::Search::default(),
            output: Output::default(),
            is_readable: true,
            is_ended: false,
            is_last: false,
            is_old: false,
            was_cut: false,
            is_head_only: false,
            since: Instant::now(),
        })
    }

    /// Has nobody told any more.
    pub(super) fn deregister(&mut self) {
        // Closing the descriptor would do, but whoever runs a request of it may still hold it.
        let _ = self.common.registry.deregister(&mut self.stream);
    }

    /// Has it told once more that there is something to be done here, after others have had their turn.
    pub(super) fn come_again(&mut self) -> io::Result<()> {
        self.common.registry.reregister(&mut self.stream, self.token, Interest::READABLE | Interest::WRITABLE)
    }

    pub(super) fn became_readable(&mut self, is_ended: bool) {
        self.is_readable = true;
        self.is_ended |= is_ended;
    }

    pub(super) fn was_cut(&self) -> bool {
        self.was_cut
    }

    /// Since when the connection has been at what it is doing.
    pub(super) fn pace(&self) -> (Pace, Instant) {
        let pace = match self.phase {
            Phase::Head if self.input.is_empty() => Pace::Idle,
            Phase::Head | Phase::Body(_) => Pace::Reading,
            Phase::Answering => Pace::Answering,
            Phase::Writing => Pace::Writing,
            Phase::Draining => Pace::Draining,
            Phase::Closed => Pace::Closed,
        };
        (pace, self.since)
    }

    /// Reads and writes as far as possible.
    pub(super) fn advance(&mut self) -> Step {
        // If the peer is gone, there is nobody to tell.
        let step = self.try_advance().unwrap_or(Step::Close);
        if self.input.is_empty() {
            memory::give_back(&mut self.input);
        }
        step
    }

    fn try_advance(&mut self) -> io::Result<Step> {
        loop {
            let left = self.output.left();
            if left > 0 && !self.output.write_to(&self.stream)? {
                if self.output.left() < left {
                    self.since = Instant::now();
                }
                return Ok(Step::Wait);
            }
            let next = match &mut self.phase {
                Phase::Answering | Phase::Closed => Some(Step::Wait),
                Phase::Writing => {
                    self.answered();
                    None
                }
                Phase::Draining => Some(self.drain()?),
                Phase::Head => self.read_head()?,
                Phase::Body(_) => self.read_body()?,
            };
            if let Some(step) = next {
                return Ok(step);
            }
        }
    }

    fn read_head(&mut self) -> io::Result<Option<Step>> {
        let blank = head::blank(&self.input);
        if blank > 0 {
            self.input.drain(..blank);
            self.search = head::Search::default();
        }
        if !self.input.is_empty() {
            match head::parse(&self.input, &mut self.search) {
                Err(refusal) => return Ok(Some(Step::Refuse(refusal))),
                Ok(Some((head, length))) => {
                    self.is_last = !head.keep_alive;
                    self.is_old = head.is_old;
                    self.is_head_only = head.method == "HEAD";
                    return Ok(self.begin_body(head, length));
                }
                Ok(None) => {}
            }
        }
        self.fill()
    }

    /// After a head of so many bytes.
    fn begin_body(&mut self, head: head::Head, length: usize) -> Option<Step> {
        let expects_continue = head.expects_continue;
        let mut incoming = match Incoming::new(head, self.common.max_body) {
            Ok(incoming) => incoming,
            Err(refusal) => return Some(Step::Refuse(refusal)),
        };
        let has_begun = self.input.len() > length;
        match incoming.take(&self.input[length..], &self.common.budget) {
            Err(refusal) => return Some(Step::Refuse(refusal)),
            Ok(taken) => drop(self.input.drain(..length + taken)),
        }
        if incoming.is_whole() {
            return Some(self.whole(incoming));
        }
        // Whoever has begun to send the body already does not wait for this.
        if expects_continue && !has_begun {
            self.output.head().extend_from_slice(b"HTTP/1.1 100 Continue\r\n\r\n");
        }
        self.phase = Phase::Body(Box::new(incoming));
        None
    }

    fn whole(&mut self, incoming: Incoming) -> Step {
        self.phase = Phase::Answering;
        let Incoming { head, body, .. } = incoming;
        Step::Request(Request { head, body })
    }

    fn read_body(&mut self) -> io::Result<Option<Step>> {
        let Phase::Body(incoming) = &mut self.phase else { return Ok(None) };
        match incoming.take(&self.input, &self.common.budget) {
            Err(refusal) => return Ok(Some(Step::Refuse(refusal))),
            Ok(taken) => drop(self.input.drain(..taken)),
        }
        if incoming.is_whole() {
            let Phase::Body(incoming) = std::mem::take(&mut self.phase) else { return Ok(None) };
            return Ok(Some(self.whole(*incoming)));
        }
        let wanted = incoming.wanted();
        if wanted < memory::SIZE {
            return self.fill();
        }
        if !self.is_readable {
            return Ok(Some(Step::Wait));
        }
        // A large part goes where it belongs without a detour; that there is nothing left of the input is sure here.
        let before = incoming.body.len();
        if incoming.body.capacity() == before
            && let Err(refusal) = incoming.make_room(wanted.min(BODY_STEP), &self.common.budget)
        {
            return Ok(Some(Step::Refuse(refusal)));
        }
        let room = incoming.body.capacity() - before;
        let read = read(&self.stream, &mut incoming.body)?;
        let kept = read.unwrap_or(0).min(wanted);
        // The room may have been larger than what was asked for.
        self.input.extend(incoming.body.drain(before + kept..));
        incoming.received(kept);
        self.took(read, room)
    }

    /// Reads more of the input.
    fn fill(&mut self) -> io::Result<Option<Step>> {
        if !self.is_readable {
            return Ok(Some(Step::Wait));
        }
        let was_empty = self.input.is_empty();
        match was_empty {
            true => self.input = memory::take(),
            false => self.input.reserve(memory::SIZE / 4),
        }
        let room = self.input.capacity() - self.input.len();
        let read = read(&self.stream, &mut self.input)?;
        if was_empty && matches!(self.phase, Phase::Head) && matches!(read, Some(1..)) {
            self.since = Instant::now();
        }
        self.took(read, room)
    }

    /// What reading came to: the end, nothing for now, or something, after which there is more only if there was no more room.
    fn took(&mut self, read: Option<usize>, room: usize) -> io::Result<Option<Step>> {
        match read {
            Some(0) => Ok(Some(Step::Close)),
            Some(count) => {
                self.is_readable = count == room || self.is_ended;
                Ok(None)
            }
            None => {
                self.is_readable = false;
                Ok(Some(Step::Wait))
            }
        }
    }

    fn drain(&mut self) -> io::Result<Step> {
        for _ in 0..MOST_SCRAPS {
            let mut scrap = memory::take();
            let read = read(&self.stream, &mut scrap);
            memory::give_back(&mut scrap);
            match read? {
                Some(0) => return Ok(Step::Close),
                Some(_) => {}
                None => return Ok(Step::Wait),
            }
        }
        self.come_again()?;
        Ok(Step::Wait)
    }

    /// Begins to answer. Nothing after a refusal can be understood, so that it is the last.
    pub(super) fn answer(&mut self, response: Response, is_last: bool) {
        if matches!(self.phase, Phase::Closed | Phase::Draining) {
            return;
        }
        self.is_last |= is_last;
        let has_body = may_have_body(response.status) && !self.is_head_only;
        // An answer before this one that is still on its way can only be "100 Continue".
        let connection = match self.is_last {
            true => Some("close"),
            false => self.is_old.then_some("keep-alive"),
        };
        response.write_head(connection, self.output.head());
        if has_body {
            self.output.push_body(response.body);
        }
        self.since = Instant::now();
        self.phase = Phase::Writing;
    }

    /// An answer has gone out.
    fn answered(&mut self) {
        self.output.clear();
        self.is_head_only = false;
        if self.is_last {
            self.phase = Phase::Draining;
            self.input = Vec::new();
            // Reading goes on, so that the peer gets what has been sent.
            let _ = self.stream.shutdown(Shutdown::Write);
            return;
        }
        self.phase = Phase::Head;
    }

    /// Ends the connection at once.
    pub(super) fn close(&mut self) {
        self.was_cut |= matches!(self.phase, Phase::Writing);
        self.phase = Phase::Closed;
        self.input = Vec::new();
        self.output = Output::default();
        // It may be over already.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Appends what has arrived, as much as there is room for: 0 at the end, None if nothing has.
fn read(stream: &TcpStream, out: &mut Vec<u8>) -> io::Result<Option<usize>> {
    match retry_on_intr(|| rustix::io::read(stream, spare_capacity(out))) {
        Ok(count) => Ok(Some(count)),
        Err(Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
