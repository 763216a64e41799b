//! The function's settings: the environment variables that the platform sets for every instance.

use super::user_data::UserData;
use crate::variables::{Variables, environment};

/// Where the code is on the platform.
const DEFAULT_CODE_ROOT: &str = "/opt/function/code";
/// The platform's response limit, 6 MiB.
const DEFAULT_BODY_SIZE: u32 = 6 << 20;

/// A function's settings, the same for all invocations of an instance.
///
/// Names, units and defaults are those of the platform's documentation ("preset parameters" and the custom runtime's
/// page) unless said otherwise. [`from_environment`](Self::from_environment) is for the running function, the public
/// fields (with [`Default`]) are for tests.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FunctionSettings {
    /// `RUNTIME_PROJECT_ID`: the project's id.
    pub project_id: String,
    /// `RUNTIME_FUNC_NAME`: the function's name, without the `0@package@` that the platform's internal form has.
    pub function_name: String,
    /// `RUNTIME_FUNC_VERSION`: `latest` or a version's name.
    pub version: String,
    /// `RUNTIME_PACKAGE`: the function's app, normally `default`.
    pub package: String,
    /// `RUNTIME_HANDLER`: the handler as configured, for example `index.handler`.
    pub handler: String,
    /// `RUNTIME_TIMEOUT`: how long an invocation may take, in seconds.
    pub timeout_seconds: u32,
    /// `RUNTIME_MEMORY`: memory in MB.
    pub memory_mb: u32,
    /// `RUNTIME_CPU`: CPU in millicores (1000 are one core), by default in proportion to the memory.
    pub cpu_millicores: u32,
    /// `RUNTIME_USERDATA`, and what `ENV_DELEGATE_DECRYPT` adds to it: the user's own variables.
    pub user_data: UserData,
    /// `RUNTIME_INITIALIZER_HANDLER`: the initializer as configured, if any.
    pub initializer: Option<String>,
    /// `RUNTIME_INITIALIZER_TIMEOUT`: how long the initializer may take, in seconds.
    pub initializer_timeout_seconds: u32,
    /// `RUNTIME_PRESTOP_HANDLER` or `PRE_STOP_HANDLER` (both seen in sources only): the pre-stop handler, if any.
    pub pre_stop_handler: Option<String>,
    /// `PRE_STOP_TIMEOUT` (seen in sources only): how long the pre-stop handler may take, in seconds.
    pub pre_stop_timeout_seconds: Option<u32>,
    /// `RUNTIME_MAX_RESP_BODY_SIZE`: the largest result in bytes.
    pub max_response_body_size: usize,
    /// `RUNTIME_MAX_REQUEST_BODY_SIZE` in bytes, else `MAX_REQUEST_BODY_SIZE` in MB (both seen in sources only): the
    /// largest payload in bytes.
    pub max_request_body_size: usize,
    /// `RUNTIME_MAX_STATE_SIZE` (seen in sources only): the largest state in bytes.
    pub max_state_size: Option<u32>,
    /// `RUNTIME_ROOT`: where the runtime is.
    pub root: String,
    /// `RUNTIME_CODE_ROOT`: where the function's code is.
    pub code_root: String,
    /// `RUNTIME_LOG_DIR`, else `RUNTIME_LOG_PATH` (seen in sources only): where the system's logs are.
    pub log_dir: String,
    /// `RUNTIME_ALIAS` (seen in sources only): the alias the function was called through, if any.
    pub alias: Option<String>,
    /// `POD_NAME`, else `PAAS_POD_ID` (both seen in sources only): the instance's id.
    pub instance_id: Option<String>,
}

impl FunctionSettings {
    /// Reads the process's environment. The second value has a sentence for each variable that was unset or invalid.
    #[must_use]
    pub fn from_environment() -> (Self, Vec<String>) {
        Self::from_variables(environment)
    }

    /// Reads variables from elsewhere than the environment, for tests.
    #[must_use]
    pub fn from_variables(look_up: impl Fn(&str) -> Option<String>) -> (Self, Vec<String>) {
        let mut variables = Variables::new(&look_up);
        let settings = Self::read(&mut variables);
        (settings, variables.into_warnings())
    }

