//! Functions that serve HTTP, and callers that say exactly the bytes they want to.

use crate::program::{FunctionProcess, function_program};
use rustix::process::Signal;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);
/// Headers that an answer has at most.
const MOST_HEADERS: usize = 32;

/// A function that serves HTTP as its own process.
pub struct ServedFunction {
    /// The process.
    pub process: FunctionProcess,
    /// Where it listens.
    pub address: SocketAddr,
}

impl ServedFunction {
    /// Starts the function of these tests (`tests/functions/function.rs`) with these variables, and waits until it listens.
    #[must_use]
    pub fn start(handler: &str, variables: &[(&str, &str)]) -> Self {
        let variables = [&[("RUNTIME_HANDLER", handler)], variables].concat();
        Self::spawn(Command::new(function_program()), &variables)
    }

    /// The same with a function that may have only so many open files, or as many as this process.
    #[must_use]
    pub fn start_with_files(files: Option<u32>, handler: &str, variables: &[(&str, &str)]) -> Self {
        let Some(files) = files else { return Self::start(handler, variables) };
        let variables = [&[("RUNTIME_HANDLER", handler)], variables].concat();
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -n {files} && exec \"$0\"")]).arg(function_program());
        Self::spawn(command, &variables)
    }

    /// Starts any program in the same way.
    #[must_use]
    pub fn spawn(command: Command, variables: &[(&str, &str)]) -> Self {
        Self::listening(|variables| FunctionProcess::spawn(command, variables), variables)
    }

    /// What `start` starts with these variables and the address, once it listens.
    ///
    /// # Panics
    /// It does not in time.
    #[must_use]
    pub fn listening(
        start: impl FnOnce(&[(&str, &str)]) -> FunctionProcess,
        variables: &[(&str, &str)],
    ) -> Self {
        let address = free_address();
        let text = address.to_string();
        // A busy machine is no reason for a timeout.
        let patience = ("RUNTIME_TIMEOUT", "600");
        let own = [("FGRUNTIME_TRANSPORT", "http"), ("FGRUNTIME_HTTP_ADDR", text.as_str()), patience];
        let process = start(&[&own[..], variables].concat());
        drop(Caller::connect(address));
        Self { process, address }
    }

    /// Waits until its initializer has run.
    ///
    /// # Panics
    /// It fails.
    pub fn wait_until_ready(&self) {
        let mut caller = self.caller();
        caller.send(request("POST /init", "", ""));
        assert_eq!(caller.answer().status, 200);
    }

    /// A new connection.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::connect(self.address)
    }

    /// The answer to an event, over a connection of its own.
    #[must_use]
    pub fn invoke(&self, id: &str, event: &str) -> Answer {
        let mut caller = self.caller();
        caller.send(invocation(id, event));
        caller.answer()
    }
}

/// An address where nobody listens, outside the range that the system takes ports of clients from: thousands of them come and go here.
///
/// # Panics
/// There is none.
#[must_use]
pub fn free_address() -> SocketAddr {
    const PORTS: std::ops::Range<u16> = 20_000..32_000;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = std::process::id() as u16;
    let mut candidates = std::iter::from_fn(|| {
        let number = first.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        Some(SocketAddr::from(([127, 0, 0, 1], PORTS.start + number % PORTS.len() as u16)))
    });
    let free = candidates.by_ref().take(PORTS.len()).find(|address| TcpListener::bind(address).is_ok());
    free.expect("a port that is free")
}

/// The request for an event with this id.
#[must_use]
pub fn invocation(id: &str, event: &str) -> String {
    request("POST /invoke", &format!("X-Cff-Request-Id: {id}\r\n"), event)
}

/// The same for a handler that may take so many seconds.
#[must_use]
pub fn invocation_within(seconds: u32, id: &str, event: &str) -> String {
    request("POST /invoke", &format!("X-Cff-Request-Id: {id}\r\nX-Cff-Timeout: {seconds}\r\n"), event)
}

