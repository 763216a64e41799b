//! Texts that contain something else: base64, JSON, or JSON in base64. Decoded on first use, once.

use crate::base64;
use crate::event::Limits;
use crate::event::field::FieldKind;
use crate::event::finding::Findings;
use crate::event::frame::{Frame, Payload};
use crate::event::text::Text;
use crate::json::Document;
use bytes::Bytes;
use std::sync::OnceLock;

/// A text with what it contains.
#[derive(Clone)]
pub(in crate::event) struct Encoded {
    pub(super) text: Text,
    bytes: OnceLock<Option<Bytes>>,
    /// The object in it; None if it is not JSON.
    object: OnceLock<Option<Frame>>,
}

impl Encoded {
    pub(in crate::event) fn new(text: Text) -> Self {
        Self { text, bytes: OnceLock::new(), object: OnceLock::new() }
    }

    pub(in crate::event) fn text<'e>(&'e self, document: &'e Document) -> &'e str {
        self.text.get(document)
    }

    /// What the base64 contains; None if it is not base64.
    pub(in crate::event) fn bytes(&self, document: &Document) -> Option<&Bytes> {
        self.bytes.get_or_init(|| base64::decode(self.text(document)).map(Bytes::from)).as_ref()
    }

    /// The object that the text contains by its field's kind; None if it does not contain JSON.
    pub(in crate::event) fn object(&self, kind: FieldKind, document: &Document) -> Option<&Frame> {
        let table = kind.table()?;
        let read = || {
            let bytes = match kind {
                FieldKind::Base64Json(_) => self.bytes(document)?.clone(),
                _ => Bytes::copy_from_slice(self.text(document).as_bytes()),
            };
            Payload::parse(&bytes, &Limits::of_received()).ok().map(|payload| Frame::read(table, payload))
        };
        self.object.get_or_init(read).as_ref()
    }

    pub(super) fn late_findings(&self, kind: FieldKind, document: &Document, findings: &mut Findings<'_>) {
        let is_base64 = matches!(kind, FieldKind::Base64(_) | FieldKind::Base64Json(_));
        if is_base64 && self.bytes(document).is_none() {
            return findings.note("text that is not base64", "text");
        }
        match (self.object(kind, document), kind) {
            (Some(object), _) => super::inner_findings(object.findings(), findings),
            (None, FieldKind::Base64Json(_)) => findings.note("base64 that is not JSON", "bytes"),
            (None, FieldKind::JsonText(_)) if !self.is_json(document) => {
                findings.note("text that is not JSON", "text");
            }
            (None, _) => {}
        }
    }

    fn is_json(&self, document: &Document) -> bool {
        let text = Bytes::copy_from_slice(self.text(document).as_bytes());
        Payload::parse(&text, &Limits::of_received()).is_ok()
    }
}
