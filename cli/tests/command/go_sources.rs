//! Functions in Go that are built before they run.

use crate::support::{
    Done, executable, fgruntime, go_function, has_go, is_running, process_ids, run, wait_until,
};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Says how it was started, and ends.
const TELLING: &str = r#"
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	folder, _ := os.Getwd()
	fmt.Println(filepath.Base(os.Args[0]), folder)
	for _, name := range []string{"RUNTIME_CODE_ROOT", "RUNTIME_FUNC_NAME", "RUNTIME_HANDLER", "FGRUNTIME_TRANSPORT"} {
		fmt.Println(name + "=" + os.Getenv(name))
	}
}
"#;

/// A folder `orders` with files, and the temporary folder of the command.
struct Place {
    root: TempDir,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["orders", "temporary"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        let place = Self { root };
        for (name, content) in files {
            fs::write(place.orders().join(name), content).unwrap();
        }
        place
    }

    fn orders(&self) -> PathBuf {
        self.root.path().canonicalize().unwrap().join("orders")
    }

    /// The command, beside the folder.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = fgruntime(&[&["invoke", "--output", "json"], arguments].concat());
        command.current_dir(self.root.path()).env("TMPDIR", self.root.path().join("temporary"));
        command.stdin(Stdio::null());
        command
    }

    fn invoke(&self, arguments: &[&str]) -> Done {
        let done = self.command(arguments).output().unwrap().into();
        self.assert_clean();
        done
    }

    /// Puts a program called `go` on the path of a command.
    fn with_go(&self, command: &mut Command, body: &str) {
        executable(&self.root.path().join("go"), &format!("#!/bin/sh\n{body}\n"));
        command.env("PATH", format!("{}:{}", self.root.path().display(), std::env::var("PATH").unwrap()));
    }

    fn assert_clean(&self) {
        let left: Vec<_> = fs::read_dir(self.root.path().join("temporary")).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_file_and_a_folder_are_built_and_called() {
    if !has_go() {
        return;
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/go/function.go");
    let source = fs::read_to_string(source).unwrap();
    let place = Place::new(&[("function.go", &source), ("go.mod", "module orders\n\ngo 1.18\n")]);
    for path in ["orders/function.go", "orders"] {
        let done = place.invoke(&["--set", "a=1", "--repeat", "2", path]);
        assert_eq!((done.status, done.results().len()), (Some(0), 2), "{done:?}");
        assert!(done.results().iter().all(|result| result["function_output"] == r#"{"a":1}"#), "{done:?}");
        assert_eq!(done.stderr, "");
    }
    let failed = place.invoke(&["--runtime", "go1.x", "--handler", "fail", "orders"]);
    assert_eq!(failed.result()["error"]["errorMessage"], "no luck", "{failed:?}");
}

#[test]
fn it_runs_where_its_source_is_under_the_name_of_its_runtime() {
    if !has_go() {
        return;
    }
    let place = Place::new(&[("main.go", TELLING), ("place.go", TELLING), ("go.mod", "module orders\n")]);
    let folder = place.orders();
    for (arguments, program, name, handler, transport) in [
        (&["orders/main.go"][..], "handler", "orders", "handler", "go-rpc"),
        (&["--runtime", "go1.x", "orders/place.go"], "handler", "place", "handler", "go-rpc"),
        (&["--runtime", "custom", "orders/main.go"], "bootstrap", "orders", "index.handler", "poll"),
        (&["--handler", "own", "orders/main.go"], "handler", "orders", "own", "go-rpc"),
    ] {
        let done = place.invoke(arguments);
        assert_eq!(done.result()["status"], "crash", "{done:?}");
        let log = done.result()["log"].as_str().unwrap().to_owned();
        for line in [
            format!("{program} {}", folder.display()),
            format!("RUNTIME_CODE_ROOT={}", folder.display()),
            format!("RUNTIME_FUNC_NAME={name}"),
            format!("RUNTIME_HANDLER={handler}"),
            format!("FGRUNTIME_TRANSPORT={transport}"),
        ] {
            assert!(log.lines().any(|logged| logged == line), "{line} is not in {log}");
        }
    }
}

#[test]
fn a_program_that_is_there_is_not_built() {
    let place = Place::new(&[("main.go", "no Go\n")]);
    for (program, arguments) in
        [("bootstrap", &["orders"][..]), ("handler", &["--runtime", "go1.x", "orders"])]
    {
        let path = place.orders().join(program);
        executable(&path, "#!/bin/sh\necho was there\n");
        let done = place.invoke(arguments);
        assert!(done.result()["log"].as_str().unwrap().contains("was there\n"), "{done:?}");
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn what_go_says_is_shown_with_what_to_do() {
    if !has_go() {
        return;
    }
    let wrong = "package main\n\nfunc main() { missing() }\n";
    let place = Place::new(&[("main.go", wrong), ("go.mod", "module orders\n")]);
    let told = "# command-line-arguments\n./main.go:3:15: undefined: missing\nerror: 'orders/main.go' cannot be built";
    place.invoke(&["orders/main.go"]).assert_refused(&[told, "name the folder"]);
    place
        .invoke(&["orders"])
        .assert_refused(&["# orders\n./main.go:3:15: undefined: missing\nerror: 'orders' cannot"]);

    let library = Place::new(&[("orders.go", "package orders\n"), ("go.mod", "module orders\n")]);
    library.invoke(&["orders"]).assert_refused(&["the package in 'orders' is not 'main'"]);
    let empty = Place::new(&[("go.mod", "module orders\n")]);
    empty.invoke(&["orders"]).assert_refused(&["no Go files in", "'orders' cannot be built"]);
    empty.invoke(&["missing.go"]).assert_refused(&["there is no 'missing.go'"]);
}

#[test]
fn a_missing_tool_is_named() {
    let place = Place::new(&[("main.go", "package main\n\nimport \"C\"\n\nfunc main() {}\n")]);
    let mut without_go = place.command(&["orders/main.go"]);
    let done: Done = without_go.env("PATH", place.root.path()).output().unwrap().into();
    done.assert_refused(&["there is no go to build 'orders/main.go'; install Go"]);
    place.assert_clean();
    if !has_go() {
        return;
    }
    let mut without_compiler = place.command(&["orders/main.go"]);
    let done: Done =
        without_compiler.env("CC", "no-such-compiler").env("CGO_ENABLED", "1").output().unwrap().into();
    done.assert_refused(&["\"no-such-compiler\" not found", "without a C compiler", "install one", "$CC"]);
}

#[test]
fn the_time_to_build_is_not_the_functions() {
    let Some(program) = go_function() else { return };
    let place = Place::new(&[("main.go", "")]);
    let mut command = place.command(&["--init-timeout", "3", "--timeout", "3", "orders"]);
    place.with_go(&mut command, &format!("sleep 4; cp '{}' \"$3\"", program.display()));
    let done: Done = command.output().unwrap().into();
    let result = done.result();
    assert_eq!(result["status"], "success", "{done:?}");
    let duration = result["summary"]["execution_duration_ms"].as_f64().unwrap();
    assert!(duration < 3000.0, "{result}");
    place.assert_clean();
}

#[test]
fn a_build_that_is_interrupted_leaves_nothing() {
    let place = Place::new(&[("main.go", "")]);
    let ids = place.root.path().join("ids");
    let mut command = place.command(&["orders"]);
    // A second process, as the compiler would be.
    place.with_go(&mut command, &format!("sleep 60 & echo $! >'{0}'; echo $$ >>'{0}'; wait", ids.display()));
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    wait_until("it builds", || process_ids(&ids).len() == 2);
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    wait_until("go has ended", || process_ids(&ids).into_iter().all(|id| !is_running(id)));
    place.assert_clean();
}

#[test]
fn the_help_names_sources() {
    let help = run(&["invoke", "--help"]).stdout;
    assert!(help.contains("fgruntime invoke -e apig main.go"), "{help}");
}
