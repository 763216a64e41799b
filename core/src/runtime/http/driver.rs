//! Waits for all connections at once. One thread at a time does so: see `lead`.

use super::budget::Budget;
use super::calls::{Calls, Running};
use super::connection::{Common, Connection, Pace};
use super::server::{News, Peer, Server};
use crate::runtime::stop::Stop;
use mio::net::{TcpListener, TcpStream};
use mio::unix::SourceFd;
use mio::{Events, Interest, Poll, Token, Waker};
use rustix::process::{Resource, getrlimit};
use std::collections::HashMap;
use std::io;
use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

const LISTENER: Token = Token(0);
const STOP: Token = Token(1);
pub(super) const WAKER: Token = Token(2);
const FIRST_CONNECTION: usize = 3;

const MOST_EVENTS: usize = 256;
/// As many connections as ports of one client, if the system lets us.
const MOST_CONNECTIONS: usize = 65_536;
/// Descriptors that are left for the function's own files and connections.
const SPARED: u64 = 128;
/// What bodies that are still arriving take at most, unless one alone may be larger.
const MOST_ARRIVING: usize = 64 << 20;
/// How often it is looked whether connections take too long.
const CHECK_EVERY: Duration = Duration::from_secs(1);
/// The same while the function is stopping.
const CHECK_STOPPING_EVERY: Duration = Duration::from_millis(20);
/// How long to wait when the system gives no connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

pub(super) struct Driver {
    poll: Poll,
    common: Arc<Common>,
    events: Events,
    /// None once the function is stopping.
    listener: Option<TcpListener>,
    peers: HashMap<Token, Arc<Peer>>,
    next_token: usize,
    most_peers: usize,
    next_check: Option<Instant>,
    /// When the system had no connection to give, and there may be more waiting.
    accept_again: Option<Instant>,
    stopping: Option<Instant>,
}

