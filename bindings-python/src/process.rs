//! Forked children must not speak for their parent.

use std::sync::atomic::{AtomicU32, Ordering};

/// The process that polls and replies; 0 before there is one.
static OWNER: AtomicU32 = AtomicU32::new(0);

/// From now on this process polls and replies.
pub(crate) fn claim() {
    OWNER.store(std::process::id(), Ordering::Release);
}

/// From now on nothing in this process does.
pub(crate) fn abandon() {
    OWNER.store(u32::MAX, Ordering::Release);
}

/// Whether this process may poll and reply: a child that was forked has another id.
pub(crate) fn is_owner() -> bool {
    OWNER.load(Ordering::Acquire) == std::process::id()
}
