//! Functions that are called over net/rpc, as the platform's Go 1.x runtime is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_core::context::{FunctionSettings, Headers};
use fgruntime_core::logging::CapturedLog;
use fgruntime_core::response::Output;
use fgruntime_core::runtime::go_rpc::{CallError, Client};
use fgruntime_core::runtime::{Next, ReplyError, Runtime, StartError, TransportKind};
use fgruntime_tests::{FunctionProcess, free_address, go_program};
use rustix::process::Signal;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: usize = 6 << 20;
const PATIENCE: Duration = Duration::from_secs(20);
const CONNECT: &[u8] = b"CONNECT /_goRPC_ HTTP/1.0\n\n";
const CONNECTED: &[u8] = b"HTTP/1.0 200 Connected to Go RPC\n\n";

fn start(handler: &str, variables: &[(&str, &str)]) -> (FunctionProcess, SocketAddr) {
    let address = free_address();
    let text = address.to_string();
    let own = [
        ("RUNTIME_API_ADDR", text.as_str()),
        ("RUNTIME_HANDLER", handler),
        ("FGRUNTIME_TRANSPORT", "go-rpc"),
    ];
    (FunctionProcess::start(&[&own[..], variables].concat()), address)
}

fn connect(address: SocketAddr) -> Client {
    Client::connect_within(address, LIMIT, PATIENCE).unwrap()
}

fn headers(id: &str) -> Headers {
    let mut headers = Headers::default();
    headers.append("X-Cff-Request-Id", id);
    headers
}

fn json(error: CallError) -> serde_json::Value {
    serde_json::from_str(&error.to_string()).unwrap()
}

fn ends_well(function: FunctionProcess) -> String {
    function.signal(Signal::TERM);
    let (status, output) = function.wait();
    assert_eq!(status.code(), Some(0), "{output}");
    output
}

/// The function still answers, over a new connection.
fn is_well(address: SocketAddr) {
    let client = connect(address);
    client.health_check().unwrap();
    assert_eq!(client.invoke(&headers("after"), b"well").unwrap(), "well");
}

