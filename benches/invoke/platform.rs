//! The platform's side, as fast as one blocking thread can be it: one function, one invocation at a time.

use crate::connections::{Connections, unexpected};
use std::io;
use std::net::TcpListener;
use std::time::{Duration, Instant};

/// What a function asks for first says whose runtime it has.
const POLLS: [(Api, &[u8]); 2] = [
    (Api::FunctionGraph, b"GET /v1/runtime/invocation/request "),
    (Api::Lambda, b"GET /2018-06-01/runtime/invocation/next "),
];
/// The same for all invocations, so that the floor need not look for it.
const REQUEST_ID: &str = "9f86d081-884c-4d65-9a2f-eaa0c55ad015";

/// Whose runtime API a function speaks: a peer from elsewhere is measured against its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Api {
    FunctionGraph,
    Lambda,
}

impl Api {
    fn of(request: &[u8]) -> Option<Self> {
        POLLS.iter().find(|(_, poll)| request.starts_with(poll)).map(|&(api, _)| api)
    }

    fn headers(self) -> String {
        match self {
            Self::FunctionGraph => format!("X-Cff-Request-Id: {REQUEST_ID}\r\nX-Cff-Invoke-Type: sync\r\n"),
            Self::Lambda => format!(
                "Lambda-Runtime-Aws-Request-Id: {REQUEST_ID}\r\nLambda-Runtime-Deadline-Ms: 4102444800000\r\n\
                 Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x:1:function:bench\r\n"
            ),
        }
    }

    /// What is answered to a reply.
    fn taken(self) -> &'static [u8] {
        match self {
            Self::FunctionGraph => b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            Self::Lambda => b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
        }
    }

    fn reply(self) -> String {
        match self {
            Self::FunctionGraph => format!("POST /v1/runtime/invocation/response/{REQUEST_ID} "),
            Self::Lambda => format!("POST /2018-06-01/runtime/invocation/{REQUEST_ID}/response "),
        }
    }
}

/// An event, and the answers to a poll with it: the headers that a function without an agency gets, for each API.
pub(crate) struct Event {
    payload: String,
    answers: [Vec<u8>; 2],
}

impl Event {
    pub(crate) fn new(payload: &str) -> Self {
        let answers = [Api::FunctionGraph, Api::Lambda].map(|api| {
            let length = payload.len();
            let headers = api.headers();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n"
            );
            [head.as_bytes(), payload.as_bytes()].concat()
        });
        Self { payload: payload.to_owned(), answers }
    }

    pub(crate) fn payload(&self) -> &[u8] {
        self.payload.as_bytes()
    }

    fn bytes(&self, api: Api) -> &[u8] {
        let [functiongraph, lambda] = &self.answers;
        if api == Api::Lambda { lambda } else { functiongraph }
    }
}

/// Where one function finds the platform.
pub(crate) struct Platform(TcpListener);

impl Platform {
    pub(crate) fn listen() -> io::Result<Self> {
        TcpListener::bind("127.0.0.1:0").map(Self)
    }

    pub(crate) fn address(&self) -> io::Result<String> {
        self.0.local_addr().map(|address| address.to_string())
    }

    /// Waits for the function's first request for an event.
    pub(crate) fn accept(self) -> io::Result<Client> {
        let mut connections = Connections::new(self.0);
        let (asking, request) = connections.receive()?;
        let api = Api::of(request).ok_or_else(|| unexpected(request))?;
        Ok(Client { connections, api, reply: api.reply(), asking })
    }
}

/// A function that has asked for an event.
pub(crate) struct Client {
    connections: Connections,
    api: Api,
    /// How its replies begin.
    reply: String,
    /// The connection on which it waits for an event.
    asking: usize,
}

