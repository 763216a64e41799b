//! The API from a function's point of view. The program only says where the API is and then waits; the test
//! speaks for it.

use crate::support::{Done, fgruntime, function, invoke, is_running, process_ids, wait_until};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const SILENT: &str = "echo starting; sleep 60 & echo $! > ids; echo $$ >> ids\n\
    printf %s \"$RUNTIME_API_ADDR\" > address.new; mv address.new address\n\
    while :; do [ -e say ] && echo said && rm say; sleep 0.02; done";
const NEXT: &str = "/v1/runtime/invocation/request";

/// A running command, and the folder of its function.
struct Running {
    folder: TempDir,
    command: Child,
}

impl Running {
    fn start(options: &[&str]) -> Self {
        Self::start_with(options, b"")
    }

    fn start_with(options: &[&str], input: &[u8]) -> Self {
        let folder = function(SILENT);
        let mut command = fgruntime(&invoke(&folder, options));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut command = command.spawn().unwrap();
        command.stdin.take().unwrap().write_all(input).unwrap();
        Self { folder, command }
    }

    /// A connection to the API of the process that was started last.
    fn connect(&self) -> Connection {
        let file = self.folder.path().join("address");
        wait_until("the function knows the API", || file.exists());
        let stream = TcpStream::connect(fs::read_to_string(&file).unwrap()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Connection(BufReader::new(stream))
    }

    fn finish(self) -> Done {
        self.command.wait_with_output().unwrap().into()
    }
}

struct Connection(BufReader<TcpStream>);

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
        &found.unwrap_or_else(|| panic!("no header {name}")).1
    }
}

impl Connection {
    fn send(&mut self, method: &str, path: &str, body: &[u8]) {
        let head = format!("{method} {path} HTTP/1.1\r\nHost: api\r\nContent-Length: {}\r\n\r\n", body.len());
        self.0.get_mut().write_all(head.as_bytes()).unwrap();
        self.0.get_mut().write_all(body).unwrap();
    }

    fn receive(&mut self) -> Answer {
        let mut line = || {
            let mut line = String::new();
            self.0.read_line(&mut line).unwrap();
            line.trim_end().to_owned()
        };
        let status = line().split(' ').nth(1).expect("a status line").parse().unwrap();
        let lines = std::iter::from_fn(|| Some(line()).filter(|line| !line.is_empty()));
        let headers: Vec<_> = lines
            .map(|line| line.split_once(": ").map(|(k, v)| (k.to_owned(), v.to_owned())).unwrap())
            .collect();
        let mut answer = Answer { status, headers, body: vec![] };
        answer.body = vec![0; answer.header("content-length").parse().unwrap()];
        self.0.read_exact(&mut answer.body).unwrap();
        answer
    }

    /// Whether nothing comes in that time.
    fn is_silent_for(&mut self, time: Duration) -> bool {
        let stream = self.0.get_ref();
        let limit = stream.read_timeout().unwrap();
        stream.set_read_timeout(Some(time)).unwrap();
        let is_silent = self.0.fill_buf().is_err();
        self.0.get_ref().set_read_timeout(limit).unwrap();
        is_silent
    }

    fn call(&mut self, method: &str, path: &str, body: &[u8]) -> Answer {
        self.send(method, path, body);
        self.receive()
    }

    /// Asks for an event; its request id.
    fn next(&mut self) -> String {
        self.call("GET", NEXT, b"").header("x-cff-request-id").to_owned()
    }

    fn respond(&mut self, id: &str, body: &[u8]) -> u16 {
        self.call("POST", &format!("/v1/runtime/invocation/response/{id}"), body).status
    }

    fn fail(&mut self, id: &str, body: &[u8]) -> u16 {
        self.call("POST", &format!("/v1/runtime/invocation/error/{id}"), body).status
    }
}

#[test]
fn an_event_goes_in_and_a_result_comes_out() {
    let running = Running::start_with(&["-e", "-", "--request-id", "id-1"], b"{\"a\": 1}\n");
    let mut connection = running.connect();
    let event = connection.call("GET", NEXT, b"");
    assert_eq!(event.status, 200);
    assert_eq!(event.header("X-Cff-Request-Id"), "id-1");
    assert_eq!(event.header("X-CFF-Invoke-Type"), "sync");
    assert_eq!(event.header("Content-Type"), "application/json");
    assert_eq!(event.body, b"{\"a\": 1}\n", "the bytes as given");
    assert_eq!(connection.respond("id-1", b"hello"), 200);
    let done = running.finish();
    assert_eq!(done.status, Some(0), "{done:?}");
    let result = done.result();
    assert_eq!(result["status"], "success");
    assert_eq!(result["function_output"], "hello");
    assert_eq!(result["error"], Value::Null);
    assert_eq!(result["summary"]["request_id"], "id-1");
    assert!(result["log"].as_str().unwrap().contains("version: latest\nstarting\n"), "{result}");
    #[cfg(target_os = "linux")]
    assert!(result["summary"]["memory_used_mb"].as_f64().unwrap() > 0.1, "{result}");
}

