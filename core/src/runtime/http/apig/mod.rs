//! HTTP requests and answers as API Gateway has them.

mod answer;
mod event;

pub(super) use answer::{answer, failure};
pub(super) use event::event;
