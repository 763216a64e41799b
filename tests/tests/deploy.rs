//! What is in deploy/: manifests and Terraform held against who reads them, Dockerfiles linted, built and their functions called.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_tests::{
    Answer, Caller, FunctionProcess, Image, Platform, Step, free_address, fresh_folder, has_node_package,
    has_program, image, python_environment, repository, request, succeed, workspace_program,
};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

const LANGUAGES: [&str; 5] = ["rust", "c", "go", "python", "node"];
/// What the examples answer to the sample event.
const GREETING: &str = "Hello, FunctionGraph!\n";
const MANIFESTS: [&str; 2] = ["deploy/knative/service.yaml", "deploy/kubernetes/function.yaml"];
const TERRAFORM: [&str; 3] = [
    "deploy/terraform/custom-runtime/main.tf",
    "deploy/terraform/http-function/main.tf",
    "deploy/terraform/container-image/main.tf",
];

/// The program of tests/deploy; None, which is told, without Go.
fn checker() -> Option<&'static Path> {
    static CHECKER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let checker = CHECKER.get_or_init(|| {
        if !has_program("go") {
            return None;
        }
        let program = workspace_program("fgruntime-cli", "tests-deploy-check");
        let mut build = Command::new("go");
        build.current_dir(repository().join("tests/deploy")).env("GOTOOLCHAIN", "local").env("GOFLAGS", "");
        succeed(build.args(["build", "-o"]).arg(&program).arg("."));
        Some(program)
    });
    checker.as_deref()
}

fn check(kind: &str, files: &[&str], objects: &str) {
    let Some(checker) = checker() else { return };
    let printed = succeed(Command::new(checker).arg(kind).args(files).current_dir(repository()));
    assert_eq!(printed.trim(), format!("{objects} objects are valid"));
}

/// Each change makes the file one that must be refused, with these words.
fn refuse(kind: &str, file: &str, changes: &[[&str; 3]]) {
    let Some(checker) = checker() else { return };
    let text = fs::read_to_string(repository().join(file)).unwrap();
    let folder = fresh_folder("tests-deploy", kind);
    for [from, to, complaint] in changes {
        assert!(text.contains(from), "{file} has no {from:?} to change");
        let path = folder.join("changed");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let output = Command::new(checker).arg(kind).arg(&path).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.contains(complaint), "{to:?} in {file}: {told}");
    }
}

#[test]
fn the_manifests_are_what_knative_and_kubernetes_take() {
    check("kubernetes", &MANIFESTS, "3");
    refuse(
        "kubernetes",
        MANIFESTS[0],
        &[
            ["containerConcurrency: 10", "containerConcurency: 10", "unknown field"],
            ["containerConcurrency: 10", "containerConcurrency: 2000", "0 <= 2000 <= 1000"],
            ["containerConcurrency: 10", "containerConcurrency: 20", "FGRUNTIME_CONCURRENCY"],
            ["timeoutSeconds: 60", "timeoutSeconds: x", "cannot unmarshal"],
            ["name: FGRUNTIME_GRACE", "name: PORT", "reserved environment variable"],
            ["runAsNonRoot", "privileged", "must not set the field(s)"],
            ["path: /healthz", "path: /health", "FGRUNTIME_HTTP_HEALTH"],
            ["'50'", "'60'", "FGRUNTIME_GRACE"],
            ["'45'", "'50'", "RUNTIME_TIMEOUT"],
        ],
    );
    refuse(
        "kubernetes",
        MANIFESTS[1],
        &[
            ["targetPort", "targetport", "unknown field"],
            ["apps/v1", "apps/v2", "apps/v2"],
            ["app: hello\n  template", "app: hallo\n  template", "selector"],
            ["containerPort: 8000", "containerPort: 8001", "PORT"],
            ["runAsUser: 1003", "runAsUser: 1000", "1003"],
            ["RUNTIME_TIMEOUT", "FUNCTION_TIMEOUT", "RUNTIME_TIMEOUT"],
        ],
    );
}

#[test]
fn terraform_and_the_provider_take_the_configurations() {
    check("terraform", &TERRAFORM, "3");
    refuse(
        "terraform",
        TERRAFORM[2],
        &[
            ["concurrency_num  ", "concurency_num   ", "no argument"],
            ["\"Custom Image\"", "\"Custom-Image\"", "cannot be"],
            ["url = var.image", "url = var.imag", "nothing declares"],
            ["url = var.image", "uri = var.image", "\"url\" is missing"],
            ["  memory_size           = 128\n", "", "\"memory_size\" is missing"],
            [
                "runtime               =",
                "code_type             = \"zip\"\n  runtime               =",
                "exclude",
            ],
            ["tostring(", "to_string(", "no function"],
            ["function.urn", "function.url", "nothing declares"],
            ["custom_image {", "custom_image", "Argument or block definition required"],
            ["huaweicloud_fgs_function\" ", "huaweicloud_function\" ", "no resource"],
            ["name                  = var", "name = var", "not formatted"],
        ],
    );
}

#[test]
fn the_dockerfiles_pass_the_linter() {
    let own = repository().join("target/hadolint/bin/hadolint");
    let hadolint = if own.is_file() { own } else { "hadolint".into() };
    if !has_program(&hadolint.to_string_lossy()) {
        return;
    }
    for language in LANGUAGES {
        let dockerfile = format!("deploy/{language}/Dockerfile");
        succeed(
            Command::new(&hadolint)
                .args(["--failure-threshold", "style", &dockerfile])
                .current_dir(repository()),
        );
    }
    let others = fs::read_dir(repository().join("deploy")).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(others.filter(|path| path.join("Dockerfile").is_file()).count(), LANGUAGES.len());
}

