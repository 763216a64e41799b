//! The execution result as the console shows it, and as one line of JSON.

use crate::execution_result::{ExecutionResult, Log, Outcome, Summary};
use crate::screen::{BAD, GOOD, NOTE, Screen, TITLE};

/// One line for programs.
pub(crate) fn json(result: &ExecutionResult) -> Vec<u8> {
    format!("{}\n", result.to_json()).into_bytes()
}

/// A page for people.
pub(crate) fn text(result: &ExecutionResult, screen: &Screen) -> Vec<u8> {
    let mut page = format!("{}\n", headline(result, screen)).into_bytes();
    section(&mut page, "Function Output", screen, result.function_output());
    section(&mut page, "Summary", screen, summary(&result.summary).as_bytes());
    section(&mut page, "Log", screen, result.log.text.as_bytes());
    if let Some(note) = omission(&result.log) {
        page.extend_from_slice(format!("{}\n", screen.styled(NOTE, note)).as_bytes());
    }
    page
}

fn headline(result: &ExecutionResult, screen: &Screen) -> String {
    match result.outcome {
        Outcome::Output(_) => screen.styled(GOOD, "Execution successful"),
        _ => screen.styled(BAD, format!("Execution failed ({})", result.status())),
    }
}

fn section(page: &mut Vec<u8>, title: &str, screen: &Screen, content: &[u8]) {
    page.extend_from_slice(format!("\n{}\n", screen.styled(TITLE, title)).as_bytes());
    if content.is_empty() {
        page.extend_from_slice(format!("{}\n", screen.styled(NOTE, "(empty)")).as_bytes());
        return;
    }
    page.extend_from_slice(&screen.foreign(content));
    if !content.ends_with(b"\n") {
        page.push(b'\n');
    }
}

fn summary(summary: &Summary) -> String {
    [
        ("Request ID", summary.request_id.clone()),
        ("Memory Configured", format!("{} MB", summary.memory_configured_mb)),
        ("Execution Duration", format!("{:.3} ms", summary.duration_ms())),
        ("Memory Used", format!("{:.3} MB", summary.memory_used_mb())),
        ("Billed Duration", format!("{} ms", summary.billed_duration_ms())),
    ]
    .map(|(name, value)| format!("{name:<20}{value}\n"))
    .concat()
}

fn omission(log: &Log) -> Option<String> {
    let omitted = log.omitted;
    (omitted > 0)
        .then(|| format!("({omitted} earlier bytes of output are not shown; --log-limit BYTES shows more)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use std::time::Duration;

    fn result(output: &'static [u8], omitted: u64) -> ExecutionResult {
        let summary = Summary {
            request_id: "id-1".to_owned(),
            memory_configured_mb: 128,
            duration: Duration::from_micros(2049),
            memory_used_kib: 2048,
        };
        let log = Log { text: "line\n".to_owned(), omitted };
        ExecutionResult { outcome: Outcome::Output(Bytes::from_static(output)), summary, log }
    }

    #[test]
    fn a_page_has_headline_and_sections() {
        let page = text(&result(b"{\"a\":1}", 0), &Screen::new(false, false));
        let expected = "Execution successful\n\nFunction Output\n{\"a\":1}\n\nSummary\n\
            Request ID          id-1\nMemory Configured   128 MB\nExecution Duration  2.049 ms\n\
            Memory Used         2.000 MB\nBilled Duration     3 ms\n\nLog\nline\n";
        assert_eq!(String::from_utf8(page).unwrap(), expected);
    }

    #[test]
    fn what_is_missing_is_said() {
        let page = String::from_utf8(text(&result(b"", 7), &Screen::new(false, false))).unwrap();
        assert!(page.contains("Function Output\n(empty)\n"), "{page}");
        assert!(page.contains("(7 earlier bytes"), "{page}");
    }
}
