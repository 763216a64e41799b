//! Programs that do not do what a function should, and what is left of them.

use crate::support::{
    executable, fgruntime, function, invoke, is_running, process_ids, run, run_with_input, wait_until,
};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::process::Stdio;

#[test]
fn exiting_at_once_is_a_crash_that_names_the_status() {
    let folder = function("echo out; echo err >&2; echo out again; exit 3");
    let done = run(&invoke(&folder, &["--request-id", "id-1"]));
    assert_eq!(done.status, Some(3), "{done:?}");
    let result = done.result();
    assert_eq!(result["status"], "crash");
    assert_eq!(result["error"]["errorType"], "FunctionCrashed");
    let message = result["error"]["errorMessage"].as_str().unwrap();
    assert!(message.contains("exit status: 3") && message.contains("before it asked"), "{message}");
    let output: serde_json::Value =
        serde_json::from_str(result["function_output"].as_str().unwrap()).unwrap();
    assert_eq!(output, result["error"]);
    let log = result["log"].as_str().unwrap();
    assert!(log.contains("Start invoke request 'id-1', version: latest\nout\nerr\nout again\n"), "{log}");
    assert!(log.contains("Finish invoke request 'id-1', duration: 0.000ms"), "{log}");
}

#[test]
fn a_deadly_signal_is_named() {
    let done = run(&invoke(&function("kill -SEGV $$"), &[]));
    assert!(done.result()["error"]["errorMessage"].as_str().unwrap().contains("SIGSEGV"), "{done:?}");
}

#[test]
fn the_json_result_has_its_keys_in_order() {
    let result = run(&invoke(&function("exit 0"), &["--memory", "256"])).result();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&result), ["status", "function_output", "error", "summary", "log"]);
    assert_eq!(
        keys(&result["summary"]),
        [
            "request_id",
            "memory_configured_mb",
            "execution_duration_ms",
            "memory_used_mb",
            "billed_duration_ms"
        ]
    );
    assert_eq!(result["summary"]["memory_configured_mb"], 256);
    assert_eq!(result["summary"]["request_id"].as_str().unwrap().len(), 36);
}

#[test]
fn of_megabytes_printed_the_last_lines_are_kept() {
    let body = "i=0; line=$(printf '%01000d' 0)
        while [ $i -lt 3000 ]; do echo \"$line\"; i=$((i+1)); done; echo the end";
    let folder = function(body);
    let log = run(&invoke(&folder, &[])).result()["log"].as_str().unwrap().to_owned();
    assert!(log.contains("\nthe end\n"), "{log}");
    assert!(log.len() > 4000 && log.len() < 4096 + 400, "{} bytes", log.len());
    assert_eq!(log.lines().nth(1).unwrap().len(), 1000, "the log begins with a whole line");
    let none = run(&invoke(&folder, &["--log-limit", "0"])).result()["log"].as_str().unwrap().to_owned();
    assert_eq!(none.lines().count(), 2, "{none}");
    let text = run(&["invoke", folder.path().to_str().unwrap()]).stdout;
    assert!(text.contains("earlier bytes of output are not shown"), "{text}");
}

#[test]
fn a_program_that_never_asks_is_told_what_was_expected() {
    let folder = function("exec sleep 60");
    let done = run(&invoke(&folder, &["--init-timeout", "1"]));
    assert_eq!(done.status, Some(3), "{done:?}");
    let result = done.result();
    assert_eq!(result["status"], "crash");
    assert_eq!(result["error"]["errorType"], "FunctionNotReady");
    let message = result["error"]["errorMessage"].as_str().unwrap();
    assert!(message.contains("within 1s"), "{message}");
    assert!(message.contains("GET http://$RUNTIME_API_ADDR/v1/runtime/invocation/request"), "{message}");
}

#[test]
fn programs_that_cannot_start_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let refused = |name: &str, words: &[&str]| run(&["invoke", &path(name)]).assert_refused(words);
    refused("missing", &["there is no", "missing"]);
    refused("", &["has no 'bootstrap'"]);
    fs::write(path("plain"), "#!/bin/sh\n").unwrap();
    refused("plain", &["is not executable", "chmod +x", "plain"]);
    executable(path("formless").as_ref(), "no program at all\n");
    refused("formless", &["#!/bin/sh"]);
    executable(path("orphan").as_ref(), "#!/no/such/interpreter\n");
    refused("orphan", &["interpreter"]);
    run(&["invoke", "--", "no-such-command"]).assert_refused(&["'no-such-command'", "$PATH"]);
    run(&["invoke", "--", &path("missing")]).assert_refused(&["there is no"]);
    run(&["invoke", "--", &path("")]).assert_refused(&["not a file"]);
}

