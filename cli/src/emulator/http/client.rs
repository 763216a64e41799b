//! One request and its response.

use crate::emulator::{BODY_LIMIT, body};
use axum::body::Body;
use axum::http::header::{CONNECTION, HOST};
use axum::http::response::Parts;
use axum::http::{HeaderValue, Request};
use bytes::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// What came back.
pub(super) enum Response {
    /// All of it.
    Complete(Parts, Bytes),
    /// More bytes than a result may have.
    TooLarge {
        /// How many.
        size: u64,
    },
}

/// Why nothing came back, or not all of it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// The connection could not be made.
    #[error("cannot connect: {0}")]
    Connect(#[from] io::Error),
    /// What came is not HTTP, or nothing did.
    #[error("{}", with_cause(.0))]
    Head(#[from] hyper::Error),
    /// The body broke off.
    #[error("the response broke off: {0}")]
    Body(#[from] axum::Error),
}

/// Sends the request over a connection of its own, as the platform does: no connection is there to be closed by the function at the
/// wrong time.
pub(super) async fn exchange(address: SocketAddr, mut request: Request<Body>) -> Result<Response, Broken> {
    let host = HeaderValue::try_from(address.to_string());
    if let (false, Ok(host)) = (request.headers().contains_key(HOST), host) {
        request.headers_mut().insert(HOST, host);
    }
    request.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    let stream = TokioIo::new(TcpStream::connect(address).await?);
    // Names as the platform writes them.
    let (mut sender, connection) = http1::Builder::new().title_case_headers(true).handshake(stream).await?;
    // Its failure is that of the request, or comes when it is of no importance any more.
    tokio::spawn(connection);
    let (head, body) = sender.send_request(request).await?.into_parts();
    Ok(match body::read(Body::new(body), BODY_LIMIT).await? {
        Ok(body) => Response::Complete(head, body),
        Err(size) => Response::TooLarge { size },
    })
}

fn with_cause(error: &hyper::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
