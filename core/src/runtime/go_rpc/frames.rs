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
    /// How long that may take.
    patience: Duration,
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
        let buffer = Vec::with_capacity(READ_SIZE);
        Self { stream, buffer, deadline: None, patience: MESSAGE_TIMEOUT, limit, buffers }
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
        self.deadline = None;
        if !self.buffer.is_empty() {
            self.set_deadline();
        }
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
        self.set_deadline();
        Ok(count > 0)
    }

    fn set_deadline(&mut self) {
        self.deadline = self.deadline.or_else(|| Instant::now().checked_add(self.patience));
    }

    fn read_into(&mut self, message: &mut Vec<u8>) -> io::Result<()> {
        wait(&self.stream, self.deadline)?;
        match retry_on_intr(|| rustix::io::read(&self.stream, spare_capacity(message)))? {
            0 => Err(cut_off()),
            _ => Ok(()),
        }
    }
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

#[cfg(test)]
#[cfg(not(miri))] // They talk over sockets, which an interpreter cannot wait for.
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;
    use std::net::{Shutdown, TcpListener};
    use std::thread;

    const LIMIT: usize = 100_000;

    /// Reads what a peer sends in pieces of that size before it closes: the sizes of the messages, or how it ended.
    fn read(stream: &[u8], piece: usize) -> Vec<Result<usize, io::ErrorKind>> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let mut frames = Frames::new(listener.accept().unwrap().0, LIMIT, Buffers::default());
        thread::scope(|threads| {
            threads.spawn(move || {
                for piece in stream.chunks(piece) {
                    // After an error nobody reads the rest.
                    let _ = peer.write_all(piece);
                }
                let _ = peer.shutdown(Shutdown::Both);
            });
            let mut read = Vec::new();
            loop {
                match frames.next() {
                    Ok(Some(Frame::Whole(message))) => {
                        assert!(message.len() <= LIMIT);
                        read.push(Ok(message.len()));
                    }
                    Ok(Some(Frame::TooLarge(size))) => {
                        assert!(size > LIMIT as u64);
                        read.push(Ok(usize::MAX));
                    }
                    Ok(None) => return read,
                    Err(error) => {
                        read.push(Err(error.kind()));
                        return read;
                    }
                }
                assert!(frames.buffer.capacity() <= 2 * LIMIT, "{}", frames.buffer.capacity());
            }
        })
    }

    fn stream(sizes: &[usize]) -> Vec<u8> {
        let mut stream = Vec::new();
        sizes.iter().for_each(|&size| gob::put_bytes(&mut stream, &vec![7; size]));
        stream
    }

    #[test]
    fn messages_come_whole_however_they_are_cut() {
        let sizes = [0, 1, 127, 128, 16 << 10, LIMIT, 3, LIMIT + 1, 5];
        let expected: Vec<_> = sizes.map(|size| Ok(if size > LIMIT { usize::MAX } else { size })).into();
        for piece in [1000, 4096, 1 << 20] {
            assert_eq!(read(&stream(&sizes), piece), expected);
        }
        assert_eq!(read(&stream(&[0, 2, 130]), 1), [Ok(0), Ok(2), Ok(130)]);
    }

    #[test]
    fn what_is_cut_off_ends_the_connection_whatever_length_it_claims() {
        for claimed in [
            &[5][..],
            &[0xFE, 0x60, 0],
            &[0xFD, 1, 0, 0],
            &[0xF8, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            &[0xF8, 1],
        ] {
            let stream = [claimed, &[1]].concat();
            assert_eq!(read(&stream, 100), [Err(io::ErrorKind::UnexpectedEof)], "{claimed:?}");
        }
        assert_eq!(read(&[0x80, 1], 100), [Err(io::ErrorKind::InvalidData)]);
    }

    #[test]
    fn only_what_has_begun_must_end_in_time() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let mut frames = Frames::new(listener.accept().unwrap().0, LIMIT, Buffers::default());
        frames.patience = Duration::from_millis(200);
        thread::scope(|threads| {
            threads.spawn(|| {
                thread::sleep(Duration::from_millis(400));
                peer.write_all(&[1, 7, 100]).unwrap();
                // Never quiet for long, and never done.
                (0..20).for_each(|_| {
                    thread::sleep(Duration::from_millis(20));
                    let _ = peer.write_all(&[7]);
                });
            });
            assert!(matches!(frames.next(), Ok(Some(Frame::Whole(message))) if message == [7][..]));
            assert_eq!(frames.next().err().unwrap().kind(), io::ErrorKind::TimedOut);
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn garbage_never_panics(stream: Vec<u8>, piece in 1_usize..50) {
            read(&stream, piece);
        }
    }
}
