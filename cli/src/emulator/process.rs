//! The function's process, together with everything it starts.

use super::{Runtime, environment, group, memory};
use crate::program::Program;
use rustix::process::{Pid, Signal, kill_process_group};
use std::ffi::OsString;
use std::future::pending;
use std::io::{self, PipeWriter};
use std::process::{ExitStatus, Stdio};
use tokio::process::{Child, Command};

/// A running program that leads a process group of its own. Dropping it kills the group.
pub(crate) struct Process {
    child: Child,
    group: Pid,
}

impl Process {
    /// Starts the program; both its stdout and its stderr go to `output`, so that their order is kept.
    pub(crate) fn start(
        program: &Program,
        runtime: Runtime,
        variables: Vec<(String, OsString)>,
        output: PipeWriter,
    ) -> io::Result<Self> {
        let mut command = Command::new(&program.path);
        command.args(&program.arguments).current_dir(&program.folder).process_group(0);
        command.stdin(Stdio::null()).stderr(output.try_clone()?).stdout(output);
        for (name, _) in std::env::vars_os().filter(|(name, _)| environment::is_foreign(runtime, name)) {
            command.env_remove(name);
        }
        let child = command.envs(variables).spawn()?;
        let group = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let group = group.ok_or_else(|| io::Error::other("the process has no id"))?;
        Ok(Self { child, group })
    }

    /// Waits until the process itself has ended; it may be asked again afterwards.
    pub(crate) async fn exited(&mut self) -> ExitStatus {
        match self.child.wait().await {
            Ok(status) => status,
            // Nobody else waits for our child, so there is nothing that could be reported here.
            Err(_) => pending().await,
        }
    }

    /// The most memory that the group has used so far, in KiB.
    pub(crate) fn peak_memory_kib(&self) -> u64 {
        memory::peak_kib(self.group)
    }

    /// The group that it leads.
    pub(crate) fn group(&self) -> Pid {
        self.group
    }

    /// Whether anybody of the group still runs; where the system has no `/proc`, none is seen.
    pub(crate) fn is_running(&self) -> bool {
        group::members(self.group).any(|folder| !group::is_zombie(&folder))
    }

    /// Asks the whole group to end.
    pub(crate) fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Ends the whole group.
    pub(crate) fn kill(&self) {
        self.signal(Signal::KILL);
    }

    fn signal(&self, signal: Signal) {
        // The only possible failure is that nobody is left to be signalled.
        let _ = kill_process_group(self.group, signal);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
