//! On which port a function that is an HTTP server is looked for.

use crate::server::{free_port, has_python, invoke, message, seen};
use crate::support::{Done, has_node, run, wait_until};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Mutex, MutexGuard, PoisonError};

const PLATFORM: &str = "8000";
const TAKEN: &str =
    "another program has port 8000 of this machine: stop it, or have the function listen elsewhere";

/// The tests that need the port of the platform have it one after another.
fn platforms_port() -> MutexGuard<'static, ()> {
    static PORT: Mutex<()> = Mutex::new(());
    PORT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The successful result of a program that listens on the platform's port.
fn on_platforms_port(invoke: impl Fn() -> Done) -> Value {
    let _port = platforms_port();
    let mut result = Value::Null;
    // Somebody else on this machine may use the port for a while.
    wait_until("port 8000 is free", || {
        result = invoke().result();
        let has_succeeded = result["status"] == "success";
        assert!(has_succeeded || message(&result).contains(TAKEN), "{result}");
        has_succeeded
    });
    result
}

#[test]
fn a_program_that_knows_only_the_port_of_the_platform_is_found_there() {
    if !has_python() {
        return;
    }
    let result = on_platforms_port(|| invoke("container", &[], &[PLATFORM]));
    assert_eq!(seen(&result)["path"], "/invoke");
}

/// As servers for Node.js do unless they are told otherwise.
#[test]
fn a_program_that_listens_to_both_versions_of_ip_is_found_too() {
    if !has_node() {
        return;
    }
    let program = "http.createServer((request, response) => response.end(request.url)).listen(8000)";
    let options = ["invoke", "--runtime", "container", "--output", "json", "--", "node", "-e", program];
    assert_eq!(on_platforms_port(|| run(&options))["function_output"], "/invoke");
}

#[test]
fn a_stranger_on_the_port_of_the_platform_is_not_taken_for_the_function() {
    if !has_python() {
        return;
    }
    let _port = platforms_port();
    let mut stranger = None;
    wait_until("port 8000 is free", || {
        stranger = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 8000)).ok();
        stranger.is_some()
    });
    let result = invoke("container", &[], &["told"]).result();
    assert_eq!(result["status"], "success", "{result}");
    let result = invoke("container", &[], &[PLATFORM]).result();
    assert_eq!(result["error"]["errorType"], "FunctionCrashed");
    assert!(message(&result).contains(TAKEN), "{result}");
    let result = invoke("container", &["--init-timeout", "1"], &[PLATFORM, "never"]).result();
    assert_eq!(result["error"]["errorType"], "FunctionNotReady");
    assert!(message(&result).contains(TAKEN), "{result}");
}

/// As those of a container are.
#[test]
fn on_a_port_that_is_named_the_processes_need_not_be_the_commands_own() {
    if !has_python() {
        return;
    }
    let (port, script) = (free_port(), r#"setsid timeout 60 python3 "$0" "$1" & sleep 600"#);
    let options = ["invoke", "--runtime", "container", "--output", "json", "--port", &port];
    let command = ["--", "sh", "-c", script, crate::server::SERVER, &port];
    // It ends itself when it is told of the end.
    let done = run(&[&options[..], &command].concat());
    assert_eq!((done.status, &done.result()["status"]), (Some(0), &json!("success")), "{done:?}");
    wait_until("the server has ended", || {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port.parse().unwrap())).is_ok()
    });
}

#[test]
fn a_named_port_must_be_free_and_of_use() {
    let stranger = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = stranger.local_addr().unwrap().port().to_string();
    let taken = format!("port {port} is taken; stop what listens there, or name another with --port");
    invoke("container", &["--port", &port], &[&port]).assert_refused(&[&taken]);
    invoke("http", &["-e", "apig", "--port", &port], &[&port]).assert_refused(&[&taken]);
    for runtime in ["custom", "go1.x"] {
        let words = ["--port is for --runtime container and --runtime http", "leave it out"];
        invoke(runtime, &["--port", &port], &[&port]).assert_refused(&words);
    }
    let reserved = ["--env", "FGRUNTIME_HTTP_ADDR=127.0.0.1:1"];
    invoke("container", &reserved, &["told"]).assert_refused(&["FGRUNTIME_HTTP_ADDR is reserved"]);
}
