//! How much memory the processes of a group have used.

use super::group;
use rustix::process::Pid;
use std::fs;
use std::path::Path;

/// The sum of the highest resident sizes, in KiB; 0 where the system has no `/proc`.
pub(crate) fn peak_kib(group: Pid) -> u64 {
    group::members(group).filter_map(|folder| high_water_mark(&folder)).sum()
}

fn high_water_mark(folder: &Path) -> Option<u64> {
    let status = fs::read(folder.join("status")).ok()?;
    let status = String::from_utf8_lossy(&status);
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn our_own_group_uses_memory() {
        assert!(peak_kib(rustix::process::getpgrp()) > 100);
    }
}
