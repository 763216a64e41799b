//! Events of the Cloud Trace Service: who did what to which resource.

use super::Kind;
use super::declare::{object, trigger};
use super::finding::Findings;
use super::record::{Record, Slot};
use crate::json::Value;

trigger! {
    /// One operation that was traced. A bare trace, without the wrapper, is read too when it is asked for as this event.
    CtsTriggerEvent, CTS, Kind::Cts;
    rows {
        cts: Object(CtsTrace, CTS_TRACE) "cts", "The trace.";
    }
    arrange wrap_bare_trace;
}

object! {
    /// One traced operation.
    CtsTrace, CTS_TRACE;
    rows {
        time: Time(SecondsOrMilliseconds) "time", "When it happened: seconds in test events, milliseconds in real ones; a text of digits, a date and an empty text were seen too.";
        record_time: Time(SecondsOrMilliseconds) "record_time", "When it was recorded; written like `time`.";
        user: Object(CtsUser, CTS_USER) "user" or Null, "Who did it.";
        request: Any "request", "What was asked for: an object or a text of JSON, or an empty text.";
        response: Any "response", "What was answered; like `request`.";
        code: Number "code", "The HTTP status; 0 is legal.";
        service_type: Text "service_type", "The service, for example `ECS`.";
        resource_type: Text "resource_type", "The resource's type.";
        resource_name: Text "resource_name", "The resource's name.";
        trace_name: Text "trace_name", "The operation, for example `deleteServer`.";
        trace_type: Text "trace_type", "`ConsoleAction`, `ApiCall` or `SystemAction`.";
        trace_id: Text "trace_id", "The trace's id, by which repetitions are known.";
        resource_id: Text "resource_id", "The resource's id or URN.";
        trace_status: Text "trace_status", "`normal`, `warning` or `incident`.";
        trace_rating: Text "trace_rating", "Like `trace_status`, in newer traces.";
        api_version: Text "api_version", "The version of the API that was called.";
        message: Text "message", "A remark of the service; JSON at logins.";
        source_ip: Text "source_ip", "The caller's address.";
        domain_id: Text "domain_id", "The account's id.";
        project_id: Text "project_id", "The project's id.";
        operation_id: Text "operation_id", "The operation's id in the service's API.";
        resource_account_id: Text "resource_account_id", "The account that the resource belongs to.";
        tracker_name: Text "tracker_name", "The tracker that recorded it.";
        event_type: Text "event_type", "`system` or `global`.";
        request_id: Text "request_id", "The request's id; the text `null` was seen.";
        location_info: Any "location_info", "Where the failure was.";
        endpoint: Text "endpoint", "The address of the resource's page.";
        resource_url: Text "resource_url", "The resource's page.";
        enterprise_project_id: Text "enterprise_project_id", "The enterprise project's id.";
        user_agent: Text "user_agent", "What the caller said it was.";
        read_only: Boolean "read_only", "Whether the operation changed nothing.";
        content_length: Number "content_length", "The length of the answer in bytes.";
        total_time: Number "total_time", "How long it took.";
    }
}

object! {
    /// Who did it. May hold a credential's id.
    CtsUser, CTS_USER;
    rows {
        name: Text "name", "The user's name.";
        id: Text "id", "The user's id.";
        domain: Object(CtsDomain, CTS_DOMAIN) "domain", "The account.";
        r#type: Text "type", "What kind of user it is.";
        principal_id: Text "principal_id", "The principal's id.";
        principal_urn: Text "principal_urn", "The principal's URN.";
        account_id: Text "account_id", "The account's id.";
        access_key_id: Text "access_key_id", "The id of the access key that was used.";
        user_name: Text "user_name", "The user's name.";
        principal_is_root_user: Text "principal_is_root_user", "`true` or `false`, as a text.";
        invoked_by: Texts "invoked_by", "The services in between.";
        session_context: Object(CtsSessionContext, CTS_SESSION_CONTEXT) "session_context", "The temporary credential that was used.";
        origin_user: Any "OriginUser", "The user before the role was changed.";
    }
}

object! {
    /// An account.
    CtsDomain, CTS_DOMAIN;
    rows {
        name: Text "name", "The account's name.";
        id: Text "id", "The account's id.";
    }
}

object! {
    /// The temporary credential that was used.
    CtsSessionContext, CTS_SESSION_CONTEXT;
    rows {
        attributes: Object(CtsSessionAttributes, CTS_SESSION_ATTRIBUTES) "attributes", "What is known of it.";
    }
}

object! {
    /// What is known of a temporary credential.
    CtsSessionAttributes, CTS_SESSION_ATTRIBUTES;
    rows {
        created_at: Time(SecondsOrMilliseconds) "created_at", "When it was made.";
        mfa_authenticated: Text "mfa_authenticated", "Whether several factors were asked for: `true` or `false`, as a text.";
    }
}

/// The service's own documents show traces without the wrapper.
fn wrap_bare_trace(event: &mut Record, object: Value<'_>, findings: &mut Findings<'_>) {
    let is_trace =
        ["trace_id", "trace_name", "service_type"].iter().any(|name| object.member(name).is_some());
    if !is_trace || !matches!(event.slots[CTS_OF_CTS], Slot::Absent) {
        return;
    }
    findings.note("a trace without its wrapper", "`cts`");
    event.slots[CTS_OF_CTS] = Slot::Object(Box::new(Record::read(&CTS_TRACE, object, findings)));
    event.forget_object();
}
