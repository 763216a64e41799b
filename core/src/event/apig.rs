//! Events of API Gateway: shared and dedicated gateways, API Connect and their test events send the same shape.

use super::Limits;
use super::field::table;
use super::finding::Finding;
use super::frame::{Fields, Frame, Payload};
use super::map::TextMap;
use super::record::Form;
use crate::base64;
use crate::json::ParseError;
use bytes::Bytes;
use std::sync::OnceLock;

table! {
    /// The request, as API Gateway hands it to an event function.
    APIG: "APIGTriggerEvent";
    IS_BASE64_ENCODED: "isBase64Encoded" Boolean, "Whether `body` is base64. The gateway's default is true; it can be switched off per API.";
    HTTP_METHOD: "httpMethod" Text, "The HTTP method, in upper case.";
    PATH: "path" Text, "The path as called, not the API's definition of it.";
    BODY: "body" Text or null, "The request body: base64 if `isBase64Encoded` says so.";
    PATH_PARAMETERS: "pathParameters" Map or null, "Path parameters by name; a proxy path comes under the empty name.";
    QUERY_STRING_PARAMETERS: "queryStringParameters" Map or null, "Query parameters by name.";
    HEADERS: "headers" Map or null, "Request headers; the gateway sends the names in lower case.";
    REQUEST_CONTEXT: "requestContext" Object(REQUEST_CONTEXT_FIELDS), "What the gateway knows of the request.";
    USER_DATA: "user_data" Text, "What a custom authorizer attached to the request.";
}

table! {
    /// What the gateway knows of a request.
    REQUEST_CONTEXT_FIELDS: "APIGRequestContext";
    API_ID: "apiId" Text, "The API's id.";
    REQUEST_ID: "requestId" Text, "The gateway's id of the request, which is also its `x-request-id` header.";
    STAGE: "stage" Text, "The environment the API was called in, for example `RELEASE`.";
    SOURCE_IP: "sourceIp" Text, "The caller's address. Real events leave it out; see the header `x-real-ip`.";
}

/// A request from API Gateway.
///
/// ```
/// use fgruntime_core::ApigTriggerEvent;
///
/// let event = ApigTriggerEvent::parse(
///     r#"{"httpMethod":"GET","path":"/","headers":{"x-real-ip":"192.0.2.7"},"requestContext":{}}"#,
/// )?;
/// assert_eq!(event.http_method(), Some("GET"));
/// assert_eq!(event.header("X-Real-IP"), Some("192.0.2.7"));
/// # Ok::<(), fgruntime_core::event::ParseError>(())
/// ```
#[derive(Clone)]
pub struct ApigTriggerEvent {
    frame: Frame,
    /// The body behind its base64; None if it is not base64 after all.
    decoded_body: OnceLock<Option<Vec<u8>>>,
}

impl ApigTriggerEvent {
    /// Reads a payload as an API Gateway event, whatever its shape.
    ///
    /// # Errors
    /// The payload is not JSON, or exceeds the default [`Limits`].
    pub fn parse(payload: impl Into<Bytes>) -> Result<Self, ParseError> {
        Ok(Self::read(Payload::parse(&payload.into(), &Limits::default())?))
    }

    /// An event to be built in code, for tests and local debugging.
    #[must_use]
    pub fn builder() -> ApigTriggerEventBuilder {
        let event = Self { frame: Frame::empty(&APIG), decoded_body: OnceLock::new() };
        ApigTriggerEventBuilder(event)
    }

    pub(super) fn read(payload: Payload) -> Self {
        Self { frame: Frame::read(&APIG, payload), decoded_body: OnceLock::new() }
    }

    /// Whether [`body`](Self::body) is base64; false if the event does not say.
    #[must_use]
    pub fn is_base64_encoded(&self) -> bool {
        self.fields().boolean(IS_BASE64_ENCODED).unwrap_or(false)
    }

    /// The HTTP method, in upper case.
    #[must_use]
    pub fn http_method(&self) -> Option<&str> {
        self.fields().text(HTTP_METHOD)
    }

