//! Requests to a function that is an HTTP server, as the platform makes them to containers and HTTP functions.

mod apig;
mod client;
mod event;
mod headers;
mod listener;

pub(crate) use apig::RequestError;

use super::delivery::{Answer, Delivery, END_FIRST, Offer, Reply, Taken};
use super::{EmulatorError, Invocation, Runtime, Settings};
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use bytes::Bytes;
use client::{Broken, Response};
use listener::Listener;
use rustix::process::Pid;
use std::net::SocketAddr;
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OnceCell, oneshot};
use tokio::time::sleep;

/// Fails unless the event is one that a function of that runtime can be given.
pub(crate) fn check(runtime: Runtime, event: &Bytes) -> Result<(), RequestError> {
    match runtime {
        Runtime::Http => apig::request(event).map(drop),
        Runtime::Custom | Runtime::Go1x | Runtime::Container => Ok(()),
    }
}

/// The requests to one process.
pub(crate) struct Requests(Arc<Server>);

/// The server that the process is.
struct Server {
    form: Form,
    has_initializer: bool,
    headers: HeaderMap,
    listener: Listener,
    /// Where it listens; known as soon as it does.
    address: OnceCell<SocketAddr>,
    initialized: OnceCell<()>,
}

/// What events and results look like.
#[derive(Clone, Copy)]
enum Form {
    /// The event and the result are bodies.
    Event,
    /// The event is a request, and the response becomes the result.
    Apig,
}

impl Requests {
    /// Requests to the function with these settings, as soon as it listens.
    pub(crate) fn prepare(settings: &Settings) -> Result<Self, EmulatorError> {
        let form = match settings.runtime {
            Runtime::Http => Form::Apig,
            Runtime::Custom | Runtime::Go1x | Runtime::Container => Form::Event,
        };
        Ok(Self(Arc::new(Server {
            form,
            has_initializer: settings.initializer.is_some(),
            headers: headers::of_function(settings),
            listener: Listener::choose(settings.port)?,
            address: OnceCell::new(),
            initialized: OnceCell::new(),
        })))
    }
}

impl Delivery for Requests {
    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![("FGRUNTIME_HTTP_ADDR", self.0.listener.told().to_string())]
    }

    fn submit(&self, invocation: Invocation, group: Pid) -> Offer {
        let (taken, when_taken) = oneshot::channel();
        let (mut reply, when_replied) = oneshot::channel();
        let server = self.0.clone();
        tokio::spawn(async move {
            tokio::select! {
                Some(answered) = server.deliver(invocation, group, taken) => {
                    // Too late, perhaps.
                    let _ = reply.send(answered);
                }
                () = reply.closed() => {}
            }
        });
        (when_taken, when_replied)
    }

    fn ended_before(&self, status: ExitStatus, an_event: &str) -> String {
        let obstacle = match self.0.address.get() {
            None => self.0.listener.obstacle(),
            Some(_) => String::new(),
        };
        format!("the process ended ({status}) before it could be given {an_event}{obstacle}")
    }

    fn not_ready(&self, _an_event: &str, limit: Duration) -> String {
        let limit = limit.as_secs();
        match self.0.address.get() {
            None => {
                let listener = &self.0.listener;
                let (expected, obstacle) = (listener.expected(), listener.obstacle());
                format!("the process did not listen within {limit}s; {expected}{obstacle}")
            }
            Some(_) => format!(
                "the process did not answer POST /init within {limit}s; expected: a response as soon as it is initialized"
            ),
        }
    }

    /// Containers are told by `GET /shutdown`.
    fn dismiss(&self) -> oneshot::Receiver<()> {
        let (told, when_told) = oneshot::channel();
        if let (Form::Event, Some(&address)) = (self.0.form, self.0.address.get()) {
            let request = event::shutdown(&self.0.headers);
            tokio::spawn(async move {
                // An answer, or none, or no such path: all the same it has been told.
                let _ = client::exchange(address, request).await;
                let _ = told.send(());
            });
        }
        when_told
    }
}

impl Server {
    /// Delivers the event as soon as the function listens, and waits for its reply; None if it cannot be delivered, which is told.
    async fn deliver(
        &self,
        invocation: Invocation,
        group: Pid,
        taken: oneshot::Sender<Taken>,
    ) -> Option<Reply> {
        let ready = match self.ready(group).await {
            Ok(address) => self.request(&invocation).map(|request| (address, request)),
            Err(broken) => {
                Err(format!("the function did not answer POST /init ({broken}); expected: one HTTP response"))
            }
        };
        let (address, request) = match ready {
            Ok(ready) => ready,
            Err(reason) => {
                sleep(END_FIRST).await;
                let _ = taken.send(Err(reason));
                return None;
            }
        };
        taken.send(Ok(Instant::now())).ok()?;
        let answer = match client::exchange(address, request).await {
            Ok(Response::Complete(head, body)) => self.answer(&head, body),
            Ok(Response::TooLarge { size }) => Answer::TooLarge { size },
            Err(broken) => Answer::Lost(format!(
                "the function did not answer the request ({broken}); expected: the request read to its end, and one HTTP response"
            )),
        };
        let received_at = Instant::now();
        if matches!(answer, Answer::Lost(_)) {
            sleep(END_FIRST).await;
        }
        Some(Reply { answer, received_at, _noted: None })
    }

    /// Waits until the function listens and, if it has an initializer, until this has run; what `/init` answers means nothing to the
    /// platform.
    async fn ready(&self, group: Pid) -> Result<SocketAddr, Broken> {
        let address = *self.address.get_or_init(|| self.listener.found(group)).await;
        if self.has_initializer && matches!(self.form, Form::Event) {
            let initialize = async || client::exchange(address, event::init(&self.headers)).await.map(drop);
            self.initialized.get_or_try_init(initialize).await?;
        }
        Ok(address)
    }

    fn request(&self, invocation: &Invocation) -> Result<Request<Body>, String> {
        let mut request = match self.form {
            Form::Event => event::invoke(&invocation.payload),
            Form::Apig => apig::request(&invocation.payload).map_err(|error| error.to_string())?,
        };
        headers::add(request.headers_mut(), &self.headers);
        headers::add_request_id(request.headers_mut(), &invocation.request_id);
        Ok(request)
    }

    fn answer(&self, head: &axum::http::response::Parts, body: Bytes) -> Answer {
        match self.form {
            Form::Event => event::answer(head.status, body),
            Form::Apig => Answer::Result(apig::result(head, &body)),
        }
    }
}
