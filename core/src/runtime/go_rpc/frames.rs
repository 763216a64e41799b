//! The messages of a connection: each has its length before it.

use super::gob;
use crate::runtime::buffers::Buffers;
use crate::runtime::stop::is_readable_before;
use bytes::Bytes;
use rustix::buffer::spare_capacity;
use rustix::io::retry_on_intr;
use std::io;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long a message may take once it has begun. Waiting for the next one has no limit.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(60);
const READ_SIZE: usize = 16 << 10;

/// The reading side of a connection.
pub(super) struct Frames {
    stream: TcpStream,
    /// What has been read and not used yet.
    buffer: Vec<u8>,
    /// When what has begun must be there.
    deadline: Option<Instant>,
    limit: usize,
    buffers: Buffers,
}

/// A message.
pub(super) enum Frame {
    /// It is here.
    Whole(Bytes),
    /// It had so many bytes, more than allowed, and is gone.
    TooLarge(u64),
}

impl Frames {
    /// `limit` is the size of the largest message that is kept.
    pub(super) fn new(stream: TcpStream, limit: usize, buffers: Buffers) -> Self {
        Self { stream, buffer: Vec::with_capacity(READ_SIZE), deadline: None, limit, buffers }
    }

    /// The next message; None at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Frame>> {
        self.begin();
        let Some(length) = self.read_length()? else { return Ok(None) };
        let kept = usize::try_from(length).ok().filter(|&length| length <= self.limit);
        let Some(length) = kept else {
            self.skip(length)?;
            return Ok(Some(Frame::TooLarge(length)));
        };
        let mut message = self.buffers.take(length);
        let buffered = self.buffer.len().min(length);
        message.extend(self.buffer.drain(..buffered));
        while message.len() < length {
            if message.len() == message.capacity() {
                message.reserve_exact(length - message.len());
            }
            self.read_into(&mut message)?;
        }
        // The room may have been larger than what was asked for.
        self.buffer.extend(message.drain(length..));
        Ok(Some(Frame::Whole(self.buffers.lend(message))))
    }

    /// What comes before the messages: reads until `parse` finds something, within the time of one message.
    pub(super) fn read_head<T>(
        &mut self,
        limit: usize,
        parse: impl Fn(&[u8]) -> io::Result<Option<(T, usize)>>,
    ) -> io::Result<Option<T>> {
        self.begin();
        loop {
            if let Some((head, length)) = parse(&self.buffer)? {
                self.buffer.drain(..length);
                return Ok(Some(head));
            }
            if self.buffer.len() > limit {
                return Err(invalid("a head that is too long"));
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// The time of a message counts from its first byte on.
    fn begin(&mut self) {
        self.deadline = (!self.buffer.is_empty()).then(in_time);
    }

    fn read_length(&mut self) -> io::Result<Option<u64>> {
        loop {
            if let Some((length, size)) = gob::uint(&self.buffer).map_err(invalid)? {
                self.buffer.drain(..size);
                return Ok(Some(length));
            }
            if !self.fill()? {
                return if self.buffer.is_empty() { Ok(None) } else { Err(cut_off()) };
            }
        }
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let mut left = length;
        loop {
            let buffered = u64::min(left, self.buffer.len() as u64);
            self.buffer.drain(..buffered as usize);
            left -= buffered;
            if left == 0 {
                return Ok(());
            }
            if !self.fill()? {
                return Err(cut_off());
            }
        }
    }

    /// Reads more into the buffer; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.reserve(READ_SIZE);
        wait(&self.stream, self.deadline)?;
        let count = retry_on_intr(|| rustix::io::read(&self.stream, spare_capacity(&mut self.buffer)))?;
        self.deadline.get_or_insert_with(in_time);
        Ok(count > 0)
    }

    fn read_into(&mut self, message: &mut Vec<u8>) -> io::Result<()> {
        wait(&self.stream, self.deadline)?;
        match retry_on_intr(|| rustix::io::read(&self.stream, spare_capacity(message)))? {
            0 => Err(cut_off()),
            _ => Ok(()),
        }
    }
}

fn in_time() -> Instant {
    Instant::now() + MESSAGE_TIMEOUT
}

fn wait(stream: &TcpStream, deadline: Option<Instant>) -> io::Result<()> {
    if is_readable_before(stream, deadline)? {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, "a message did not end within a minute"))
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the connection ended within a message")
}

/// What is not what was expected.
pub(super) fn invalid(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
