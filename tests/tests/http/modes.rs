//! What reaches the handler, and what becomes of its result, in each mode.

use crate::ends_well;
use fgruntime_tests::{Answer, Caller, FunctionProcess, ServedFunction, free_address, request};
use serde_json::{Value, json};

const BATCH: &str = "application/cloudevents-batch+json";

fn ask(function: &ServedFunction, line: &str, headers: &str, body: &str) -> Answer {
    let mut caller = function.caller();
    caller.send(request(line, headers, body));
    caller.answer()
}

#[test]
fn events_are_answered_with_results_and_errors() {
    for (handler, event, status, content_type, body) in [
        ("echo", "{\"a\":1}", 200, Some("application/octet-stream"), "{\"a\":1}"),
        ("kind", "{}", 200, Some("text/plain; charset=utf-8"), "unknown"),
        ("json", "[1]", 200, Some("application/json"), "[1]"),
        ("nothing", "", 200, None, ""),
    ] {
        let function = ServedFunction::start(handler, &[]);
        let answer = function.invoke("typed", event);
        assert_eq!((answer.status, answer.text().as_str()), (status, body), "{handler}");
        assert_eq!(answer.header("Content-Type"), content_type, "{handler}");
        ends_well(function);
    }
    for (handler, error_type) in [
        ("error", "FunctionReturnError"),
        ("panic", "panic"),
        ("too_much", "FunctionResponseTooLarge"),
        ("not_a_number", "FunctionResultInvalid"),
    ] {
        let function = ServedFunction::start(handler, &[]);
        let answer = function.invoke("failed", "{}");
        assert_eq!(answer.error(), (500, error_type.to_owned()));
        assert_eq!(answer.header("X-Cff-Request-Id"), Some("failed"));
        ends_well(function);
    }
}

#[test]
fn headers_give_the_context_of_events() {
    let function = ServedFunction::start("context", &[("RUNTIME_TIMEOUT", "7")]);
    let headers = "x-cff-request-id: r1\r\nX-Cff-Func-Version: v1\r\nX-CFF-Invoke-Type: async\r\n";
    let answer = ask(&function, "POST /invoke", headers, "{}");
    assert_eq!(answer.header("X-Cff-Request-Id"), Some("r1"));
    let context = answer.json();
    let expected = json!(["r1", 7, "Async", true]);
    assert_eq!(
        json!([context["request_id"], context["timeout"], context["invoke_type"], context["has_time"]]),
        expected
    );
    // Without an id it gets one, of which the caller is told.
    let answer = ask(&function, "POST /invoke", "X-Cff-Request-Id: \r\n", "{}");
    let id = answer.header("X-Cff-Request-Id").unwrap();
    assert_eq!((id.len(), &answer.json()["request_id"]), (36, &id.into()));
    ends_well(function);
}

#[test]
fn what_would_not_end_an_exchange_is_no_answer() {
    let function = mirror(&[]);
    let mut caller = function.caller();
    for (target, reason) in [
        ("/?status=100", "/statusCode: 100 found"),
        ("/?status=101", "/statusCode: 101 found"),
        ("/?status=999", "/statusCode: 999 found"),
        ("/?header=X%0DY", "/headers: "),
    ] {
        // The next answer is the next request's.
        let headers = format!("X-Cff-Request-Id: {}\r\n", target.len());
        caller.send(request(&format!("GET {target}"), &headers, "") + &request("GET /next", "", ""));
        let answer = caller.answer();
        assert_eq!(answer.error(), (500, "FunctionResultInvalid".to_owned()), "{target}");
        assert!(answer.text().contains(reason), "{answer:?}");
        assert_eq!(caller.answer().json()["event"]["path"], "/next");
    }
    caller.send(request("GET /?status=205", "", "") + &request("GET /next", "", ""));
    let answer = caller.answer();
    assert_eq!((answer.status, answer.body.len()), (205, 0));
    assert_eq!(caller.answer().json()["event"]["path"], "/next");
    let output = ends_well(function);
    let logged = " 12 ERROR the function's answer is not what API Gateway accepts: /statusCode: ";
    assert_eq!(output.matches(logged).count(), 3, "{output}");
}