/// A connection on which nothing has been said.
fn raw(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// A connection on which calls may follow.
fn shaken(address: SocketAddr) -> TcpStream {
    let mut stream = raw(address);
    stream.write_all(CONNECT).unwrap();
    let mut answer = [0; CONNECTED.len()];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(answer, CONNECTED);
    stream
}

/// Everything that comes until the function closes the connection.
fn rest(mut stream: TcpStream) -> String {
    let mut rest = Vec::new();
    // A connection that is reset has ended as well.
    let _ = stream.read_to_end(&mut rest);
    String::from_utf8_lossy(&rest).into_owned()
}

fn wait_until_listening(address: SocketAddr) {
    drop(connect(address));
}

#[test]
fn results_errors_and_logs_are_those_of_any_transport() {
    let (function, address) = start("echo", &[]);
    let client = connect(address);
    for event in [&b"{\"a\":1}"[..], b"", b"not JSON", b"\0\xFF\xFE"] {
        assert_eq!(client.invoke(&headers("r1"), event).unwrap(), event);
    }
    assert_eq!(client.invoke(&Headers::default(), b"no id").unwrap(), "no id");
    ends_well(function);

    let (function, address) = start("error", &[]);
    let client = connect(address);
    let error = client.invoke(&headers("r2"), b"{}").unwrap_err();
    let expected = "{\n    \"errorMessage\": \"no luck\",\n    \"errorType\": \"FunctionReturnError\"\n}";
    assert_eq!(error, CallError::Function(expected.to_owned()));
    assert!(client.invoke(&Headers::default(), b"{}").is_err());
    let output = ends_well(function);
    assert!(output.contains(" r2 ERROR FunctionReturnError: no luck\n"), "{output}");
    assert!(output.contains(" - ERROR FunctionReturnError: no luck\n"), "{output}");
}

#[test]
fn headers_make_the_context_whatever_their_case() {
    let (function, address) = start("context", &[("RUNTIME_TIMEOUT", "7")]);
    let client = connect(address);
    let mut headers = Headers::default();
    headers.append("x-cff-request-id", "r3");
    headers.append("X-Cff-Func-Version", "v1");
    let context = client.invoke(&headers, b"{}").unwrap();
    let context: serde_json::Value = serde_json::from_slice(&context).unwrap();
    assert_eq!((&context["request_id"], &context["timeout"]), (&"r3".into(), &7.into()));
    assert_eq!(context["invoke_type"], "Sync");
    // The caller of an asynchronous invocation gets nothing but that it succeeded.
    headers.append("X-CFF-Invoke-Type", "async");
    assert_eq!(client.invoke(&headers, b"{}").unwrap(), "");
    ends_well(function);
}

#[test]
fn failures_of_asynchronous_invocations_are_failures() {
    let (function, address) = start("panic", &[]);
    let mut headers = headers("r4");
    headers.append("X-CFF-Invoke-Type", "async");
    let error = json(connect(address).invoke(&headers, b"{}").unwrap_err());
    assert_eq!(error["errorType"], "panic");
    ends_well(function);
}

#[test]
fn results_beyond_the_limit_are_errors_with_both_sizes() {
    let (function, address) = start("too_much", &[]);
    let error = json(connect(address).invoke(&headers("r5"), b"{}").unwrap_err());
    assert_eq!(error["errorType"], "FunctionResponseTooLarge");
    ends_well(function);
}

#[test]
fn events_beyond_the_limit_are_answered_and_the_next_one_is_handled() {
    let (function, address) = start("echo", &[("RUNTIME_MAX_REQUEST_BODY_SIZE", "1000")]);
    let client = connect(address);
    assert_eq!(client.invoke(&headers("r6"), &[7; 1000]).unwrap(), [7; 1000][..]);
    for size in [1001, 3 << 20] {
        let error = json(client.invoke(&headers("r7"), &vec![7; size]).unwrap_err());
        assert_eq!(error["errorType"], "EventInvalid");
        assert!(error["errorMessage"].as_str().unwrap().contains("limit of 1000 bytes"), "{error}");
    }
    assert_eq!(client.invoke(&headers("r8"), b"next").unwrap(), "next");
    ends_well(function);
}

#[test]
fn calls_of_all_sizes_at_once_over_a_few_connections_get_their_own_answers() {
    let (function, address) = start("echo_at_once", &[]);
    let clients: Vec<Client> = (0..4).map(|_| connect(address)).collect();
    let calls: Vec<_> = (0..64_usize)
        .map(|number| {
            let client = clients[number % clients.len()].clone();
            thread::spawn(move || {
                let size = if number == 63 { LIMIT } else { 1 + number.pow(3) * 25 };
                let payload = vec![number as u8; size];
                client.health_check().unwrap();
                let answer = client.invoke(&headers(&format!("r{number}")), &payload).unwrap();
                assert!(answer == payload, "{number}: {} of {size} bytes", answer.len());
            })
        })
        .collect();
    calls.into_iter().for_each(|call| call.join().unwrap());
    ends_well(function);
}

#[test]
fn whoever_is_done_first_answers_first() {
    let (function, address) = start("echo_at_once", &[]);
    let client = connect(address);
    let slow = client.clone();
    let slow = thread::spawn(move || (slow.invoke(&headers("slow"), b"1").unwrap(), Instant::now()));
    thread::sleep(Duration::from_millis(50));
    client.invoke(&headers("quick"), &[1; 1000]).unwrap();
    let quick = Instant::now();
    let (answer, end) = slow.join().unwrap();
    assert_eq!(answer, "1");
    assert!(end > quick);
    ends_well(function);
}

#[test]
fn garbage_and_cut_connections_harm_nobody_else() {
    let (function, address) = start("echo", &[]);
    wait_until_listening(address);
    let idle = connect(address);
    let half = shaken(address);
    for garbage in [
        &b"\0"[..],
        b"\x03abc",
        b"\xF7\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
        b"GET / HTTP/1.1\r\n\r\n",
        &[0xFF; 70_000],
    ] {
        let mut stream = shaken(address);
        // What it closes it may close while this is still being sent.
        let _ = stream.write_all(garbage).and_then(|()| stream.shutdown(Shutdown::Write));
        assert_eq!(rest(stream), "", "{:?}", &garbage[..garbage.len().min(8)]);
    }
    // A message is cut off, at any length it claims.
    for claimed in [&b"\x7F"[..], b"\xFD\x60\x00\x00", b"\xF8\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", b"\xFE\x60"] {
        let mut stream = shaken(address);
        stream.write_all(claimed).unwrap();
        stream.write_all(&[b'x'; 50]).unwrap();
        drop(stream);
    }
    (&half).write_all(b"\x7Fhalf").unwrap();
    is_well(address);
    assert_eq!(idle.invoke(&headers("r9"), b"idle").unwrap(), "idle");
    ends_well(function);
}

#[test]
fn anything_but_connect_is_answered_as_go_does() {
    let (function, address) = start("echo", &[]);
    wait_until_listening(address);
    for (request, status, text) in [
        (&b"GET /_goRPC_ HTTP/1.1\r\nHost: x\r\n\r\n"[..], "405 Method Not Allowed", "405 must CONNECT\n"),
        (b"CONNECT / HTTP/1.0\n\n", "404 Not Found", "404 page not found\n"),
        (b"POST /v1/x HTTP/1.0\n\n", "404 Not Found", "404 page not found\n"),
        (b"\x16\x03\x01garbage\r\n\r\n", "400 Bad Request", "400 Bad Request"),
    ] {
        let mut stream = raw(address);
        stream.write_all(request).unwrap();
        let answer = rest(stream);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")) && answer.ends_with(text), "{answer}");
    }
    let mut endless = raw(address);
    let _ = endless.write_all(&[b'A'; 100_000]);
    rest(endless);
    is_well(address);
    ends_well(function);
}

#[test]
fn a_call_may_follow_its_handshake_at_once_and_in_pieces() {
    let (function, address) = start("echo", &[]);
    wait_until_listening(address);
    let mut stream = raw(address);
    // A health check as Go writes it.
    let call = b"\x2f\xff\x81\x03\x01\x01\x07Request\x01\xff\x82\x00\x01\x02\x01\x0dServiceMethod\x01\x0c\x00\x01\x03Seq\x01\x06\x00\x00\x00\
        \x19\xff\x82\x01\x14Function.HealthCheck\x00\x1e\xff\x83\x03\x01\x01\x12HealthCheckRequest\x01\xff\x84\x00\x00\x00\x03\xff\x84\x00";
    stream.set_nodelay(true).unwrap();
    for byte in [CONNECT, call].concat() {
        stream.write_all(&[byte]).unwrap();
    }
    stream.shutdown(Shutdown::Write).unwrap();
    let answer = rest(stream);
    assert!(answer.contains("HealthCheckResponse") && !answer.contains("rpc:"), "{answer:?}");
    ends_well(function);
}

#[test]
fn peers_that_send_or_take_slowly_hold_up_nobody() {
    let (function, address) = start("echo_at_once", &[]);
    wait_until_listening(address);
    // Results that nobody takes, larger than what the system keeps.
    let mut greedy = shaken(address);
    greedy.write_all(&event("greedy", &vec![1; LIMIT])).unwrap();
    let mut slow = shaken(address);
    for byte in b"\x7Fslow" {
        slow.write_all(&[*byte]).unwrap();
        is_well(address);
    }
    // Closed, it holds up the end of the function neither.
    drop(greedy);
    ends_well(function);
}

/// A runtime in this process, and where it listens.
fn runtime() -> (Runtime, SocketAddr, Arc<CapturedLog>) {
    let address = free_address();
    let log = Arc::new(CapturedLog::default());
    let builder = Runtime::builder().api_address(address.to_string()).default_transport(TransportKind::GoRpc);
    let builder = builder.settings(FunctionSettings::default()).log_output(log.clone());
    (builder.build().unwrap(), address, log)
}

#[test]
fn it_listens_from_the_first_call_of_next_on() {
    let (runtime, address, _) = runtime();
    assert!(Client::connect(address, LIMIT).is_err());
    assert!(matches!(runtime.next_timeout(Duration::from_millis(20)), Next::TimedOut));
    // What comes while nobody asks waits.
    let client = connect(address);
    client.health_check().unwrap();
    let call = thread::spawn(move || client.invoke(&headers("r1"), b"{}"));
    let invocation = runtime.next().unwrap();
    assert_eq!(invocation.context().request_id(), "r1");
    invocation.respond(Ok(Output::Text("late".to_owned()))).unwrap();
    assert_eq!(call.join().unwrap().unwrap(), "late");
}

#[test]
fn a_stop_wakes_everybody_and_answers_what_nobody_took() {
    let (runtime, address, _) = runtime();
    assert!(matches!(runtime.next_timeout(Duration::ZERO), Next::TimedOut));
    let client = connect(address);
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || client.invoke(&headers("r1"), b"{}"))
        })
        .collect();
    let taken = runtime.next().unwrap();
    // The others have arrived when a later call is answered.
    thread::sleep(Duration::from_millis(100));
    runtime.stop();
    assert!(runtime.next().is_none());
    taken.respond(Ok(Output::None)).unwrap();
    let answers: Vec<_> = calls.into_iter().map(|call| call.join().unwrap()).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for error in answers.into_iter().filter_map(Result::err) {
        assert_eq!(json(error)["errorType"], "FunctionNotReplied");
    }
    // The connection is still there, and tells whoever comes now the same.
    assert_eq!(json(client.invoke(&headers("r2"), b"{}").unwrap_err())["errorType"], "FunctionNotReplied");
    drop((taken, runtime));
    assert!(matches!(client.invoke(&headers("r3"), b"{}"), Err(CallError::Lost(_))));
    TcpListener::bind(address).unwrap();
}

