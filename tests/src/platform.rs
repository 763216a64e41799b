//! A platform that follows a script: what it answers to each request for an event and to each reply.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What the platform does when it is asked.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Answers when [`Platform::answer_silence`] says so, if ever.
    Silence,
}

impl Step {
    /// An event with its id.
    #[must_use]
    pub fn event(id: &str, payload: impl AsRef<[u8]>) -> Self {
        Self::event_with(id, "", payload)
    }

    /// An event with its id and more header lines, each ended by CR LF.
    #[must_use]
    pub fn event_with(id: &str, headers: &str, payload: impl AsRef<[u8]>) -> Self {
        let payload = payload.as_ref();
        let head = format!(
            "HTTP/1.1 200 OK\r\nX-CFF-Request-Id: {id}\r\n{headers}Content-Length: {}\r\n\r\n",
            payload.len()
        );
        Self::Send([head.as_bytes(), payload].concat())
    }

    /// An answer with nothing but a status and a text.
    #[must_use]
    pub fn status(status: u16, text: &str) -> Self {
        Self::Send(
            format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{text}", text.len()).into_bytes(),
        )
    }
}

/// A request that the platform got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The request's path.
    pub path: String,
    /// The request's `Content-Type`.
    pub content_type: Option<String>,
    /// The request's body.
    pub body: Vec<u8>,
    /// Which connection it came over, from 0.
    pub connection: usize,
}

impl Received {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// It is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

#[derive(Default)]
struct Script {
    events: VecDeque<Step>,
    replies: VecDeque<Step>,
}

/// A platform on loopback.
pub struct Platform {
    address: String,
    script: Arc<Mutex<Script>>,
    replies: Receiver<Received>,
    polls: Receiver<usize>,
    silent: Silent,
}

/// Connections that wait for an answer.
type Silent = Arc<Mutex<Vec<TcpStream>>>;

impl Platform {
    /// Starts a platform that answers requests for events with `events`, one after another, and stays silent after them;
    /// replies are answered with `replies` and with 200 after them.
    ///
    /// # Panics
    /// There is no loopback.
    #[must_use]
    pub fn start(events: Vec<Step>, replies: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let address = listener.local_addr().expect("an address").to_string();
        let script = Arc::new(Mutex::new(Script { events: events.into(), replies: replies.into() }));
        let ((reply_sender, replies), (poll_sender, polls)) = (channel(), channel());
        let (shared, silent) = (script.clone(), Silent::default());
        let waiting = silent.clone();
        thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                let (script, replies, polls) = (shared.clone(), reply_sender.clone(), poll_sender.clone());
                let silent = waiting.clone();
                thread::spawn(move || serve(&stream, number, &script, &replies, &polls, &silent));
            }
        });
        Self { address, script, replies, polls, silent }
    }

    /// `host:port`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Adds a step for the next requests for events.
    pub fn push(&self, step: Step) {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).events.push_back(step);
    }

    /// Answers a connection that is kept waiting, as soon as there is one.
    ///
    /// # Panics
    /// There is none in ten seconds.
    pub fn answer_silence(&self, step: Step) {
        let give_up = Instant::now() + Duration::from_secs(10);
        let mut stream = loop {
            let waiting = self.silent.lock().unwrap_or_else(PoisonError::into_inner).pop();
            if let Some(stream) = waiting {
                break stream;
            }
            assert!(Instant::now() < give_up, "no connection waits");
            thread::sleep(Duration::from_millis(1));
        };
        if let Step::Send(bytes) | Step::SendAndClose(bytes) = step {
            stream.write_all(&bytes).expect("somebody to answer");
        }
    }

    /// Whether nobody has asked for an event since it was last waited for.
    #[must_use]
    pub fn is_left_alone(&self) -> bool {
        self.polls.recv_timeout(Duration::from_millis(50)) == Err(RecvTimeoutError::Timeout)
    }

    /// The next reply that arrives.
    ///
    /// # Panics
    /// None arrives in ten seconds.
    #[must_use]
    pub fn reply(&self) -> Received {
        self.replies.recv_timeout(Duration::from_secs(10)).expect("a reply in time")
    }

    /// Whether no further reply has arrived.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.replies.recv_timeout(Duration::from_millis(50)) == Err(RecvTimeoutError::Timeout)
    }

    /// Waits until the platform has been asked for an event once more.
    ///
    /// # Panics
    /// It is not in ten seconds.
    pub fn wait_for_poll(&self) {
        self.polls.recv_timeout(Duration::from_secs(10)).expect("a request for an event in time");
    }
}

fn serve(
    stream: &TcpStream,
    connection: usize,
    script: &Mutex<Script>,
    replies: &Sender<Received>,
    polls: &Sender<usize>,
    silent: &Silent,
) {
    let mut reader = BufReader::new(stream);
    while let Some((path, content_type, body)) = read_request(&mut reader) {
        let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
        let step = if path == "/v1/runtime/invocation/request" {
            let _ = polls.send(connection);
            script.events.pop_front().unwrap_or(Step::Silence)
        } else {
            let _ = replies.send(Received { path, content_type, body, connection });
            script.replies.pop_front().unwrap_or_else(|| Step::status(200, ""))
        };
        drop(script);
        let (bytes, close) = match step {
            Step::Send(bytes) => (bytes, false),
            Step::SendAndClose(bytes) => (bytes, true),
            Step::Silence => {
                silent.lock().unwrap_or_else(PoisonError::into_inner).extend(stream.try_clone());
                continue;
            }
        };
        let mut stream = stream;
        let sent = stream.write_all(&bytes);
        if close || sent.is_err() {
            let _ = stream.shutdown(Shutdown::Both);
            return;
        }
    }
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<(String, Option<String>, Vec<u8>)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let (mut length, mut content_type) = (0, None);
    loop {
        line.clear();
        reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
        if line == "\r\n" {
            break;
        }
        let (name, value) = line.split_once(':')?;
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "content-type" => content_type = Some(value.trim().to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((path, content_type, body))
}
