//! Which trigger sent a payload. No envelope says so; the shape of the root object does. Case matters: other triggers
//! use the same words in other cases.

use super::Kind;
use crate::json::Document;

/// The kind of a document by the members of its root, first match wins.
pub(super) fn kind_of(document: &Document) -> Kind {
    let Some(root) = document.root() else { return Kind::Unknown };
    if root.member("httpMethod").is_some() && root.member("requestContext").is_some() {
        return Kind::Apig;
    }
    if root.member("trigger_type").is_some_and(|kind| kind.is("TIMER")) {
        return Kind::Timer;
    }
    Kind::Unknown
}
