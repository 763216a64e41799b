//! Functions that are HTTP servers: `server.py`, which knows nothing of fgruntime.

use crate::support::{Done, has_program, run};
use serde_json::Value;
use std::net::{Ipv4Addr, TcpListener};

/// Where the server is.
pub(crate) const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command/server.py");

/// Whether there is a Python to run it.
pub(crate) fn has_python() -> bool {
    has_program("python3", "--version")
}

/// Invokes a function of that runtime, the server with those arguments.
pub(crate) fn invoke(runtime: &str, options: &[&str], arguments: &[&str]) -> Done {
    let own = ["invoke", "--runtime", runtime, "--output", "json"];
    run(&[&own, options, &["--", "python3", SERVER], arguments].concat())
}

/// Invokes it where it listens as it is told.
pub(crate) fn invoke_told(runtime: &str, options: &[&str]) -> Done {
    invoke(runtime, options, &["told"])
}

/// What the server saw of the event.
pub(crate) fn seen(result: &Value) -> Value {
    let output = result["function_output"].as_str().unwrap_or_else(|| panic!("{result}"));
    serde_json::from_str(output).unwrap_or_else(|_| panic!("{result}"))
}

/// The values of a header that the server saw.
pub(crate) fn header<'v>(seen: &'v Value, name: &str) -> Vec<&'v str> {
    let all = seen["headers"].as_array().unwrap().iter();
    all.filter(|pair| pair[0].as_str().unwrap().eq_ignore_ascii_case(name))
        .map(|pair| pair[1].as_str().unwrap())
        .collect()
}

/// The message of the error that a result is.
pub(crate) fn message(result: &Value) -> &str {
    result["error"]["errorMessage"].as_str().unwrap_or_else(|| panic!("{result}"))
}

/// A port on which nobody listens.
pub(crate) fn free_port() -> String {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port().to_string()
}