fn mirror(variables: &[(&str, &str)]) -> ServedFunction {
    ServedFunction::start("mirror", &[&[("FGRUNTIME_HTTP_MODE", "apig")], variables].concat())
}

#[test]
fn plain_requests_are_events_of_the_gateway() {
    let function = mirror(&[("FGRUNTIME_HTTP_HEALTH", "/ready")]);
    let headers =
        "X-Cff-Request-Id: r2\r\nX-Cff-Auth-Token: secret\r\nCookie: a=b\r\nX-Two: 1\r\nx-two: 2\r\n";
    let answer = ask(&function, "PUT /a/b%20c?x=1&x=2&y=%C3%A4", headers, "b\u{f6}dy");
    assert_eq!((answer.status, answer.header("X-Mirror")), (201, Some("yes")));
    assert_eq!(answer.header("X-Cff-Request-Id"), Some("r2"));
    let seen = answer.json();
    let expected = json!({
        "body": "YsO2ZHk=",
        "requestContext": {"apiId": "", "requestId": "r2", "stage": "RELEASE", "sourceIp": "127.0.0.1"},
        "queryStringParameters": {"x": ["1", "2"], "y": "ä"},
        "httpMethod": "PUT",
        "pathParameters": {},
        "headers": {"host": "h", "cookie": "a=b", "x-two": ["1", "2"], "content-length": "5"},
        "path": "/a/b%20c",
        "isBase64Encoded": true,
    });
    assert_eq!((&seen["event"], &seen["id"], &seen["token"]), (&expected, &"r2".into(), &"secret".into()));

    // No path is the server's own but that of health, and that only where it is asked.
    for (line, status) in [
        ("GET /ready", 200),
        ("POST /ready", 201),
        ("GET /healthz", 201),
        ("POST /invoke", 201),
        ("POST /init", 201),
        ("POST /shutdown", 201),
        ("OPTIONS *", 201),
        ("OPTIONS /a", 201),
        ("BREW /pot", 201),
        ("GET /panic", 500),
    ] {
        assert_eq!(ask(&function, line, "", "").status, status, "{line}");
    }
    let answer = ask(&function, "GET /panic", "", "");
    assert_eq!(answer.error(), (500, "panic".to_owned()));
    assert!(!answer.text().contains("stackTrace") && !answer.text().contains("obedient.rs"), "{answer:?}");

    let mut caller = function.caller();
    for _ in 0..2 {
        caller.send(request("HEAD /a", "", ""));
        let answer = caller.answer_to_head();
        let length: usize = answer.header("Content-Length").unwrap().parse().unwrap();
        assert!(answer.status == 201 && length > 100, "{answer:?}");
    }
    ends_well(function);
}

#[test]
fn what_is_no_answer_of_the_gateway_says_why() {
    let function = ServedFunction::start("echo", &[("FGRUNTIME_HTTP_MODE", "apig")]);
    let answer = ask(&function, "GET /", "", "");
    assert_eq!(answer.error(), (500, "FunctionResultInvalid".to_owned()));
    ends_well(function);
}

#[test]
fn strangers_are_not_believed() {
    let address = free_address();
    let port = address.port().to_string();
    let headers =
        "X-Cff-Request-Id: forged\r\nX-CFF-Auth-Token: forged\r\nx-cff-timeout: 1\r\nX-Mine: yes\r\n";
    // Behind the platform they are the platform's.
    let function = mirror(&[]);
    let seen = ask(&function, "GET /", headers, "").json();
    assert_eq!((&seen["id"], &seen["token"]), (&"forged".into(), &"forged".into()));
    ends_well(function);

    let function = mirror(&[("PORT", &port)]);
    let answer = ask(&function, "GET /", headers, "");
    let seen = answer.json();
    assert!(!answer.text().contains("forged"), "{answer:?}");
    assert_eq!((&seen["token"], &seen["event"]["headers"]["x-mine"]), (&Value::Null, &"yes".into()));
    let id = answer.header("X-Cff-Request-Id").unwrap();
    assert_eq!((id.len(), &seen["id"]), (36, &id.into()));
    ends_well(function);
}

