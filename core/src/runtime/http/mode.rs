//! What a request means, and what an answer looks like, in each mode.

use super::connection::Request;
use super::readiness::State;
use super::refusal::Refusal;
use super::response::Response;
use super::settings::{HttpMode, HttpSettings};
use super::{apig, cloudevents};
use crate::context::Headers;
use crate::response::Reply;
use bytes::Bytes;
use std::net::SocketAddr;
use uuid::Uuid;

pub(super) const REQUEST_ID: &str = "X-Cff-Request-Id";
/// How the names of the platform's headers begin.
const PLATFORM: &str = "X-Cff-";

pub(super) const STARTING: &str = "the function is starting";
pub(super) const STOPPING: &str = "the function is stopping";
pub(super) const STUCK: &str =
    "every handler that may run at once has been running for longer than its timeout; the instance ends";

/// What is to be done with a request.
pub(super) enum Route {
    /// Answered at once.
    Answer(Response),
    /// For the function, with the headers that give the context.
    Event { headers: Headers, payload: Bytes },
    /// Answered once the initializer has run.
    Initialize,
    /// The function is to stop.
    Shutdown,
}

pub(super) struct Mode(HttpSettings);

impl Mode {
    pub(super) fn new(settings: HttpSettings) -> Self {
        Self(settings)
    }

    pub(super) fn route(&self, request: Request, address: SocketAddr, state: State) -> Route {
        let routed = match self.0.mode {
            HttpMode::Event => self.route_event(request, address, state),
            HttpMode::Apig | HttpMode::CloudEvents if self.is_health(&request) => Ok(health(state)),
            HttpMode::Apig => {
                let headers = self.headers(&request);
                let payload = apig::event(&request, &headers, address);
                Ok(Route::Event { headers, payload: payload.into() })
            }
            HttpMode::CloudEvents => {
                let headers = self.headers(&request);
                cloudevents::event(request).map(|payload| Route::Event { headers, payload })
            }
        };
        routed.unwrap_or_else(|refusal| Route::Answer(refusal.into_response()))
    }

    fn route_event(&self, request: Request, address: SocketAddr, state: State) -> Result<Route, Refusal> {
        let method = request.head.method.as_str();
        let allow = |allowed: &[&str]| match allowed.contains(&method) {
            true => Ok(()),
            false => Err(Refusal::method_not_allowed(allowed)),
        };
        match path(&request) {
            "/invoke" => {
                allow(&["POST"])?;
                let headers = self.headers(&request);
                Ok(Route::Event { headers, payload: request.body.into() })
            }
            "/init" => allow(&["POST"]).map(|()| Route::Initialize),
            "/healthz" => allow(&["GET", "HEAD"]).map(|()| health(state)),
            "/shutdown" => {
                allow(&["GET", "POST"])?;
                if address.ip().to_canonical().is_loopback() {
                    return Ok(Route::Shutdown);
                }
                Err(Refusal::new(403, "Forbidden", "only this machine may stop the function"))
            }
            path => Err(Refusal::not_found(path)),
        }
    }

    fn is_health(&self, request: &Request) -> bool {
        let is_read = matches!(request.head.method.as_str(), "GET" | "HEAD");
        is_read && self.0.health_path.as_deref() == Some(path(request))
    }

    /// The headers that give the context, among them an id.
    fn headers(&self, request: &Request) -> Headers {
        let all = &request.head.headers;
        let has_id = all.get(REQUEST_ID).is_some_and(|id| !id.is_empty());
        if self.0.is_behind_platform && has_id {
            return all.clone();
        }
        let is_ours = |name: &str| {
            !is_platforms(name) || (self.0.is_behind_platform && !name.eq_ignore_ascii_case(REQUEST_ID))
        };
        let mut headers = Headers::default();
        headers.append(REQUEST_ID, Uuid::new_v4().to_string());
        all.iter().filter(|(name, _)| is_ours(name)).for_each(|(name, value)| headers.append(name, value));
        headers
    }

    /// The answer to an event of which the context's headers are `headers`.
    pub(super) fn response(&self, headers: &Headers, reply: &Reply) -> Response {
        let response = match (self.0.mode, reply) {
            (HttpMode::Apig, reply) => apig::response(reply),
            (_, Reply::Result { body, content_type }) => {
                Response::new(200).with_body(body.clone(), *content_type)
            }
            (_, Reply::Error { body }) => {
                Response::new(500).with_body(body.clone(), Some("application/json"))
            }
        };
        response.with_id(headers)
    }
}

/// Whether a header is the platform's, which gives the context and may be a credential.
pub(super) fn is_platforms(name: &str) -> bool {
    name.get(..PLATFORM.len()).is_some_and(|start| start.eq_ignore_ascii_case(PLATFORM))
}

/// What may stand in a header without ending it.
pub(super) fn is_header_value(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7F))
}

fn path(request: &Request) -> &str {
    let target = request.head.target.as_str();
    target.split_once('?').map_or(target, |(path, _)| path)
}

fn health(state: State) -> Route {
    let response = match state {
        State::Ready => Response::new(200).with_body("ready\n".into(), Some("text/plain; charset=utf-8")),
        State::Starting => Refusal::not_ready(STARTING).into_response(),
        State::Failed | State::Stopping => Refusal::not_ready(STOPPING).into_response(),
    };
    Route::Answer(response)
}