#[test]
fn waiting_threads_end_at_a_stop() {
    let (runtime, _, _) = runtime();
    let waiting: Vec<_> = (0..4)
        .map(|_| {
            let runtime = runtime.clone();
            thread::spawn(move || runtime.next().is_none())
        })
        .collect();
    thread::sleep(Duration::from_millis(50));
    runtime.stop();
    waiting.into_iter().for_each(|thread| assert!(thread.join().unwrap()));
}

#[test]
fn a_reply_to_a_peer_that_is_gone_is_lost() {
    let (runtime, address, log) = runtime();
    assert!(matches!(runtime.next_timeout(Duration::ZERO), Next::TimedOut));
    let mut peer = shaken(address);
    peer.write_all(&event("r1", b"{}")).unwrap();
    let invocation = runtime.next().unwrap();
    drop(peer);
    // More than the system would keep for a peer of which it does not know yet that it is gone.
    let lost = invocation.respond(Ok(Output::Text("x".repeat(LIMIT))));
    assert!(matches!(lost, Err(ReplyError::Lost(_))), "{lost:?}");
    let records = log.records();
    assert!(records.iter().any(|record| record.contains(" r1 ERROR the reply is lost: ")), "{records:?}");
}

/// The bytes of a call with an event, as a client sends them.
fn event(id: &str, payload: &[u8]) -> Vec<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (headers, payload) = (headers(id), payload.to_vec());
    let client = thread::spawn(move || Client::connect(address, LIMIT).unwrap().invoke(&headers, &payload));
    let mut stream = listener.accept().unwrap().0;
    stream.read_exact(&mut [0; CONNECT.len()]).unwrap();
    stream.write_all(CONNECTED).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut call = Vec::new();
    // Ends by the time limit: the client waits for an answer.
    let _ = stream.read_to_end(&mut call);
    drop(stream);
    assert!(matches!(client.join().unwrap(), Err(CallError::Lost(_))));
    call
}

