//! The function of the README in Go: it builds, passes its test, and greets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{
    assert_greets, fresh_folder, has_go_module, readme_blocks, repository, succeed, workspace_program,
};
use std::fs;
use std::process::Command;

#[test]
fn the_function_of_the_readme_greets() {
    if !has_go_module() {
        return;
    }
    let blocks = readme_blocks("A Go function", "go");
    let [function, _typed, test] = &blocks[..] else { panic!("a function, a typed one and a test") };
    let folder = fresh_folder("go-readme", "function");
    let module = repository().join("bindings-go");
    let requires = format!(
        "module hello\n\ngo 1.24\n\nrequire huaweicloud.com/go-runtime v0.0.0-00010101000000-000000000000\n\n\
         replace huaweicloud.com/go-runtime => {}\n",
        module.display()
    );
    fs::write(folder.join("go.mod"), requires).unwrap();
    fs::write(folder.join("main.go"), function).unwrap();
    fs::write(folder.join("main_test.go"), test).unwrap();
    succeed(Command::new("go").current_dir(&folder).args(["test", "./..."]));
    for (runtime, source) in [("go1.x", "main.go"), ("go1.x", "."), ("custom", ".")] {
        let mut invoke = Command::new(workspace_program("fgruntime-cli", "fgruntime"));
        invoke.current_dir(&folder).args(["invoke", "--runtime", runtime, "-e", "apig"]);
        invoke.args(["--set", "queryStringParameters.name=Ada", "--output", "json", source]);
        let output = invoke.output().unwrap();
        assert!(output.status.success(), "{runtime} {source}: {}", String::from_utf8_lossy(&output.stderr));
        assert_greets(&serde_json::from_slice(&output.stdout).unwrap());
    }
}
