//! Which transport a runtime has.

use super::StartError;
use super::go_rpc::{BindError, GoRpc};
use super::http::{Http, HttpSettings, ServeError, Surroundings};
use super::poll::Poll;
use super::transport::Transport;
use crate::variables::{Variables, environment};
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
    /// The function serves HTTP: containers, HTTP functions, Knative and other places without a platform of functions.
    Http,
}

/// A text that names no transport.
#[derive(Debug, thiserror::Error)]
#[error(
    "FGRUNTIME_TRANSPORT is {0:?}, which is no transport; set it to poll (the custom runtime), go-rpc (the Go 1.x runtime) or http \
     (containers and HTTP functions), or leave it unset"
)]
pub struct UnknownTransport(String);

impl FromStr for TransportKind {
    type Err = UnknownTransport;

    fn from_str(text: &str) -> Result<Self, UnknownTransport> {
        match text.to_ascii_lowercase().as_str() {
            "poll" => Ok(Self::Poll),
            "go-rpc" => Ok(Self::GoRpc),
            "http" => Ok(Self::Http),
            _ => Err(UnknownTransport(text.to_owned())),
        }
    }
}

impl TransportKind {
    /// What the environment names, else the default. Empty is as good as unset.
    pub(super) fn chosen(default: Self) -> Result<Self, UnknownTransport> {
        environment(VARIABLE).filter(|name| !name.is_empty()).map_or(Ok(default), |name| name.parse())
    }
}

/// A transport that is yet to be started, with what it needs.
pub(super) enum Chosen {
    Poll(String),
    GoRpc(String),
    Http(HttpSettings),
}

impl Chosen {
    /// `address` comes before what the environment says.
    pub(super) fn read(
        kind: TransportKind,
        address: Option<String>,
        variables: &mut Variables<'_>,
    ) -> Result<Self, StartError> {
        if kind == TransportKind::Http {
            return Ok(Self::Http(HttpSettings::read(variables, address)?));
        }
        let address = address.or_else(|| variables.optional("RUNTIME_API_ADDR"));
        let address = address.filter(|address| !address.is_empty()).ok_or(StartError::NoAddress)?;
        Ok(if kind == TransportKind::Poll { Self::Poll(address) } else { Self::GoRpc(address) })
    }

    /// How many invocations run at once unless it is said; None if that is the platform's to decide.
    pub(super) fn default_concurrency(&self) -> Option<usize> {
        match self {
            Self::Poll(_) | Self::GoRpc(_) => None,
            Self::Http(settings) => Some(settings.default_concurrency()),
        }
    }

    pub(super) fn start(self, surroundings: Surroundings) -> Result<Arc<dyn Transport>, StartError> {
        let max_payload = surroundings.settings.max_request_body_size;
        match self {
            Self::Poll(address) => Ok(Arc::new(Poll::new(&address, max_payload, surroundings.stop)?)),
            Self::GoRpc(address) => match GoRpc::new(&address, max_payload, surroundings.stop) {
                Ok(transport) => Ok(Arc::new(transport)),
                Err(BindError::Address(error)) => Err(error.into()),
                Err(BindError::Refused(source)) => Err(StartError::Listen { address, source }),
            },
            Self::Http(settings) => {
                let address = settings.address().to_owned();
                match Http::new(settings, surroundings) {
                    Ok(transport) => Ok(Arc::new(transport)),
                    Err(ServeError::Setting(error)) => Err(error.into()),
                    Err(ServeError::Refused(source)) => Err(StartError::Listen { address, source }),
                }
            }
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
            ("http", TransportKind::Http),
        ] {
            assert_eq!(name.parse::<TransportKind>().unwrap(), kind);
        }
        for wrong in ["go_rpc", "https", " poll"] {
            let error = wrong.parse::<TransportKind>().unwrap_err().to_string();
            assert!(
                error.contains(&format!("{wrong:?}")) && error.contains("poll") && error.contains("go-rpc"),
                "{error}"
            );
        }
    }
}
