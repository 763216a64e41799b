//! How a function begins and ends.

use crate::{began, ends_well};
use fgruntime_tests::{Caller, FunctionProcess, ServedFunction, free_address, invocation, request};
use rustix::process::Signal;
use std::fs::write;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

fn not_ready() -> (u16, String) {
    (503, "NotReady".to_owned())
}

/// The function has been told to stop, and no longer listens.
fn wait_until_deaf(function: &ServedFunction) {
    let give_up = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(function.address).is_ok() {
        assert!(Instant::now() < give_up, "it still listens");
        thread::sleep(Duration::from_millis(2));
    }
}

pub(crate) fn health(caller: &mut Caller) -> u16 {
    caller.send(request("GET /healthz", "", ""));
    caller.answer().status
}

#[test]
fn a_slow_start_is_waited_for() {
    let folder = tempdir().unwrap();
    let gate = folder.path().join("gate");
    let function = ServedFunction::start("obey", &[("GATE", gate.to_str().unwrap())]);
    let (mut prober, mut init, mut early) = (function.caller(), function.caller(), function.caller());
    init.send(request("POST /init", "", ""));
    early.send(invocation("early", "early"));
    for _ in 0..3 {
        prober.send(request("GET /healthz", "", ""));
        assert_eq!(prober.answer().error(), not_ready());
    }
    write(&gate, "").unwrap();
    assert_eq!(init.answer().status, 200);
    assert_eq!(early.answer().text(), "early");
    assert_eq!(health(&mut prober), 200);
    prober.send(request("POST /init", "", "{}"));
    assert_eq!(prober.answer().status, 200);
    assert_eq!(began(&ends_well(function)), ["early"]);
}

#[test]
fn a_start_that_is_cut_short_answers_whoever_waits_for_it() {
    let folder = tempdir().unwrap();
    let gate = folder.path().join("gate");
    let function = ServedFunction::start("obey", &[("GATE", gate.to_str().unwrap())]);
    let (mut init, mut early) = (function.caller(), function.caller());
    init.send(request("POST /init", "", ""));
    early.send(invocation("early", "early"));
    // Both have been read: this connection came after them.
    assert_eq!(health(&mut function.caller()), 503);
    function.process.signal(Signal::TERM);
    wait_until_deaf(&function);
    write(&gate, "").unwrap();
    assert_eq!(early.answer().text(), "early");
    assert_eq!(init.answer().error(), not_ready());
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(0), "{output}");
}

#[test]
fn a_start_that_fails_is_told_to_the_first_caller() {
    for (handler, first) in [
        ("initializer_fails", request("POST /init", "", "")),
        ("initializer_panics", invocation("first", "{}")),
    ] {
        let function = ServedFunction::start(handler, &[]);
        let mut caller = function.caller();
        caller.send(first);
        let answer = caller.answer();
        assert_eq!(answer.error(), (500, "FunctionInitError".to_owned()));
        assert!(answer.text().contains("no database"), "{answer:?}");
        assert!(caller.is_closed());
        let (status, output) = function.process.wait();
        assert_eq!(status.code(), Some(1), "{output}");
        assert!(output.contains("ended: the initializer failed: no database"), "{output}");
    }
}

#[test]
fn a_start_that_fails_is_told_to_all_who_wait() {
    for (mode, is_told, is_stopped) in
        [("event", true, false), ("apig", false, false), ("event", true, true), ("apig", false, true)]
    {
        let folder = tempdir().unwrap();
        let gate = folder.path().join("gate");
        let variables = [
            ("GATE", gate.to_str().unwrap()),
            ("FAILS", "1"),
            ("FGRUNTIME_HTTP_MODE", mode),
            ("FGRUNTIME_CONCURRENCY", "2"),
        ];
        let function = ServedFunction::start("obey", &variables);
        let mut callers: Vec<Caller> = (0..6).map(|_| function.caller()).collect();
        for (number, caller) in callers.iter_mut().enumerate() {
            caller.send(invocation(&number.to_string(), "{}"));
        }
        if mode == "event" && !is_stopped {
            let mut init = function.caller();
            init.send(request("POST /init", "", ""));
            callers.push(init);
            // All have been read: this connection came after them.
            assert_eq!(health(&mut function.caller()), 503);
        }
        if is_stopped {
            function.process.signal(Signal::TERM);
            wait_until_deaf(&function);
        }
        write(&gate, "").unwrap();
        for caller in &mut callers {
            let answer = caller.answer();
            assert_eq!(answer.error(), (500, "FunctionInitError".to_owned()));
            // Strangers need not know which files there are.
            assert_eq!(answer.text().contains("/srv/secret"), is_told, "{answer:?}");
        }
        let (status, output) = function.process.wait();
        assert_eq!(status.code(), Some(1), "{output}");
        assert!(
            output.contains("FunctionInitError: function initialization exception, error: no database"),
            "{output}"
        );
    }
}

