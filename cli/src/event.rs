//! `fgruntime event`: sample events, and how an event is read.

use crate::args::EventCommand;
use crate::error::Error;
use crate::event_source::{self, EventError};
use crate::indent::indent;
use crate::sample::SAMPLES;
use crate::screen::{self, NOTE, Screen, TITLE};
use crate::set::Assignment;
use fgruntime_core::event::{Event, Kind, Limits};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Carries out one of the `event` commands.
pub(crate) fn run(command: &EventCommand) -> Result<ExitCode, Error> {
    let screen = Screen::stdout();
    let page = match command {
        EventCommand::List => list(&screen).into_bytes(),
        EventCommand::Print { name, set } => print(name, set)?,
        EventCommand::Inspect { event, kind, json } => {
            let event = parse(event, *kind)?;
            if *json { inspect_json(&event) } else { inspect_text(&event, &screen) }
        }
    };
    screen::write(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn list(screen: &Screen) -> String {
    let width = SAMPLES.iter().map(|sample| sample.name.len()).max().unwrap_or_default();
    let line = |name: &str, description| {
        format!("{}  {description}\n", screen.styled(TITLE, format!("{name:<width$}")))
    };
    SAMPLES.iter().map(|sample| line(sample.name, sample.description)).collect()
}

fn print(name: &str, assignments: &[Assignment]) -> Result<Vec<u8>, EventError> {
    let event = event_source::edit(event_source::sample(name)?.json.as_bytes(), assignments)?;
    Ok(format!("{}\n", indent(&String::from_utf8_lossy(&event))).into_bytes())
}

/// Reads the event just as a function's runtime would, with the same limits.
fn parse(name: &str, kind: Option<Kind>) -> Result<Event, EventError> {
    let payload = event_source::read(name)?;
    let event = match kind {
        Some(kind) => Event::parse_as(kind, payload, &Limits::default()),
        None => Event::parse(payload),
    };
    event.map_err(|source| EventError::Malformed { origin: event_source::origin(name), source })
}

fn inspect_json(event: &Event) -> Vec<u8> {
    let findings = event
        .findings()
        .into_iter()
        .map(|finding| json!({ "path": finding.path, "found": finding.found, "read": finding.read }));
    // The canonical form is put in as it is: parsing it again would change the digits of long numbers.
    let (kind, event, findings) =
        (Value::from(event.kind().name()), event.to_canonical(), Value::from_iter(findings));
    format!("{{\"kind\":{kind},\"event\":{event},\"findings\":{findings}}}\n").into_bytes()
}

fn inspect_text(event: &Event, screen: &Screen) -> Vec<u8> {
    let title = |text| screen.styled(TITLE, text);
    let mut page = format!("{}\n{}\n", title("Kind"), event.kind().name()).into_bytes();
    page.extend(format!("\n{}\n", title("Event")).into_bytes());
    page.extend(screen.foreign(indent(&event.to_canonical()).as_bytes()));
    page.extend(format!("\n\n{}\n", title("Findings")).into_bytes());
    let findings = event.findings();
    if findings.is_empty() {
        page.extend(format!("{}\n", screen.styled(NOTE, "(none)")).into_bytes());
    }
    for finding in findings {
        page.extend(screen.foreign(format!("{finding}\n").as_bytes()));
    }
    page
}
