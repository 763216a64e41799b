//! Why a call fails, on its way to the caller.

use crate::status::{
    self, FG_STATUS_INDEX, FG_STATUS_KIND, FG_STATUS_NULL, FG_STATUS_OUT_OF_MEMORY, FG_STATUS_UTF8, fg_status,
};
use std::borrow::Cow;

/// A status with its text and, for payloads and texts, the place.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: fg_status,
    pub(crate) message: Cow<'static, str>,
    pub(crate) offset: Option<usize>,
}

impl Failure {
    pub(crate) fn new(status: fg_status, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, message: message.into(), offset: None }
    }

    /// A failure whose status says it all.
    pub(crate) fn plain(status: fg_status) -> Self {
        Self::new(status, status::text(status))
    }

    pub(crate) fn null(name: &'static str) -> Self {
        Self::new(FG_STATUS_NULL, format!("{name} is NULL"))
    }

    pub(crate) fn utf8(name: &'static str, error: &std::str::Utf8Error) -> Self {
        let offset = error.valid_up_to();
        Self {
            offset: Some(offset),
            ..Self::new(FG_STATUS_UTF8, format!("{name} is not UTF-8 at offset {offset}"))
        }
    }

    pub(crate) fn index(index: usize, count: usize) -> Self {
        Self::new(FG_STATUS_INDEX, format!("there is nothing at index {index}: there are {count}"))
    }

    pub(crate) fn kind(is: &str, wanted: &str) -> Self {
        Self::new(FG_STATUS_KIND, format!("the event is of kind {is}, not {wanted}"))
    }

    pub(crate) fn out_of_memory() -> Self {
        Self::plain(FG_STATUS_OUT_OF_MEMORY)
    }
}
