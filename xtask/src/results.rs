//! What programs of tests print: how many of them passed, and which did not.

use crate::step::Count;

/// How to read the lines of a program.
pub(crate) struct Format {
    pub(crate) count: fn(&str) -> Option<Count>,
    /// How many lines from this one on tell of a failure.
    pub(crate) failure: fn(&str) -> usize,
}

/// `cargo test`
pub(crate) const CARGO: Format = Format { count: test_result, failure: test_failure };
/// `pytest`
pub(crate) const PYTEST: Format = Format { count: pytest_result, failure: pytest_failure };
/// `node --test` with the reporter `tap`
pub(crate) const TAP: Format = Format { count: tap_result, failure: tap_failure };
/// `go test -v`
pub(crate) const GO: Format = Format { count: go_result, failure: go_failure };

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn test_result(line: &str) -> Option<Count> {
    let counts = line.strip_prefix("test result: ")?;
    let number = |word: &str| {
        let part = counts.split([';', '.']).find(|part| part.trim_end().ends_with(word))?;
        part.trim().split(' ').next()?.parse().ok()
    };
    let (passed, failed, skipped) = (number(" passed")?, number(" failed")?, number(" ignored")?);
    Some(Count { passed, failed, skipped, ..Count::default() })
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

/// The name of a test, or where it panicked and why.
fn test_failure(line: &str) -> usize {
    if line.starts_with("---- ") {
        return 1;
    }
    if line.starts_with("thread '") && line.contains("panicked at") { 4 } else { 0 }
}

/// The summary names each with its error.
fn pytest_failure(line: &str) -> usize {
    usize::from(line.starts_with("FAILED ") || line.starts_with("ERROR "))
}

/// The name of a test, or its error.
fn tap_failure(line: &str) -> usize {
    match line.trim_start() {
        line if line.starts_with("not ok ") => 1,
        line if line.starts_with("error: ") => 4,
        _ => 0,
    }
}

/// The name of a test with what it said, or why the program ended.
fn go_failure(line: &str) -> usize {
    let line = line.trim_start();
    let is_end = ["panic: ", "fatal error: ", "WARNING: DATA RACE"].iter().any(|end| line.starts_with(end));
    if line.starts_with("--- FAIL") || is_end { 4 } else { 0 }
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

    #[test]
    fn failures_are_told() {
        for (line, lines) in [
            ("---- a_test stdout ----", 1),
            ("thread 'a_test' (1) panicked at tests/a.rs:1:1:", 4),
            ("test a_test ... ok", 0),
        ] {
            assert_eq!(test_failure(line), lines, "{line}");
        }
        assert_eq!(pytest_failure("FAILED tests/test_a.py::test_b - assert 1 == 2"), 1);
        assert_eq!(pytest_failure("tests/test_a.py ..F"), 0);
        assert_eq!((tap_failure("    not ok 3 - a test"), tap_failure("ok 4 - not ok")), (1, 0));
        assert_eq!(
            (go_failure("    --- FAIL: TestA/b (0.10s)"), go_failure("--- PASS: TestA (0.00s)")),
            (4, 0)
        );
    }
}