    pub(crate) fn read(variables: &mut Variables<'_>) -> Self {
        let name = variables.text("RUNTIME_FUNC_NAME", "");
        let (package, function_name) = split_internal_name(&name);
        let memory_mb = variables.number("RUNTIME_MEMORY", 128, "MB");
        Self {
            project_id: variables.text("RUNTIME_PROJECT_ID", ""),
            function_name: function_name.to_owned(),
            version: variables.text("RUNTIME_FUNC_VERSION", "latest"),
            package: variables.text("RUNTIME_PACKAGE", package.unwrap_or("default")),
            handler: variables.text("RUNTIME_HANDLER", ""),
            timeout_seconds: variables.number("RUNTIME_TIMEOUT", 3, "seconds"),
            memory_mb,
            cpu_millicores: variables.number("RUNTIME_CPU", cpu_for(memory_mb), "millicores"),
            user_data: UserData::read(variables),
            initializer: variables.optional("RUNTIME_INITIALIZER_HANDLER"),
            initializer_timeout_seconds: variables
                .optional_number("RUNTIME_INITIALIZER_TIMEOUT", 3, "seconds")
                .unwrap_or(3),
            pre_stop_handler: variables
                .optional("RUNTIME_PRESTOP_HANDLER")
                .or_else(|| variables.optional("PRE_STOP_HANDLER")),
            pre_stop_timeout_seconds: variables.optional_number("PRE_STOP_TIMEOUT", 1, "seconds"),
            max_response_body_size: variables.number("RUNTIME_MAX_RESP_BODY_SIZE", DEFAULT_BODY_SIZE, "bytes")
                as usize,
            max_request_body_size: max_request_body_size(variables),
            max_state_size: variables.optional_number("RUNTIME_MAX_STATE_SIZE", DEFAULT_BODY_SIZE, "bytes"),
            root: variables.text("RUNTIME_ROOT", "/home/snuser/runtime"),
            code_root: variables.text("RUNTIME_CODE_ROOT", DEFAULT_CODE_ROOT),
            log_dir: match variables.optional("RUNTIME_LOG_PATH") {
                Some(path) if variables.optional("RUNTIME_LOG_DIR").is_none() => path,
                _ => variables.text("RUNTIME_LOG_DIR", "/home/snuser/log"),
            },
            alias: variables.optional("RUNTIME_ALIAS"),
            instance_id: variables.optional("POD_NAME").or_else(|| variables.optional("PAAS_POD_ID")),
        }
    }
}

/// The defaults that a function with none of the variables set would get.
impl Default for FunctionSettings {
    fn default() -> Self {
        Self::read(&mut Variables::new(&|_| None))
    }
}

fn max_request_body_size(variables: &mut Variables<'_>) -> usize {
    if let Some(bytes) =
        variables.optional_number("RUNTIME_MAX_REQUEST_BODY_SIZE", DEFAULT_BODY_SIZE, "bytes")
    {
        return bytes as usize;
    }
    variables.optional_number("MAX_REQUEST_BODY_SIZE", 6, "MB").unwrap_or(6) as usize * (1 << 20)
}

/// Splits the platform's internal `0@package@name`; a plain name has no package.
pub(super) fn split_internal_name(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once('@') {
        Some((front, plain)) => (front.split('@').nth(1), plain),
        None => (None, name),
    }
}

/// The platform's share of CPU for an amount of memory: 128 MB have 300 millicores.
fn cpu_for(memory_mb: u32) -> u32 {
    (u64::from(memory_mb) * 100 / 128 + 200).try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> (FunctionSettings, Vec<String>) {
        let look_up = |name: &str| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        FunctionSettings::from_variables(look_up)
    }

    #[test]
    fn unset_gives_the_default_and_one_warning_each() {
        let (settings, warnings) = read(&[]);
        assert_eq!((settings.timeout_seconds, settings.memory_mb, settings.cpu_millicores), (3, 128, 300));
        assert_eq!(settings.max_response_body_size, 6_291_456);
        assert_eq!(settings.code_root, "/opt/function/code");
        for name in [
            "RUNTIME_TIMEOUT",
            "RUNTIME_MEMORY",
            "RUNTIME_FUNC_NAME",
            "RUNTIME_CODE_ROOT",
            "RUNTIME_USERDATA",
        ] {
            let lines =
                warnings.iter().filter(|line| line.starts_with(&format!("{name} is not set"))).count();
            assert_eq!(lines, 1, "{name}: {warnings:?}");
        }
        assert!(
            !warnings.iter().any(|line| line.contains("ALIAS") || line.contains("INITIALIZER")),
            "{warnings:?}"
        );
    }

    #[test]
    fn invalid_gives_the_default_and_names_variable_and_value() {
        for bad in ["abc", "-1", "0", "1.5", "99999999999"] {
            let (settings, warnings) = read(&[("RUNTIME_TIMEOUT", bad)]);
            assert_eq!(settings.timeout_seconds, 3);
            assert!(
                warnings.iter().any(|line| line.contains("RUNTIME_TIMEOUT") && line.contains(bad)),
                "{warnings:?}"
            );
        }
    }

    #[test]
    fn internal_names_are_stripped() {
        let (settings, _) = read(&[("RUNTIME_FUNC_NAME", "0@tools@resize")]);
        assert_eq!((settings.function_name.as_str(), settings.package.as_str()), ("resize", "tools"));
        let (settings, _) = read(&[("RUNTIME_FUNC_NAME", "resize"), ("RUNTIME_PACKAGE", "app")]);
        assert_eq!((settings.function_name.as_str(), settings.package.as_str()), ("resize", "app"));
    }

    #[test]
    fn cpu_follows_memory() {
        for (memory, cpu) in [("256", 400), ("1024", 1000), ("8192", 6600), ("10240", 8200)] {
            assert_eq!(read(&[("RUNTIME_MEMORY", memory)]).0.cpu_millicores, cpu);
        }
    }
}
