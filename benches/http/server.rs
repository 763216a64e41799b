//! A server as processes: on a processor of their own, with what the kernel says they have cost.

use fgruntime_benches::processors::{Processors, cpu_time, settle};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that does not listen for so long will not do so any more.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(2);
/// More than connections, so that nothing waits for a place.
const CONCURRENCY: &str = "64";

/// Servers are run in a group of their own: some have workers.
pub(crate) struct Server {
    leader: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it listens.
    pub(crate) fn start(processors: &Processors, program: &Path) -> io::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program);
        command.env("FGRUNTIME_TRANSPORT", "http").env("FGRUNTIME_HTTP_ADDR", address.to_string());
        command.env("FGRUNTIME_CONCURRENCY", CONCURRENCY).env("PORT", address.port().to_string());
        command.stdin(Stdio::null()).stdout(Stdio::null()).process_group(0);
        let leader = processors.for_functions(|| command.spawn())?;
        let server = Self { leader, address };
        let begin = Instant::now();
        while let Err(error) = TcpStream::connect(address) {
            if begin.elapsed() > PATIENCE {
                return Err(error);
            }
            std::thread::sleep(PAUSE);
        }
        Ok(server)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The processor time of all processes so far.
    pub(crate) fn cpu_time(&self) -> io::Result<Duration> {
        settle();
        let mut total = Duration::ZERO;
        for entry in std::fs::read_dir("/proc")? {
            let Ok(process) = entry?.file_name().to_string_lossy().parse() else { continue };
            if group_of(process) == Some(self.leader.id()) {
                total += cpu_time(process).unwrap_or_default();
            }
        }
        Ok(total)
    }
}

/// The third word after the program's name, which may hold anything.
fn group_of(process: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(2)?.parse().ok()
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = kill_process_group(Pid::from_child(&self.leader), Signal::KILL);
        let _ = self.leader.wait();
    }
}
