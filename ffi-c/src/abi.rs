//! Versions.

use crate::view::fg_str;

/// The ABI's major version. It is 0 until the first release, and until then nothing is promised; afterwards a change that
/// could break a program raises it, and with it the library's name (`libfgruntime.so.<major>`).
pub const FG_ABI_MAJOR: u32 = 0;
/// The ABI's minor version. It rises when something is added.
pub const FG_ABI_MINOR: u32 = 3;

/// The ABI of the library that is loaded: major version times 65536, plus minor version. A program runs with it if the
/// major version is the one it was compiled with and the minor version is not smaller.
#[unsafe(no_mangle)]
pub extern "C" fn fg_abi_version() -> u32 {
    FG_ABI_MAJOR << 16 | FG_ABI_MINOR
}

/// The release of the library that is loaded, for people. The text is static.
#[unsafe(no_mangle)]
pub extern "C" fn fg_version() -> fg_str {
    fg_str::of(env!("CARGO_PKG_VERSION"))
}