/// The image, which says what FunctionGraph expects.
fn built(language: &str) -> Option<Image> {
    let image = image(language)?;
    let config = image.config();
    assert_eq!(config["User"], "1003:1003");
    assert_eq!(config["ExposedPorts"], json!({ "8000/tcp": {} }));
    assert!(config["Env"].as_array().unwrap().contains(&"FGRUNTIME_TRANSPORT=http".into()), "{config}");
    Some(image)
}

fn answers(image: &Image) {
    answers_an_event(image);
    answers_over_http(image);
}

/// The function answers, whoever brings the event.
fn answers_an_event(image: &Image) {
    let event = fs::read(repository().join("cli/samples/apig.json")).unwrap();
    let platform = Platform::start(vec![Step::event("id", event)], vec![]);
    let _function = image.start(&[("FGRUNTIME_TRANSPORT", "poll"), ("RUNTIME_API_ADDR", platform.address())]);
    let reply = platform.reply();
    assert_eq!(reply.path, "/v1/runtime/invocation/response/id", "{}", reply.text());
    let answer: Value = reply.json();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&200.into(), &GREETING.into()));
}

/// The entry point, as FunctionGraph calls an image for events, and as Knative calls a service.
fn answers_over_http(image: &Image) {
    let event = fs::read_to_string(repository().join("cli/samples/apig.json")).unwrap();
    let address = free_address();
    let function = image.start(&[("FGRUNTIME_HTTP_ADDR", &address.to_string())]);
    let answer = call(address, "POST /invoke", &event);
    assert!(answer.status == 200 && answer.text().contains(GREETING.trim()), "{answer:?}");
    ends(function);

    let address = free_address();
    let port = address.port().to_string();
    let health = [("FGRUNTIME_HTTP_MODE", "apig"), ("FGRUNTIME_HTTP_HEALTH", "/healthz"), ("PORT", &port)];
    let function = image.start(&health);
    becomes_healthy(address);
    greets(address);
    ends(function);
}

/// As a probe sees it: not at once, for the function listens before it is ready.
fn becomes_healthy(address: SocketAddr) {
    let give_up = Instant::now() + Duration::from_secs(20);
    loop {
        let health = call(address, "GET /healthz", "");
        if health.status == 200 {
            return;
        }
        assert!(health.status == 503 && Instant::now() < give_up, "{health:?}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn greets(address: SocketAddr) {
    let answer = call(address, "GET /?name=Ada", "");
    assert!(answer.status == 200 && answer.text().contains("Hello, Ada!\n"), "{answer:?}");
}

/// Ends the function as platforms do.
fn ends(function: FunctionProcess) {
    function.signal(Signal::TERM);
    let (status, printed) = function.wait();
    assert!(status.success(), "{status}: {printed}");
}

/// The answer to a request, which is sent as soon as somebody listens.
fn call(address: SocketAddr, line: &str, body: &str) -> Answer {
    let mut caller = Caller::connect(address);
    caller.send(request(line, "Content-Type: application/json\r\nConnection: close\r\n", body));
    caller.answer()
}

/// Starts what is in the folder of an HTTP function as the platform does, by a shell, and calls it.
fn bootstrap_greets(kind: &str, folder: &Path, path: &str) {
    let bootstrap = folder.join("bootstrap");
    fs::copy(repository().join("deploy/http-function").join(kind).join("bootstrap"), &bootstrap).unwrap();
    let mut command = Command::new("bash");
    command.arg(bootstrap).current_dir(folder);
    let (address, root) = (free_address(), folder.to_str().unwrap());
    let listens = address.to_string();
    let variables = [("RUNTIME_CODE_ROOT", root), ("FGRUNTIME_HTTP_ADDR", &listens), ("PATH", path)];
    let function = FunctionProcess::spawn(command, &variables);
    greets(address);
    ends(function);
}

#[test]
fn the_http_functions_start() {
    let path = std::env::var("PATH").unwrap();
    let folder = fresh_folder("tests-deploy", "program");
    fs::copy(workspace_program("fgruntime-examples", "apig"), folder.join("function")).unwrap();
    bootstrap_greets("program", &folder, &path);

    if let Some(environment) = python_environment() {
        let folder = fresh_folder("tests-deploy", "python");
        fs::copy(repository().join("examples/python/apig.py"), folder.join("index.py")).unwrap();
        bootstrap_greets("python", &folder, &format!("{}:{path}", environment.join("bin").display()));
    }

    if has_node_package() {
        let folder = fresh_folder("tests-deploy", "node");
        fs::copy(repository().join("examples/node/apig.mjs"), folder.join("index.mjs")).unwrap();
        fs::create_dir(folder.join("node_modules")).unwrap();
        symlink(repository().join("bindings-node"), folder.join("node_modules/fgruntime")).unwrap();
        bootstrap_greets("node", &folder, &path);
    }
}

#[test]
fn the_image_in_rust_answers() {
    built("rust").iter().for_each(answers);
}

#[test]
fn the_image_in_c_answers() {
    built("c").iter().for_each(answers);
}

#[test]
fn the_image_in_go_answers() {
    built("go").iter().for_each(answers);
}

#[test]
fn the_image_in_python_answers() {
    built("python").iter().for_each(answers);
}

#[test]
fn the_image_for_node_answers() {
    built("node").iter().for_each(answers);
}