#[test]
fn an_address_that_is_taken_or_wrong_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let builder = Runtime::builder().default_transport(TransportKind::GoRpc);
    let error = builder.api_address(&address).build().err().unwrap();
    assert!(matches!(&error, StartError::Listen { .. }) && error.to_string().contains(&address), "{error}");
    let builder = Runtime::builder().default_transport(TransportKind::GoRpc);
    let error = builder.api_address("nonsense").build().err().unwrap();
    assert!(matches!(error, StartError::InvalidAddress(_)), "{error}");
}

#[test]
fn an_unknown_transport_is_named_with_the_choices() {
    let variables =
        [("RUNTIME_API_ADDR", "127.0.0.1:9"), ("RUNTIME_HANDLER", "echo"), ("FGRUNTIME_TRANSPORT", "smoke")];
    let (status, output) = FunctionProcess::start(&variables).wait();
    assert_eq!(status.code(), Some(1));
    assert!(
        output.contains("FGRUNTIME_TRANSPORT is \"smoke\"")
            && output.contains("poll")
            && output.contains("go-rpc"),
        "{output}"
    );
    assert_eq!(output.lines().count(), 1, "{output}");
}

#[test]
fn a_failing_initializer_answers_the_first_event_and_ends_the_process() {
    let (function, address) = start("initializer_fails", &[]);
    let error = json(connect(address).invoke(&headers("r1"), b"{}").unwrap_err());
    assert_eq!(error["errorType"], "FunctionInitError");
    let (status, output) = function.wait();
    assert_eq!(status.code(), Some(1), "{output}");
}