#[test]
fn a_program_runs_in_its_folder_with_the_settings_of_the_function() {
    let folder = function("pwd; env | grep -E '^(RUNTIME_|GREETING|MODE)'; cat");
    let options = "--function-name hello --function-version v2 --handler a.b --timeout 7 --init-timeout 8 \
                   --memory 512 --user-data GREETING=hi --env MODE=test";
    let mut command = fgruntime(&invoke(&folder, &options.split_whitespace().collect::<Vec<_>>()));
    command.env("RUNTIME_ALIAS", "inherited").env("RUNTIME_CPU", "inherited");
    let done: crate::support::Done = command.output().unwrap().into();
    let log = done.result()["log"].as_str().unwrap().to_owned();
    let root = folder.path().canonicalize().unwrap();
    for line in [
        root.to_str().unwrap(),
        &format!("RUNTIME_CODE_ROOT={}", root.display()),
        "RUNTIME_FUNC_NAME=hello",
        "RUNTIME_FUNC_VERSION=v2",
        "RUNTIME_HANDLER=a.b",
        "RUNTIME_TIMEOUT=7",
        "RUNTIME_INITIALIZER_TIMEOUT=8",
        "RUNTIME_MEMORY=512",
        "RUNTIME_CPU=600",
        "RUNTIME_USERDATA={\"GREETING\":\"hi\"}",
        "GREETING=hi",
        "MODE=test",
    ] {
        assert!(log.lines().any(|logged| logged == line), "{line} is not in {log}");
    }
    assert!(!log.contains("inherited"), "{log}");
}

#[test]
fn a_relative_program_and_its_arguments_arrive() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("bin")).unwrap();
    executable(&folder.path().join("bin/greet.sh"), "#!/bin/sh\necho \"$RUNTIME_FUNC_NAME $1 $2\"\npwd");
    let arguments = ["invoke", "--output", "json", "--", "bin/greet.sh", "--flag", "two words"];
    let done: crate::support::Done =
        fgruntime(&arguments).current_dir(folder.path()).output().unwrap().into();
    let log = done.result()["log"].as_str().unwrap().to_owned();
    assert!(log.contains("\ngreet --flag two words\n") && log.contains("/bin\n"), "{log}");
}

#[test]
fn an_event_beyond_the_limit_is_not_delivered() {
    let folder = function("touch started");
    for (options, limit) in [(&["-e", "-"][..], 6_291_456), (&["-e", "-", "--async"], 262_144)] {
        let event = format!("\"{}\"", "x".repeat(limit - 1));
        let done = run_with_input(&invoke(&folder, options), event.as_bytes());
        assert_eq!(done.status, Some(1), "{done:?}");
        let result = done.result();
        assert_eq!(result["status"], "error");
        assert_eq!(result["error"]["errorType"], "PayloadTooLarge");
        let message = result["error"]["errorMessage"].as_str().unwrap();
        assert!(message.contains(&(limit + 1).to_string()), "{message}");
        assert!(message.contains(&limit.to_string()), "{message}");
    }
    assert!(!folder.path().join("started").exists());
}

#[test]
fn signals_to_the_command_end_the_whole_group() {
    for (signal, status) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        // Both processes turn a deaf ear to what can be ignored.
        let folder = function("trap '' TERM INT HUP; sleep 60 & echo $! > ids; echo $$ >> ids; wait");
        let ids = folder.path().join("ids");
        let mut command =
            fgruntime(&invoke(&folder, &["--init-timeout", "60"])).stdout(Stdio::null()).spawn().unwrap();
        wait_until("the function has started", || process_ids(&ids).len() == 2);
        kill_process(Pid::from_child(&command), signal).unwrap();
        assert_eq!(command.wait().unwrap().code(), Some(status));
        for id in process_ids(&ids) {
            wait_until("the function's processes are gone", || !is_running(id));
        }
    }
}

#[test]
fn what_a_crashed_program_left_running_is_ended() {
    let folder = function("sleep 60 & echo $! > ids");
    run(&invoke(&folder, &[]));
    let ids = process_ids(&folder.path().join("ids"));
    assert_eq!(ids.len(), 1);
    wait_until("the left-over is gone", || !is_running(ids[0]));
}
