//! The processes of a group, as the system shows them.

use rustix::process::Pid;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of the processes in `/proc`; none where the system has no such.
pub(super) fn members(group: Pid) -> impl Iterator<Item = PathBuf> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.map(|entry| entry.path()).filter(move |folder| is_member(folder, group))
}

/// Whether the process has ended and only waits to be reaped.
pub(super) fn is_zombie(folder: &Path) -> bool {
    let stat = fs::read(folder.join("stat")).unwrap_or_default();
    field(&stat, STATE).is_none_or(|state| matches!(state, "Z" | "X"))
}

fn is_member(folder: &Path, group: Pid) -> bool {
    let stat = fs::read(folder.join("stat")).unwrap_or_default();
    field(&stat, GROUP).and_then(|field| field.parse().ok()) == Some(group.as_raw_nonzero().get())
}

/// Places of fields after the name.
const STATE: usize = 0;
const GROUP: usize = 2;

/// A field after the name, which is in parentheses and may hold anything.
fn field(stat: &[u8], place: usize) -> Option<&str> {
    let after_name = stat.iter().rposition(|&byte| byte == b')')? + 1;
    std::str::from_utf8(&stat[after_name..]).ok()?.split_ascii_whitespace().nth(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_behind_any_name() {
        assert_eq!(field(b"12 (sh) S 1 34 34 0", GROUP), Some("34"));
        assert_eq!(field(b"12 (a) b\xff (c)) Z 1 34 34 0", GROUP), Some("34"));
        assert_eq!(field(b"12 (a) b\xff (c)) Z 1 34 34 0", STATE), Some("Z"));
        assert_eq!(field(b"", GROUP), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn we_are_in_our_own_group_and_running() {
        let own = PathBuf::from(format!("/proc/{}", std::process::id()));
        assert!(members(rustix::process::getpgrp()).any(|folder| folder == own));
        assert!(!is_zombie(&own));
    }
}