/// A request with a body; each of `headers` is ended by CR LF.
#[must_use]
pub fn request(line: &str, headers: &str, body: &str) -> String {
    format!("{line} HTTP/1.1\r\nHost: h\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers as they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The answer at the beginning of `bytes` and its length; None as long as it is not whole. That to HEAD has no body, whatever its
    /// length is said to be.
    ///
    /// # Panics
    /// It is no answer.
    #[must_use]
    pub fn parse(bytes: &[u8], is_to_head: bool) -> Option<(Self, usize)> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let parsed = response.parse(bytes).expect("an answer of HTTP");
        let httparse::Status::Complete(start) = parsed else { return None };
        let headers: Vec<(String, String)> = response
            .headers
            .iter()
            .map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()))
            .collect();
        let mut answer = Self { status: response.code.unwrap_or_default(), headers, body: Vec::new() };
        let length = match answer.header("Content-Length") {
            Some(length) if !is_to_head => length.parse().expect("a length"),
            _ => 0,
        };
        answer.body = bytes.get(start..start + length)?.to_vec();
        Some((answer, start + length))
    }

    /// The header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// It is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The status and the error's type of an answer that must be an error object.
    ///
    /// # Panics
    /// It is none.
    #[must_use]
    pub fn error(&self) -> (u16, String) {
        assert_eq!(self.header("Content-Type"), Some("application/json"), "{self:?}");
        let error = self.json();
        assert!(error["errorMessage"].as_str().is_some_and(|message| !message.is_empty()), "{self:?}");
        (self.status, error["errorType"].as_str().expect("the error's type").to_owned())
    }
}

/// One connection.
pub struct Caller {
    /// The connection itself.
    pub stream: TcpStream,
    input: Vec<u8>,
}

impl Caller {
    /// Connects, as soon as somebody listens.
    ///
    /// # Panics
    /// Nobody does in time.
    #[must_use]
    pub fn connect(address: SocketAddr) -> Self {
        let give_up = Instant::now() + PATIENCE;
        let stream = loop {
            match TcpStream::connect(address) {
                Ok(stream) => break stream,
                Err(error) => assert!(Instant::now() < give_up, "{address}: {error}"),
            }
            thread::sleep(Duration::from_millis(5));
        };
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, input: Vec::new() }
    }

    /// Sends these bytes.
    ///
    /// # Panics
    /// The connection is over.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).expect("somebody to read it");
    }

    /// Sends as much as somebody reads: a server that has heard enough may close.
    pub fn send_if_wanted(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(bytes.as_ref());
    }

    /// The next answer.
    ///
    /// # Panics
    /// None comes in time.
    #[must_use]
    pub fn answer(&mut self) -> Answer {
        self.answer_if_any(false).expect("an answer before the end")
    }

    /// The next answer, to a request for the head alone.
    ///
    /// # Panics
    /// None comes in time.
    #[must_use]
    pub fn answer_to_head(&mut self) -> Answer {
        self.answer_if_any(true).expect("an answer before the end")
    }

    /// The next answer; None if the connection ends before it.
    ///
    /// # Panics
    /// Neither comes in time.
    #[must_use]
    pub fn answer_if_any(&mut self, is_to_head: bool) -> Option<Answer> {
        loop {
            if let Some((answer, length)) = Answer::parse(&self.input, is_to_head) {
                self.input.drain(..length);
                return Some(answer);
            }
            if !self.read() {
                return None;
            }
        }
    }

    /// Whether the connection ends without another byte.
    #[must_use]
    pub fn is_closed(&mut self) -> bool {
        self.input.is_empty() && !self.read()
    }

    /// False at the end.
    fn read(&mut self) -> bool {
        let mut buffer = [0; 64 << 10];
        match self.stream.read(&mut buffer) {
            Ok(count) => {
                self.input.extend_from_slice(&buffer[..count]);
                count > 0
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => false,
            Err(error) => panic!("nothing comes: {error}"),
        }
    }
}

/// Ends the function as it should end: what it printed.
///
/// # Panics
/// It ends otherwise.
pub fn ends_well(function: ServedFunction) -> String {
    function.process.signal(Signal::TERM);
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(0), "{output}");
    output
}

/// The ids of the events that the handler of `tests/functions/obedient.rs` has begun with.
#[must_use]
pub fn began(output: &str) -> Vec<&str> {
    told(output, "began")
}

/// The ids of which the handler says this; each must be said in the log of its own invocation.
///
/// # Panics
/// It is said in another's.
#[must_use]
pub fn told<'o>(output: &'o str, what: &str) -> Vec<&'o str> {
    let words = |line: &'o str| {
        let mut words = line.split(' ').skip(1);
        let (logged_for, _level, said, id) = (words.next()?, words.next()?, words.next()?, words.next()?);
        (said == what).then_some((logged_for, id))
    };
    let told = output.lines().filter_map(words);
    told.map(|(logged_for, id)| {
        assert_eq!(logged_for, id, "one invocation's words are in another's log");
        id
    })
    .collect()
}
