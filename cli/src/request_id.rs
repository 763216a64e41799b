//! Ids for invocations.

use std::fs::File;
use std::io::{self, Read};

/// A random id in the form of a version 4 UUID.
pub(crate) fn random() -> io::Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(uuid(u128::from_be_bytes(bytes)))
}

/// The id of invocation number `index`, counted from 0, of a series whose first has the id `first`.
pub(crate) fn numbered(first: &str, index: u32) -> String {
    if index == 0 { first.to_owned() } else { format!("{first}-{}", index.saturating_add(1)) }
}

fn uuid(random: u128) -> String {
    let version = random & !(0xf << 76) | (4 << 76);
    let variant = version & !(0b11 << 62) | (0b10 << 62);
    let digits = format!("{variant:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_4_uuids() {
        assert_eq!(uuid(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_ne!(random().unwrap(), random().unwrap());
    }

    #[test]
    fn a_series_counts_from_its_second_id() {
        assert_eq!([0, 1, 2].map(|index| numbered("id", index)), ["id", "id-2", "id-3"]);
    }
}
