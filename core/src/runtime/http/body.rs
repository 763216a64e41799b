//! A request's body, in whatever pieces it arrives.

use super::budget::{Budget, Share};
use super::head::{Framing, Head};
use super::refusal::Refusal;
use std::sync::Arc;

/// The longest line that tells a chunk's size, extensions included, and the longest trailer section.
const LINE_LIMIT: usize = 4096;
/// Bodies up to this size are not worth counting.
const SMALL: usize = 4096;
/// More digits than any size that is accepted has.
const SIZE_DIGITS: usize = 15;

/// A request whose body is still arriving.
pub(super) struct Incoming {
    pub(super) head: Head,
    pub(super) body: Vec<u8>,
    limit: usize,
    part: Part,
    /// What its memory takes of what there is for all, if that is worth counting.
    share: Option<Share>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// So many bytes, up to the end.
    Rest(usize),
    ChunkSize,
    Chunk(usize),
    ChunkEnd,
    /// So many bytes of trailers have been seen.
    Trailers(usize),
    Whole,
}

impl Incoming {
    /// Refuses a body that says that it is larger than `limit` bytes.
    pub(super) fn new(head: Head, limit: usize) -> Result<Self, Refusal> {
        let part = match head.framing {
            Framing::Length(0) => Part::Whole,
            Framing::Length(size) => match usize::try_from(size) {
                Ok(size) if size <= limit => Part::Rest(size),
                _ => return Err(Refusal::body_too_large(Some(size), limit)),
            },
            Framing::Chunked => Part::ChunkSize,
        };
        Ok(Self { head, body: Vec::new(), limit, part, share: None })
    }

    pub(super) fn is_whole(&self) -> bool {
        self.part == Part::Whole
    }

    /// How many bytes of the body may be read right into it; 0 if what comes next is no part of it.
    pub(super) fn wanted(&self) -> usize {
        match self.part {
            Part::Rest(size) | Part::Chunk(size) => size,
            _ => 0,
        }
    }

    /// So many bytes have been appended to the body.
    pub(super) fn received(&mut self, count: usize) {
        self.part = match self.part {
            Part::Rest(size) if size == count => Part::Whole,
            Part::Rest(size) => Part::Rest(size - count),
            Part::Chunk(size) if size == count => Part::ChunkEnd,
            Part::Chunk(size) => Part::Chunk(size - count),
            other => other,
        };
    }

    /// Has room for so many bytes more, which are a part of the body, if there are as many left for all that arrive.
    pub(super) fn make_room(&mut self, more: usize, budget: &Arc<Budget>) -> Result<(), Refusal> {
        let needed = self.body.len() + more;
        if needed <= self.body.capacity() {
            return Ok(());
        }
        let most = match self.part {
            Part::Rest(size) => self.body.len() + size,
            _ => self.limit,
        };
        let capacity = needed.max(self.body.capacity() * 2).min(most);
        if capacity > SMALL {
            let share = self.share.get_or_insert_with(|| Share::none_yet(budget.clone()));
            if !share.grow_to(capacity) {
                return Err(Refusal::too_many());
            }
        }
        self.body.reserve_exact(capacity - self.body.len());
        Ok(())
    }

    /// Takes from `bytes` what belongs to the request, as far as it can be told; gives how much that is.
    pub(super) fn take(&mut self, bytes: &[u8], budget: &Arc<Budget>) -> Result<usize, Refusal> {
        let mut taken = 0;
        while !self.is_whole() {
            match self.take_part(&bytes[taken..], budget)? {
                0 => break,
                count => taken += count,
            }
        }
        Ok(taken)
    }

    fn take_part(&mut self, bytes: &[u8], budget: &Arc<Budget>) -> Result<usize, Refusal> {
        if let 1.. = self.wanted() {
            let count = self.wanted().min(bytes.len());
            self.make_room(count, budget)?;
            self.body.extend_from_slice(&bytes[..count]);
            self.received(count);
            return Ok(count);
        }
        match self.part {
            Part::ChunkEnd => self.take_chunk_end(bytes),
            Part::Trailers(seen) => self.take_trailer(bytes, seen),
            _ => self.take_chunk_size(bytes),
        }
    }

