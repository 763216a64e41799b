//! Where an event comes from: a sample, a file or standard input.

use crate::sample::{self, Sample};
use crate::set::{Assignment, SetError};
use fgruntime_core::event::{Event, Limits, ParseError};
use serde_json::Value;
use std::io::{self, Read};

/// Why there is no event. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EventError {
    /// Neither a sample nor a file.
    #[error("there is no event '{name}': neither a file nor a sample ({}){suggestion}", sample::names())]
    Unknown {
        /// What was asked for.
        name: String,
        /// A sentence that starts with `;`, or nothing.
        suggestion: String,
    },
    /// A folder was named.
    #[error("'{0}' is a folder; name the JSON file of the event, a sample, or - for standard input")]
    Folder(String),
    /// The file is there but cannot be read.
    #[error("cannot read the event from {origin}: {source}")]
    Unreadable {
        /// File or standard input.
        origin: String,
        /// What the system says.
        source: io::Error,
    },
    /// The content is not JSON, or is beyond a limit.
    #[error("cannot use the event from {origin}: {source}")]
    Malformed {
        /// File or standard input.
        origin: String,
        /// Line, column and reason.
        source: ParseError,
    },
    /// The content is JSON that `--set` cannot change.
    #[error("--set cannot change the event: {0}")]
    NotEditable(serde_json::Error),
    /// A `--set` does not fit the event.
    #[error(transparent)]
    Set(#[from] SetError),
}

/// The bytes of the event called `name`, as they are; re-serialised only if there is something to set.
pub(crate) fn load(name: &str, assignments: &[Assignment]) -> Result<Vec<u8>, EventError> {
    let payload = read(name)?;
    // An empty payload is legal; depth and size are judged by the function and the platform, not here.
    if !payload.is_empty() {
        let limits = Limits { max_depth: usize::MAX, max_bytes: usize::MAX };
        Event::parse_with(payload.clone(), &limits)
            .map_err(|source| EventError::Malformed { origin: origin(name), source })?;
    }
    if assignments.is_empty() { Ok(payload) } else { edit(&payload, assignments) }
}

/// The bytes behind `name`: a sample's, else a file's, or those of standard input for `-`.
pub(crate) fn read(name: &str) -> Result<Vec<u8>, EventError> {
    if name == "-" {
        return read_stdin();
    }
    match sample::find(name) {
        // Triggers send compact JSON.
        Some(sample) => edit(sample.json.as_bytes(), &[]),
        None => read_file(name),
    }
}

/// What messages call the place behind `name`.
pub(crate) fn origin(name: &str) -> String {
    if name == "-" { "standard input".to_owned() } else { format!("'{name}'") }
}

/// The sample called `name`, or an error that lists the samples.
pub(crate) fn sample(name: &str) -> Result<&'static Sample, EventError> {
    sample::find(name).ok_or_else(|| unknown(name))
}

/// The payload with every assignment applied; an empty payload starts as `{}`.
pub(crate) fn edit(payload: &[u8], assignments: &[Assignment]) -> Result<Vec<u8>, EventError> {
    let payload = if payload.is_empty() { b"{}" } else { payload };
    let mut event: Value = serde_json::from_slice(payload).map_err(EventError::NotEditable)?;
    for assignment in assignments {
        assignment.apply(&mut event)?;
    }
    Ok(event.to_string().into_bytes())
}

fn read_stdin() -> Result<Vec<u8>, EventError> {
    let mut payload = vec![];
    io::stdin()
        .read_to_end(&mut payload)
        .map_err(|source| EventError::Unreadable { origin: origin("-"), source })?;
    Ok(payload)
}

fn read_file(name: &str) -> Result<Vec<u8>, EventError> {
    std::fs::read(name).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => unknown(name),
        io::ErrorKind::IsADirectory => EventError::Folder(name.to_owned()),
        _ => EventError::Unreadable { origin: origin(name), source },
    })
}

fn unknown(name: &str) -> EventError {
    let suggestion = match sample::nearest(name) {
        _ if name.trim_start().starts_with(['{', '[']) => "; pipe the JSON in and use -e -".to_owned(),
        Some(near) => format!("; did you mean '{near}'?"),
        None => String::new(),
    };
    EventError::Unknown { name: name.to_owned(), suggestion }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_payload_is_edited_as_an_empty_object() {
        let assignments = [Assignment::parse("a=1").unwrap()];
        assert_eq!(edit(b"", &assignments).unwrap(), br#"{"a":1}"#);
    }

    #[test]
    fn an_unknown_name_lists_the_samples_and_suggests_one() {
        let message = read("apigw").unwrap_err().to_string();
        assert!(
            message.contains("'apigw'") && message.contains("(apig, apig_authorizer, timer, "),
            "{message}"
        );
        assert!(message.contains("did you mean 'apig'"), "{message}");
        assert!(read("{\"timer\":1}").unwrap_err().to_string().contains("use -e -"));
    }
}