#[test]
fn bytes_that_are_not_text_come_out_as_base64() {
    let running = Running::start(&[]);
    let mut connection = running.connect();
    let id = connection.next();
    connection.respond(&id, b"\xff\x00");
    assert_eq!(running.finish().result()["function_output"], json!({"base64": "/wA="}));
}

#[test]
fn errors_are_passed_on_or_wrapped() {
    let running = Running::start(&["--repeat", "2"]);
    let mut connection = running.connect();
    let id = connection.next();
    assert_eq!(connection.fail(&id, br#"{"errorMessage": "m","errorType":"T"}"#), 200);
    let id = connection.next();
    assert_eq!(connection.fail(&id, b"boom"), 200);
    let done = running.finish();
    assert_eq!(done.status, Some(1), "{done:?}");
    let [sent, wrapped] = &done.results()[..] else { panic!("{done:?}") };
    assert_eq!(sent["status"], "error");
    assert_eq!(sent["function_output"], r#"{"errorMessage": "m","errorType":"T"}"#);
    assert_eq!(sent["error"], json!({"errorMessage": "m", "errorType": "T"}));
    assert_eq!(wrapped["error"], json!({"errorMessage": "boom", "errorType": "FunctionReturnError"}));
}

#[test]
fn what_is_refused_leaves_connection_and_invocation_intact() {
    let running = Running::start(&["--repeat", "2", "--timeout", "30"]);
    let mut connection = running.connect();
    let id = connection.next();
    assert_eq!(connection.respond("unknown", &vec![b'x'; 3_000_000]), 404);
    assert_eq!(connection.fail("unknown", b""), 404);
    assert_eq!(connection.call("GET", "/other", b"").status, 404);
    assert_eq!(connection.respond(&id, b"first"), 200);
    assert_eq!(connection.respond(&id, b"second"), 404);
    let id = connection.next();
    assert_eq!(connection.respond(&id, b"next"), 200);
    let outputs: Vec<_> =
        running.finish().results().iter().map(|result| result["function_output"].clone()).collect();
    assert_eq!(outputs, ["first", "next"]);
}

#[test]
fn a_response_beyond_the_limit_is_an_error_and_one_at_the_limit_is_not() {
    let running = Running::start(&["--repeat", "2", "--timeout", "30"]);
    let mut connection = running.connect();
    let id = connection.next();
    assert_eq!(connection.respond(&id, &vec![b'x'; 6_291_457]), 413);
    let id = connection.next();
    assert_eq!(connection.respond(&id, &vec![b'x'; 6_291_456]), 200);
    let done = running.finish();
    assert_eq!(done.status, Some(1));
    let results = done.results();
    assert_eq!(results[0]["error"]["errorType"], "FunctionResponseTooLarge");
    let message = results[0]["error"]["errorMessage"].as_str().unwrap();
    assert!(message.contains("6291457") && message.contains("6291456"), "{message}");
    assert_eq!(results[1]["status"], "success");
}

#[test]
fn an_asynchronous_event_says_so() {
    let event = format!("\"{}\"", "x".repeat(262_142));
    let running = Running::start_with(&["-e", "-", "--async"], event.as_bytes());
    let mut connection = running.connect();
    let received = connection.call("GET", NEXT, b"");
    assert_eq!(received.header("x-cff-invoke-type"), "async");
    assert_eq!(received.body.len(), 262_144);
    assert_eq!(connection.respond(received.header("x-cff-request-id"), b""), 200);
    assert_eq!(running.finish().status, Some(0));
}

#[test]
fn an_empty_event_is_an_event() {
    let running = Running::start_with(&["-e", "-"], b"");
    let mut connection = running.connect();
    let received = connection.call("GET", NEXT, b"");
    assert_eq!((received.status, received.body.len()), (200, 0));
    assert_eq!(connection.respond(received.header("x-cff-request-id"), b""), 200);
    assert_eq!(running.finish().result()["function_output"], "");
}

#[test]
fn repeated_invocations_share_one_process_and_have_ids_of_their_own() {
    let running = Running::start(&["--repeat", "3", "--request-id", "id"]);
    let mut connection = running.connect();
    for expected in ["id", "id-2", "id-3"] {
        assert_eq!(connection.next(), expected);
        assert_eq!(connection.respond(expected, expected.as_bytes()), 200);
    }
    let results = running.finish().results();
    assert_eq!(results.len(), 3);
    assert!(results[0]["log"].as_str().unwrap().contains("starting"));
    assert!(!results[1]["log"].as_str().unwrap().contains("starting"));
}

#[test]
fn several_pollers_may_wait_at_once() {
    let running = Running::start(&["--repeat", "2", "--request-id", "id"]);
    let mut connections = [running.connect(), running.connect()];
    for connection in &mut connections {
        connection.send("GET", NEXT, b"");
    }
    let [first, second] = &mut connections;
    first.0.get_mut().set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    // Whoever was served first replies; then the other one has its turn.
    let (first, second) = if first.0.fill_buf().is_ok() { (first, second) } else { (second, first) };
    assert_eq!(first.receive().header("x-cff-request-id"), "id");
    assert_eq!(first.respond("id", b"1"), 200);
    assert_eq!(second.receive().header("x-cff-request-id"), "id-2");
    assert_eq!(first.respond("id-2", b"2"), 200, "any connection may reply");
    assert_eq!(running.finish().status, Some(0));
}

/// As the runtimes do that wait for events and replies at once: Node.js, and asyncio of Python.
#[test]
fn the_next_event_may_be_asked_for_while_this_one_is_running() {
    let running = Running::start(&["--repeat", "3", "--request-id", "id"]);
    let (mut polling, mut replying) = (running.connect(), running.connect());
    polling.send("GET", NEXT, b"");
    for id in ["id", "id-2", "id-3"] {
        assert_eq!(polling.receive().header("x-cff-request-id"), id);
        polling.send("GET", NEXT, b"");
        assert!(polling.is_silent_for(Duration::from_millis(100)), "one event at a time");
        assert_eq!(replying.respond(id, id.as_bytes()), 200);
    }
    // The last request is never answered, and nobody waits for that.
    let done = running.finish();
    assert_eq!(done.status, Some(0), "{done:?}");
    let outputs: Vec<_> = done.results().iter().map(|result| result["function_output"].clone()).collect();
    assert_eq!(outputs, ["id", "id-2", "id-3"]);
}

#[test]
fn who_asks_again_instead_of_replying_is_late_all_the_same() {
    let running = Running::start(&["--repeat", "2", "--timeout", "1"]);
    let mut late = running.connect();
    fs::remove_file(running.folder.path().join("address")).unwrap();
    late.next();
    late.send("GET", NEXT, b"");
    // The second event is for the new process, not for what the late one still asks.
    let mut connection = running.connect();
    let id = connection.next();
    assert_eq!(connection.respond(&id, b"in time"), 200);
    let done = running.finish();
    assert_eq!(done.status, Some(3), "{done:?}");
    let statuses: Vec<_> = done.results().iter().map(|result| result["status"].clone()).collect();
    assert_eq!(statuses, ["timeout", "success"]);
}

#[test]
fn a_function_that_is_late_is_killed_and_the_next_event_starts_another() {
    let running = Running::start(&["--repeat", "2", "--timeout", "1"]);
    let mut connection = running.connect();
    let address = running.folder.path().join("address");
    fs::remove_file(&address).unwrap();
    let late = process_ids(&running.folder.path().join("ids"));
    connection.next();
    let mut connection = running.connect();
    for id in late {
        wait_until("the late function's processes are gone", || !is_running(id));
    }
    let id = connection.next();
    assert_eq!(connection.respond(&id, b"in time"), 200);
    let done = running.finish();
    assert_eq!(done.status, Some(3), "the worst of both: {done:?}");
    let results = done.results();
    assert_eq!(results[0]["status"], "timeout");
    let error = json!({"errorMessage": "call invoke timeout 1s", "errorType": "FunctionTimeout"});
    assert_eq!(results[0]["error"], error);
    assert!(results[0]["summary"]["execution_duration_ms"].as_f64().unwrap() >= 1000.0);
    assert_eq!(results[1]["function_output"], "in time");
}

#[test]
fn a_function_that_dies_with_an_event_had_asked_for_it() {
    let running = Running::start(&["--timeout", "30"]);
    running.connect().next();
    let ids = process_ids(&running.folder.path().join("ids"));
    let id = rustix::process::Pid::from_raw(ids[1]).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::KILL).unwrap();
    let done = running.finish();
    assert_eq!(done.status, Some(3), "{done:?}");
    let result = done.result();
    assert_eq!(
        (&result["status"], &result["error"]["errorType"]),
        (&json!("crash"), &json!("FunctionCrashed"))
    );
    let message = result["error"]["errorMessage"].as_str().unwrap();
    assert!(message.contains("SIGKILL") && message.contains("after it had asked"), "{message}");
}

#[test]
fn all_that_was_printed_before_the_reply_is_in_its_log() {
    let running = Running::start(&["--timeout", "30"]);
    let mut connection = running.connect();
    let id = connection.next();
    let say = running.folder.path().join("say");
    fs::write(&say, "").unwrap();
    wait_until("it was said", || !say.exists());
    connection.respond(&id, b"");
    let result = running.finish().result();
    assert!(result["log"].as_str().unwrap().contains("\nstarting\nsaid\n"), "{result}");
}

#[test]
fn a_finished_function_leaves_no_process() {
    let running = Running::start(&[]);
    let mut connection = running.connect();
    let ids = process_ids(&running.folder.path().join("ids"));
    assert_eq!(ids.len(), 2);
    let id = connection.next();
    connection.respond(&id, b"");
    assert_eq!(running.finish().status, Some(0));
    for id in ids {
        wait_until("the function's processes are gone", || !is_running(id));
    }
}
