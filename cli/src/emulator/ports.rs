//! Ports of this machine: free ones, and who listens on one.

use super::group;
use rustix::process::Pid;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;

/// The tables of the system's TCP sockets.
const TABLES: [&str; 2] = ["/proc/net/tcp", "/proc/net/tcp6"];
/// How they call the state of a socket that takes connections.
const LISTENING: &str = "0A";

/// A port of the loopback interface on which nobody listens.
pub(super) fn free() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether somebody takes connections on that port of the loopback interface.
pub(super) fn is_taken(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Whether the system shows who has a port.
pub(super) fn owners_are_shown() -> bool {
    Path::new(TABLES[0]).exists()
}

/// Whether a process of the group listens on the port, on whichever interface.
pub(super) fn is_of_group(port: u16, group: Pid) -> bool {
    let sockets: Vec<_> = TABLES
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|table| table.lines().filter_map(|line| listening(line, port)).collect::<Vec<_>>())
        .collect();
    !sockets.is_empty() && group::members(group).any(|folder| holds(&folder, &sockets))
}

/// What the descriptors of a line's socket lead to, if it listens on that port.
fn listening(line: &str, port: u16) -> Option<String> {
    let fields: Vec<_> = line.split_ascii_whitespace().collect();
    let (local, state, inode) = (fields.get(1)?, *fields.get(3)?, fields.get(9)?);
    let is_wanted = state == LISTENING && local.ends_with(&format!(":{port:04X}"));
    is_wanted.then(|| format!("socket:[{inode}]"))
}

fn holds(process: &Path, sockets: &[String]) -> bool {
    let descriptors = fs::read_dir(process.join("fd")).into_iter().flatten().flatten();
    let mut targets = descriptors.filter_map(|descriptor| fs::read_link(descriptor.path()).ok());
    targets.any(|target| sockets.iter().any(|socket| target == Path::new(socket)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_systems_tables_are_read() {
        let line = "   0: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1003        0 48512 1";
        assert_eq!(listening(line, 8000).as_deref(), Some("socket:[48512]"));
        assert_eq!(listening(line, 80), None);
        assert_eq!(listening(&line.replace(" 0A ", " 01 "), 8000), None);
        assert_eq!(listening("  sl  local_address rem_address   st", 8000), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_listener_of_our_own_is_of_our_group_and_of_no_other() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(is_taken(port));
        assert!(is_of_group(port, rustix::process::getpgrp()));
        assert!(!is_of_group(port, Pid::from_raw(1).unwrap()));
        let free = free().unwrap().port();
        assert!(!is_of_group(free, rustix::process::getpgrp()));
    }
}
