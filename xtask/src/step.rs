//! One check of `cargo xtask test`: a command or a function, and what it counted.

use crate::root;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// How many checks passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Count {
    pub(crate) fn of(passed: bool) -> Self {
        Self { passed: u32::from(passed), failed: u32::from(!passed), skipped: 0 }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Runs a check of ours.
pub(crate) fn check(name: &str, check: impl FnOnce() -> Result<(), String>) -> Count {
    println!("\n== {name}");
    let result = check();
    if let Err(error) = &result {
        println!("{error}");
    }
    Count::of(result.is_ok())
}

/// Runs a check of ours that needs programs of a package; without them, it counts as skipped.
pub(crate) fn check_with(
    name: &str,
    tools: (&[&str], &str),
    body: impl FnOnce() -> Result<(), String>,
) -> Count {
    let (programs, package) = tools;
    let works = |program: &&&str| {
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    match programs.iter().find(|program| !works(program)) {
        None => check(name, body),
        Some(program) => {
            println!("\n== {name}\nskipped: `{program}` is missing (package {package})");
            Count { skipped: 1, ..Count::default() }
        }
    }
}

/// Runs cargo; it counts as one check.
pub(crate) fn cargo(name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Count {
    println!("\n== {name}");
    Count::of(command(arguments, variables).status().is_ok_and(|status| status.success()))
}

/// Runs a cargo command that not every installation has; without it, it counts as skipped.
pub(crate) fn cargo_component(name: &str, component: &str, arguments: &[&str]) -> Count {
    let version =
        command(&[component, "--version"], &[]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if version.is_ok_and(|status| status.success()) {
        return cargo(name, arguments, &[]);
    }
    println!("\n== {name}\nskipped: `cargo {component}` is missing (rustup component add {component})");
    Count { skipped: 1, ..Count::default() }
}

/// Runs `cargo test`; every test counts. What fails without a test, such as a test that does not compile, counts too.
pub(crate) fn cargo_test(name: &str, arguments: &[&str]) -> Count {
    println!("\n== {name}");
    let Ok(mut child) = command(arguments, &[]).stdout(Stdio::piped()).spawn() else {
        return Count::of(false);
    };
    let mut count = Count::default();
    for line in
        child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines).map_while(Result::ok)
    {
        println!("{line}");
        count.add(test_result(&line).unwrap_or_default());
    }
    let success = child.wait().is_ok_and(|status| status.success());
    if !success && count.failed == 0 {
        count.failed = 1;
    }
    count
}

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn test_result(line: &str) -> Option<Count> {
    let counts = line.strip_prefix("test result: ")?;
    let number = |word: &str| {
        let part = counts.split([';', '.']).find(|part| part.trim_end().ends_with(word))?;
        part.trim().split(' ').next()?.parse().ok()
    };
    Some(Count { passed: number(" passed")?, failed: number(" failed")?, skipped: number(" ignored")? })
}

fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments).envs(variables.iter().copied());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_results_are_counted() {
        let line = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        let count = test_result(line).unwrap();
        assert_eq!((count.passed, count.failed, count.skipped), (12, 2, 1));
        assert!(test_result("running 3 tests").is_none());
    }
}