impl Driver {
    pub(super) fn new(mut listener: TcpListener, stop: &Stop, max_body: usize) -> io::Result<Self> {
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let stopped = stop.as_fd().as_raw_fd();
        poll.registry().register(&mut SourceFd(&stopped), STOP, Interest::READABLE)?;
        let most_files =
            getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX).saturating_sub(SPARED).max(16);
        Ok(Self {
            common: Arc::new(Common {
                registry: poll.registry().try_clone()?,
                max_body,
                budget: Budget::new(MOST_ARRIVING.max(max_body)),
            }),
            poll,
            events: Events::with_capacity(MOST_EVENTS),
            listener: Some(listener),
            peers: HashMap::new(),
            next_token: FIRST_CONNECTION,
            most_peers: usize::try_from(most_files).unwrap_or(usize::MAX).min(MOST_CONNECTIONS),
            next_check: None,
            accept_again: None,
            stopping: None,
        })
    }

    pub(super) fn waker(&self) -> io::Result<Waker> {
        Waker::new(self.poll.registry(), WAKER)
    }

    /// Since when the function has been stopping.
    pub(super) fn stopping(&self) -> Option<Instant> {
        self.stopping
    }

    /// Whether nothing more can come, and all answers that there are have gone out.
    pub(super) fn is_done(&self) -> bool {
        let is_done = |peer: &Arc<Peer>| {
            matches!(peer.connection().pace().0, Pace::Answering | Pace::Draining | Pace::Closed)
        };
        self.stopping.is_some() && self.peers.values().all(is_done)
    }

    /// Waits until something happens, at most until `deadline`, and sees to it. Gives the calls that took too long.
    pub(super) fn turn(&mut self, server: &Server, deadline: Option<Instant>) -> Vec<Running> {
        let timeout = self.wait_at_most(&server.calls, deadline);
        // Interrupted by a signal, it is as if nothing had happened. Other errors are not possible.
        if self.poll.poll(&mut self.events, timeout).is_err() {
            self.events.clear();
        }
        self.serve(server);
        let now = Instant::now();
        if self.stopping.is_none() && server.stop.is_stopped() {
            self.stop(server, now);
        }
        if self.accept_again.is_some_and(|at| at <= now) {
            self.accept();
        }
        if self.next_check.is_some_and(|at| at <= now) {
            self.check(server, now);
        }
        server.calls.expire(now)
    }

    fn wait_at_most(&self, calls: &Calls, deadline: Option<Instant>) -> Option<Duration> {
        let next = [deadline, self.next_check, self.accept_again, calls.next_deadline()];
        let next = next.into_iter().flatten().min()?;
        Some(next.saturating_duration_since(Instant::now()))
    }

    fn serve(&mut self, server: &Server) {
        let events = std::mem::replace(&mut self.events, Events::with_capacity(0));
        for event in &events {
            match event.token() {
                LISTENER => self.accept(),
                STOP | WAKER => {}
                token => {
                    let Some(peer) = self.peers.get(&token) else { continue };
                    let news = News {
                        is_readable: event.is_readable(),
                        is_ended: event.is_read_closed(),
                        has_left: event.is_error() || (event.is_read_closed() && event.is_write_closed()),
                    };
                    if server.attend(peer, news) {
                        self.forget(token);
                    }
                }
            }
        }
        self.events = events;
    }

    fn accept(&mut self) {
        self.accept_again = None;
        while let Some(listener) = &self.listener {
            match listener.accept() {
                // A connection that cannot be served is closed, which its peer sees.
                Ok((stream, address)) => drop(self.start(stream, address)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if is_of_the_connection(&error) => {}
                Err(_) => {
                    // Most likely there are too many open files.
                    self.make_room();
                    self.accept_again = Some(Instant::now() + ACCEPT_PAUSE);
                    return;
                }
            }
        }
    }

    fn start(&mut self, stream: TcpStream, address: std::net::SocketAddr) -> io::Result<()> {
        if self.peers.len() >= self.most_peers {
            self.make_room();
        }
        stream.set_nodelay(true)?;
        let token = Token(self.next_token);
        self.next_token += 1;
        let connection = Connection::new(stream, token, self.common.clone())?;
        self.peers.insert(token, Arc::new(Peer::new(address, connection)));
        self.next_check.get_or_insert_with(|| Instant::now() + CHECK_EVERY);
        Ok(())
    }

    /// Closes some of the connections that have been without a whole request for longest: they are idle, or somebody wants to use up
    /// all that there are.
    fn make_room(&mut self) {
        let mut without_request: Vec<(Instant, Token)> = self
            .peers
            .iter()
            .filter_map(|(token, peer)| {
                let (pace, since) = peer.connection().pace();
                matches!(pace, Pace::Idle | Pace::Reading).then_some((since, *token))
            })
            .collect();
        without_request.sort_unstable();
        let most = self.peers.len() / 16 + 1;
        for (_, token) in without_request.into_iter().take(most) {
            if let Some(peer) = self.peers.get(&token) {
                peer.connection().close();
            }
            self.forget(token);
        }
        self.next_check.get_or_insert_with(|| Instant::now() + CHECK_EVERY);
    }

    fn stop(&mut self, server: &Server, now: Instant) {
        // What the system has accepted for us is accepted.
        self.accept();
        server.stopping();
        self.listener = None;
        self.accept_again = None;
        self.stopping = Some(now);
        self.next_check = Some(now + CHECK_STOPPING_EVERY);
    }

    fn check(&mut self, server: &Server, now: Instant) {
        let stopping = self.stopping;
        let over: Vec<Token> = self
            .peers
            .iter()
            .filter(|(_, peer)| server.check(peer, now, stopping))
            .map(|(token, _)| *token)
            .collect();
        over.into_iter().for_each(|token| self.forget(token));
        let every = if stopping.is_some() { CHECK_STOPPING_EVERY } else { CHECK_EVERY };
        self.next_check = (!self.peers.is_empty() || stopping.is_some()).then(|| now + every);
    }

    fn forget(&mut self, token: Token) {
        if let Some(peer) = self.peers.remove(&token) {
            peer.connection().deregister();
        }
    }
}

/// The connection was given up while it waited to be accepted; the next one is another.
fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted, PermissionDenied};
    matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted | PermissionDenied)
}
