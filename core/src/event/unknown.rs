//! Events of no known trigger: test events, direct invocations, function flows. Any JSON is legal.

use super::finding::Finding;
use super::frame::Payload;
use crate::json::{Document, Value};

/// Any JSON document.
#[derive(Clone)]
pub struct UnknownEvent {
    document: Document,
    findings: Vec<Finding>,
}

impl UnknownEvent {
    pub(super) fn read(payload: Payload) -> Self {
        let (document, findings) = payload.into_parts();
        Self { document, findings }
    }

    /// The document `null`.
    pub(super) fn null() -> Self {
        let document = Document::parse("null".into(), 0).unwrap_or_default();
        Self { document, findings: Vec::new() }
    }

    /// The JSON text as it came, which any JSON library reads.
    #[must_use]
    pub fn json(&self) -> &str {
        self.document.source()
    }

    /// Where the payload was not clean text.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.clone()
    }

    /// The document as compact JSON; see [`Event::to_canonical`](super::Event::to_canonical).
    #[must_use]
    pub fn to_canonical(&self) -> String {
        self.document.root().map(Value::to_compact).unwrap_or_default()
    }
}

/// No content: events carry credentials.
impl std::fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnknownEvent").field("bytes", &self.json().len()).finish_non_exhaustive()
    }
}
