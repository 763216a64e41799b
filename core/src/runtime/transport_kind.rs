//! Which transport a runtime has.

use super::StartError;
use super::go_rpc::{BindError, GoRpc};
use super::poll::Poll;
use super::stop::Stop;
use super::transport::Transport;
use crate::variables::environment;
use std::str::FromStr;
use std::sync::Arc;

const VARIABLE: &str = "FGRUNTIME_TRANSPORT";

/// How invocations arrive and replies leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransportKind {
    /// The function asks the platform at `RUNTIME_API_ADDR`: the API of custom runtimes.
    #[default]
    Poll,
    /// The platform calls the function, which serves `RUNTIME_API_ADDR`: the Go 1.x runtime.
    GoRpc,
}

/// A text that names no transport.
#[derive(Debug, thiserror::Error)]
#[error(
    "FGRUNTIME_TRANSPORT is {0:?}, which is no transport; set it to poll (the custom runtime) or go-rpc (the Go 1.x runtime), or leave it \
     unset"
)]
pub struct UnknownTransport(String);

impl FromStr for TransportKind {
    type Err = UnknownTransport;

    fn from_str(text: &str) -> Result<Self, UnknownTransport> {
        match text.to_ascii_lowercase().as_str() {
            "poll" => Ok(Self::Poll),
            "go-rpc" => Ok(Self::GoRpc),
            _ => Err(UnknownTransport(text.to_owned())),
        }
    }
}

impl TransportKind {
    /// What the environment names, else the default. Empty is as good as unset.
    pub(super) fn chosen(default: Self) -> Result<Self, UnknownTransport> {
        environment(VARIABLE).filter(|name| !name.is_empty()).map_or(Ok(default), |name| name.parse())
    }

    pub(super) fn start(
        self,
        address: &str,
        max_payload: usize,
        stop: &Arc<Stop>,
    ) -> Result<Box<dyn Transport>, StartError> {
        match self {
            Self::Poll => Ok(Box::new(Poll::new(address, max_payload, stop.clone())?)),
            Self::GoRpc => match GoRpc::new(address, max_payload, stop.clone()) {
                Ok(transport) => Ok(Box::new(transport)),
                Err(BindError::Address(error)) => Err(error.into()),
                Err(BindError::Refused(source)) => {
                    Err(StartError::Listen { address: address.to_owned(), source })
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ignore_case_and_others_are_told() {
        for (name, kind) in [
            ("poll", TransportKind::Poll),
            ("GO-RPC", TransportKind::GoRpc),
            ("Go-Rpc", TransportKind::GoRpc),
        ] {
            assert_eq!(name.parse::<TransportKind>().unwrap(), kind);
        }
        for wrong in ["go_rpc", "http", " poll"] {
            let error = wrong.parse::<TransportKind>().unwrap_err().to_string();
            assert!(
                error.contains(&format!("{wrong:?}")) && error.contains("poll") && error.contains("go-rpc"),
                "{error}"
            );
        }
    }
}
