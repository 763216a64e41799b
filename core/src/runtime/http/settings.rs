//! How the function is to be served.

use crate::variables::Variables;
use std::str::FromStr;
use std::time::Duration;

/// Where a container's function listens, and a function behind the platform's own proxy.
const PORT: u16 = 8000;
const DEFAULT_GRACE: u32 = 10;
const DEFAULT_READ_TIMEOUT: u32 = 30;
/// How many handlers run at once unless it is said, where the platform does not hand out one event after another.
const DEFAULT_CONCURRENCY: usize = 64;

/// What the requests are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum HttpMode {
    /// Events, posted to `/invoke`: a container image of the platform's.
    #[default]
    Event,
    /// Requests of HTTP clients, which become events of API Gateway.
    Apig,
    /// CloudEvents, which become events of EventGrid.
    CloudEvents,
}

/// A variable of the transport's that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{name} is {value:?}, which is not {expected}; {advice}")]
pub struct InvalidHttpSetting {
    name: &'static str,
    value: String,
    expected: &'static str,
    advice: &'static str,
}

impl InvalidHttpSetting {
    pub(super) fn address(value: &str) -> Self {
        Self {
            name: "FGRUNTIME_HTTP_ADDR",
            value: value.to_owned(),
            expected: "host:port or :port, without a scheme and with a port from 1 to 65535",
            advice: "set it to the address to listen on, for example 0.0.0.0:8080",
        }
    }
}

impl HttpMode {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Apig => "apig",
            Self::CloudEvents => "cloudevents",
        }
    }
}

impl FromStr for HttpMode {
    type Err = InvalidHttpSetting;

    fn from_str(text: &str) -> Result<Self, InvalidHttpSetting> {
        let is_it = |mode: &Self| mode.name().eq_ignore_ascii_case(text);
        [Self::Event, Self::Apig, Self::CloudEvents].into_iter().find(is_it).ok_or_else(|| InvalidHttpSetting {
            name: "FGRUNTIME_HTTP_MODE",
            value: text.to_owned(),
            expected: "a mode",
            advice: "set it to event (POST /invoke), apig (plain HTTP requests) or cloudevents, or leave it unset for event",
        })
    }
}

/// How the function is to be served, from the environment.
#[derive(Clone, Debug)]
pub(crate) struct HttpSettings {
    pub(super) mode: HttpMode,
    pub(super) address: String,
    /// Where the modes without reserved paths tell whether the function is ready.
    pub(super) health_path: Option<String>,
    /// Whether the headers `X-Cff-*` are the platform's. Where `PORT` is set, strangers may send them.
    pub(super) is_behind_platform: bool,
    /// How long running requests may take when the process is told to stop.
    pub(super) grace: Duration,
    /// How long a request may take to arrive.
    pub(super) read_timeout: Duration,
}

