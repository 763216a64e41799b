//! Events, which one process reads.

use crate::frame::{number, utf8, value, value_of};
use fgruntime_tests::vectors::{Case, Reading, Refusal, bytes_value};
use fgruntime_tests::{Frame, c_constant, c_program, read_frames};
use serde_json::Value;
use std::io::{BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The process that reads events.
pub(crate) struct Reader {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    pub(crate) fn start() -> Self {
        let mut command = Command::new(c_program("vectors", false));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (questions, answers) =
            (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, questions, answers }
    }

    /// The process reads a whole question before it answers, so neither waits for the other.
    pub(crate) fn read(&mut self, kind: Option<&str>, payload: &[u8]) -> Result<Reading, Refusal> {
        writeln!(self.questions, "{} {}", kind.unwrap_or("-"), payload.len()).unwrap();
        self.questions.write_all(payload).unwrap();
        self.questions.flush().unwrap();
        reading(read_frames(&mut self.answers))
    }

    pub(crate) fn end(self) {
        let Self { mut child, questions, answers } = self;
        drop((questions, answers));
        assert!(child.wait().unwrap().success());
    }
}

fn reading(frames: Vec<Frame>) -> Result<Reading, Refusal> {
    if let Some(kind) = value_of(&frames, "status").map(|status| error_kind(number(status))) {
        let offset = value_of(&frames, "offset").map(number).unwrap();
        return Err(Refusal { kind, offset: u64::try_from(offset).unwrap() });
    }
    let kind = utf8(value_of(&frames, "kind").unwrap());
    Ok(Reading {
        canonical: value_of(&frames, "canonical").unwrap().to_vec(),
        findings: objects(&frames, "path", &["path", "found", "read"]),
        decoded: decoded(&kind, &frames),
        kind,
    })
}

fn error_kind(status: i64) -> &'static str {
    let kinds = [
        ("FG_STATUS_NOT_JSON", "not_json"),
        ("FG_STATUS_TOO_DEEP", "too_deep"),
        ("FG_STATUS_TOO_LARGE", "too_large"),
    ];
    let known = kinds.iter().find(|(constant, _)| i64::from(c_constant(constant)) == status);
    known.unwrap_or_else(|| panic!("the status {status}")).1
}

/// What the event's accessors decode.
fn decoded(kind: &str, frames: &[Frame]) -> Case {
    let list = |name: &'static str| frames.iter().filter(move |frame| frame.0 == name);
    let or_empty = |frame: &Frame| bytes_value(None, frame.1.as_deref().unwrap_or_default());
    let members = match kind {
        "apig" => vec![("raw_body", list("raw_body").map(or_empty).next().unwrap())],
        "lts" => vec![
            ("raw_data", list("raw_data").map(or_empty).next().unwrap()),
            ("logs", objects(frames, "log", &["message", "time_epoch_ms", "line_no"]).into()),
        ],
        "dis" => vec![("raw_data", list("raw_data").map(or_empty).collect())],
        "obs" => vec![("decoded_key", list("decoded_key").map(value).collect())],
        "kafka" | "rocketmq" | "rabbitmq" => vec![("messages", messages(frames))],
        _ => Vec::new(),
    };
    members.into_iter().map(|(member, value)| (member.to_owned(), value)).collect()
}

/// The objects of these members, each of which begins with a frame of that name.
fn objects(frames: &[Frame], first: &str, members: &[&str]) -> Vec<Value> {
    let mut objects: Vec<Case> = Vec::new();
    for frame in frames {
        if frame.0 == first {
            objects.push(Case::new());
        }
        if let Some(object) = objects.last_mut().filter(|_| members.contains(&frame.0.as_str())) {
            object.insert(frame.0.clone(), value(frame));
        }
    }
    objects.into_iter().map(Value::Object).collect()
}

fn messages(frames: &[Frame]) -> Value {
    let mut records: Vec<Vec<Value>> = Vec::new();
    for frame in frames {
        match frame.0.as_str() {
            "record" => records.push(Vec::new()),
            "message" => records.last_mut().unwrap().push(value(frame)),
            _ => {}
        }
    }
    records.into()
}
