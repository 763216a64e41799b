//! All connections of the function, and who looks after them.

use super::calls::{Calls, NotTaken, Running, Waiting};
use super::connection::{Connection, Pace, Request, Step};
use super::mode::{self, Mode, Route};
use super::readiness::{Readiness, State};
use super::refusal::Refusal;
use super::response::Response;
use super::settings::HttpSettings;
use crate::context::Headers;
use crate::response::{FunctionError, Reply};
use crate::runtime::stop::Stop;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long an answer may make no progress, and how long a connection may take to end.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Longer than load balancers keep connections, so that it is them who close.
const IDLE_TIMEOUT: Duration = Duration::from_secs(75);
/// How long after the function was told to stop a request over a kept connection is still served: it may be on its way.
const LAST_CALL: Duration = Duration::from_millis(250);

/// So many requests of one connection are answered at once before others have their turn.
const MOST_AT_ONCE: usize = 64;

/// A connection with whoever is at its other end.
pub(super) struct Peer {
    pub(super) address: SocketAddr,
    connection: Mutex<Connection>,
    is_gone: AtomicBool,
}

impl Peer {
    pub(super) fn new(address: SocketAddr, connection: Connection) -> Self {
        Self { address, connection: Mutex::new(connection), is_gone: AtomicBool::new(false) }
    }

    pub(super) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the caller left before there was an answer.
    pub(super) fn is_gone(&self) -> bool {
        self.is_gone.load(Ordering::Relaxed)
    }
}

/// What has happened to a connection.
#[derive(Clone, Copy)]
pub(super) struct News {
    pub(super) is_readable: bool,
    /// The peer has said all that it will.
    pub(super) is_ended: bool,
    /// It takes no answer either.
    pub(super) has_left: bool,
}

/// What all connections share.
pub(super) struct Server {
    pub(super) calls: Calls,
    pub(super) readiness: Readiness,
    pub(super) stop: Arc<Stop>,
    mode: Mode,
    read_timeout: Duration,
    grace: Duration,
    /// Callers of the initializer, who wait until it has run.
    initializing: Mutex<Vec<Arc<Peer>>>,
}

impl Server {
    pub(super) fn new(settings: HttpSettings, calls: Calls, stop: Arc<Stop>) -> Self {
        let (read_timeout, grace) = (settings.read_timeout, settings.grace);
        let readiness = Readiness::default();
        Self {
            calls,
            readiness,
            stop,
            mode: Mode::new(settings),
            read_timeout,
            grace,
            initializing: Mutex::default(),
        }
    }

    /// Something has happened to a connection: it can be written to again, or has more to read, or the end. True if it is over.
    pub(super) fn attend(&self, peer: &Arc<Peer>, news: News) -> bool {
        let mut connection = peer.connection();
        if news.is_readable || news.is_ended {
            connection.became_readable(news.is_ended);
        }
        self.advance(peer, &mut connection);
        // Of callers who leave while something is written, writing tells.
        if news.has_left && connection.pace().0 == Pace::Answering {
            self.forget(peer);
            peer.is_gone.store(true, Ordering::Relaxed);
            connection.close();
        }
        connection.pace().0 == Pace::Closed
    }

    /// Reads and writes as far as possible, and hands over the requests that have become whole. True if one waits for the function.
    fn advance(&self, peer: &Arc<Peer>, connection: &mut Connection) -> bool {
        let mut is_waiting = false;
        for _ in 0..MOST_AT_ONCE {
            match connection.advance() {
                Step::Wait => return is_waiting,
                Step::Close => {
                    connection.close();
                    return is_waiting;
                }
                Step::Refuse(refusal) => connection.answer(refusal.into_response(), true),
                Step::Request(request) => match self.route(peer, request) {
                    Some(response) => connection.answer(response, self.is_last()),
                    None => is_waiting = true,
                },
            }
        }
        if connection.come_again().is_err() {
            connection.close();
        }
        is_waiting
    }

    /// What to answer at once; nothing if the answer will come from elsewhere.
    fn route(&self, peer: &Arc<Peer>, request: Request) -> Option<Response> {
        match self.mode.route(request, peer.address, self.readiness.state()) {
            Route::Answer(response) => Some(response),
            Route::Initialize => self.initialize(peer),
            Route::Shutdown => {
                self.stop.stop();
                Some(Response::new(200))
            }
            Route::Event { headers, payload } => {
                self.enqueue(Waiting::for_event(peer.clone(), headers, payload))
            }
        }
    }

    fn initialize(&self, peer: &Arc<Peer>) -> Option<Response> {
        let mut initializing = self.initializing();
        match self.readiness.state() {
            State::Ready => Some(Response::new(200)),
            State::Stopping => Some(Refusal::not_ready(mode::STOPPING).into_response()),
            State::Starting => {
                initializing.push(peer.clone());
                None
            }
            // Whoever asks first is told why there is no function.
            State::Failed => self.enqueue(Waiting::for_initializer(peer.clone())),
        }
    }

    /// Nobody waits for what this caller has asked for.
    fn forget(&self, peer: &Arc<Peer>) {
        self.calls.forget(peer);
        self.initializing().retain(|waiting| !Arc::ptr_eq(waiting, peer));
    }

