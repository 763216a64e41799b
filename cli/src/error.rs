//! What keeps the command from doing its work, and the exit status that says so.

use crate::emulator::EmulatorError;
use crate::emulator::http::RequestError;
use crate::event_source::EventError;
use crate::program::ProgramError;
use std::io;

/// A failure of the command itself; failures of functions are execution results.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no usable event.
    #[error(transparent)]
    Event(#[from] EventError),
    /// The event is not for such a function.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// Options that do not go together.
    #[error("{0}")]
    Options(&'static str),
    /// There is no program to start.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The function cannot be run.
    #[error(transparent)]
    Emulator(#[from] EmulatorError),
    /// Standard output, or something else of this machine, fails.
    #[error("input or output fails: {0}")]
    Io(#[from] io::Error),
}

impl Error {
    /// 2 for what the user can put right in the command, 3 for what kept the function from being run.
    pub(crate) fn exit_status(&self) -> u8 {
        match self {
            Self::Event(_) | Self::Request(_) | Self::Options(_) | Self::Program(_) => 2,
            Self::Emulator(EmulatorError::Program(_) | EmulatorError::PortTaken(_)) => 2,
            Self::Emulator(EmulatorError::Host(_)) | Self::Io(_) => 3,
        }
    }
}
