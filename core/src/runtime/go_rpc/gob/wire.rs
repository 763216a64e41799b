//! The numbers and texts that gob is made of, as `encoding/gob` documents them.

use super::GobError;
use std::ops::Range;

/// Reads one message from its beginning.
pub(super) struct Reader<'m> {
    bytes: &'m [u8],
    at: usize,
}

impl<'m> Reader<'m> {
    pub(super) fn at(bytes: &'m [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// How far the message has been read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// An unsigned number: one byte below 128, else how many bytes follow, negated, and these with the highest first.
    pub(super) fn uint(&mut self) -> Result<u64, GobError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let (number, length) = uint(rest)?.ok_or_else(|| self.error("a number is cut off"))?;
        self.at += length;
        Ok(number)
    }

    /// A signed number: the lowest bit of an unsigned one tells that the others are to be inverted.
    pub(super) fn int(&mut self) -> Result<i64, GobError> {
        let number = self.uint()?;
        let half = (number >> 1).cast_signed();
        Ok(if number & 1 == 1 { !half } else { half })
    }

    /// Where bytes with their length before them are.
    pub(super) fn span(&mut self) -> Result<Range<usize>, GobError> {
        let length = self.uint()?;
        let left = self.bytes.len() - self.at;
        let length = usize::try_from(length).ok().filter(|&length| length <= left);
        let length = length.ok_or_else(|| self.error("a text or bytes are longer than the message"))?;
        let start = self.at;
        self.at += length;
        Ok(start..self.at)
    }

    /// Bytes with their length before them.
    pub(super) fn bytes(&mut self) -> Result<&'m [u8], GobError> {
        let span = self.span()?;
        Ok(&self.bytes[span])
    }

    /// A text; Go's may be any bytes, of which those that are no UTF-8 become U+FFFD.
    pub(super) fn text(&mut self) -> Result<String, GobError> {
        Ok(String::from_utf8_lossy(self.bytes()?).into_owned())
    }

    /// Calls `read` for each field of a structure that is there, with its number.
    pub(super) fn fields(
        &mut self,
        mut read: impl FnMut(usize, &mut Self) -> Result<(), GobError>,
    ) -> Result<(), GobError> {
        let mut next = 0_usize;
        loop {
            // Numbers are told as the distance from the one before.
            let delta =
                usize::try_from(self.uint()?).map_err(|_| self.error("a field's number is absurd"))?;
            if delta == 0 {
                return Ok(());
            }
            next = next.checked_add(delta).ok_or_else(|| self.error("a field's number is absurd"))?;
            read(next - 1, self)?;
        }
    }

    pub(super) fn error(&self, what: impl Into<String>) -> GobError {
        GobError { what: what.into(), at: self.at }
    }
}

/// The number that `bytes` begin with, and how many of them it takes; None if there are too few.
pub(in crate::runtime::go_rpc) fn uint(bytes: &[u8]) -> Result<Option<(u64, usize)>, GobError> {
    let Some((&first, rest)) = bytes.split_first() else { return Ok(None) };
    if first < 0x80 {
        return Ok(Some((first.into(), 1)));
    }
    let count = usize::from(first.wrapping_neg());
    if count > size_of::<u64>() {
        return Err(GobError { what: format!("a number of {count} bytes"), at: 0 });
    }
    let Some(digits) = rest.get(..count) else { return Ok(None) };
    let number = digits.iter().fold(0, |number: u64, &digit| number << 8 | u64::from(digit));
    Ok(Some((number, 1 + count)))
}

/// Appends an unsigned number.
pub(in crate::runtime::go_rpc) fn put_uint(out: &mut Vec<u8>, number: u64) {
    if let Ok(small @ ..0x80) = u8::try_from(number) {
        return out.push(small);
    }
    let digits = number.to_be_bytes();
    let digits = &digits[number.leading_zeros() as usize / 8..];
    out.push((digits.len() as u8).wrapping_neg());
    out.extend_from_slice(digits);
}

/// Appends a signed number.
pub(in crate::runtime::go_rpc) fn put_int(out: &mut Vec<u8>, number: i64) {
    let doubled = number.cast_unsigned() << 1;
    put_uint(out, if number < 0 { !doubled } else { doubled });
}

/// Appends bytes with their length before them.
pub(in crate::runtime::go_rpc) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_uint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(not(miri))]
    use proptest::prelude::*;

    #[test]
    fn numbers_are_those_of_the_documents() {
        for (number, bytes) in
            [(0, &[0][..]), (7, &[7]), (127, &[127]), (128, &[0xFF, 128]), (256, &[0xFE, 1, 0])]
        {
            let mut out = Vec::new();
            put_uint(&mut out, number);
            assert_eq!(out, bytes);
        }
        let mut out = Vec::new();
        put_int(&mut out, -129);
        assert_eq!(out, [0xFE, 1, 1]);
    }

    #[test]
    fn what_is_cut_off_or_absurd_is_an_error() {
        assert_eq!(uint(&[]).unwrap(), None);
        assert_eq!(uint(&[0xFE, 1]).unwrap(), None);
        assert!(uint(&[0xF7, 1, 2, 3, 4, 5, 6, 7, 8, 9]).is_err());
        assert!(Reader::at(&[5, b'a'], 0).bytes().is_err());
        let mut most = vec![0xF8];
        most.extend([0xFF; 8]);
        assert!(Reader::at(&most, 0).bytes().is_err());
        assert!(Reader::at(&[most, vec![1]].concat(), 0).fields(|_, _| Ok(())).is_err());
    }

    #[cfg(not(miri))] // An interpreter takes minutes for them.
    proptest! {
        #[test]
        fn what_is_written_is_read(number: u64, signed: i64, text: Vec<u8>) {
            let mut out = Vec::new();
            put_uint(&mut out, number);
            put_int(&mut out, signed);
            put_bytes(&mut out, &text);
            let mut reader = Reader::at(&out, 0);
            prop_assert_eq!(reader.uint().unwrap(), number);
            prop_assert_eq!(reader.int().unwrap(), signed);
            prop_assert_eq!(reader.bytes().unwrap(), &text[..]);
            prop_assert!(reader.is_at_end());
        }
    }
}
