//! What a function gets that is the destination of another's asynchronous invocations.

use super::Kind;
use super::declare::{object, trigger};

trigger! {
    /// How an asynchronous invocation ended.
    AsyncDestinationEvent, ASYNC, Kind::AsyncDestination;
    rows {
        timestamp: Time(Rfc3339) "timestamp", "When it ended: RFC 3339, with up to nine digits after the second. The documents also show one with two offsets, which is no time.";
        request_context: Object(AsyncRequestContext, ASYNC_REQUEST) "request_context", "The invocation.";
        request_payload: Text "request_payload", "The event it had; mostly JSON.";
        response_context: Object(AsyncResponseContext, ASYNC_RESPONSE) "response_context", "How it ended.";
        response_payload: Text "response_payload", "Its answer, or its error; mostly JSON.";
    }
}

object! {
    /// An asynchronous invocation.
    AsyncRequestContext, ASYNC_REQUEST;
    rows {
        request_id: Text "request_id", "The invocation's id.";
        function_urn: Text "function_urn", "The function's URN.";
        condition: Text "condition", "Why it failed, for example `UnhandledInvocationError`; empty otherwise.";
        approximate_invoke_count: Number "approximate_invoke_count", "How often it was tried.";
    }
}

object! {
    /// How an asynchronous invocation ended.
    AsyncResponseContext, ASYNC_RESPONSE;
    rows {
        status_code: Number "status_code" also ["statusCode"], "The HTTP status.";
        function_error: Text "function_error", "The error's name; empty if there is none.";
    }
}

impl AsyncDestinationEvent {
    super::accessors::getter! { @json [&] ASYNC request_payload }
    super::accessors::getter! { @json [&] ASYNC response_payload }
}