/// Who asks only whether it is ready never sends an event.
#[test]
fn a_start_that_fails_and_that_nobody_asks_for_ends_nevertheless() {
    let function = ServedFunction::start(
        "obey",
        &[("FAILS", "1"), ("FGRUNTIME_HTTP_MODE", "cloudevents"), ("FGRUNTIME_HTTP_HEALTH", "/ready")],
    );
    let mut prober = function.caller();
    let answer = loop {
        prober.send(request("GET /ready", "", ""));
        let answer = prober.answer();
        if !answer.text().contains("starting") {
            break answer;
        }
        prober = function.caller();
    };
    assert_eq!(answer.error(), not_ready());
    assert!(answer.text().contains("could not start"), "{answer:?}");
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(1), "{output}");
    assert!(output.contains("the initializer failed: no database"), "{output}");
}

#[test]
fn the_end_waits_for_what_has_been_accepted() {
    for end in ["SIGTERM", "SIGINT", "/shutdown"] {
        let folder = tempdir().unwrap();
        let gate = folder.path().join("gate");
        let mut function = ServedFunction::start("obey", &[("FGRUNTIME_GRACE", "600")]);
        let (mut running, mut waiting) = (function.caller(), function.caller());
        running.send(invocation("running", &format!("running wait {}", gate.display())));
        function.process.wait_for_line("began running");
        waiting.send(invocation("waiting", "waiting"));
        let mut prober = function.caller();
        prober.send("GET /healthz HTTP/1.1\r\n");
        assert_eq!(health(&mut function.caller()), 200);
        match end {
            "SIGTERM" => function.process.signal(Signal::TERM),
            "SIGINT" => function.process.signal(Signal::INT),
            path => {
                let mut caller = function.caller();
                caller.send(request(&format!("POST {path}"), "", ""));
                assert_eq!(caller.answer().status, 200);
            }
        }
        wait_until_deaf(&function);
        // What has begun to arrive is heard to its end.
        prober.send("Host: h\r\n\r\n");
        assert_eq!(prober.answer().error(), not_ready());
        assert!(prober.is_closed());
        write(&gate, "").unwrap();
        for (caller, text) in [(&mut running, "waited"), (&mut waiting, "waiting")] {
            let answer = caller.answer();
            assert_eq!((answer.text().as_str(), answer.header("Connection")), (text, Some("close")));
        }
        let (status, output) = function.process.wait();
        assert_eq!(status.code(), Some(0), "{output}");
        assert_eq!(began(&output), ["running", "waiting"]);
        assert!(output.trim_end().ends_with("INFO shut down"), "{output}");
    }
}

/// A function, one at a time, in whose handler a request waits.
struct Busy {
    function: ServedFunction,
    running: Caller,
    folder: TempDir,
}

impl Busy {
    fn start(grace: &str) -> Self {
        let folder = tempdir().unwrap();
        let mut function = ServedFunction::start("obey", &[("FGRUNTIME_GRACE", grace)]);
        let mut running = function.caller();
        let gate = folder.path().join("gate");
        running.send(invocation("running", &format!("running wait {}", gate.display())));
        function.process.wait_for_line("began running");
        Self { function, running, folder }
    }

    /// Sends another one, which is there before whatever is sent next: a connection that came after it has been served.
    fn queue(&self, id: &str, event: &str) -> Caller {
        let mut caller = self.function.caller();
        caller.send(invocation(id, event));
        assert_eq!(health(&mut self.function.caller()), 200);
        caller
    }

    /// Once the function no longer listens, the request that waits in its handler is answered.
    fn go_on(mut self) -> ServedFunction {
        wait_until_deaf(&self.function);
        write(self.folder.path().join("gate"), "").unwrap();
        assert_eq!(self.running.answer().text(), "waited");
        self.function
    }
}

#[test]
fn one_signal_that_comes_several_times_is_one() {
    let busy = Busy::start("600");
    for _ in 0..3 {
        busy.function.process.signal(Signal::INT);
        busy.function.process.signal(Signal::TERM);
    }
    let (status, output) = busy.go_on().process.wait();
    assert_eq!(status.code(), Some(0), "{output}");
}

/// A function that answers with six megabytes when it has been told to stop.
fn answers_at_the_end(grace: &str) -> (ServedFunction, Caller) {
    let busy = Busy::start(grace);
    let large = busy.queue("large", "large large 6000000");
    busy.function.process.signal(Signal::TERM);
    let mut function = busy.go_on();
    function.process.wait_for_line("ended large");
    (function, large)
}

#[test]
fn the_last_answer_goes_out_whole_or_its_loss_is_told() {
    let (function, mut large) = answers_at_the_end("600");
    thread::sleep(Duration::from_millis(300));
    assert_eq!(large.answer().body.len(), 6_000_000);
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(0), "{output}");

    let (function, _large) = answers_at_the_end("3");
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(0), "{output}");
    let lost = " large ERROR the reply is lost: the caller had not taken the whole answer when the time to finish had passed";
    assert!(output.contains(lost), "{output}");
}

