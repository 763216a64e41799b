//! Where plain text ends in JSON strings: the speed of reading an event.

use wide::u8x16;

const BLOCK: usize = 64;

/// Finds the bytes at which a plain stretch of a string ends: a quote, a backslash, a control character.
///
/// They are looked for in a block of 64 bytes at once and remembered as the bits of a word: names and escapes are short,
/// so that many stops come from one look.
pub(super) struct Stops<'s> {
    bytes: &'s [u8],
    /// Where the block begins that `found` is about.
    block: usize,
    /// A bit for each byte of the block that is a stop.
    found: u64,
}

impl<'s> Stops<'s> {
    pub(super) fn new(bytes: &'s [u8]) -> Self {
        let mut stops = Self { bytes, block: 0, found: 0 };
        stops.look(0);
        stops
    }

    /// The first stop at or after `from`; the end if there is none. Cheapest when `from` only grows.
    #[inline]
    pub(super) fn next(&mut self, from: usize) -> usize {
        let passed = from.wrapping_sub(self.block);
        if passed >= BLOCK {
            self.look(from);
            return self.search();
        }
        match self.found >> passed {
            0 => {
                self.look(self.block + BLOCK);
                self.search()
            }
            left => from + left.trailing_zeros() as usize,
        }
    }

    /// Goes on from the beginning of the block.
    fn search(&mut self) -> usize {
        while self.found == 0 && self.block < self.bytes.len() {
            self.look(self.block + BLOCK);
        }
        (self.block + self.found.trailing_zeros() as usize).min(self.bytes.len())
    }

    #[inline]
    fn look(&mut self, block: usize) {
        self.block = block;
        self.found = match self.bytes.get(block..).map(<[u8]>::first_chunk::<BLOCK>) {
            Some(Some(bytes)) => stops_in(bytes),
            Some(None) => self.stops_in_tail(),
            None => 0,
        };
    }

    #[cold]
    fn stops_in_tail(&self) -> u64 {
        let mut padded = [b' '; BLOCK];
        let tail = &self.bytes[self.block..];
        padded[..tail.len()].copy_from_slice(tail);
        stops_in(&padded)
    }
}

#[inline]
fn stops_in(block: &[u8; BLOCK]) -> u64 {
    let (quarters, _) = block.as_chunks::<16>();
    let bits = |quarter: &[u8; 16]| {
        let bytes = u8x16::new(*quarter);
        let control = bytes.min(u8x16::splat(0x1f)).cmp_eq(bytes);
        let stop = control | bytes.cmp_eq(u8x16::splat(b'"')) | bytes.cmp_eq(u8x16::splat(b'\\'));
        u64::from(stop.move_mask() as u16)
    };
    quarters.iter().rev().fold(0, |found, quarter| found << 16 | bits(quarter))
}

#[cfg(all(test, not(miri)))] // An interpreter takes minutes for them.
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_stop_is_found(bytes in proptest::collection::vec(prop_oneof![8 => Just(b'a'), 1 => any::<u8>()], 0..300), from in 0..310_usize) {
            let is_stop = |&byte: &u8| byte < 0x20 || byte == b'"' || byte == b'\\';
            let mut stops = Stops::new(&bytes);
            let mut at = from.min(bytes.len());
            loop {
                let expected = bytes[at..].iter().position(is_stop).map_or(bytes.len(), |length| at + length);
                prop_assert_eq!(stops.next(at), expected);
                if expected == bytes.len() {
                    break;
                }
                at = expected + 1;
            }
        }
    }
}
