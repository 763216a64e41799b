//! One invocation, from its arrival to its one reply.

use crate::context::Context;
use crate::event::{Event, ParseFailure};
use crate::large::{self, Split};
use crate::replies::Replies;
use crate::text::{Text, buffer};
use bytes::Bytes;
use fgruntime_core::event::{Kind, Limits};
use fgruntime_core::json::Document;
use fgruntime_core::response::{FunctionError, Outcome, Output};
use fgruntime_core::runtime::Invocation as CoreInvocation;
use napi::bindgen_prelude::{BufferSlice, Uint8Array};
use napi::{Either, Env, Error, Result};
use napi_derive::napi;
use std::sync::Arc;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// One payload with its context, to be answered once. What it has of the core is let go with the answer, whenever JavaScript lets go
/// of the object.
#[napi]
pub struct Invocation {
    core: Option<CoreInvocation>,
    replies: Arc<Replies>,
}

impl Invocation {
    pub(crate) fn new(core: CoreInvocation, replies: Arc<Replies>) -> Self {
        Self { core: Some(core), replies }
    }

    fn payload(&self) -> Result<&Bytes> {
        self.core.as_ref().map(CoreInvocation::payload).ok_or_else(is_over)
    }

    fn reply(&mut self, outcome: Outcome) -> Result<()> {
        self.replies.send(self.core.take().ok_or_else(is_over)?, outcome);
        Ok(())
    }
}

/// Without a byte order mark.
fn without_mark(payload: &[u8]) -> &[u8] {
    payload.strip_prefix(BYTE_ORDER_MARK).unwrap_or(payload)
}

fn is_over() -> Error {
    Error::from_reason("the invocation has already been answered")
}

#[napi]
impl Invocation {
    /// What the handler may ask.
    #[napi(catch_unwind)]
    pub fn context(&self) -> Result<Context> {
        self.core.as_ref().map(|core| Context(core.context().clone())).ok_or_else(is_over)
    }

    /// The payload as text, without a byte order mark.
    #[napi(catch_unwind)]
    pub fn text(&self) -> Result<Text<'_>> {
        let payload = self.payload()?;
        Ok(Text::of_bytes(without_mark(payload)))
    }

    /// A payload that is mostly one string, for `lib/payload.js`: the text around it, what stands for it there, and the string;
    /// nothing of other payloads.
    #[napi(catch_unwind)]
    pub fn split(&self) -> Result<Vec<Text<'_>>> {
        let Some(Split { around, inside }) = large::split(without_mark(self.payload()?)) else {
            return Ok(Vec::new());
        };
        Ok(vec![Text::of_bytes(around), Text::of(large::mark()), Text::of_bytes(inside)])
    }

    /// A copy of the payload.
    #[napi(catch_unwind)]
    pub fn bytes<'e>(&self, env: &'e Env) -> Result<BufferSlice<'e>> {
        buffer(env, self.payload()?)
    }

    /// The payload as an event of that kind, or of the one its shape shows.
    #[napi(catch_unwind)]
    pub fn event(&self, env: &Env, kind: Option<String>) -> Result<Either<Event, ParseFailure>> {
        Event::read(env, kind.as_deref(), self.payload()?.clone(), &Limits::of_received())
    }

    /// The payload as text if it is ASCII and has no more bytes than that; else `undefined`.
    #[napi(catch_unwind)]
    pub fn ascii(&self, most: u32) -> Result<Text<'_>> {
        let payload = self.payload()?;
        let is_ascii = payload.len() <= most as usize && payload.is_ascii();
        Ok(if is_ascii { Text::of_bytes(&payload[..]) } else { Text::undefined() })
    }

    /// The name of the kind of event that the payload has the shape of.
    #[napi(catch_unwind)]
    pub fn kind(&self) -> Result<Text<'_>> {
        self.payload().map(|payload| Text::of(Kind::of(payload).name()))
    }

    /// Why the payload is not JSON; `null` if it is.
    #[napi(catch_unwind)]
    pub fn failure(&self) -> Result<Option<ParseFailure>> {
        let payload = self.payload()?;
        let failure = match Document::from_bytes(payload.clone(), usize::MAX) {
            Some(read) => read.err(),
            None => {
                fgruntime_core::event::Event::parse_as(Kind::Unknown, payload.clone(), &Limits::of_received())
                    .err()
            }
        };
        Ok(failure.map(|error| ParseFailure::of(&error)))
    }

    /// Answers with an empty body.
    #[napi(catch_unwind)]
    pub fn respond_none(&mut self) -> Result<()> {
        self.reply(Ok(Output::None))
    }

    /// Answers with a text.
    #[napi(catch_unwind)]
    pub fn respond_text(&mut self, text: String) -> Result<()> {
        self.reply(Ok(Output::Text(text)))
    }

    /// Answers with a copy of these bytes.
    #[napi(catch_unwind)]
    pub fn respond_bytes(&mut self, bytes: Uint8Array) -> Result<()> {
        self.reply(Ok(Output::Bytes(Bytes::copy_from_slice(&bytes))))
    }

    /// Answers with the text of a JSON value.
    #[napi(catch_unwind)]
    pub fn respond_json(&mut self, json: String) -> Result<()> {
        let output = Output::json(json).map_err(|error| Error::from_reason(error.to_string()))?;
        self.reply(Ok(output))
    }

    /// Answers with an error.
    #[napi(catch_unwind)]
    pub fn fail(&mut self, error_type: String, message: String, stack_trace: Vec<String>) -> Result<()> {
        self.reply(Err(FunctionError::new(error_type, message).with_stack_trace(stack_trace)))
    }
}