    fn take_chunk_size(&mut self, bytes: &[u8]) -> Result<usize, Refusal> {
        let Some((line, length)) = line(bytes)? else { return Ok(0) };
        let size = chunk_size(line)?;
        if size > self.limit - self.body.len() {
            return Err(Refusal::body_too_large(None, self.limit));
        }
        self.part = if size == 0 { Part::Trailers(0) } else { Part::Chunk(size) };
        Ok(length)
    }

    fn take_chunk_end(&mut self, bytes: &[u8]) -> Result<usize, Refusal> {
        let end = &bytes[..bytes.len().min(2)];
        if !b"\r\n".starts_with(end) {
            return Err(Refusal::malformed("a chunk is longer than its size"));
        }
        if end.len() < 2 {
            return Ok(0);
        }
        self.part = Part::ChunkSize;
        Ok(2)
    }

    /// Trailers say nothing that concerns a function.
    fn take_trailer(&mut self, bytes: &[u8], seen: usize) -> Result<usize, Refusal> {
        let Some((line, length)) = line(bytes)? else { return Ok(0) };
        if seen + length > LINE_LIMIT {
            return Err(Refusal::head_too_large("4 KiB of trailers"));
        }
        self.part = if line.is_empty() { Part::Whole } else { Part::Trailers(seen + length) };
        Ok(length)
    }
}

/// The line at the beginning, and its length with its end; None as long as it is not whole.
fn line(bytes: &[u8]) -> Result<Option<(&[u8], usize)>, Refusal> {
    let Some(end) = memchr::memchr(b'\n', &bytes[..bytes.len().min(LINE_LIMIT)]) else {
        let is_too_long = bytes.len() >= LINE_LIMIT;
        return if is_too_long {
            Err(Refusal::malformed("a line between chunks is too long"))
        } else {
            Ok(None)
        };
    };
    let line = bytes[..end].strip_suffix(b"\r");
    let line = line.filter(|line| memchr::memchr2(b'\r', 0, line).is_none());
    let line = line.ok_or_else(|| Refusal::malformed("a line between chunks does not end with CR and LF"))?;
    Ok(Some((line, end + 1)))
}