#[test]
fn cloud_events_are_events_of_eventgrid() {
    let function = ServedFunction::start("echo", &[("FGRUNTIME_HTTP_MODE", "cloudevents")]);
    let binary = "ce-specversion: 1.0\r\nce-id: e1\r\nce-source: /s\r\nce-type: t\r\nce-subject: a%20b\r\n";
    let typed = |content_type: &str| format!("{binary}Content-Type: {content_type}\r\n");
    let event = |content_type: &str, data: Value| {
        let mut event =
            json!({"specversion": "1.0", "id": "e1", "source": "/s", "type": "t", "subject": "a b"});
        event["datacontenttype"] = content_type.into();
        event.as_object_mut().unwrap().extend(data.as_object().unwrap().clone());
        event
    };
    for (content_type, body, data) in [
        ("application/json", "{\"a\": [1]}", json!({"data": {"a": [1]}})),
        ("text/plain; charset=utf-8", "b\u{f6}", json!({"data": "b\u{f6}"})),
        ("application/octet-stream", "\u{1}", json!({"data_base64": "AQ=="})),
    ] {
        let answer = ask(&function, "POST /any/path", &typed(content_type), body);
        assert_eq!((answer.status, answer.json()), (200, event(content_type, data)));
    }
    let whole = event("application/json", json!({"data": 1}));
    let structured = "Content-Type: application/cloudevents+json; charset=UTF-8\r\n";
    assert_eq!(ask(&function, "POST /", structured, &whole.to_string()).json(), whole);

    for (line, headers, body, status) in [
        ("GET /", binary.to_owned(), "", 405),
        ("POST /", String::new(), "{}", 400),
        ("POST /", binary.replace("ce-id: e1\r\n", ""), "", 400),
        ("POST /", typed("application/json"), "{", 400),
        ("POST /", structured.to_owned(), "{\"id\":\"e1\"}", 400),
        ("POST /", structured.to_owned(), "[]", 400),
        ("POST /", structured.to_owned(), "", 400),
        ("POST /", format!("Content-Type: {BATCH}\r\n"), "[]", 415),
        ("POST /", "Content-Type: application/cloudevents+avro\r\n".to_owned(), "", 415),
    ] {
        assert_eq!(ask(&function, line, &headers, body).error().0, status, "{line} {headers} {body}");
    }
    // What concerns an event only does not end the connection.
    let mut caller = function.caller();
    for _ in 0..2 {
        caller.send(request("POST /", "", "{}"));
        assert_eq!(caller.answer().status, 400);
        caller.send(request("POST /", &typed("application/json"), "1"));
        assert_eq!(caller.answer().status, 200);
    }
    ends_well(function);
    let function = ServedFunction::start("kind", &[("FGRUNTIME_HTTP_MODE", "cloudevents")]);
    assert_eq!(ask(&function, "POST /", &typed("application/json"), "{}").text(), "eventgrid");
    ends_well(function);
}

#[test]
fn knative_says_the_port_alone() {
    let port = free_address();
    let variables = [
        ("RUNTIME_HANDLER", "mirror"),
        ("FGRUNTIME_TRANSPORT", "http"),
        ("FGRUNTIME_HTTP_MODE", "apig"),
        ("PORT", &port.port().to_string()),
    ];
    let process = FunctionProcess::start(&variables);
    let mut caller = Caller::connect(port);
    caller.send(request("GET /knative", "", ""));
    assert_eq!(caller.answer().json()["event"]["path"], "/knative");
    ends_well(ServedFunction { process, address: port });
}
