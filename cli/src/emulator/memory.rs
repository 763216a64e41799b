//! How much memory the processes of a group have used.

use rustix::process::Pid;
use std::fs;
use std::path::Path;

/// The sum of the highest resident sizes, in KiB; 0 where the system has no `/proc`.
pub(crate) fn peak_kib(group: Pid) -> u64 {
    let Ok(processes) = fs::read_dir("/proc") else {
        return 0;
    };
    let folders = processes.flatten().map(|entry| entry.path());
    folders.filter(|folder| is_member(folder, group)).filter_map(|folder| high_water_mark(&folder)).sum()
}

fn is_member(folder: &Path, group: Pid) -> bool {
    fs::read(folder.join("stat")).is_ok_and(|stat| group_of(&stat) == Some(group.as_raw_nonzero().get()))
}

/// The group is the third field after the name, which is in parentheses and may hold anything.
fn group_of(stat: &[u8]) -> Option<i32> {
    let after_name = stat.iter().rposition(|&byte| byte == b')')? + 1;
    let fields = std::str::from_utf8(&stat[after_name..]).ok()?;
    fields.split_ascii_whitespace().nth(2)?.parse().ok()
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
    fn the_group_is_found_behind_any_name() {
        assert_eq!(group_of(b"12 (sh) S 1 34 34 0"), Some(34));
        assert_eq!(group_of(b"12 (a) b\xff (c)) S 1 34 34 0"), Some(34));
        assert_eq!(group_of(b""), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn our_own_group_uses_memory() {
        assert!(peak_kib(rustix::process::getpgrp()) > 100);
    }
}
