//! The execution result: what the console shows after an invocation.

use crate::function_error::FunctionError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use bytes::Bytes;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// How an invocation ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// With a result.
    Output(Bytes),
    /// With an error that the function, or the platform's limits, gave.
    Error(FunctionError),
    /// Without a reply in time.
    Timeout(FunctionError),
    /// Without a reply, because the process ended or never asked for the event.
    Crash(FunctionError),
}

/// What an invocation cost.
#[derive(Debug, Clone)]
pub(crate) struct Summary {
    /// The id of the invocation.
    pub(crate) request_id: String,
    /// The function's memory setting.
    pub(crate) memory_configured_mb: u32,
    /// From the delivery of the event to the end.
    pub(crate) duration: Duration,
    /// The most memory that the processes of the function have used so far.
    pub(crate) memory_used_kib: u64,
}

impl Summary {
    /// The duration with the precision in which it is shown.
    pub(crate) fn duration_ms(&self) -> f64 {
        self.duration.as_micros() as f64 / 1000.0
    }

    /// The duration rounded up to whole milliseconds.
    pub(crate) fn billed_duration_ms(&self) -> u64 {
        u64::try_from(self.duration.as_micros().div_ceil(1000)).unwrap_or(u64::MAX)
    }

    /// Memory used, with three decimals.
    pub(crate) fn memory_used_mb(&self) -> f64 {
        (self.memory_used_kib as f64 / 1024.0 * 1000.0).round() / 1000.0
    }
}

/// The log of one invocation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    /// The platform's lines around the end of the function's output.
    pub(crate) text: String,
    /// How many bytes of output came before what is in the text.
    pub(crate) omitted: u64,
}

/// All there is to say about one invocation.
#[derive(Debug, Clone)]
pub(crate) struct ExecutionResult {
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// What it cost.
    pub(crate) summary: Summary,
    /// What was printed.
    pub(crate) log: Log,
}

impl ExecutionResult {
    /// `success`, `error`, `timeout` or `crash`.
    pub(crate) fn status(&self) -> &'static str {
        match self.outcome {
            Outcome::Output(_) => "success",
            Outcome::Error(_) => "error",
            Outcome::Timeout(_) => "timeout",
            Outcome::Crash(_) => "crash",
        }
    }

    /// The exit status of the command: 0 result, 1 function error, 3 no answer.
    pub(crate) fn exit_status(&self) -> u8 {
        match self.outcome {
            Outcome::Output(_) => 0,
            Outcome::Error(_) => 1,
            Outcome::Timeout(_) | Outcome::Crash(_) => 3,
        }
    }

    /// The result, or the text of the error object.
    pub(crate) fn function_output(&self) -> &Bytes {
        match &self.outcome {
            Outcome::Output(output) => output,
            Outcome::Error(error) | Outcome::Timeout(error) | Outcome::Crash(error) => &error.text,
        }
    }

    /// The form of `--output json`.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "status": self.status(),
            "function_output": text_or_base64(self.function_output()),
            "error": self.error(),
            "summary": {
                "request_id": self.summary.request_id,
                "memory_configured_mb": self.summary.memory_configured_mb,
                "execution_duration_ms": self.summary.duration_ms(),
                "memory_used_mb": self.summary.memory_used_mb(),
                "billed_duration_ms": self.summary.billed_duration_ms(),
            },
            "log": self.log.text,
        })
    }

    fn error(&self) -> Option<&Map<String, Value>> {
        match &self.outcome {
            Outcome::Output(_) => None,
            Outcome::Error(error) | Outcome::Timeout(error) | Outcome::Crash(error) => Some(&error.object),
        }
    }
}

fn text_or_base64(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => Value::from(text),
        Err(_) => json!({ "base64": BASE64.encode(bytes) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(outcome: Outcome) -> ExecutionResult {
        let summary = Summary {
            request_id: "id-1".to_owned(),
            memory_configured_mb: 128,
            duration: Duration::from_nanos(2_049_900),
            memory_used_kib: 37_413,
        };
        ExecutionResult { outcome, summary, log: Log { text: "log\n".to_owned(), omitted: 0 } }
    }

    #[test]
    fn json_has_the_documented_keys_in_their_order() {
        let json = result(Outcome::Output("out".into())).to_json().to_string();
        let expected = concat!(
            r#"{"status":"success","function_output":"out","error":null,"summary":{"request_id":"id-1","#,
            r#""memory_configured_mb":128,"execution_duration_ms":2.049,"memory_used_mb":36.536,"#,
            r#""billed_duration_ms":3},"log":"log\n"}"#
        );
        assert_eq!(json, expected);
    }

    #[test]
    fn bytes_that_are_not_text_are_base64() {
        let json = result(Outcome::Output(Bytes::from_static(b"\xff\x00"))).to_json();
        assert_eq!(json["function_output"], json!({"base64": "/wA="}));
    }

    #[test]
    fn errors_are_given_as_object_and_as_text() {
        let error = FunctionError::new("FunctionTimeout", "call invoke timeout 1s");
        for (outcome, status, exit) in [
            (Outcome::Error(error.clone()), "error", 1),
            (Outcome::Timeout(error.clone()), "timeout", 3),
            (Outcome::Crash(error.clone()), "crash", 3),
        ] {
            let result = result(outcome);
            assert_eq!((result.status(), result.exit_status()), (status, exit));
            let json = result.to_json();
            assert_eq!(json["error"]["errorType"], "FunctionTimeout");
            assert_eq!(json["function_output"].as_str().unwrap().as_bytes(), error.text);
        }
    }

    #[test]
    fn durations_are_billed_by_the_started_millisecond() {
        let billed = |micros| {
            let mut result = result(Outcome::Output(Bytes::new()));
            result.summary.duration = Duration::from_micros(micros);
            result.summary.billed_duration_ms()
        };
        assert_eq!([billed(0), billed(1), billed(1000), billed(1001)], [0, 1, 1, 2]);
    }
}
