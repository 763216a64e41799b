//! What a process says that ends at once.

use std::io::Write;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long the end waits for whoever reads standard error.
const PATIENCE: Duration = Duration::from_secs(1);

/// Writes to standard error, because the log may be what is stuck. Standard error may be, too, or nobody reads it any more: neither keeps
/// the process from ending.
pub(super) fn say(words: &str) {
    let line = format!("fgruntime: {words}\n");
    let (said, is_said) = mpsc::channel();
    let say = move || {
        let _ = std::io::stderr().write_all(line.as_bytes());
        let _ = said.send(());
    };
    // Without another thread it is the end that matters.
    if thread::Builder::new().spawn(say).is_ok() {
        let _ = is_said.recv_timeout(PATIENCE);
    }
}

/// Ends the process with status 1, without running anything more of it, after it has said why.
pub(super) fn end_at_once(words: &str) -> ! {
    say(words);
    signal_hook::low_level::exit(1)
}
