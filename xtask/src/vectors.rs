//! `cargo xtask vectors`: what the vectors expect, from what the core gives.

use crate::step::cargo;

const TEST: [&str; 5] = ["test", "--quiet", "--locked", "--package=fgruntime-tests", "--test=vectors"];

/// Makes the vectors expect what the core gives.
pub(crate) fn bless() -> Result<(), String> {
    run("writing what the core gives", "1")
        .map_err(|()| "the vectors are not what the manifest says".to_owned())?;
    println!("\nread every line of `git diff tests/vectors`: the design decides what is right, not the core");
    Ok(())
}

/// Whether the vectors expect what the core gives.
pub(crate) fn check() -> Result<(), String> {
    let stale = "mend the core; or, if it is right, let `cargo xtask vectors` write what it gives";
    run("the vectors are what the core gives", "0").map_err(|()| stale.to_owned())
}

fn run(name: &str, bless: &str) -> Result<(), ()> {
    let count = cargo(name, &TEST, &[("FGRUNTIME_BLESS", bless)]);
    if count.failed == 0 { Ok(()) } else { Err(()) }
}