#[test]
fn who_does_not_read_an_answer_holds_up_nobody_behind_it() {
    let busy = Busy::start("600");
    let mut large = busy.queue("large", "large large 6000000");
    let mut small = busy.queue("small", "small");
    busy.function.process.signal(Signal::TERM);
    let function = busy.go_on();
    assert_eq!(small.answer().text(), "small");
    assert_eq!(large.answer().body.len(), 6_000_000);
    let (status, output) = function.process.wait();
    assert_eq!((status.code(), began(&output)), (Some(0), vec!["running", "large", "small"]), "{output}");
}

#[test]
fn the_end_does_not_wait_for_ever() {
    let mut function = ServedFunction::start("obey", &[("FGRUNTIME_GRACE", "1")]);
    let (mut running, mut waiting) = (function.caller(), function.caller());
    running.send(invocation("running", "running wait /nowhere/gate"));
    function.process.wait_for_line("began running");
    waiting.send(invocation("waiting", "waiting"));
    assert_eq!(health(&mut function.caller()), 200);
    function.process.signal(Signal::TERM);
    assert_eq!(running.answer().error(), not_ready());
    assert_eq!(waiting.answer().error(), not_ready());
    let (status, output) = function.process.wait();
    assert_eq!(status.code(), Some(1), "{output}");
    let lost = "fgruntime: the time to finish has passed; 2 requests are lost: running, waiting";
    assert!(output.contains(lost), "{output}");
}

#[test]
fn who_dawdles_does_not_hold_up_the_end() {
    let function =
        ServedFunction::start("obey", &[("FGRUNTIME_GRACE", "1"), ("FGRUNTIME_HTTP_READ_TIMEOUT", "600")]);
    function.wait_until_ready();
    let (mut half, mut silent, mut deaf) = (function.caller(), function.caller(), function.caller());
    half.send("POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf");
    deaf.send(invocation("deaf", "deaf large 6000000"));
    assert_eq!(health(&mut function.caller()), 200);
    let output = ends_well(function);
    assert!(output.contains("INFO shut down"), "{output}");
    assert_eq!(half.answer().error(), not_ready());
    assert!(silent.is_closed());
}

#[test]
fn an_idle_function_ends_at_once() {
    let function = ServedFunction::start("obey", &[]);
    function.wait_until_ready();
    let mut idle = function.caller();
    assert_eq!(health(&mut idle), 200);
    ends_well(function);
    assert!(idle.is_closed());
}

/// One line that says what is wrong, and status 1.
fn fails_to_start(variables: &[(&str, &str)], reasons: &[&str]) {
    let variables = [&[("RUNTIME_HANDLER", "obey"), ("FGRUNTIME_TRANSPORT", "http")], variables].concat();
    let (status, output) = FunctionProcess::start(&variables).wait();
    assert_eq!(status.code(), Some(1), "{output}");
    assert!(output.starts_with("fgruntime: ") && output.lines().count() == 1, "{output}");
    assert!(reasons.iter().all(|reason| output.contains(reason)), "{output}");
}

#[test]
fn what_cannot_be_served_is_told() {
    let taken = TcpListener::bind(free_address()).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fails_to_start(&[("FGRUNTIME_HTTP_ADDR", &address)], &["cannot listen on", &address]);
    let addresses = [
        "http://127.0.0.1:8000",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:http",
        "localhost:1:2",
    ];
    for address in addresses {
        fails_to_start(&[("FGRUNTIME_HTTP_ADDR", address)], &["FGRUNTIME_HTTP_ADDR", address]);
    }
    let of = |mode| ("FGRUNTIME_HTTP_MODE", mode);
    fails_to_start(&[of("web")], &["FGRUNTIME_HTTP_MODE is \"web\"", "event", "apig", "cloudevents"]);
    for port in ["0", "65536", "-1", "http"] {
        fails_to_start(&[of("apig"), ("PORT", port)], &["PORT is", port, "1 to 65535"]);
    }
    fails_to_start(&[of("apig"), ("FGRUNTIME_HTTP_HEALTH", "ready")], &["FGRUNTIME_HTTP_HEALTH", "slash"]);
    fails_to_start(&[("FGRUNTIME_TRANSPORT", "https")], &["FGRUNTIME_TRANSPORT", "https"]);
}

#[test]
fn numbers_that_are_none_are_warned_of() {
    let names = ["FGRUNTIME_HTTP_READ_TIMEOUT", "FGRUNTIME_GRACE", "FGRUNTIME_CONCURRENCY"];
    for value in ["0", "soon", "-1", "1.5"] {
        let variables = names.map(|name| (name, value));
        let function = ServedFunction::start("obey", &variables);
        assert_eq!(function.invoke("warned", "warned").text(), "warned");
        let output = ends_well(function);
        for name in names {
            let warning = format!("WARN {name} is {value:?}, which is not");
            assert_eq!(output.matches(&warning).count(), 1, "{output}");
        }
    }
}
