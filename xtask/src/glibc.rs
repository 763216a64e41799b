//! Which glibc a program or library needs, by the versions of the symbols that it takes from it.

use crate::zig::OLDEST_GLIBC;
use std::path::Path;
use std::process::Command;

/// Fails if `file` needs a glibc newer than the oldest one that we promise to run on.
pub(crate) fn check(file: &Path) -> Result<(), String> {
    let output = Command::new("objdump").args(["-p", "-T"]).arg(file).output();
    let output = output.map_err(|error| format!("objdump (of binutils) cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let newer = newer(&String::from_utf8_lossy(&output.stdout));
    if newer.is_empty() {
        return Ok(());
    }
    let [major, minor] = OLDEST_GLIBC;
    let (file, newer) = (file.display(), newer.join(", "));
    Err(format!("{file} needs more than glibc {major}.{minor} has: {newer}"))
}

/// The symbols of newer versions, and the versions themselves, in what objdump prints. A version that is not a number, such as
/// `GLIBC_ABI_DT_RELR`, is newer than all.
fn newer(listing: &str) -> Vec<String> {
    let mut newer = Vec::new();
    for line in listing.lines() {
        let words = || line.split_whitespace().map(|word| word.trim_matches(['(', ')']));
        let Some(version) = words().find(|word| word.starts_with("GLIBC_")) else {
            continue;
        };
        let numbers: Result<Vec<u32>, _> =
            version.trim_start_matches("GLIBC_").split('.').map(str::parse).collect();
        let release = numbers.as_deref().ok().and_then(|numbers| numbers.get(..2));
        if release.is_some_and(|release| release <= OLDEST_GLIBC.as_slice()) {
            continue;
        }
        newer.push(match words().next_back() {
            Some(symbol) if symbol != version => format!("{symbol} ({version})"),
            _ => version.to_owned(),
        });
    }
    newer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_symbols_are_named() {
        let listing = "\
  required from libc.so.6:
    0x09691a75 0x00 03 GLIBC_2.2.5
    0x0fd0e42b 0x00 04 GLIBC_ABI_DT_RELR
DYNAMIC SYMBOL TABLE:
0000000000000000      DF *UND*\t0000000000000000 (GLIBC_2.17) clock_gettime
0000000000000000      DF *UND*\t0000000000000000 (GLIBC_2.18) __cxa_thread_atexit_impl
0000000000000000  w   DF *UND*\t0000000000000000  GLIBC_2.34  pthread_create
0000000000000000  w   D  *UND*\t0000000000000000  Base        __gmon_start__
00000000000368a0 g    DF .text\t0000000000000006  Base        fg_abi_version
";
        let expected =
            ["GLIBC_ABI_DT_RELR", "__cxa_thread_atexit_impl (GLIBC_2.18)", "pthread_create (GLIBC_2.34)"];
        assert_eq!(newer(listing), expected);
    }
}
