//! Memory for what connections read and write, which they hold only while there is something of it: most of very many connections have
//! nothing to say.

use std::cell::Cell;

/// Room for a small request with its head.
pub(super) const SIZE: usize = 4 << 10;
/// What is larger than this is not kept.
const LARGEST: usize = 4 * SIZE;

thread_local! {
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// An empty buffer with room for [`SIZE`] bytes.
pub(super) fn take() -> Vec<u8> {
    // A thread that ends has none any more.
    let mut buffer = SPARE.try_with(Cell::take).unwrap_or_default();
    buffer.reserve(SIZE);
    buffer
}

/// Takes a buffer's memory, which serves whoever needs some next on this thread.
pub(super) fn give_back(buffer: &mut Vec<u8>) {
    let mut buffer = std::mem::take(buffer);
    if (SIZE..=LARGEST).contains(&buffer.capacity()) {
        buffer.clear();
        let _ = SPARE.try_with(|spare| spare.set(buffer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again_unless_it_is_large() {
        let mut buffer = take();
        buffer.push(1);
        let place = buffer.as_ptr();
        give_back(&mut buffer);
        assert_eq!(buffer.capacity(), 0);
        let (mut again, other) = (take(), take());
        assert_eq!((again.as_ptr(), again.len()), (place, 0));
        assert_ne!(other.as_ptr(), place, "it is in use");
        again.reserve(LARGEST + 1);
        give_back(&mut again);
        assert!(SPARE.take().capacity() == 0, "it is too large");
    }
}
