//! Standard output and standard error: colour only where it is seen, and no harm from what functions print.

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// The look of section titles.
pub(crate) const TITLE: Style = Style::new().bold();
/// The look of good news.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// The look of bad news.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// The look of what is said about the content rather than being it.
pub(crate) const NOTE: Style = Style::new().dimmed();

/// What standard output can show.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    terminal: bool,
    color: bool,
}

impl Screen {
    /// Looks at what standard output is.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let color = AutoStream::choice(&stdout) != ColorChoice::Never;
        Self { terminal: stdout.is_terminal(), color }
    }

    /// A screen as tests want it.
    #[cfg(test)]
    pub(crate) fn new(terminal: bool, color: bool) -> Self {
        Self { terminal, color }
    }

    /// `text` in that look.
    pub(crate) fn styled(&self, style: Style, text: impl Display) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_string() }
    }

    /// Foreign content: as it is, except that a terminal gets text, with control characters made visible.
    pub(crate) fn foreign(&self, content: &[u8]) -> Vec<u8> {
        if self.terminal { visible(&String::from_utf8_lossy(content)).into() } else { content.into() }
    }
}

/// Writes to standard output and tells whether somebody still reads. A reader that went away is no failure: there is
/// nobody left to tell.
pub(crate) fn write(content: &[u8]) -> io::Result<bool> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(content).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        done => done.map(|()| true),
    }
}

/// Writes `error: …` to standard error.
pub(crate) fn report(error: &dyn Display) {
    // If standard error is gone, the exit status still tells.
    let _ = writeln!(anstream::stderr(), "{BAD}error:{BAD:#} {}", visible(&error.to_string()));
}

/// Shows control characters instead of letting them act on the terminal.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => shown.push(character),
            _ if character.is_control() => shown.extend(character.escape_default()),
            _ => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_control_characters_but_newline_and_tab() {
        let screen = Screen::new(true, true);
        assert_eq!(
            screen.foreign("a\x1b[2J\tb\nä\u{9b}\r".as_bytes()),
            "a\\u{1b}[2J\tb\nä\\u{9b}\\r".as_bytes()
        );
        assert_eq!(screen.foreign(b"\xff"), "\u{FFFD}".as_bytes());
    }

    #[test]
    fn anything_else_gets_the_bytes_as_they_are() {
        assert_eq!(Screen::new(false, false).foreign(b"\x1b[2J\xff"), b"\x1b[2J\xff");
    }

    #[test]
    fn styles_need_colour() {
        assert_eq!(Screen::new(true, false).styled(GOOD, "ok"), "ok");
        assert!(Screen::new(true, true).styled(GOOD, "ok").starts_with('\x1b'));
    }
}
