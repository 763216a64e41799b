//! Processors of their own for whoever measures and whoever is measured, and what the kernel says the latter has cost.

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use std::io;
use std::time::Duration;

/// Long enough for a function that waits to be asleep, so that all its time has been counted.
const SETTLE: Duration = Duration::from_millis(2);

/// The driver on the first processor it may use, the functions on the last.
pub struct Processors {
    driver: CpuSet,
    functions: CpuSet,
}

impl Processors {
    /// # Errors
    /// The system refuses.
    pub fn take() -> io::Result<Self> {
        let allowed = sched_getaffinity(None)?;
        let mut usable = (0..CpuSet::MAX_CPU).filter(|&cpu| allowed.is_set(cpu));
        let first = usable.next().unwrap_or(0);
        let last = usable.next_back().unwrap_or(first);
        let processors = Self { driver: only(first), functions: only(last) };
        sched_setaffinity(None, &processors.driver)?;
        Ok(processors)
    }

    /// Runs `spawn` where functions run: a process starts on its parent's processors and stays there.
    /// # Errors
    /// The system refuses, or `spawn` fails.
    pub fn for_functions<T>(&self, spawn: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        sched_setaffinity(None, &self.functions)?;
        let spawned = spawn();
        sched_setaffinity(None, &self.driver)?;
        spawned
    }
}

fn only(cpu: usize) -> CpuSet {
    let mut set = CpuSet::new();
    set.set(cpu);
    set
}

/// Waits until a function that has nothing to do is asleep.
pub fn settle() {
    std::thread::sleep(SETTLE);
}

/// The processor time of all threads of a process so far, user and system.
///
/// # Errors
/// The process is gone.
pub fn cpu_time(process: u32) -> io::Result<Duration> {
    let mut total = 0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        total += first_number(&std::fs::read_to_string(thread?.path().join("schedstat"))?);
    }
    Ok(Duration::from_nanos(total))
}

/// The first word of a text as a number; 0 if it is none.
#[must_use]
pub fn first_number(text: &str) -> u64 {
    text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or_default()
}
