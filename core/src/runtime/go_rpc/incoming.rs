//! The values that come over a connection, in their order.

use super::frames::{Frame, Frames, invalid};
use super::gob::{Decoder, Value};
use std::io;

pub(super) struct Incoming {
    pub(super) frames: Frames,
    pub(super) decoder: Decoder,
}

/// A message that is no definition.
pub(super) enum Received {
    Value(Value),
    /// One of so many bytes, too many to be kept.
    TooLarge(u64),
}

impl Incoming {
    pub(super) fn new(frames: Frames) -> Self {
        Self { frames, decoder: Decoder::default() }
    }

    /// The head of the next call or answer; None at the end.
    pub(super) fn head(&mut self) -> io::Result<Option<Value>> {
        match self.next()? {
            None => Ok(None),
            Some(Received::Value(value)) => Ok(Some(value)),
            Some(Received::TooLarge(size)) => Err(invalid(format!("a head of {size} bytes"))),
        }
    }

    /// What must follow a head.
    pub(super) fn body(&mut self) -> io::Result<Received> {
        self.next()?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn next(&mut self) -> io::Result<Option<Received>> {
        while let Some(frame) = self.frames.next()? {
            let message = match frame {
                Frame::Whole(message) => message,
                Frame::TooLarge(size) => return Ok(Some(Received::TooLarge(size))),
            };
            if let Some(value) = self.decoder.accept(message).map_err(invalid)? {
                return Ok(Some(Received::Value(value)));
            }
        }
        Ok(None)
    }
}