    /// The path as called, not the API's definition of it.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.fields().text(PATH)
    }

    /// The body as it came; see [`raw_body`](Self::raw_body) for what the client sent.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.fields().text(BODY)
    }

    /// The body as the client sent it: decoded, once, if [`is_base64_encoded`](Self::is_base64_encoded), else as it came.
    /// A body that claims to be base64 and is not comes as it is, and leaves a finding. Empty if there is none.
    #[must_use]
    pub fn raw_body(&self) -> &[u8] {
        let body = self.body().unwrap_or_default();
        if !self.is_base64_encoded() {
            return body.as_bytes();
        }
        self.decoded_body.get_or_init(|| base64::decode(body)).as_deref().unwrap_or(body.as_bytes())
    }

    /// Reads [`raw_body`](Self::raw_body) as JSON.
    ///
    /// # Errors
    /// The body is not JSON of that type.
    pub fn body_json<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.raw_body())
    }

    /// The path parameters; a proxy path (`{path+}`) comes under the empty name.
    #[must_use]
    pub fn path_parameters(&self) -> TextMap<'_> {
        self.fields().map(PATH_PARAMETERS)
    }

    /// The path parameter `name`.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        self.path_parameters().get(name)
    }

    /// The query parameters.
    #[must_use]
    pub fn query_string_parameters(&self) -> TextMap<'_> {
        self.fields().map(QUERY_STRING_PARAMETERS)
    }

    /// The first value of the query parameter `name`, ignoring case.
    #[must_use]
    pub fn query_string_parameter(&self, name: &str) -> Option<&str> {
        self.query_string_parameters().get(name)
    }

    /// The request headers.
    #[must_use]
    pub fn headers(&self) -> TextMap<'_> {
        self.fields().map(HEADERS)
    }

    /// The first value of the header `name`, ignoring case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)
    }

    /// What the gateway knows of the request.
    #[must_use]
    pub fn request_context(&self) -> RequestContext<'_> {
        RequestContext(self.fields().object(REQUEST_CONTEXT))
    }

    /// What a custom authorizer attached to the request.
    #[must_use]
    pub fn user_data(&self) -> Option<&str> {
        self.fields().text(USER_DATA)
    }

    /// The members that the documents do not know: name and compact JSON.
    pub fn unknown_fields(&self) -> impl Iterator<Item = (String, String)> {
        self.fields().unknown()
    }

    /// Where the payload was not what the documents promise, in document order; what concerns the body comes last.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.frame.findings().to_vec();
        let _ = self.raw_body();
        if let Some(None) = self.decoded_body.get() {
            let found = "text that is not base64".to_owned();
            findings.push(Finding { path: "/body".to_owned(), found, read: "text".to_owned() });
        }
        findings
    }

    /// The event as canonical JSON; see [`Event::to_canonical`](super::Event::to_canonical).
    #[must_use]
    pub fn to_canonical(&self) -> String {
        self.frame.to_json(Form::Canonical)
    }

    /// The event as the gateway would send it: a payload for an invocation, for tests and local debugging.
    #[must_use]
    pub fn to_wire(&self) -> String {
        self.frame.to_json(Form::Wire)
    }

    /// Says whether `body` is base64. For local debugging.
    pub fn set_is_base64_encoded(&mut self, value: bool) {
        self.change().set_boolean(&[IS_BASE64_ENCODED], value);
    }

    /// Sets the HTTP method. For local debugging.
    pub fn set_http_method(&mut self, method: impl Into<String>) {
        self.change().set_text(&[HTTP_METHOD], method);
    }

    /// Sets the path. For local debugging.
    pub fn set_path(&mut self, path: impl Into<String>) {
        self.change().set_text(&[PATH], path);
    }

    /// Sets the body as it goes over the wire; `isBase64Encoded` stays as it is. For local debugging.
    pub fn set_body(&mut self, body: impl Into<String>) {
        self.change().set_text(&[BODY], body);
    }

    /// Sets the body to the base64 of `body` and `isBase64Encoded` to true, as the gateway does by default. For local
    /// debugging.
    pub fn set_base64_encoded_body(&mut self, body: impl AsRef<[u8]>) {
        self.set_body(base64::encode(body.as_ref()));
        self.set_is_base64_encoded(true);
    }

    /// Sets a path parameter. For local debugging.
    pub fn set_path_parameter(&mut self, name: &str, value: impl Into<String>) {
        self.change().set_map_entry(&[PATH_PARAMETERS], name, [value]);
    }

    /// Sets all values of a query parameter; none remove it. For local debugging.
    pub fn set_query_string_parameter<T: Into<String>>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) {
        self.change().set_map_entry(&[QUERY_STRING_PARAMETERS], name, values);
    }

    /// Sets all values of a header; none remove it. For local debugging.
    pub fn set_header<T: Into<String>>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        self.change().set_map_entry(&[HEADERS], name, values);
    }

    /// Sets the API's id. For local debugging.
    pub fn set_api_id(&mut self, id: impl Into<String>) {
        self.set_request_context(API_ID, id);
    }

    /// Sets the gateway's id of the request. For local debugging.
    pub fn set_request_id(&mut self, id: impl Into<String>) {
        self.set_request_context(REQUEST_ID, id);
    }

    /// Sets the environment the API is called in. For local debugging.
    pub fn set_stage(&mut self, stage: impl Into<String>) {
        self.set_request_context(STAGE, stage);
    }

    /// Sets the caller's address. For local debugging.
    pub fn set_source_ip(&mut self, address: impl Into<String>) {
        self.set_request_context(SOURCE_IP, address);
    }

    /// Sets what a custom authorizer attached. For local debugging.
    pub fn set_user_data(&mut self, user_data: impl Into<String>) {
        self.change().set_text(&[USER_DATA], user_data);
    }

    fn set_request_context(&mut self, row: usize, text: impl Into<String>) {
        self.change().set_text(&[REQUEST_CONTEXT, row], text);
    }

    pub(super) fn fields(&self) -> Fields<'_> {
        self.frame.fields()
    }

    /// The frame, to be changed: what was derived from it is forgotten.
    pub(super) fn change(&mut self) -> &mut Frame {
        self.decoded_body = OnceLock::new();
        &mut self.frame
    }
}