impl HttpSettings {
    /// `address` comes before what the environment says.
    pub(crate) fn read(
        variables: &mut Variables<'_>,
        address: Option<String>,
    ) -> Result<Self, InvalidHttpSetting> {
        let mode =
            variables.optional("FGRUNTIME_HTTP_MODE").map_or(Ok(HttpMode::Event), |mode| mode.parse())?;
        let port = match mode {
            HttpMode::Event => None,
            HttpMode::Apig | HttpMode::CloudEvents => variables.optional("PORT"),
        };
        let is_behind_platform = port.is_none();
        let address = match address.or_else(|| variables.optional("FGRUNTIME_HTTP_ADDR")) {
            Some(address) => address,
            None => default_address(mode, port)?,
        };
        Ok(Self {
            mode,
            address,
            health_path: health_path(mode, variables)?,
            is_behind_platform,
            grace: seconds(variables, "FGRUNTIME_GRACE", DEFAULT_GRACE),
            read_timeout: seconds(variables, "FGRUNTIME_HTTP_READ_TIMEOUT", DEFAULT_READ_TIMEOUT),
        })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// How many handlers run at once unless it is said.
    pub(crate) fn default_concurrency(&self) -> usize {
        match self.mode {
            HttpMode::Event => 1,
            HttpMode::Apig | HttpMode::CloudEvents => DEFAULT_CONCURRENCY,
        }
    }
}

/// What the platforms expect: the port of a container is open to all, that of a function behind the platform's own proxy to this
/// machine only, and Knative says the port.
fn default_address(mode: HttpMode, port: Option<String>) -> Result<String, InvalidHttpSetting> {
    match (mode, port) {
        (HttpMode::Event, _) => Ok(format!("0.0.0.0:{PORT}")),
        (_, None) => Ok(format!("127.0.0.1:{PORT}")),
        (_, Some(port)) if port.parse().is_ok_and(|port: u16| port > 0) => Ok(format!("0.0.0.0:{port}")),
        (_, Some(value)) => Err(InvalidHttpSetting {
            name: "PORT",
            value,
            expected: "a port",
            advice: "set it to a number from 1 to 65535, or leave it unset for 8000 on this machine only",
        }),
    }
}

fn health_path(mode: HttpMode, variables: &mut Variables<'_>) -> Result<Option<String>, InvalidHttpSetting> {
    match variables.optional("FGRUNTIME_HTTP_HEALTH") {
        Some(_) if mode == HttpMode::Event => {
            variables.warn(
                "FGRUNTIME_HTTP_HEALTH is not used in the mode event, where the path is /healthz".to_owned(),
            );
            Ok(None)
        }
        Some(value) if !value.starts_with('/') => Err(InvalidHttpSetting {
            name: "FGRUNTIME_HTTP_HEALTH",
            value,
            expected: "a path",
            advice: "begin it with a slash, as in /healthz, or leave it unset to serve every path by the function",
        }),
        path => Ok(path),
    }
}

fn seconds(variables: &mut Variables<'_>, name: &str, default: u32) -> Duration {
    let seconds = variables.optional_number(name, default, "seconds").unwrap_or(default);
    Duration::from_secs(u64::from(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> Result<HttpSettings, String> {
        let look_up = |name: &str| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        HttpSettings::read(&mut Variables::new(&look_up), None).map_err(|error| error.to_string())
    }

    #[test]
    fn each_mode_listens_where_its_platform_expects_it() {
        for (values, address, is_behind_platform) in [
            (&[][..], "0.0.0.0:8000", true),
            (&[("PORT", "8080")], "0.0.0.0:8000", true),
            (&[("FGRUNTIME_HTTP_MODE", "apig")], "127.0.0.1:8000", true),
            (&[("FGRUNTIME_HTTP_MODE", "APIG"), ("PORT", "8080")], "0.0.0.0:8080", false),
            (&[("FGRUNTIME_HTTP_MODE", "cloudevents"), ("PORT", "1")], "0.0.0.0:1", false),
            (&[("FGRUNTIME_HTTP_ADDR", "[::1]:9")], "[::1]:9", true),
        ] {
            let settings = read(values).unwrap();
            assert_eq!(
                (settings.address.as_str(), settings.is_behind_platform),
                (address, is_behind_platform)
            );
        }
    }

    #[test]
    fn what_cannot_be_used_is_told_with_what_to_do() {
        for (name, value, advice) in [
            ("FGRUNTIME_HTTP_MODE", "http", "event"),
            ("PORT", "0", "65535"),
            ("PORT", "http", "65535"),
            ("FGRUNTIME_HTTP_HEALTH", "healthz", "slash"),
        ] {
            let mode = if name == "FGRUNTIME_HTTP_MODE" { value } else { "apig" };
            let error = read(&[(name, value), ("FGRUNTIME_HTTP_MODE", mode)]).unwrap_err();
            assert!(error.contains(name) && error.contains(value) && error.contains(advice), "{error}");
        }
    }
}
