//! The platform's side of the calls, for the emulator and for tests.

use super::FRAME_MARGIN;
use super::frames::{Frames, invalid};
use super::handshake;
use super::incoming::{Incoming, Received};
use super::message::{Encoder, InvokeResponse, Response};
use super::peer::Peer;
use crate::context::Headers;
use crate::runtime::buffers::Buffers;
use bytes::Bytes;
use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long one attempt to connect may take, and how long to wait after it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
const CONNECT_PAUSE: Duration = Duration::from_millis(10);

/// Calls a function over one connection. Clones share it; any threads may call at once. It is closed when the last one is gone.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    peer: Arc<Peer>,
    next_seq: AtomicU64,
    pending: Arc<Pending>,
}

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The function says so: its error object, or a plain text.
    #[error("{0}")]
    Function(String),
    /// The result has more bytes than the client takes.
    #[error("the result of about {size} bytes exceeds the limit of {limit} bytes")]
    TooLarge {
        /// Of its message.
        size: u64,
        /// The largest result.
        limit: usize,
    },
    /// There is no answer, and there will be none.
    #[error("the connection to the function is lost: {0}")]
    Lost(String),
}

type Answer = Result<Bytes, CallError>;

/// The calls that wait for an answer; None once there will be none.
struct Pending(Mutex<Option<HashMap<u64, Sender<Answer>>>>);

impl Client {
    /// Connects to a function that listens already. Results of more than `max_result` bytes are refused.
    ///
    /// # Errors
    /// Nothing listens there, or something that does not speak Go's `net/rpc`.
    pub fn connect(address: SocketAddr, max_result: usize) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, CONNECT_TIMEOUT)?;
        let peer = Arc::new(Peer::new(stream)?);
        let limit = max_result.saturating_add(FRAME_MARGIN);
        let mut frames = Frames::new(peer.stream().try_clone()?, limit, Buffers::default());
        handshake::connect(&mut frames, peer.stream())?;
        let pending = Arc::new(Pending(Mutex::new(Some(HashMap::new()))));
        let reader = Reader { incoming: Incoming::new(frames), pending: pending.clone(), max_result };
        thread::Builder::new().name("fgruntime-client".to_owned()).spawn(move || reader.run())?;
        Ok(Self(Arc::new(Shared { peer, next_seq: AtomicU64::default(), pending })))
    }

    /// Connects to a function as soon as it listens; tries for at most `patience`.
    ///
    /// # Errors
    /// Those of the last attempt.
    pub fn connect_within(address: SocketAddr, max_result: usize, patience: Duration) -> io::Result<Self> {
        let start = Instant::now();
        loop {
            match Self::connect(address, max_result) {
                Err(error)
                    if error.kind() == io::ErrorKind::ConnectionRefused && start.elapsed() < patience =>
                {
                    thread::sleep(CONNECT_PAUSE);
                }
                done => return done,
            }
        }
    }

    /// Hands the function an event and waits for its result, for as long as it takes. Header names are to be canonical
    /// (`X-Cff-Request-Id`): Go finds no others.
    ///
    /// # Errors
    /// The function failed, or the connection.
    pub fn invoke(&self, headers: &Headers, payload: &[u8]) -> Result<Bytes, CallError> {
        self.call(|encoder, seq| encoder.invoke(seq, headers, payload))
    }

    /// Asks whether the function is well.
    ///
    /// # Errors
    /// It is not, or the connection failed.
    pub fn health_check(&self) -> Result<(), CallError> {
        self.call(Encoder::health_check).map(drop)
    }

    fn call(&self, encode: impl FnOnce(&mut Encoder, u64) -> Vec<u8>) -> Answer {
        let seq = self.0.next_seq.fetch_add(1, Ordering::Relaxed);
        let (sender, answer) = channel();
        if !self.0.pending.add(seq, sender) {
            return Err(CallError::Lost("it was closed before".to_owned()));
        }
        if let Err(error) = self.0.peer.send(|encoder| encode(encoder, seq)) {
            self.0.pending.fail(&error);
        }
        answer.recv().unwrap_or_else(|_| Err(CallError::Lost("it was closed".to_owned())))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.peer.close();
    }
}

impl Pending {
    fn add(&self, seq: u64, sender: Sender<Answer>) -> bool {
        self.lock().as_mut().is_some_and(|calls| {
            calls.insert(seq, sender);
            true
        })
    }

    /// Whoever called does not wait any more if nobody has the answer.
    fn answer(&self, seq: u64, answer: Answer) {
        let waiting = self.lock().as_mut().and_then(|calls| calls.remove(&seq));
        let _ = waiting.map(|waiting| waiting.send(answer));
    }

    /// No call will ever be answered.
    fn fail(&self, error: &io::Error) {
        for (_, waiting) in self.lock().take().into_iter().flatten() {
            let _ = waiting.send(Err(CallError::Lost(error.to_string())));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<HashMap<u64, Sender<Answer>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the answers, in whatever order they come.
struct Reader {
    incoming: Incoming,
    pending: Arc<Pending>,
    max_result: usize,
}

impl Reader {
    fn run(mut self) {
        let end = self.read().err();
        let end =
            end.unwrap_or_else(|| io::Error::new(io::ErrorKind::UnexpectedEof, "the function closed it"));
        self.pending.fail(&end);
    }

    fn read(&mut self) -> io::Result<()> {
        while let Some(head) = self.incoming.head()? {
            let head = Response::read(&self.incoming.decoder, &head).map_err(invalid)?;
            let body = self.incoming.body()?;
            let answer =
                if head.error.is_empty() { self.result(body)? } else { Err(CallError::Function(head.error)) };
            self.pending.answer(head.seq, answer);
        }
        Ok(())
    }

    fn result(&self, body: Received) -> io::Result<Answer> {
        let limit = self.max_result;
        let body = match body {
            Received::Value(body) => InvokeResponse::read(&self.incoming.decoder, &body).map_err(invalid)?,
            Received::TooLarge(size) => return Ok(Err(CallError::TooLarge { size, limit })),
        };
        let size = body.payload.len();
        Ok(if size > limit {
            Err(CallError::TooLarge { size: size as u64, limit })
        } else {
            Ok(body.payload)
        })
    }
}
