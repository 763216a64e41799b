//! Events of API Gateway: shared and dedicated gateways, API Connect and their test events send the same shape.

use super::Kind;
use super::declare::{object, trigger};
use crate::base64;

trigger! {
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
    ApigTriggerEvent, APIG, Kind::Apig;
    debug [http_method, path, headers];
    rows {
        is_base64_encoded: Boolean "isBase64Encoded", "Whether `body` is base64. The gateway's default is true; it can be switched off per API.";
        http_method: Text "httpMethod", "The HTTP method, in upper case.";
        path: Text "path", "The path as called, not the API's definition of it.";
        body: Base64(if IS_BASE64_ENCODED_OF_APIG) "body" or Null, "The request body: base64 if `isBase64Encoded` says so.";
        path_parameters: Map "pathParameters" or Null, "Path parameters by name; a proxy path comes under the empty name.";
        query_string_parameters: Map "queryStringParameters" or Null, "Query parameters by name.";
        headers: Map "headers" or Null, "Request headers; the gateway sends the names in lower case.";
        request_context: Object(ApigRequestContext, APIG_REQUEST_CONTEXT_FIELDS) "requestContext", "What the gateway knows of the request.";
        user_data: Text "user_data", "What a custom authorizer attached to the request.";
    }
}

object! {
    /// What the gateway knows of a request.
    ApigRequestContext, APIG_REQUEST_CONTEXT_FIELDS;
    rows {
        api_id: Text "apiId", "The API's id.";
        request_id: Text "requestId", "The gateway's id of the request, 32 hexadecimal digits, which is also its `x-request-id` header; not the invocation's id.";
        stage: Text "stage", "The environment the API was called in, for example `RELEASE`.";
        source_ip: Text "sourceIp", "The caller's address. Real events leave it out; see the header `x-real-ip`.";
    }
}

impl ApigTriggerEvent {
    /// Reads [`raw_body`](Self::raw_body) as JSON.
    ///
    /// # Errors
    /// The body is not JSON of that type.
    pub fn body_json<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.raw_body())
    }

    /// The path parameter `name`.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        self.path_parameters().get(name)
    }

    /// The first value of the query parameter `name`, ignoring case.
    #[must_use]
    pub fn query_string_parameter(&self, name: &str) -> Option<&str> {
        self.query_string_parameters().get(name)
    }

    /// The first value of the header `name`, ignoring case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)
    }

    /// Sets the body to the base64 of `body` and `isBase64Encoded` to true, as the gateway does by default. For local
    /// debugging.
    pub fn set_base64_encoded_body(&mut self, body: impl AsRef<[u8]>) -> &mut Self {
        self.set_body(base64::encode(body.as_ref())).set_is_base64_encoded(true)
    }
}
