//! The custom runtime's HTTP API: the function asks for events and posts its replies.

use super::Invocation;
use super::delivery::{Answer, Reply, Taken};
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use serde_json::json;
use std::collections::HashMap;
use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
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
    body_limit: usize,
    queue: AsyncMutex<mpsc::UnboundedReceiver<Queued>>,
    running: Mutex<HashMap<String, oneshot::Sender<Reply>>>,
}

impl Api {
    /// Serves on a free port of the loopback interface.
    pub(crate) async fn start(body_limit: usize) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (queue, events) = mpsc::unbounded_channel();
        let shared = Shared { body_limit, queue: AsyncMutex::new(events), running: Mutex::default() };
        let router = router(Arc::new(shared));
        let server = tokio::spawn(async move {
            // Serving ends with the task only: failures of single connections do not reach here.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, queue, server })
    }

    /// Where the function finds the API.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Offers an event to the function; says when it was taken, and what came back. Dropping the second
    /// receiver makes a reply too late. The function gets the platform's answer when the reply is dropped.
    pub(crate) fn submit(
        &self,
        invocation: Invocation,
    ) -> (oneshot::Receiver<Taken>, oneshot::Receiver<Reply>) {
        let (taken, when_taken) = oneshot::channel();
        let (reply, when_replied) = oneshot::channel();
        // A server that is gone shows in receivers that never get anything.
        let _ = self.queue.send(Queued { invocation, taken, reply });
        (when_taken, when_replied)
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
        let answer = match read(body, self.body_limit).await {
            Ok(Ok(body)) => answer(body),
            Ok(Err(size)) => Answer::TooLarge { size },
            Err(error) => return refusal(StatusCode::BAD_REQUEST, &format!("the body broke off: {error}")),
        };
        let refused = match answer {
            Answer::TooLarge { size } => Some(refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                &format!("response body size {size} exceeds the limit of {}", self.body_limit),
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

/// The whole body, or its size if it is beyond the limit; what is beyond is not kept.
async fn read(mut body: Body, limit: usize) -> Result<Result<Bytes, u64>, axum::Error> {
    let mut kept = vec![];
    let mut size = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame?.into_data() else { continue };
        size += data.len() as u64;
        if size <= limit as u64 {
            kept.extend_from_slice(&data);
        }
    }
    Ok(if size > limit as u64 { Err(size) } else { Ok(kept.into()) })
}

fn refusal(status: StatusCode, message: &str) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (status, headers, json!({ "errorMessage": message }).to_string()).into_response()
}
