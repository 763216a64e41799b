//! HTTP functions, which get the requests of API Gateway and whose responses are put into objects.

use crate::server::{SERVER, has_python, header, invoke_told, message, seen};
use crate::support::{Done, run};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde_json::{Value, json};
use std::fs;

const RUNTIME: &str = "http";

/// The response to a request that is in a file.
fn respond(event: &Value, options: &[&str]) -> Done {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("event.json");
    fs::write(&file, event.to_string()).unwrap();
    invoke_told(RUNTIME, &[&["-e", file.to_str().unwrap()], options].concat())
}

/// The object that is the result.
fn response(done: &Done) -> Value {
    assert_eq!(done.status, Some(0), "{done:?}");
    seen(&done.result())
}

/// What the server saw of the request.
fn request(response: &Value) -> Value {
    let body = BASE64.decode(response["body"].as_str().unwrap()).unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[test]
fn the_function_gets_the_request_that_the_gateway_got() {
    if !has_python() {
        return;
    }
    let event = json!({
        "httpMethod": "PUT",
        "path": "/a b/%2F/ä",
        "queryStringParameters": {"q": "a b&c=ä", "list": ["1", "2"], "none": ""},
        "headers": {
            "host": "api.example.com", "content-type": "application/octet-stream", "X-List": ["a", "b"],
            "content-length": "999", "transfer-encoding": "chunked", "connection": "upgrade", "x-cff-memory": "1",
        },
        "requestContext": {"apiId": "api", "requestId": "gateway-id", "stage": "RELEASE", "sourceIp": "192.0.2.7"},
        "body": BASE64.encode(b"\x00\xffbytes"),
        "isBase64Encoded": true,
    });
    let request = request(&response(&respond(&event, &["--request-id", "id-1"])));
    assert_eq!(request["method"], "PUT");
    assert_eq!(request["path"], "/a%20b/%2F/%C3%A4?q=a%20b%26c%3D%C3%A4&list=1&list=2&none=");
    assert_eq!(request["body"], "\0\u{ff}bytes");
    for (name, values) in [
        ("Host", &["api.example.com"][..]),
        ("Content-Type", &["application/octet-stream"]),
        ("Content-Length", &["7"]),
        ("Transfer-Encoding", &[]),
        ("Connection", &["close"]),
        ("X-List", &["a", "b"]),
        ("X-Cff-Memory", &["128"]),
        ("X-Cff-Request-Id", &["id-1"]),
        ("X-Apig-Api-Id", &["api"]),
        ("X-Apig-Request-Id", &["gateway-id"]),
        ("X-Apig-Source-Ip", &["192.0.2.7"]),
        ("X-Apig-Source-Stage", &["RELEASE"]),
    ] {
        assert_eq!(header(&request, name), values, "{name}");
    }
    let environment = &request["environment"];
    assert_eq!((&environment["FGRUNTIME_HTTP_MODE"], &environment["PORT"]), (&json!("apig"), &Value::Null));
}

#[test]
fn a_body_that_is_text_is_passed_on_as_it_is() {
    if !has_python() {
        return;
    }
    let options =
        ["-e", "apig", "--set", "body=plain", "--set", "isBase64Encoded=false", "--set", "path=users"];
    let request = request(&response(&invoke_told(RUNTIME, &options)));
    assert_eq!((&request["body"], &request["path"]), (&json!("plain"), &json!("/users?name=FunctionGraph")));
}

#[test]
fn every_response_is_a_result_in_the_form_of_the_platform() {
    if !has_python() {
        return;
    }
    let done = invoke_told(RUNTIME, &["-e", "apig", "--env", "STATUS=404"]);
    let response = response(&done);
    let keys: Vec<_> = response.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["body", "headers", "statusCode", "isBase64Encoded"]);
    assert_eq!((&response["statusCode"], &response["isBase64Encoded"]), (&json!(404), &json!(true)));
    let length = BASE64.decode(response["body"].as_str().unwrap()).unwrap().len();
    let headers = json!({"Content-Length": [length.to_string()], "Set-Cookie": ["a=1", "b=2"]});
    assert_eq!(response["headers"], headers);

    let head = invoke_told(RUNTIME, &["-e", "apig", "--set", "httpMethod=HEAD"]);
    let head = seen(&head.result());
    assert_eq!((&head["statusCode"], &head["body"]), (&json!(200), &json!("")));
}

#[test]
fn neither_init_nor_shutdown_is_for_http_functions() {
    if !has_python() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    let noting = format!("NOTES={}", notes.display());
    let done = invoke_told(RUNTIME, &["-e", "apig", "--env", &noting, "--initializer", "index.init"]);
    assert_eq!(done.status, Some(0), "{done:?}");
    assert_eq!(fs::read_to_string(&notes).unwrap(), "GET /hello?name=FunctionGraph\nterminated\n");
}

#[test]
fn a_bootstrap_is_a_shells_and_a_silent_one_is_told_so() {
    if !has_python() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let bootstrap = folder.path().join("bootstrap");
    fs::write(&bootstrap, format!("python3 {SERVER} told\n")).unwrap();
    for path in [folder.path(), &bootstrap] {
        let options = ["invoke", "--runtime", "http", "--output", "json", "-e", "apig"];
        let done = run(&[&options[..], &[path.to_str().unwrap()]].concat());
        let request = request(&response(&done));
        let name = folder.path().file_name().unwrap().to_str().unwrap();
        assert_eq!(header(&request, "X-Cff-Func-Name"), [format!("0@default@{name}")]);
    }
    fs::write(&bootstrap, "sleep 600\n").unwrap();
    let options = ["invoke", "--runtime", "http", "--output", "json", "-e", "apig", "--init-timeout", "1"];
    let result = run(&[&options[..], &[bootstrap.to_str().unwrap()]].concat()).result();
    assert!(message(&result).contains("did not listen within 1s"), "{result}");
}

#[test]
fn other_events_are_refused_with_what_to_do() {
    let refused = |options: &[&str], words: &[&str]| invoke_told(RUNTIME, options).assert_refused(words);
    refused(&[], &["the kind 'unknown'", "use -e apig"]);
    refused(&["-e", "timer"], &["the kind 'timer'", "use -e apig", "--runtime container"]);
    refused(&["-e", "/dev/null"], &["no request of API Gateway", "use -e apig"]);
    refused(
        &["-e", "apig", "--set", "httpMethod=a b"],
        &["\"a b\" is no HTTP method", "--set httpMethod=GET"],
    );
    refused(&["-e", "apig", "--set", r#"headers={"a b":"c"}"#], &["header \"a b\"", "name"]);
    refused(&["-e", "apig", "--set", r#"headers={"a":"b\nc"}"#], &["header \"a\"", "value"]);
    refused(&["-e", "apig", "--async"], &["asynchronously", "leave out --async"]);
}
