//! Whom a log record is for, as the headers of the invocation say. Looked up when it is asked for: many invocations log nothing.

use super::{Headers, function_name, is_credential, present, request_id};

/// Headers whose values must never be shown.
const CREDENTIALS: [&str; 7] = [
    "X-Cff-Access-Key",
    "X-Cff-Secret-Key",
    "X-Cff-Security-Access-Key",
    "X-Cff-Security-Secret-Key",
    "X-Cff-Security-Token",
    "X-Cff-Auth-Token",
    "X-Stream-Token",
];

/// An invocation; without headers, none.
#[derive(Default)]
pub(crate) struct Origin(Headers);

impl Origin {
    pub(super) fn new(headers: Headers) -> Self {
        Self(headers)
    }

    pub(crate) fn request_id(&self) -> &str {
        request_id(&self.0)
    }

    /// None if it is the one of the settings.
    pub(crate) fn function(&self) -> Option<&str> {
        function_name(&self.0)
    }

    /// None if it is the one of the settings.
    pub(crate) fn version(&self) -> Option<&str> {
        present(&self.0, "X-Cff-Func-Version")
    }

    pub(crate) fn credentials(&self) -> impl Iterator<Item = &str> {
        let is_secret = |name: &str| CREDENTIALS.iter().any(|known| name.eq_ignore_ascii_case(known));
        let secrets = self.0.iter().filter(move |(name, value)| is_secret(name) && is_credential(value));
        secrets.map(|(_, value)| value)
    }
}
