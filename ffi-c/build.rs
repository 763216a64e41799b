//! Gives the shared library its name for the loader, which has the ABI's major version in it.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // The same number as `FG_ABI_MAJOR`; a test compares them.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libfgruntime.so.0");
}