/// Method and path only: headers, parameters and body may be credentials.
impl std::fmt::Debug for ApigTriggerEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = f.debug_struct("ApigTriggerEvent");
        debug.field("http_method", &self.http_method()).field("path", &self.path());
        debug.field("headers", &self.headers()).finish_non_exhaustive()
    }
}

/// What the gateway knows of a request. Everything is None if the event has no `requestContext`.
#[derive(Clone, Copy)]
pub struct RequestContext<'e>(Option<Fields<'e>>);

impl<'e> RequestContext<'e> {
    /// The API's id.
    #[must_use]
    pub fn api_id(self) -> Option<&'e str> {
        self.0?.text(API_ID)
    }

    /// The gateway's id of the request, 32 hexadecimal digits; not the invocation's id.
    #[must_use]
    pub fn request_id(self) -> Option<&'e str> {
        self.0?.text(REQUEST_ID)
    }

    /// The environment the API was called in, for example `RELEASE`.
    #[must_use]
    pub fn stage(self) -> Option<&'e str> {
        self.0?.text(STAGE)
    }

    /// The caller's address. The official SDKs have the field; no real event was seen with it. See the header `x-real-ip`.
    #[must_use]
    pub fn source_ip(self) -> Option<&'e str> {
        self.0?.text(SOURCE_IP)
    }
}

/// Builds an [`ApigTriggerEvent`] in code, for tests and local debugging. Only what is set goes over the wire.
#[derive(Clone, Debug)]
pub struct ApigTriggerEventBuilder(ApigTriggerEvent);

impl ApigTriggerEventBuilder {
    /// The HTTP method.
    #[must_use]
    pub fn http_method(mut self, method: impl Into<String>) -> Self {
        self.0.set_http_method(method);
        self
    }

    /// The path as called.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.0.set_path(path);
        self
    }

    /// A plain body, with `isBase64Encoded` false.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.0.set_body(body);
        self.0.set_is_base64_encoded(false);
        self
    }

    /// A body sent as base64, with `isBase64Encoded` true.
    #[must_use]
    pub fn base64_encoded_body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.0.set_base64_encoded_body(body);
        self
    }

    /// One path parameter.
    #[must_use]
    pub fn path_parameter(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.set_path_parameter(name, value);
        self
    }

    /// One query parameter with one value.
    #[must_use]
    pub fn query_string_parameter(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.set_query_string_parameter(name, [value]);
        self
    }

    /// One header with one value.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.set_header(name, [value]);
        self
    }

    /// The API's id.
    #[must_use]
    pub fn api_id(mut self, id: impl Into<String>) -> Self {
        self.0.set_api_id(id);
        self
    }

    /// The gateway's id of the request.
    #[must_use]
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.0.set_request_id(id);
        self
    }

    /// The environment the API is called in.
    #[must_use]
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.0.set_stage(stage);
        self
    }

    /// What a custom authorizer attached.
    #[must_use]
    pub fn user_data(mut self, user_data: impl Into<String>) -> Self {
        self.0.set_user_data(user_data);
        self
    }

    /// The event; [`ApigTriggerEvent::to_wire`] gives its payload.
    #[must_use]
    pub fn build(self) -> ApigTriggerEvent {
        self.0
    }
}