/// Hexadecimal digits, and nothing else up to an extension.
fn chunk_size(line: &[u8]) -> Result<usize, Refusal> {
    let digits = line.split(|&byte| byte == b';').next().unwrap_or_default();
    let is_size = (1..=SIZE_DIGITS).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_size);
    let size = text.and_then(|text| usize::from_str_radix(text, 16).ok());
    size.ok_or_else(|| Refusal::malformed("a chunk's size is not a hexadecimal number"))
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::*;
    #[cfg(not(miri))]
    use proptest::prelude::*;

    fn incoming(framing: &str, limit: usize) -> Result<Incoming, Refusal> {
        let request = format!("POST / HTTP/1.1\r\nHost: h\r\n{framing}\r\n\r\n");
        Incoming::new(
            head::parse(request.as_bytes(), &mut head::Search::default()).unwrap().unwrap().0,
            limit,
        )
    }

    const CHUNKED: &str = "Transfer-Encoding: chunked";

    /// The body and what is left over, of bytes that come in pieces.
    fn read(framing: &str, bytes: &[u8], piece: usize) -> Result<(Vec<u8>, Vec<u8>), u16> {
        let mut incoming = incoming(framing, 100).map_err(|refusal| refusal.status)?;
        let mut buffer = Vec::new();
        for piece in bytes.chunks(piece) {
            buffer.extend_from_slice(piece);
            let taken = incoming.take(&buffer, &Budget::new(0)).map_err(|refusal| refusal.status)?;
            buffer.drain(..taken);
        }
        assert!(incoming.is_whole(), "{:?}", incoming.part);
        Ok((incoming.body, buffer))
    }

    #[test]
    fn bodies_come_whole_however_they_are_cut() {
        for piece in 1..20 {
            assert_eq!(read("Content-Length: 3", b"abcGET", piece), Ok((b"abc".to_vec(), b"GET".to_vec())));
            let chunks = b"3\r\nabc\r\n2;x=\"y\"\r\nde\r\n0\r\nTrailer: x\r\n\r\nGET";
            assert_eq!(read(CHUNKED, chunks, piece), Ok((b"abcde".to_vec(), b"GET".to_vec())));
            assert_eq!(read(CHUNKED, b"0\r\n\r\n", piece), Ok((vec![], vec![])));
        }
    }

    #[test]
    fn a_body_takes_no_more_than_its_share() {
        const LIMIT: usize = 100_000;
        let chunk = format!("3e8\r\n{}\r\n", "a".repeat(1000));
        for (framing, piece) in [(CHUNKED, chunk), ("Content-Length: 100000", "a".repeat(1000))] {
            for there_is in [LIMIT, LIMIT - 1] {
                let (mut incoming, budget) = (incoming(framing, LIMIT).unwrap(), Budget::new(there_is));
                let mut pieces = (0..100).map(|_| incoming.take(piece.as_bytes(), &budget));
                let refused = pieces.find_map(Result::err).map(|refusal| refusal.status);
                assert_eq!(refused, (there_is < LIMIT).then_some(429), "{framing}");
                assert!(incoming.body.capacity() <= there_is, "{framing}");
            }
        }
    }

    #[test]
    fn limits_are_inclusive() {
        assert!(incoming("Content-Length: 100", 100).is_ok());
        assert_eq!(incoming("Content-Length: 101", 100).err().unwrap().status, 413);
        let chunk = |size: usize| format!("{size:x}\r\n{}\r\n", "a".repeat(size));
        let whole = format!("{}{}0\r\n\r\n", chunk(60), chunk(40));
        assert_eq!(read(CHUNKED, whole.as_bytes(), 7).unwrap().0.len(), 100);
        let over = format!("{}{}0\r\n\r\n", chunk(60), chunk(41));
        assert_eq!(read(CHUNKED, over.as_bytes(), 7), Err(413));
        assert_eq!(read(CHUNKED, b"fffffffffffffff\r\n", 7), Err(413));
    }

    #[test]
    fn chunks_that_could_be_read_in_two_ways_are_refused() {
        for chunks in [
            &b"g\r\n"[..],
            b"-1\r\n",
            b"+1\r\na\r\n",
            b"0x1\r\na\r\n",
            b" 1\r\na\r\n",
            b"1 \r\na\r\n",
            b"\r\n",
            b";x\r\n",
            b"1\na\r\n",
            b"1\r\na\n",
            b"1\r\nab\r\n",
            b"1;a\rb\r\na\r\n",
            b"1;a\0b\r\na\r\n",
            b"1000000000000000\r\n",
            b"0\r\nX: y\n\r\n",
        ] {
            for piece in [1, 3, 100] {
                assert_eq!(read(CHUNKED, chunks, piece), Err(400), "{}", String::from_utf8_lossy(chunks));
            }
        }
        for length in [LINE_LIMIT, LINE_LIMIT + 1, 9000] {
            let long = format!("1;{}\r\na\r\n0\r\n\r\n", "x".repeat(length - 4));
            for piece in [100, 100_000] {
                let expected = if length == LINE_LIMIT { Ok((b"a".to_vec(), vec![])) } else { Err(400) };
                assert_eq!(read(CHUNKED, long.as_bytes(), piece), expected, "{length}");
            }
        }
        let trailers = format!("0\r\n{}\r\n", "X: y\r\n".repeat(LINE_LIMIT));
        assert_eq!(read(CHUNKED, trailers.as_bytes(), 1000), Err(431));
    }

    #[cfg(not(miri))] // An interpreter takes minutes for them.
    proptest! {
        #[test]
        fn garbage_never_panics_nor_exceeds_the_limit(bytes: Vec<u8>, text in "[0-9a-f\r\n; ]{0,60}", piece in 1_usize..9) {
            for bytes in [&bytes[..], text.as_bytes()] {
                let mut incoming = incoming(CHUNKED, 20).unwrap();
                let mut buffer = Vec::new();
                for piece in bytes.chunks(piece) {
                    buffer.extend_from_slice(piece);
                    let Ok(taken) = incoming.take(&buffer, &Budget::new(0)) else { break };
                    buffer.drain(..taken);
                    prop_assert!(incoming.body.len() <= 20);
                }
            }
        }
    }
}