#[test]
fn signals_let_the_running_invocation_finish() {
    let (mut function, address) = start("sleep", &[("RUNTIME_USERDATA", r#"{"sleep_ms":"300"}"#)]);
    let client = connect(address);
    let call = thread::spawn(move || client.invoke(&headers("r1"), b"{}"));
    function.wait_for_line("sleeping");
    ends_well(function);
    assert_eq!(call.join().unwrap().unwrap(), "slept");
}

#[test]
fn gos_own_client_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = go_program("client", folder.path()) else { return };
    for handler in ["echo", "echo_at_once"] {
        let (function, address) = start(handler, &[]);
        wait_until_listening(address);
        let output = Command::new(&program).arg(address.to_string()).output().unwrap();
        assert!(output.status.success(), "{handler}: {}", String::from_utf8_lossy(&output.stderr));
        ends_well(function);
    }
}

#[test]
fn gos_own_server_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = go_program("function", folder.path()) else { return };
    let serve = |handler: &str| {
        let address = free_address();
        let variables = [("RUNTIME_API_ADDR", &*address.to_string()), ("RUNTIME_HANDLER", handler)];
        (FunctionProcess::spawn(Command::new(&program), &variables), connect(address))
    };
    let (_function, client) = serve("slowly");
    client.health_check().unwrap();
    let calls: Vec<_> = (0..64_usize)
        .map(|number| {
            let client = client.clone();
            thread::spawn(move || {
                let payload = vec![number as u8; 1 + if number == 63 { LIMIT - 1 } else { number.pow(3) }];
                assert!(client.invoke(&headers("r1"), &payload).unwrap() == payload);
            })
        })
        .collect();
    calls.into_iter().for_each(|call| call.join().unwrap());
    let error = client.invoke(&headers("r2"), b"").unwrap_err();
    assert_eq!(error, CallError::Function("bad request parameters".to_owned()));

    let (_function, client) = serve("fail");
    assert_eq!(json(client.invoke(&headers("r3"), b"{}").unwrap_err())["errorMessage"], "no luck");
    for handler in ["too_much", "much_too_much"] {
        let (_function, client) = serve(handler);
        let error = client.invoke(&headers("r4"), b"{}").unwrap_err();
        assert!(matches!(error, CallError::TooLarge { limit: LIMIT, .. }), "{error}");
        client.health_check().unwrap();
    }
    let (_function, client) = serve("exit");
    assert!(matches!(client.invoke(&headers("r5"), b"{}"), Err(CallError::Lost(_))));
}
