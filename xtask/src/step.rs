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
    missing(name, tools).unwrap_or_else(|| check(name, body))
}

/// Tells that a check is skipped because a program is missing; None if all are there.
pub(crate) fn missing(name: &str, (programs, package): (&[&str], &str)) -> Option<Count> {
    let works = |program: &&&str| {
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    let program = programs.iter().find(|program| !works(program))?;
    println!("\n== {name}\nskipped: `{program}` is missing (package {package})");
    Some(Count { skipped: 1, ..Count::default() })
}

/// Runs a program that must succeed.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("{name} failed; see above")),
        Err(error) => Err(format!("{name} cannot be run: {error}")),
    }
}

/// Runs a program that must succeed; what it prints is shown only if it does not.
pub(crate) fn succeed_quietly(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name} cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let printed = [output.stdout, output.stderr].concat();
    Err(format!("{}\n{name} failed", String::from_utf8_lossy(&printed).trim_end()))
}

/// Runs a program; it counts as one check.
pub(crate) fn program(name: &str, command: &mut Command) -> Count {
    check(name, || succeed(command))
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
    tests(name, &mut command(arguments, &[]), test_result)
}

/// Runs pytest; every test counts, in the same way.
pub(crate) fn pytest(name: &str, command: &mut Command) -> Count {
    tests(name, command, pytest_result)
}

/// Runs `node --test` with the reporter `tap`; every test counts, in the same way.
pub(crate) fn node_test(name: &str, command: &mut Command) -> Count {
    tests(name, command, tap_result)
}

/// Runs `go test -v`; every test counts, in the same way.
pub(crate) fn go_test(name: &str, command: &mut Command) -> Count {
    tests(name, command, go_result)
}

/// Runs a program of tests; `result` reads their counts from a line of its output.
fn tests(name: &str, command: &mut Command, result: impl Fn(&str) -> Option<Count>) -> Count {
    println!("\n== {name}");
    let Ok(mut child) = command.stdout(Stdio::piped()).spawn() else {
        return Count::of(false);
    };
    let mut count = Count::default();
    for line in
        child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines).map_while(Result::ok)
    {
        println!("{line}");
        count.add(result(&line).unwrap_or_default());
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

/// Reads `2 failed, 12 passed, 1 skipped in 0.10s`.
fn pytest_result(line: &str) -> Option<Count> {
    let line = line.trim_matches(['=', ' ']);
    let (counts, duration) = line.rsplit_once(" in ")?;
    duration.split(' ').next()?.strip_suffix('s')?.parse::<f64>().ok()?;
    let mut count = Count::default();
    for part in counts.split(", ") {
        let (number, word) = part.split_once(' ')?;
        let number: u32 = number.parse().ok()?;
        match word {
            // What is expected to fail and does is as it should be.
            "passed" | "xfailed" => count.passed += number,
            "failed" | "error" | "errors" | "xpassed" => count.failed += number,
            "skipped" => count.skipped += number,
            _ => {}
        }
    }
    Some(count)
}

/// Reads `# pass 12`, and what there is besides.
fn tap_result(line: &str) -> Option<Count> {
    let (word, number) = line.strip_prefix("# ")?.split_once(' ')?;
    let number = number.parse().ok()?;
    let mut count = Count::default();
    match word {
        "pass" => count.passed = number,
        "fail" | "cancelled" => count.failed = number,
        "skipped" | "todo" => count.skipped = number,
        _ => return None,
    }
    Some(count)
}

/// Reads `--- PASS: TestX (0.00s)`, also of a part of a test.
fn go_result(line: &str) -> Option<Count> {
    let result = line.trim_start().strip_prefix("--- ")?;
    let mut count = Count::default();
    match result.split_once(": ")?.0 {
        "PASS" => count.passed = 1,
        "FAIL" => count.failed = 1,
        "SKIP" => count.skipped = 1,
        _ => return None,
    }
    Some(count)
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

    #[test]
    fn results_of_node_are_counted() {
        let mut count = Count::default();
        for line in [
            "# tests 9",
            "# pass 6",
            "# fail 1",
            "# cancelled 1",
            "# skipped 1",
            "# a pass 3",
            "ok 1 - # pass 2",
        ] {
            count.add(tap_result(line).unwrap_or_default());
        }
        assert_eq!((count.passed, count.failed, count.skipped), (6, 2, 1));
    }

    #[test]
    fn results_of_go_are_counted() {
        let mut count = Count::default();
        for line in [
            "=== RUN   TestA",
            "--- PASS: TestA (0.00s)",
            "    --- FAIL: TestA/b (0.10s)",
            "--- SKIP: TestC (0.00s)",
            "ok  	x	0.1s",
        ] {
            count.add(go_result(line).unwrap_or_default());
        }
        assert_eq!((count.passed, count.failed, count.skipped), (1, 1, 1));
    }

    #[test]
    fn results_of_pytest_are_counted() {
        let line = "==== 2 failed, 12 passed, 1 skipped, 3 warnings, 1 error in 61.10s (0:01:01) ====";
        let count = pytest_result(line).unwrap();
        assert_eq!((count.passed, count.failed, count.skipped), (12, 3, 1));
        assert_eq!(pytest_result("300 passed in 1.5s").unwrap().passed, 300);
        assert!(pytest_result("the event came in 2s").is_none());
        assert!(pytest_result("E   assert 1 in 2").is_none());
    }
}
