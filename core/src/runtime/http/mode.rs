//! What a request means, and what an answer looks like, in each mode.

use super::connection::Request;
use super::readiness::State;
use super::refusal::Refusal;
use super::response::Response;
use super::settings::{HttpMode, HttpSettings};
use super::{apig, cloudevents};
use crate::context::Headers;
use crate::response::{FunctionError, Reply};
use bytes::Bytes;
use std::net::SocketAddr;
use uuid::Uuid;

pub(super) const REQUEST_ID: &str = "X-Cff-Request-Id";
/// How the names of the platform's headers begin, and of those in which its proxy tells of the API.
const PLATFORM: &str = "X-Cff-";
const GATEWAY: &str = "X-Apig-";

pub(super) const STARTING: &str = "the function is starting";
pub(super) const STOPPING: &str = "the function is stopping";
pub(super) const FAILED: &str = "the function could not start; its log says why";
pub(super) const GIVEN_UP: &str = "the function was ended while its handler ran for this request";
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
                let payload = apig::event(&request, &headers, address, self.0.is_behind_platform);
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
        let method = &*request.head.method;
        let allow = |allowed: &[&str], purpose: &str| match allowed.contains(&method) {
            true => Ok(()),
            false => Err(Refusal::method_not_allowed(method, allowed, purpose)),
        };
        match path(&request) {
            "/invoke" => {
                allow(&["POST"], "events are sent, as the body,")?;
                let headers = self.headers(&request);
                Ok(Route::Event { headers, payload: request.body.into() })
            }
            "/init" => allow(&["POST"], "the initializer is asked for").map(|()| Route::Initialize),
            "/healthz" => {
                allow(&["GET", "HEAD"], "whether the function is ready is asked").map(|()| health(state))
            }
            "/shutdown" => {
                allow(&["GET", "POST"], "the function is stopped")?;
                if address.ip().to_canonical().is_loopback() {
                    return Ok(Route::Shutdown);
                }
                Err(Refusal::new(403, "Forbidden", "only this machine may stop the function"))
            }
            path => Err(Refusal::not_found(path)),
        }
    }

    fn is_health(&self, request: &Request) -> bool {
        let is_read = matches!(&*request.head.method, "GET" | "HEAD");
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

    /// Whether answers are taken as API Gateway takes them.
    pub(super) fn is_gateway(&self) -> bool {
        self.0.mode == HttpMode::Apig
    }

    /// The answer to an event of which the context's headers are `headers`; and, if the function's could not be it, why.
    pub(super) fn response(
        &self,
        headers: &Headers,
        reply: &Reply,
        is_there_a_function: bool,
    ) -> (Response, Option<String>) {
        let (response, rejected) = match (self.0.mode, reply) {
            (HttpMode::Apig, Reply::Result { body, .. }) => match apig::answer(body) {
                Ok(response) => (response, None),
                Err(breaches) => {
                    let why = format!("the function's answer is not what API Gateway accepts: {breaches}");
                    let error = FunctionError::new("FunctionResultInvalid", why.as_str());
                    (Response::of_error(500, error), Some(why))
                }
            },
            (HttpMode::Apig, Reply::Error { body }) => (apig::failure(body, is_there_a_function), None),
            (HttpMode::CloudEvents, Reply::Result { body, content_type }) => {
                let content_type = cloudevents::content_type(body).or(*content_type);
                (Response::new(200).with_body(body.clone(), content_type), None)
            }
            (HttpMode::Event, Reply::Result { body, content_type }) => {
                (Response::new(200).with_body(body.clone(), *content_type), None)
            }
            (_, Reply::Error { body }) => {
                (Response::new(500).with_body(body.clone(), Some("application/json")), None)
            }
        };
        (response.with_id(headers), rejected)
    }
}

/// Whether a header is the platform's, which gives the context and may be a credential.
pub(super) fn is_platforms(name: &str) -> bool {
    begins(name, PLATFORM)
}

/// Whether a header is the platform's proxy's, which tells of the API.
pub(super) fn is_gateways(name: &str) -> bool {
    begins(name, GATEWAY)
}

fn begins(name: &str, start: &str) -> bool {
    name.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
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
        State::Failed => Refusal::not_ready(FAILED).into_response(),
        State::Stopping => Refusal::not_ready(STOPPING).into_response(),
    };
    Route::Answer(response)
}
