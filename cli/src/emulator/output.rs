//! What the function prints: one pipe for stdout and stderr, of which the end is kept.

use crate::execution_result::Log;
use rustix::io::retry_on_intr;
use std::convert::Infallible;
use std::future::pending;
use std::io::{self, PipeWriter};
use std::os::fd::OwnedFd;
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe::Receiver;

const CHUNK: usize = 64 * 1024;
/// More than any pipe holds, so that a process that never stops printing cannot hold up the drain.
const DRAIN_LIMIT: usize = 4 * 1024 * 1024;

/// The reading end of the function's stdout and stderr.
pub(crate) struct Output {
    pipe: Receiver,
    chunk: Box<[u8]>,
    tail: Tail,
}

impl Output {
    /// An output of which at least the last `keep` bytes are kept, and the writing end for the process.
    pub(crate) fn open(keep: usize) -> io::Result<(Self, PipeWriter)> {
        let (reader, writer) = io::pipe()?;
        let pipe = Receiver::from_owned_fd(OwnedFd::from(reader))?;
        Ok((Self { pipe, chunk: vec![0; CHUNK].into(), tail: Tail::new(keep) }, writer))
    }

    /// Reads for as long as it is polled.
    pub(crate) async fn pump(&mut self) -> Infallible {
        loop {
            match self.pipe.read(&mut self.chunk).await {
                Ok(length) if length > 0 => self.tail.push(&self.chunk[..length]),
                _closed => return pending().await,
            }
        }
    }

    /// Reads what is there already, also what the asynchronous runtime has not been told of yet. The pipe does not block.
    pub(crate) fn drain(&mut self) {
        let mut drained = 0;
        while let Ok(length @ 1..) = retry_on_intr(|| rustix::io::read(&self.pipe, &mut *self.chunk)) {
            self.tail.push(&self.chunk[..length]);
            drained += length;
            if drained > DRAIN_LIMIT {
                return;
            }
        }
    }

    /// The last `limit` bytes since the last call.
    pub(crate) fn take(&mut self, limit: usize) -> Log {
        self.tail.take(limit)
    }
}

/// The end of a stream of bytes.
struct Tail {
    keep: usize,
    bytes: Vec<u8>,
    total: u64,
}

impl Tail {
    fn new(keep: usize) -> Self {
        // One byte more tells whether the kept part begins with a line.
        Self { keep: keep.saturating_add(1).max(CHUNK), bytes: vec![], total: 0 }
    }

    fn push(&mut self, chunk: &[u8]) {
        self.total += chunk.len() as u64;
        self.bytes.extend_from_slice(chunk);
        if self.bytes.len() > self.keep.saturating_mul(2) {
            self.bytes.drain(..self.bytes.len() - self.keep);
        }
    }

    fn take(&mut self, limit: usize) -> Log {
        let kept = &self.bytes[cut(&self.bytes, limit)..];
        let text = String::from_utf8_lossy(kept).into_owned();
        let omitted = self.total - kept.len() as u64;
        (self.bytes, self.total) = (vec![], 0);
        Log { text, omitted }
    }
}

/// Where the last `limit` bytes begin; a little later if a line or a character begins there.
fn cut(bytes: &[u8], limit: usize) -> usize {
    let Some(start) = bytes.len().checked_sub(limit).filter(|&start| start > 0) else {
        return 0;
    };
    if bytes[start - 1] == b'\n' {
        return start;
    }
    // A line that begins in the later half would cost too much of what there is to show.
    if let Some(end) = bytes[start..].iter().take(limit / 2).position(|&byte| byte == b'\n') {
        return start + end + 1;
    }
    let continues = |at: &usize| bytes[*at] & 0b1100_0000 == 0b1000_0000;
    (start..bytes.len()).take(4).find(|at| !continues(at)).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(text: &[u8], limit: usize) -> (String, u64) {
        let mut tail = Tail::new(limit);
        text.chunks(1000).for_each(|chunk| tail.push(chunk));
        let log = tail.take(limit);
        (log.text, log.omitted)
    }

    #[test]
    fn what_fits_is_kept_whole() {
        assert_eq!(tail(b"one\ntwo\n", 8), ("one\ntwo\n".to_owned(), 0));
        assert_eq!(tail(b"", 8), (String::new(), 0));
    }

    #[test]
    fn the_cut_moves_to_the_next_line() {
        assert_eq!(tail(b"first\nsecond\nthird\n", 16), ("second\nthird\n".to_owned(), 6));
        assert_eq!(tail(b"first\nsecond\nthird\n", 13), ("second\nthird\n".to_owned(), 6));
    }

    #[test]
    fn a_line_longer_than_the_limit_is_cut_inside() {
        assert_eq!(tail(b"0123456789\n", 4), ("789\n".to_owned(), 7));
        assert_eq!(tail(b"0123456789", 0), (String::new(), 10));
    }

    #[test]
    fn characters_stay_whole_and_invalid_bytes_are_replaced() {
        assert_eq!(tail("aäöü".as_bytes(), 3), ("ü".to_owned(), 5));
        assert_eq!(tail(b"a\xff\xfeb", 100), ("a\u{FFFD}\u{FFFD}b".to_owned(), 0));
    }

    #[test]
    fn megabytes_leave_only_the_end_in_memory() {
        let mut tail = Tail::new(10);
        for _ in 0..100 {
            tail.push(&[b'x'; CHUNK]);
            assert!(tail.bytes.len() <= 2 * CHUNK);
        }
        tail.push(b"\nthe end\n");
        let log = tail.take(10);
        assert_eq!(log.text, "the end\n");
        assert_eq!(log.omitted, 100 * CHUNK as u64 + 1);
        assert_eq!(tail.take(10).text, "");
    }
}
