//! One check of `cargo xtask test`: a command or a function, and what it counted.

use crate::results::{self, Format};
use crate::root;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// How many checks passed, failed and were skipped, and what is known of those that failed.
#[derive(Debug, Default)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
    /// Lines for the end, where somebody who reads only that finds them.
    pub(crate) failures: Vec<String>,
}

impl Count {
    /// One check, and what to say of it if it failed.
    pub(crate) fn of(name: &str, result: Result<(), String>) -> Self {
        match result {
            Ok(()) => Self { passed: 1, ..Self::default() },
            Err(error) => Self { failed: 1, failures: vec![format!("{name}: {error}")], ..Self::default() },
        }
    }

    pub(crate) fn skipped() -> Self {
        Self { skipped: 1, ..Self::default() }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failures.extend(other.failures);
    }

    /// Prints what failed, and the counts last.
    pub(crate) fn report(&self) -> Result<(), String> {
        if !self.failures.is_empty() {
            println!("\nfailed:\n{}", self.failures.join("\n"));
        }
        println!("\n{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped);
        if self.failed == 0 { Ok(()) } else { Err("see above".to_owned()) }
    }
}

/// Runs a check of ours.
pub(crate) fn check(name: &str, check: impl FnOnce() -> Result<(), String>) -> Count {
    println!("\n== {name}");
    let result = check();
    if let Err(error) = &result {
        println!("{error}");
    }
    Count::of(name, result)
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
    Some(Count::skipped())
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
    program(name, &mut command(arguments, variables))
}

/// Runs a cargo command that not every installation has; without it, it counts as skipped.
pub(crate) fn cargo_component(name: &str, component: &str, arguments: &[&str]) -> Count {
    let version =
        command(&[component, "--version"], &[]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if version.is_ok_and(|status| status.success()) {
        return cargo(name, arguments, &[]);
    }
    println!("\n== {name}\nskipped: `cargo {component}` is missing (rustup component add {component})");
    Count::skipped()
}

/// Runs `cargo test`; every test counts. What fails without a test, such as a test that does not compile, counts too.
pub(crate) fn cargo_test(name: &str, arguments: &[&str]) -> Count {
    tests(name, &mut command(arguments, &[]), &results::CARGO)
}

/// Runs pytest; every test counts, in the same way.
pub(crate) fn pytest(name: &str, command: &mut Command) -> Count {
    tests(name, command, &results::PYTEST)
}

/// Runs `node --test` with the reporter `tap`; every test counts, in the same way.
pub(crate) fn node_test(name: &str, command: &mut Command) -> Count {
    tests(name, command, &results::TAP)
}

/// Runs `go test -v`; every test counts, in the same way.
pub(crate) fn go_test(name: &str, command: &mut Command) -> Count {
    tests(name, command, &results::GO)
}

/// Runs a program of tests, and reads what it prints.
fn tests(name: &str, command: &mut Command, format: &Format) -> Count {
    println!("\n== {name}");
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return Count::of(name, Err(format!("it cannot be run: {error}"))),
    };
    let mut count = Count::default();
    // How many lines more tell of a failure.
    let mut told = 0;
    for line in
        child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines).map_while(Result::ok)
    {
        println!("{line}");
        count.add((format.count)(&line).unwrap_or_default());
        told = (format.failure)(&line).max(told);
        if told > 0 {
            count.failures.push(line);
            told -= 1;
        }
    }
    let success = child.wait().is_ok_and(|status| status.success());
    if !success {
        count.failed = count.failed.max(1);
        count.failures.insert(0, format!("{name}:"));
    }
    count
}

fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments).envs(variables.iter().copied());
    command
}
