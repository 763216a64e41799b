//! The environment variables by which the platform tells a function its settings.

use super::{BODY_LIMIT, Runtime, Settings};
use serde_json::{Map, Value};
use std::ffi::{OsStr, OsString};

/// Every variable by which the platform tells a setting.
const SETTINGS: &[&str] = &[
    "RUNTIME_PROJECT_ID",
    "RUNTIME_FUNC_NAME",
    "RUNTIME_FUNC_VERSION",
    "RUNTIME_PACKAGE",
    "RUNTIME_HANDLER",
    "RUNTIME_TIMEOUT",
    "RUNTIME_USERDATA",
    "RUNTIME_CPU",
    "RUNTIME_MEMORY",
    "RUNTIME_MAX_RESP_BODY_SIZE",
    "RUNTIME_INITIALIZER_HANDLER",
    "RUNTIME_INITIALIZER_TIMEOUT",
    "RUNTIME_ROOT",
    "RUNTIME_CODE_ROOT",
    "RUNTIME_LOG_DIR",
];

/// The variables by which it tells where function and platform meet; not every runtime has all.
const ADDRESSES: &[&str] = &["RUNTIME_API_ADDR", "FGRUNTIME_HTTP_ADDR"];

/// Real project ids are 32 hexadecimal digits too.
const PROJECT_ID: &str = "00000000000000000000000000000000";

/// Whether users must not set this variable.
pub(crate) fn is_reserved(name: &str) -> bool {
    SETTINGS.contains(&name) || ADDRESSES.contains(&name)
}

/// Whether an inherited variable would tell the function about another function than this one, or, by `PORT`, where other
/// platforms expect a server.
pub(crate) fn is_foreign(runtime: Runtime, name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"RUNTIME_") || (runtime.is_http() && name == "PORT")
}

/// What the function's process gets on top of the inherited environment; later entries win.
pub(crate) fn variables(
    settings: &Settings,
    addresses: Vec<(&'static str, String)>,
) -> Vec<(String, OsString)> {
    // What this emulator speaks, whatever fgruntime takes for the program's language or name.
    let spoken = settings.runtime.variables().iter().map(|&(key, value)| (key.to_owned(), value.into()));
    let own = settings.user_data.iter().chain(&settings.variables);
    let own = own.map(|(key, value)| (key.clone(), value.into()));
    let told = SETTINGS.iter().zip(values(settings)).map(|(&key, value)| (key.to_owned(), value));
    let addresses = addresses.into_iter().map(|(key, value)| (key.to_owned(), value.into()));
    spoken.chain(own).chain(told).chain(addresses).collect()
}

/// The values of the settings, in their order.
fn values(settings: &Settings) -> [OsString; SETTINGS.len()] {
    let code_root = settings.program.folder.as_os_str();
    [
        PROJECT_ID.into(),
        settings.name.clone().into(),
        settings.version.clone().into(),
        "default".into(),
        settings.handler.clone().into(),
        settings.timeout.as_secs().to_string().into(),
        user_data(&settings.user_data).into(),
        millicores(settings.memory_mb).to_string().into(),
        settings.memory_mb.to_string().into(),
        BODY_LIMIT.to_string().into(),
        settings.initializer.clone().unwrap_or_default().into(),
        settings.init_timeout.as_secs().to_string().into(),
        code_root.into(),
        code_root.into(),
        std::env::temp_dir().into(),
    ]
}

/// CPU grows with memory: 128 MB have 300 millicores.
fn millicores(memory_mb: u32) -> u32 {
    memory_mb * 100 / 128 + 200
}

fn user_data(pairs: &[(String, String)]) -> String {
    let object: Map<_, _> =
        pairs.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
    Value::Object(object).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Program;
    use std::time::Duration;

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    fn value(settings: &Settings, name: &str) -> String {
        let variables = variables(settings, vec![("RUNTIME_API_ADDR", "127.0.0.1:4242".to_owned())]);
        let last = variables.into_iter().rfind(|(key, _)| key == name);
        last.unwrap_or_else(|| panic!("{name} is not set")).1.into_string().unwrap()
    }

    fn settings() -> Settings {
        Settings {
            runtime: Runtime::Custom,
            program: Program {
                path: "/code/bootstrap".into(),
                arguments: vec![],
                folder: "/code".into(),
                source: None,
            },
            name: "hello".to_owned(),
            version: "v7".to_owned(),
            handler: "index.handler".to_owned(),
            initializer: Some("index.initialize".to_owned()),
            port: None,
            timeout: Duration::from_secs(5),
            init_timeout: Duration::from_secs(9),
            memory_mb: 256,
            user_data: vec![pair("GREETING", "Hi \"you\""), pair("SHARED", "user data")],
            variables: vec![pair("DEBUG", "1"), pair("SHARED", "environment")],
            log_limit: 4096,
        }
    }

    #[test]
    fn settings_arrive_in_the_documented_variables() {
        let settings = settings();
        for (name, expected) in [
            ("RUNTIME_PROJECT_ID", PROJECT_ID),
            ("RUNTIME_FUNC_NAME", "hello"),
            ("RUNTIME_FUNC_VERSION", "v7"),
            ("RUNTIME_PACKAGE", "default"),
            ("RUNTIME_HANDLER", "index.handler"),
            ("RUNTIME_TIMEOUT", "5"),
            ("RUNTIME_USERDATA", r#"{"GREETING":"Hi \"you\"","SHARED":"user data"}"#),
            ("RUNTIME_CPU", "400"),
            ("RUNTIME_MEMORY", "256"),
            ("RUNTIME_MAX_RESP_BODY_SIZE", "6291456"),
            ("RUNTIME_INITIALIZER_HANDLER", "index.initialize"),
            ("RUNTIME_INITIALIZER_TIMEOUT", "9"),
            ("RUNTIME_ROOT", "/code"),
            ("RUNTIME_CODE_ROOT", "/code"),
            ("RUNTIME_API_ADDR", "127.0.0.1:4242"),
        ] {
            assert_eq!(value(&settings, name), expected, "{name}");
        }
        assert!(!value(&settings, "RUNTIME_LOG_DIR").is_empty());
    }

    #[test]
    fn user_data_and_variables_are_in_the_process_environment() {
        let settings = settings();
        assert_eq!(value(&settings, "GREETING"), "Hi \"you\"");
        assert_eq!(value(&settings, "DEBUG"), "1");
        assert_eq!(value(&settings, "SHARED"), "environment");
    }

    #[test]
    fn millicores_follow_the_platforms_table() {
        for (memory, expected) in [(128, 300), (256, 400), (768, 800), (4096, 3400), (10_240, 8200)] {
            assert_eq!(millicores(memory), expected);
        }
    }
}