    fn initializing(&self) -> MutexGuard<'_, Vec<Arc<Peer>>> {
        self.initializing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enqueue(&self, request: Waiting) -> Option<Response> {
        match self.calls.push(request) {
            Ok(()) => None,
            Err(NotTaken::TooMany) => Some(Refusal::too_many().into_response()),
            Err(NotTaken::AllStuck) => Some(Refusal::not_ready(mode::STUCK).into_response()),
        }
    }

    /// The initializer has run.
    pub(super) fn became_ready(&self) {
        let waiting = {
            let mut initializing = self.initializing();
            if !self.readiness.became_ready() {
                return;
            }
            std::mem::take(&mut *initializing)
        };
        for peer in &waiting {
            self.answer(peer, Response::new(200));
        }
    }

    /// There is no function, and since when: whoever asked for the initializer, or asks first, is told why.
    pub(super) fn failed(&self) -> Instant {
        let mut initializing = self.initializing();
        let since = self.readiness.failed();
        self.calls.push_initializers(initializing.drain(..));
        since
    }

    /// The function is to stop: its initializer is of no use to anybody any more.
    pub(super) fn stopping(&self) {
        let waiting = {
            let mut initializing = self.initializing();
            self.readiness.stopping();
            std::mem::take(&mut *initializing)
        };
        for peer in &waiting {
            self.answer(peer, Refusal::not_ready(mode::STOPPING).into_response());
        }
    }

    /// Sends the function's answer, and gives why it is not what was asked for, if so; true if another request waits for the function
    /// because of that.
    pub(super) fn reply(&self, call: &Running, reply: &Reply) -> (bool, Option<String>) {
        let is_there_a_function = !self.readiness.has_failed();
        let (response, rejected) = self.mode.response(&call.headers, reply, is_there_a_function);
        (self.answer(&call.peer, response), rejected)
    }

    /// Whether it takes answers as API Gateway does.
    pub(super) fn is_gateway(&self) -> bool {
        self.mode.is_gateway()
    }

    /// The same for those that are answered without the function.
    pub(super) fn refuse(&self, peer: &Arc<Peer>, headers: &Headers, why: &str) {
        self.answer(peer, Refusal::not_ready(why).into_response().with_id(headers));
    }

    pub(super) fn time_out(&self, call: &Running) {
        let message = format!("the handler did not end within its timeout of {} s", call.timeout.as_secs());
        let response = Response::of_error(504, FunctionError::new("FunctionTimeout", message));
        self.answer(&call.peer, response.with_id(&call.headers));
    }

    /// True if another request of the connection waits for the function because of that, which whoever waits for the connections sees
    /// without being told.
    fn answer(&self, peer: &Arc<Peer>, response: Response) -> bool {
        let mut connection = peer.connection();
        connection.answer(response, self.is_last());
        self.advance(peer, &mut connection)
    }

    /// Whether connections end with their next answer.
    fn is_last(&self) -> bool {
        self.readiness.state().is_ending()
    }

    /// Ends what takes too long. True if the connection is over.
    pub(super) fn check(&self, peer: &Peer, now: Instant, stopping: Option<Instant>) -> bool {
        let mut connection = peer.connection();
        let (pace, since) = connection.pace();
        let lasted = now.saturating_duration_since(since);
        let is_too_late = stopping.is_some_and(|since| now.saturating_duration_since(since) >= self.grace);
        match pace {
            Pace::Idle if lasted >= IDLE_TIMEOUT => connection.close(),
            Pace::Idle if stopping.is_some_and(|since| now.saturating_duration_since(since) >= LAST_CALL) => {
                connection.close();
            }
            Pace::Reading if is_too_late => give_up(&mut connection, Refusal::not_ready(mode::STOPPING)),
            Pace::Reading if lasted >= self.read_timeout => {
                give_up(&mut connection, Refusal::too_slow(self.read_timeout.as_secs()));
            }
            Pace::Writing if is_too_late => connection.close(),
            Pace::Writing | Pace::Draining if lasted >= WRITE_TIMEOUT => connection.close(),
            _ => {}
        }
        connection.pace().0 == Pace::Closed
    }
}

/// Does not wait for the rest of a request.
fn give_up(connection: &mut Connection, refusal: Refusal) {
    connection.answer(refusal.into_response(), true);
    if let Step::Close = connection.advance() {
        connection.close();
    }
}

#[cfg(test)]
#[cfg(not(miri))] // An interpreter has no sockets.
mod tests {
    use super::*;
    use crate::runtime::http::budget::Budget;
    use crate::runtime::http::connection::Common;
    use crate::variables::Variables;
    use mio::net::TcpStream;
    use mio::{Poll, Token};
    use std::io::Write;

    const TOO_SLOW: &str = "POST /invoke HTTP/1.1\r\nHost: h\r\n";
    const UNKNOWN: &str = "GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    const INVOKE: &str = "POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";

    struct Place {
        poll: Poll,
        listener: std::net::TcpListener,
        server: Server,
    }

