//! The custom runtime's HTTP API: the function asks for events and posts its replies.

use super::delivery::{Answer, Delivery, Offer, Reply, Taken};
use super::{BODY_LIMIT, Invocation, body};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use rustix::process::Pid;
use serde_json::json;
use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};
use tokio::task::JoinHandle;

/// The server for one process of the function. Dropping it stops the server.
pub(crate) struct Api {
    address: SocketAddr,
    queue: mpsc::UnboundedSender<Queued>,
    server: JoinHandle<()>,
}

/// An event that waits for the function to ask.
struct Queued {
    invocation: Invocation,
    taken: oneshot::Sender<Taken>,
    reply: oneshot::Sender<Reply>,
}

struct Shared {
    queue: AsyncMutex<mpsc::UnboundedReceiver<Queued>>,
    running: Mutex<HashMap<String, oneshot::Sender<Reply>>>,
}

impl Api {
    /// Serves on a free port of the loopback interface.
    pub(crate) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (queue, events) = mpsc::unbounded_channel();
        let shared = Shared { queue: AsyncMutex::new(events), running: Mutex::default() };
        let router = router(Arc::new(shared));
        let server = tokio::spawn(async move {
            // Serving ends with the task only: failures of single connections do not reach here.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, queue, server })
    }
}

impl Delivery for Api {
    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![("RUNTIME_API_ADDR", self.address.to_string())]
    }

    /// The function gets the platform's answer to its reply when the reply is dropped.
    fn submit(&self, invocation: Invocation, _group: Pid) -> Offer {
        let (taken, when_taken) = oneshot::channel();
        let (reply, when_replied) = oneshot::channel();
        // A server that is gone shows in receivers that never get anything.
        let _ = self.queue.send(Queued { invocation, taken, reply });
        (when_taken, when_replied)
    }

    fn ended_before(&self, status: ExitStatus, an_event: &str) -> String {
        format!("the process ended ({status}) before it asked for {an_event}")
    }

    fn ended_with(&self, status: ExitStatus) -> String {
        format!("the process ended ({status}) after it had asked for the event and before it replied")
    }

    fn not_ready(&self, an_event: &str, limit: Duration) -> String {
        format!(
            "the process did not ask for {an_event} within {}s; expected: \
             GET http://$RUNTIME_API_ADDR/v1/runtime/invocation/request",
            limit.as_secs()
        )
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/v1/runtime/invocation/request", get(next))
        .route("/v1/runtime/invocation/response/{id}", post(respond))
        .route("/v1/runtime/invocation/error/{id}", post(fail))
        .fallback(async || refusal(StatusCode::NOT_FOUND, "there is no such path"))
        .with_state(shared)
}

/// Holds the request until there is an event.
async fn next(State(shared): State<Arc<Shared>>) -> Response {
    // Dropped together with the connection: an event goes to somebody who is still there.
    while let Some(Queued { invocation, taken, reply }) = shared.queue.lock().await.recv().await {
        if taken.send(Ok(Instant::now())).is_err() {
            continue;
        }
        let Invocation { request_id, invoke_type, payload } = invocation;
        let headers = [
            ("X-Cff-Request-Id", request_id.clone()),
            ("X-CFF-Invoke-Type", invoke_type.name().to_owned()),
            (header::CONTENT_TYPE.as_str(), "application/json".to_owned()),
        ];
        shared.running().insert(request_id, reply);
        return (headers, payload).into_response();
    }
    refusal(StatusCode::SERVICE_UNAVAILABLE, "there will be no further event")
}

async fn respond(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Body) -> Response {
    shared.accept(&id, body, Answer::Result).await
}

async fn fail(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Body) -> Response {
    shared.accept(&id, body, Answer::Error).await
}

impl Shared {
    /// Takes a reply. Also what is refused is read to its end: only then the connection can be used further.
    async fn accept(&self, id: &str, body: Body, answer: fn(Bytes) -> Answer) -> Response {
        let answer = match body::read(body, BODY_LIMIT).await {
            Ok(Ok(body)) => answer(body),
            Ok(Err(size)) => Answer::TooLarge { size },
            Err(error) => return refusal(StatusCode::BAD_REQUEST, &format!("the body broke off: {error}")),
        };
        let refused = match answer {
            Answer::TooLarge { size } => Some(refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                &format!("response body size {size} exceeds the limit of {BODY_LIMIT}"),
            )),
            _ => None,
        };
        let waiting = self.running().remove(id);
        let (noted, when_noted) = oneshot::channel();
        let reply = Reply { answer, received_at: Instant::now(), _noted: Some(noted) };
        if waiting.is_none_or(|waiting| waiting.send(reply).is_err()) {
            let message = format!("no invocation '{id}' waits: unknown, already answered or timed out");
            return refusal(StatusCode::NOT_FOUND, &message);
        }
        // The error is the signal: the reply was dropped.
        let _ = when_noted.await;
        refused.unwrap_or_else(|| StatusCode::OK.into_response())
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<String, oneshot::Sender<Reply>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refusal(status: StatusCode, message: &str) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (status, headers, json!({ "errorMessage": message }).to_string()).into_response()
}
