//! Functions, which answer everything that belongs to an invocation.

use fgruntime_tests::vectors::text;
use fgruntime_tests::{Frame, FunctionProcess, Platform, Received, Step, c_program, read_frames};
use rustix::process::Signal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// Functions that run, by their variables.
#[derive(Default)]
pub(crate) struct Functions(BTreeMap<String, Function>);

struct Function {
    platform: Platform,
    process: FunctionProcess,
}

impl Functions {
    /// Asks the function of these variables for frames: in the initializer if there are no headers, because the platform
    /// sends no event without.
    pub(crate) fn tell(&mut self, variables: &Value, headers: &Value, question: &[u8]) -> Vec<Frame> {
        if headers.as_array().unwrap().is_empty() {
            return told_at_start(variables, question);
        }
        let reply = self.ask(variables, headers, question);
        assert_eq!(path_of(&reply), "response", "{}", reply.text());
        read_frames(&mut reply.body.as_slice())
    }

    /// Sends the function of these variables an event.
    pub(crate) fn ask(&mut self, variables: &Value, headers: &Value, payload: &[u8]) -> Received {
        let function = self.0.entry(variables.to_string()).or_insert_with(|| start(variables, None));
        // Either what waits already is answered, or what will ask.
        function.platform.wait_for_poll();
        function.platform.answer_silence(event(headers, payload));
        function.platform.reply()
    }

    pub(crate) fn end(self) {
        for function in self.0.into_values() {
            assert_eq!(function.end(), "");
        }
    }
}

impl Function {
    /// What the function printed.
    fn end(self) -> String {
        self.process.signal(Signal::TERM);
        let (status, printed) = self.process.wait();
        assert!(status.success(), "{printed}");
        printed
    }
}

fn told_at_start(variables: &Value, question: &[u8]) -> Vec<Frame> {
    let function = start(variables, Some(str::from_utf8(question).unwrap()));
    // By then the initializer has run, and the signal will be handled.
    function.platform.wait_for_poll();
    read_frames(&mut function.end().as_bytes())
}

/// Starts the function with these variables alone: others that happen to be set may mean something to it.
fn start(variables: &Value, at_start: Option<&str>) -> Function {
    let platform = Platform::start(Vec::new(), Vec::new());
    let mut command = Command::new(c_program("vectors_function", false));
    command.env_clear();
    let variables = variables.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), text(value)));
    let own = [("RUNTIME_API_ADDR", platform.address())].into_iter();
    let at_start = at_start.map(|question| ("AT_START", question));
    let variables: Vec<(&str, &str)> = variables.chain(own).chain(at_start).collect();
    let process = FunctionProcess::spawn(command, &variables);
    Function { platform, process }
}

/// An event with the headers as they are, and a request id if they have none.
fn event(headers: &Value, payload: &[u8]) -> Step {
    let headers = headers.as_array().unwrap().iter().map(|header| (text(&header[0]), text(&header[1])));
    let mut headers: Vec<(&str, &str)> = headers.collect();
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("X-Cff-Request-Id")) {
        headers.push(("X-Cff-Request-Id", "r1"));
    }
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", payload.len());
    Step::Send([head.as_bytes(), payload].concat())
}

/// `response` or `error`.
pub(crate) fn path_of(reply: &Received) -> &str {
    reply.path.split('/').nth(4).unwrap()
}