    impl Place {
        fn new() -> Self {
            let settings = HttpSettings::read(&mut Variables::new(&|_: &str| None), None).unwrap();
            let calls = Calls::new(Duration::from_secs(3600), 1);
            let server = Server::new(settings, calls, Arc::new(Stop::new().unwrap()));
            server.became_ready();
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            Self { poll: Poll::new().unwrap(), listener, server }
        }

        /// A connection over which so much has arrived, and the client, who reads nothing.
        fn connect(&self, sent: &str) -> (Arc<Peer>, std::net::TcpStream) {
            let mut client = std::net::TcpStream::connect(self.listener.local_addr().unwrap()).unwrap();
            client.write_all(sent.as_bytes()).unwrap();
            let (stream, address) = self.listener.accept().unwrap();
            if !sent.is_empty() {
                stream.peek(&mut [0]).unwrap();
            }
            stream.set_nonblocking(true).unwrap();
            let common = Common {
                registry: self.poll.registry().try_clone().unwrap(),
                max_body: 1 << 20,
                budget: Budget::new(1 << 20),
            };
            let connection =
                Connection::new(TcpStream::from_std(stream), Token(3), Arc::new(common)).unwrap();
            let peer = Arc::new(Peer::new(address, connection));
            let news = News { is_readable: true, is_ended: false, has_left: false };
            assert!(!self.server.attend(&peer, news), "{sent:?}");
            (peer, client)
        }

        /// Whether the connection is over so long after it began what it is doing.
        fn is_over_after(&self, peer: &Peer, lasted: Duration, stopping: Option<Duration>) -> bool {
            let since = peer.connection().pace().1;
            self.server.check(peer, since + lasted, stopping.map(|before| since + lasted - before))
        }
    }

    /// A connection in each of the states that are timed, how it got there, and how long it may stay.
    fn timed(place: &Place) -> Vec<(Pace, Arc<Peer>, std::net::TcpStream, Duration)> {
        let states = [
            ("", Pace::Idle, IDLE_TIMEOUT),
            (TOO_SLOW, Pace::Reading, place.server.read_timeout),
            (INVOKE, Pace::Writing, WRITE_TIMEOUT),
            (UNKNOWN, Pace::Draining, WRITE_TIMEOUT),
        ];
        let connect = |(sent, pace, limit)| {
            let (peer, client) = place.connect(sent);
            if pace == Pace::Writing {
                // More than the system takes for a client who does not read.
                place.server.answer(&peer, Response::new(200).with_body(vec![b'x'; 64 << 20].into(), None));
            }
            assert_eq!(peer.connection().pace().0, pace);
            (pace, peer, client, limit)
        };
        states.into_iter().map(connect).collect()
    }

    #[test]
    fn what_makes_no_progress_ends_after_its_time_and_not_before() {
        let place = Place::new();
        for (pace, peer, _client, limit) in timed(&place) {
            assert!(!place.is_over_after(&peer, limit - Duration::from_millis(1), None), "{pace:?}");
            let is_over = place.is_over_after(&peer, limit, None);
            // Who is slow is told so, and then has as long to take that as anybody.
            let is_told = pace == Pace::Reading && peer.connection().pace().0 == Pace::Draining;
            assert!(is_over != is_told, "{pace:?}");
        }
    }

    #[test]
    fn who_leaves_takes_the_request_along_and_who_has_the_answer_has_not_left() {
        let place = Place::new();
        let leaves = News { is_readable: true, is_ended: true, has_left: true };
        let (peer, _client) = place.connect(INVOKE);
        assert!(!place.server.calls.are_none_waiting());
        assert!(place.server.attend(&peer, leaves) && peer.is_gone());
        assert!(place.server.calls.are_none_waiting());
        let (peer, _client) = place.connect(INVOKE);
        place.server.answer(&peer, Response::new(200));
        place.server.attend(&peer, leaves);
        assert!(!peer.is_gone());
    }

    #[test]
    fn a_handler_is_not_timed_here() {
        let place = Place::new();
        let (peer, _client) = place.connect(INVOKE);
        assert_eq!(peer.connection().pace().0, Pace::Answering);
        assert!(!place.is_over_after(&peer, Duration::from_secs(1 << 20), None));
    }

    #[test]
    fn connections_may_be_idle_for_a_moment_only_once_the_function_stops() {
        let place = Place::new();
        let (peer, _client) = place.connect("");
        let lasted = Duration::from_secs(1);
        assert!(!place.is_over_after(&peer, lasted, Some(LAST_CALL - Duration::from_millis(1))));
        assert!(place.is_over_after(&peer, lasted, Some(LAST_CALL)));
        for (pace, peer, _client, _) in timed(&place).into_iter().filter(|(pace, ..)| *pace != Pace::Idle) {
            assert!(!place.is_over_after(&peer, lasted, Some(place.server.grace - lasted)), "{pace:?}");
            place.is_over_after(&peer, lasted, Some(place.server.grace));
            let now = peer.connection().pace().0;
            let expected = if pace == Pace::Writing { Pace::Closed } else { Pace::Draining };
            assert_eq!(now, expected, "{pace:?}");
        }
    }
}
