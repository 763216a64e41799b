//! A function as a process: on a processor of its own, with what the kernel says it has cost.

use crate::caller::Caller;
use crate::platform::{Client, Event, Platform};
use crate::{Row, Transport};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use std::io;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Long enough for a function that has asked for an event to be asleep, so that all its time has been counted.
const SETTLE: Duration = Duration::from_millis(2);

/// What the platform sets for every function; a function that missed them would tell its log.
const VARIABLES: [(&str, &str); 14] = [
    ("RUNTIME_PROJECT_ID", "0123456789abcdef0123456789abcdef"),
    ("RUNTIME_FUNC_NAME", "bench"),
    ("RUNTIME_FUNC_VERSION", "latest"),
    ("RUNTIME_PACKAGE", "default"),
    ("RUNTIME_HANDLER", "bench.handler"),
    ("RUNTIME_TIMEOUT", "30"),
    ("RUNTIME_USERDATA", r#"{"table":"orders"}"#),
    ("RUNTIME_CPU", "300"),
    ("RUNTIME_MEMORY", "128"),
    ("RUNTIME_MAX_RESP_BODY_SIZE", "6291456"),
    ("RUNTIME_ROOT", "/home/snuser/runtime"),
    ("RUNTIME_CODE_ROOT", "/opt/function/code"),
    ("RUNTIME_LOG_DIR", "/home/snuser/log"),
    ("RUNTIME_LOG_LEVEL", "INFO"),
];

/// The driver on the first processor it may use, the functions on the last.
pub(crate) struct Processors {
    driver: CpuSet,
    functions: CpuSet,
}

impl Processors {
    pub(crate) fn take() -> io::Result<Self> {
        let allowed = sched_getaffinity(None)?;
        let mut usable = (0..CpuSet::MAX_CPU).filter(|&cpu| allowed.is_set(cpu));
        let first = usable.next().unwrap_or(0);
        let last = usable.next_back().unwrap_or(first);
        let processors = Self { driver: only(first), functions: only(last) };
        sched_setaffinity(None, &processors.driver)?;
        Ok(processors)
    }

    /// Runs `spawn` where functions run: a process starts on its parent's processors and stays there.
    fn for_functions<T>(&self, spawn: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
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

/// A running function that waits for an event.
pub(crate) struct Function {
    child: Child,
    side: Side,
    /// From before the process existed to its first request for an event, or until it took the connection.
    pub(crate) start: Duration,
}

/// The platform's side of a function.
enum Side {
    Asked(Client),
    Calling(Caller),
}

impl Function {
    pub(crate) fn start(processors: &Processors, row: &Row, argument: &str) -> io::Result<Self> {
        match row.transport {
            Transport::Poll => {
                let platform = Platform::listen()?;
                let address = platform.address()?;
                Self::spawn(processors, row, argument, &address, || platform.accept().map(Side::Asked))
            }
            Transport::GoRpc => {
                let address = Caller::free_address()?;
                let connect = || Caller::connect(address).map(Side::Calling);
                Self::spawn(processors, row, argument, &address.to_string(), connect)
            }
        }
    }

    fn spawn(
        processors: &Processors,
        row: &Row,
        argument: &str,
        address: &str,
        meet: impl FnOnce() -> io::Result<Side>,
    ) -> io::Result<Self> {
        let mut command = Command::new(&row.program);
        command.arg(argument).envs(VARIABLES).env("RUNTIME_API_ADDR", address);
        command.env("FGRUNTIME_TRANSPORT", row.transport.name());
        command.env("AWS_LAMBDA_RUNTIME_API", address);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let begin = Instant::now();
        let mut child = processors.for_functions(|| command.spawn())?;
        match meet() {
            Ok(side) => Ok(Self { child, side, start: begin.elapsed() }),
            Err(error) => {
                child.kill()?;
                child.wait()?;
                Err(row.failed(error))
            }
        }
    }

    /// One invocation; returns what it took, as the platform sees it.
    pub(crate) fn invoke(&mut self, event: &Event) -> io::Result<Duration> {
        match &mut self.side {
            Side::Asked(client) => client.invoke(event),
            Side::Calling(caller) => caller.invoke(event),
        }
    }

    /// The processor time of all threads so far, user and system: what `wait4` would say now, in nanoseconds.
    pub(crate) fn cpu_time(&self) -> io::Result<Duration> {
        std::thread::sleep(SETTLE);
        let mut total = 0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            total += first_number(&std::fs::read_to_string(thread?.path().join("schedstat"))?);
        }
        Ok(Duration::from_nanos(total))
    }

    /// The most memory the process has ever had, in MB.
    pub(crate) fn peak_memory(&self) -> io::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        Ok(first_number(kilobytes.unwrap_or_default()) as f64 / 1024.0)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// From before the process existed to its end.
pub(crate) fn run_time(processors: &Processors, row: &Row, argument: &str) -> io::Result<Duration> {
    let mut command = Command::new(&row.program);
    command.arg(argument).stdin(Stdio::null()).stdout(Stdio::null());
    let begin = Instant::now();
    let mut child = processors.for_functions(|| command.spawn())?;
    let status = child.wait()?;
    let time = begin.elapsed();
    if status.success() { Ok(time) } else { Err(row.failed(io::Error::other(status.to_string()))) }
}

fn first_number(text: &str) -> u64 {
    text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or_default()
}
