//! Headers of requests: those by which the platform tells a function about itself, and those that belong to a connection.

use crate::emulator::Settings;
use axum::http::header::{CONNECTION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The ids of project and region that the platform sends, whichever they are.
const PROJECT_ID: &str = "sn";
const REGION: &str = "cn";

/// What every request tells about the function.
pub(super) fn of_function(settings: &Settings) -> HeaderMap {
    let values = [
        ("x-cff-memory", settings.memory_mb.to_string()),
        ("x-cff-timeout", settings.timeout.as_secs().to_string()),
        ("x-cff-func-version", settings.version.clone()),
        ("x-cff-func-name", format!("0@default@{}", settings.name)),
        ("x-cff-project-id", PROJECT_ID.to_owned()),
        ("x-cff-package", "default".to_owned()),
        ("x-cff-region", REGION.to_owned()),
    ];
    // A name that no header can hold is not one of the platform's either.
    let fields = values.into_iter().filter_map(|(name, value)| {
        Some((HeaderName::from_static(name), HeaderValue::try_from(value.into_bytes()).ok()?))
    });
    fields.collect()
}

/// Adds headers, in place of those of the same names.
pub(super) fn add(headers: &mut HeaderMap, further: &HeaderMap) {
    for (name, value) in further {
        headers.insert(name, value.clone());
    }
}

/// Adds the id of the invocation.
pub(super) fn add_request_id(headers: &mut HeaderMap, id: &str) {
    // Ids are checked where they come from.
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert("x-cff-request-id", id);
    }
}

/// Whether the header is about the connection between two neighbours, so that it goes no further.
pub(super) fn is_of_connection(name: &HeaderName) -> bool {
    [CONNECTION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE].contains(name)
        || matches!(name.as_str(), "keep-alive" | "proxy-connection")
}