impl Client {
    /// One invocation: over when the reply was taken and the function has asked for the next event, in either order.
    /// Returns the time from the first byte of the event to the last byte of the reply.
    pub(crate) fn invoke(&mut self, event: &Event) -> io::Result<Duration> {
        let start = Instant::now();
        self.connections.send(self.asking, event.bytes(self.api))?;
        let (mut latency, mut asking) = (None, None);
        loop {
            let (at, request) = self.connections.receive()?;
            let is_reply = request.starts_with(self.reply.as_bytes());
            let is_poll = Api::of(request) == Some(self.api);
            // On a connection that waits for an event nothing else can be answered.
            if is_reply && latency.is_none() && asking != Some(at) {
                latency = Some(start.elapsed());
                self.connections.send(at, self.api.taken())?;
            } else if is_poll && asking.is_none() {
                asking = Some(at);
            } else {
                return Err(unexpected(request));
            }
            if let (Some(latency), Some(next)) = (latency, asking) {
                self.asking = next;
                return Ok(latency);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::thread::spawn;

    const POLL: &[u8] = b"GET /v1/runtime/invocation/request HTTP/1.1\r\n\r\n";

    #[test]
    fn a_function_may_ask_before_it_replies_over_a_second_connection() {
        let outcome = serve(2, |first, address| {
            let mut second = None;
            for _ in 0..2 {
                receive(first);
                first.write_all(POLL).unwrap();
                let second = second.get_or_insert_with(|| TcpStream::connect(address).unwrap());
                reply(second);
                receive(second);
            }
        });
        assert!(outcome.is_ok(), "{outcome:?}");
    }

    #[test]
    fn a_function_may_reply_before_it_asks_over_either_connection() {
        let outcome = serve(2, |first, address| {
            receive(first);
            let mut second = TcpStream::connect(address).unwrap();
            reply(&mut second);
            receive(&mut second);
            second.write_all(POLL).unwrap();
            receive(&mut second);
            reply(first);
            receive(first);
            first.write_all(POLL).unwrap();
        });
        assert!(outcome.is_ok(), "{outcome:?}");
    }

    #[test]
    fn what_comes_out_of_turn_is_an_error() {
        let twice = |first: &mut TcpStream, address: &str| {
            receive(first);
            first.write_all(POLL).unwrap();
            TcpStream::connect(address).unwrap().write_all(POLL).unwrap();
        };
        let pipelined = |first: &mut TcpStream, _: &str| {
            receive(first);
            first.write_all(POLL).unwrap();
            reply(first);
        };
        let wrong = |first: &mut TcpStream, _: &str| {
            receive(first);
            first.write_all(b"POST /v1/runtime/invocation/response/1 HTTP/1.1\r\n\r\n").unwrap();
        };
        for function in [twice, pipelined, wrong] {
            let error = serve(1, function).unwrap_err();
            assert!(error.to_string().contains("should not send now"), "{error}");
        }
    }

    /// Serves as many invocations of a function that has asked over its first connection.
    fn serve(count: usize, function: impl FnOnce(&mut TcpStream, &str) + Send + 'static) -> io::Result<()> {
        let platform = Platform::listen()?;
        let address = platform.address()?;
        let running = spawn(move || {
            let mut first = TcpStream::connect(&address).unwrap();
            first.write_all(POLL).unwrap();
            function(&mut first, &address);
            first
        });
        let mut client = platform.accept()?;
        let event = Event::new("{}");
        let outcome = (0..count).try_for_each(|_| client.invoke(&event).map(drop));
        drop(client);
        running.join().unwrap();
        outcome
    }

    fn receive(stream: &mut TcpStream) {
        let length = stream.read(&mut [0; 1024]).unwrap();
        assert_ne!(length, 0, "the platform has gone");
    }

    fn reply(stream: &mut TcpStream) {
        let head = format!("{}HTTP/1.1\r\n", Api::FunctionGraph.reply());
        stream.write_all(format!("{head}Content-Length: 2\r\n\r\n{{}}").as_bytes()).unwrap();
    }
}
