//! The client that everybody has.

use crate::ends_well;
use fgruntime_tests::{ServedFunction, has_program};
use std::process::Command;
use tempfile::NamedTempFile;

/// What curl prints for a request.
fn curl(function: &ServedFunction, path: &str, arguments: &[&str]) -> String {
    let url = format!("http://{}{path}", function.address);
    let output =
        Command::new("curl").args(["--silent", "--show-error"]).args(arguments).arg(url).output().unwrap();
    assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn curl_is_served() {
    if !has_program("curl") {
        return;
    }
    let function = ServedFunction::start("echo", &[]);
    let event = r#"{"a":"b"}"#;
    assert_eq!(curl(&function, "/invoke", &["--data-binary", event]), event);
    // It waits to be told to go on before it sends so much.
    let large = NamedTempFile::new().unwrap();
    std::fs::write(large.path(), "x".repeat(2 << 20)).unwrap();
    let file = format!("@{}", large.path().display());
    assert_eq!(curl(&function, "/invoke", &["--data-binary", &file]).len(), 2 << 20);
    assert_eq!(
        curl(&function, "/invoke", &["--header", "Transfer-Encoding: chunked", "--data-binary", event]),
        event
    );
    assert_eq!(curl(&function, "/invoke", &["--http1.0", "--data-binary", event]), event);
    assert_eq!(curl(&function, "/healthz", &[]), "ready\n");
    ends_well(function);

    let function = ServedFunction::start("mirror", &[("FGRUNTIME_HTTP_MODE", "apig")]);
    let status = ["--head", "--output", "/dev/null", "--write-out", "%{http_code} %{size_download}"];
    assert_eq!(curl(&function, "/any/path", &status), "201 0");
    ends_well(function);
}
