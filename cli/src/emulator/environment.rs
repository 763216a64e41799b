//! The environment variables by which the platform tells a function its settings.

use super::{BODY_LIMIT, Runtime, Settings};
use serde_json::{Map, Value};
use std::ffi::OsString;
use std::net::SocketAddr;

/// Every variable that the platform sets itself.
const RESERVED: &[&str] = &[
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
    "RUNTIME_API_ADDR",
];

/// Real project ids are 32 hexadecimal digits too.
const PROJECT_ID: &str = "00000000000000000000000000000000";

/// Whether users must not set this variable.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Whether an inherited variable would tell the function about another function than this one.
pub(crate) fn is_foreign(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"RUNTIME_")
}

/// What the function's process gets on top of the inherited environment; later entries win.
pub(crate) fn variables(settings: &Settings, api: SocketAddr) -> Vec<(String, OsString)> {
    // What this emulator speaks, whatever fgruntime takes for the program's language or name.
    let mut variables = vec![("FGRUNTIME_TRANSPORT".to_owned(), transport(settings.runtime).into())];
    let own = settings.user_data.iter().chain(&settings.variables);
    variables.extend(own.map(|(key, value)| (key.clone(), value.into())));
    variables.extend(RESERVED.iter().zip(values(settings, api)).map(|(&key, value)| (key.to_owned(), value)));
    variables
}

fn transport(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::Custom => "poll",
        Runtime::Go1x => "go-rpc",
    }
}

/// The values of the reserved variables, in their order.
fn values(settings: &Settings, api: SocketAddr) -> [OsString; RESERVED.len()] {
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
        OsString::new(),
        settings.init_timeout.as_secs().to_string().into(),
        code_root.into(),
        code_root.into(),
        std::env::temp_dir().into(),
        api.to_string().into(),
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
        let variables = variables(settings, SocketAddr::from(([127, 0, 0, 1], 4242)));
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
            ("RUNTIME_INITIALIZER_HANDLER", ""),
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
