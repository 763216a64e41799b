//! What a connection has to say.

use super::memory;
use bytes::Bytes;
use mio::net::TcpStream;
use std::io::{self, IoSlice, Write};

/// A body up to this size goes out in one piece with its head, which costs less than two pieces.
const ONE_PIECE: usize = 8 << 10;

/// What is to be written: heads, with a small body, and a large body after them.
#[derive(Default)]
pub(super) struct Output {
    head: Vec<u8>,
    body: Bytes,
    written: usize,
}

impl Output {
    /// What heads are appended to.
    pub(super) fn head(&mut self) -> &mut Vec<u8> {
        if self.head.is_empty() {
            self.head = memory::take();
        }
        &mut self.head
    }

    /// A body after its head.
    pub(super) fn push_body(&mut self, body: Bytes) {
        if body.len() <= ONE_PIECE {
            self.head.extend_from_slice(&body);
        } else {
            self.body = body;
        }
    }

    /// All has been written.
    pub(super) fn clear(&mut self) {
        memory::give_back(&mut self.head);
        self.body = Bytes::new();
        self.written = 0;
    }

    pub(super) fn left(&self) -> usize {
        self.head.len() + self.body.len() - self.written
    }

    /// Writes as much as is taken; true if that is all.
    pub(super) fn write_to(&mut self, mut stream: &TcpStream) -> io::Result<bool> {
        while self.left() > 0 {
            let head = &self.head[self.written.min(self.head.len())..];
            let body = &self.body[self.written.saturating_sub(self.head.len())..];
            let written = match body.is_empty() {
                true => stream.write(head),
                false => stream.write_vectored(&[IoSlice::new(head), IoSlice::new(body)]),
            };
            match written {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => self.written += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }
}
