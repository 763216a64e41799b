//! Memory of large payloads, used again.
//!
//! The C library's allocator gives memory of such sizes back to the system when it is freed, and the next payload then pays for
//! every page of it: three times what reading a batch costs.

use bytes::Bytes;
use std::sync::{Arc, Mutex, PoisonError};

/// From here on a payload's memory is kept.
const LARGE: usize = 64 << 10;
/// Larger than any payload of the platform; no more than this is held by an idle function.
const LARGEST: usize = 8 << 20;

/// The memory of the last large payload that is no longer used.
#[derive(Clone, Default)]
pub(super) struct Buffers(Arc<Mutex<Vec<u8>>>);

impl Buffers {
    /// An empty buffer with room for `size` bytes.
    pub(super) fn take(&self, size: usize) -> Vec<u8> {
        let kept = match size {
            LARGE.. => std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)),
            _ => Vec::new(),
        };
        if kept.capacity() >= size { kept } else { Vec::with_capacity(size) }
    }

    /// The payload that has been read, whose memory comes back when nobody uses it any more.
    pub(super) fn lend(&self, payload: Vec<u8>) -> Bytes {
        match payload.capacity() {
            LARGE..=LARGEST => Bytes::from_owner(Lent { payload, home: self.clone() }),
            _ => payload.into(),
        }
    }
}

struct Lent {
    payload: Vec<u8>,
    home: Buffers,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.payload
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut kept = self.home.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.capacity() < self.payload.capacity() {
            *kept = std::mem::take(&mut self.payload);
            kept.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_of_large_payloads_comes_back() {
        let buffers = Buffers::default();
        let mut payload = buffers.take(LARGE);
        payload.resize(LARGE, 1);
        let place = payload.as_ptr();
        let lent = buffers.lend(payload);
        let shared = lent.clone();
        drop(lent);
        let other = buffers.take(LARGE);
        assert_ne!(other.as_ptr(), place, "it is still used");
        assert_eq!((shared.len(), shared.last()), (LARGE, Some(&1)));
        drop(shared);
        let again = buffers.take(LARGE);
        assert_eq!((again.as_ptr(), again.len()), (place, 0));
    }

    #[test]
    fn memory_of_other_payloads_does_not() {
        let buffers = Buffers::default();
        for size in [1000, LARGEST + 1] {
            drop(buffers.lend(buffers.take(size)));
            assert_eq!(buffers.0.lock().unwrap().capacity(), 0, "{size}");
        }
    }
}
