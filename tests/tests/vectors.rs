//! Holds the core against the vectors, which every language reads; `tests/vectors/README.md` describes them.
//!
//! For each case the runner makes the case that the core would give; the two must be equal. With `FGRUNTIME_BLESS=1` it
//! writes that case instead, for somebody to read before it is kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]
#![allow(clippy::print_stdout, reason = "how many cases ran is worth saying")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fgruntime_core::context::{Context, ContextBuilder, FunctionSettings, InvokeType};
use fgruntime_core::event::field::FieldKind;
use fgruntime_core::event::{Event, Finding, Kind, Limits, LtsLog, ParseError, ParseErrorKind};
use fgruntime_core::logging::{CapturedLog, Level, LogFormat, Logger};
use fgruntime_core::response::{FunctionError, IntoOutput, Outcome, Output, Reply, apig_breaches};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

type Case = Map<String, Value>;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");

/// The response limit of cases that name none: the platform's.
const MAX_SIZE: u64 = 6 << 20;

/// Findings that canonical JSON makes again, because what they are about is kept as it was.
const KEPT: [&str; 9] = [
    "array",
    "null",
    "number that is not a time",
    "milliseconds",
    "string with a date",
    "string that is not a time",
    "string that is not an RFC 3339 time",
    "a member of a record",
    "a member of `notify_data`",
];

#[test]
fn events() {
    run("events", event);
}

#[test]
fn context() {
    run("context", asked);
}

#[test]
fn logging() {
    run("logging", logged);
}

#[test]
fn response() {
    run("response", |case| if case.contains_key("answer") { checked(case) } else { replied(case) });
}

fn run(area: &str, given: impl Fn(&Case) -> Case) {
    let mut differences = Vec::new();
    let mut count = 0;
    for path in files(area) {
        let file = format!("{area}/{}", path.file_name().unwrap().to_string_lossy());
        let cases: Vec<Case> = serde_json::from_value(read(&path)).unwrap();
        let given: Vec<Case> = cases.iter().map(&given).collect();
        let mut names = BTreeSet::new();
        for (case, given) in cases.iter().zip(&given) {
            let name = text(&case["name"]);
            assert!(names.insert(name), "{file}: {name}: two cases have this name");
            differences.extend(differing(case, given).map(|what| format!("{file}: {name}: {what}")));
        }
        count += cases.len();
        if std::env::var_os("FGRUNTIME_BLESS").is_some() {
            fs::write(&path, serde_json::to_string_pretty(&given).unwrap() + "\n").unwrap();
            differences.clear();
        }
    }
    println!("{area}: {count} cases");
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
    let manifest = read(&Path::new(VECTORS).join("manifest.json"));
    assert_eq!(json!(count), manifest[area], "{area}: cases that ran, cases in manifest.json");
}

fn files(area: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(VECTORS).join(area)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

fn read(path: &Path) -> Value {
    let json = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// One sentence for each member in which the two cases differ.
fn differing<'c>(expected: &'c Case, given: &'c Case) -> impl Iterator<Item = String> + 'c {
    let members: BTreeSet<&String> = expected.keys().chain(given.keys()).collect();
    members.into_iter().filter(|&member| expected.get(member) != given.get(member)).map(|member| {
        let json = |case: &Case| case.get(member).map_or("nothing".to_owned(), Value::to_string);
        let (expected, given) = around_difference(&json(expected), &json(given));
        format!("{member}:\n  expected {expected}\n  given    {given}")
    })
}

/// Both texts from shortly before they differ: some are megabytes long.
fn around_difference(a: &str, b: &str) -> (String, String) {
    let equal = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let excerpt = |text: &str| text.chars().skip(equal.saturating_sub(60)).take(240).collect();
    (excerpt(a), excerpt(b))
}

// Texts and bytes of cases.

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a text"))
}

/// The bytes that a text, `{"base64"}` or `{"prefix", "repeat", "count", "suffix"}` stands for.
fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.clone().into_bytes(),
        _ if value.get("base64").is_some() => STANDARD.decode(text(&value["base64"])).unwrap(),
        _ => {
            let count = value["count"].as_u64().unwrap();
            let repeat = text(&value["repeat"]);
            let middle: String = (0..count).map(|n| repeat.replace("{n}", &n.to_string())).collect();
            [text(&value["prefix"]), &middle, text(&value["suffix"])].concat().into_bytes()
        }
    }
}

/// Puts bytes into a case, in the form they have there if it says the same.
fn put_bytes(case: &mut Case, member: &str, given: &[u8]) {
    let value = bytes_value(case.get(member), given);
    case.insert(member.to_owned(), value);
}

/// Bytes as a case says them, in the form that is known of them if it says the same.
fn bytes_value(known: Option<&Value>, given: &[u8]) -> Value {
    match (known, str::from_utf8(given)) {
        (Some(known), _) if bytes(known) == given => known.clone(),
        (_, Ok(text)) => text.into(),
        (_, Err(_)) => json!({ "base64": STANDARD.encode(given) }),
    }
}

fn put(case: &mut Case, member: &str, value: impl Into<Value>) {
    case.insert(member.to_owned(), value.into());
}

/// The case without what it expects.
fn asking(case: &Case, members: &[&str]) -> Case {
    case.iter()
        .filter(|(member, _)| members.contains(&member.as_str()))
        .map(|(member, value)| (member.clone(), value.clone()))
        .collect()
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(value).collect()
}

// Events.

fn event(case: &Case) -> Case {
    match parse(case, bytes(&case["input"])) {
        Ok(event) => read_event(case, &event),
        Err(error) => {
            let mut given = asking(case, &["name", "input", "as"]);
            put(&mut given, "error", json!({ "kind": error_kind(&error), "offset": error.offset() }));
            given
        }
    }
}

/// Reads a payload as the kind that the case asks for, or as the one its shape shows.
fn parse(case: &Case, payload: Vec<u8>) -> Result<Event, ParseError> {
    match case.get("as") {
        Some(name) => Event::parse_as(kind(text(name)), payload, &Limits::default()),
        None => Event::parse(payload),
    }
}

fn kind(name: &str) -> Kind {
    let known = Kind::ALL.iter().find(|kind| kind.name() == name);
    *known.unwrap_or_else(|| panic!("{name} is not a kind"))
}

fn read_event(case: &Case, event: &Event) -> Case {
    let mut given = asking(case, &["name", "input", "as", "kind", "canonical", "findings"]);
    let findings = event.findings();
    let canonical = event.to_canonical();
    put(&mut given, "kind", event.kind().name());
    put_bytes(&mut given, "canonical", canonical.as_bytes());
    put(&mut given, "findings", list(&findings, finding));
    put_decoded(case, event, &mut given);
    // Where canonical JSON is another than expected, the case fails in any case.
    if case.get("canonical").is_some_and(|expected| bytes(expected) == canonical.as_bytes()) {
        check_again(case, event.kind(), &canonical, &findings);
    }
    given
}

/// What the event's accessors decode, where the case asks for it.
fn put_decoded(case: &Case, event: &Event, given: &mut Case) {
    for member in ["raw_body", "raw_data", "logs", "decoded_key", "messages"] {
        let Some(expected) = case.get(member) else { continue };
        if let Some(decoded) = decoded(member, expected, event) {
            put(given, member, decoded);
        }
    }
}

fn decoded(member: &str, expected: &Value, event: &Event) -> Option<Value> {
    Some(match (member, event) {
        ("raw_body", Event::Apig(event)) => bytes_value(Some(expected), event.raw_body()),
        ("raw_data", Event::Lts(event)) => bytes_value(Some(expected), event.lts().raw_data()),
        ("raw_data", Event::Dis(event)) => {
            event.message().records().map(|record| bytes_value(None, record.raw_data())).collect()
        }
        ("logs", Event::Lts(event)) => event.logs().map(log).collect(),
        ("decoded_key", Event::Obs(event)) => {
            event.records().map(|record| Value::from(record.object().decoded_key())).collect()
        }
        ("messages", Event::Kafka(event)) => event.records().map(|r| texts(r.messages())).collect(),
        ("messages", Event::RocketMq(event)) => event.records().map(|r| texts(r.messages())).collect(),
        ("messages", Event::RabbitMq(event)) => event.records().map(|r| texts(r.messages())).collect(),
        _ => return None,
    })
}

fn log(log: LtsLog<'_>) -> Value {
    json!({ "message": log.message(), "time_epoch_ms": log.time_epoch_ms(), "line_no": log.line_no() })
}

fn texts<'e>(texts: impl Iterator<Item = &'e str>) -> Value {
    texts.map(Value::from).collect()
}

/// Canonical JSON is of the same kind, its canonical form is itself, and it has no findings of its own.
fn check_again(case: &Case, kind: Kind, canonical: &str, findings: &[Finding]) {
    let name = text(&case["name"]);
    let again = parse(case, canonical.to_owned().into_bytes()).unwrap();
    assert_eq!(again.kind(), kind, "{name}: the kind of {canonical}");
    assert!(again.to_canonical() == canonical, "{name}: canonical of canonical is\n{}", again.to_canonical());
    for finding in again.findings() {
        let kept = findings.contains(&finding) && is_encoded(kind, &finding.path)
            || KEPT.contains(&finding.found.as_str())
                && findings.iter().any(|first| !first.path.is_empty() && finding.path.ends_with(&first.path));
        assert!(kept, "{name}: canonical JSON has a finding of its own: {finding}");
    }
}

/// Whether a path leads to a text of base64 or JSON, or on into what it contains.
fn is_encoded(kind: Kind, path: &str) -> bool {
    let mut table = kind.table();
    for step in path.split('/').skip(1).filter(|step| step.parse::<usize>().is_err()) {
        let field = table.and_then(|table| table.fields.iter().find(|field| field.key == step));
        match field.map(|field| field.kind) {
            Some(FieldKind::JsonText(_) | FieldKind::Base64(_) | FieldKind::Base64Json(_)) => return true,
            other => table = other.and_then(FieldKind::table),
        }
    }
    false
}

fn finding(finding: &Finding) -> Value {
    json!({ "path": finding.path, "found": finding.found, "read": finding.read })
}

fn error_kind(error: &ParseError) -> &'static str {
    match error.kind() {
        ParseErrorKind::NotJson => "not_json",
        ParseErrorKind::TooDeep => "too_deep",
        ParseErrorKind::TooLarge => "too_large",
    }
}

// Context.

fn asked(case: &Case) -> Case {
    let mut given = asking(case, &["name", "variables", "headers", "expect", "warnings"]);
    let (settings, warnings) = settings(&case["variables"]);
    let context = with_headers(Context::builder().settings(settings), &case["headers"]).build();
    let expected = case["expect"].as_object().unwrap();
    let answers: Case =
        expected.iter().map(|(method, expected)| (method.clone(), ask(&context, method, expected))).collect();
    put(&mut given, "expect", answers);
    if let Some(expected) = case.get("warnings").and_then(Value::as_array)
        && !are_parts(expected, &warnings)
    {
        put(&mut given, "warnings", warnings);
    }
    given
}

fn settings(variables: &Value) -> (FunctionSettings, Vec<String>) {
    FunctionSettings::from_variables(|name| variables.get(name).map(|value| text(value).to_owned()))
}

fn with_headers(builder: ContextBuilder, headers: &Value) -> ContextBuilder {
    let headers = headers.as_array().unwrap();
    headers.iter().fold(builder, |builder, header| builder.header(text(&header[0]), text(&header[1])))
}

fn are_parts(parts: &[Value], warnings: &[String]) -> bool {
    parts.len() == warnings.len()
        && parts.iter().zip(warnings).all(|(part, warning)| warning.contains(text(part)))
}

fn ask(context: &Context, method: &str, expected: &Value) -> Value {
    if method == "user_data" {
        let keys = expected.as_object().unwrap().keys();
        return keys.map(|key| (key.clone(), Value::from(context.user_data(key)))).collect();
    }
    ask_invocation(context, method)
        .or_else(|| ask_credential(context, method))
        .or_else(|| ask_function(context, method))
        .or_else(|| ask_settings(context.settings(), method))
        .unwrap_or_else(|| panic!("a context has no method {method}"))
}

fn ask_invocation(context: &Context, method: &str) -> Option<Value> {
    let invoke_type = || if context.invoke_type() == InvokeType::Async { "async" } else { "sync" };
    Some(match method {
        "request_id" => context.request_id().into(),
        "trace_id" => context.trace_id().into(),
        "invoke_type" => invoke_type().into(),
        "alias" => context.alias().into(),
        "origin_version_tag" => context.origin_version_tag().into(),
        "workflow_id" => context.workflow_id().into(),
        "workflow_run_id" => context.workflow_run_id().into(),
        "workflow_state_id" => context.workflow_state_id().into(),
        "stream_run_id" => context.stream_run_id().into(),
        "stream_enable" => context.stream_enable().into(),
        "stream_addr" => context.stream_addr().into(),
        _ => return None,
    })
}

#[allow(deprecated, reason = "handlers still ask for them")]
fn ask_credential(context: &Context, method: &str) -> Option<Value> {
    Some(match method {
        "access_key" => context.access_key().into(),
        "secret_key" => context.secret_key().into(),
        "security_access_key" => context.security_access_key().into(),
        "security_secret_key" => context.security_secret_key().into(),
        "security_token" => context.security_token().into(),
        "token" => context.token().into(),
        "stream_token" => context.stream_token().into(),
        _ => return None,
    })
}

fn ask_function(context: &Context, method: &str) -> Option<Value> {
    Some(match method {
        "function_name" => context.function_name().into(),
        "version" => context.version().into(),
        "package" => context.package().into(),
        "project_id" => context.project_id().into(),
        "region" => context.region().into(),
        "memory_size" => context.memory_size().into(),
        "cpu_number" => context.cpu_number().into(),
        "running_time_in_seconds" => context.running_time_in_seconds().into(),
        _ => return None,
    })
}

fn ask_settings(settings: &FunctionSettings, method: &str) -> Option<Value> {
    Some(match method {
        "handler" => settings.handler.as_str().into(),
        "initializer" => settings.initializer.as_deref().into(),
        "initializer_timeout_seconds" => settings.initializer_timeout_seconds.into(),
        "pre_stop_handler" => settings.pre_stop_handler.as_deref().into(),
        "pre_stop_timeout_seconds" => settings.pre_stop_timeout_seconds.into(),
        "max_response_body_size" => settings.max_response_body_size.into(),
        "max_request_body_size" => settings.max_request_body_size.into(),
        "max_state_size" => settings.max_state_size.into(),
        "root" => settings.root.as_str().into(),
        "code_root" => settings.code_root.as_str().into(),
        "log_dir" => settings.log_dir.as_str().into(),
        "instance_id" => settings.instance_id.as_deref().into(),
        _ => return None,
    })
}

// Logging.

fn logged(case: &Case) -> Case {
    let asked = [
        "name",
        "format",
        "request_id",
        "function",
        "version",
        "threshold",
        "headers",
        "level",
        "text",
        "lines",
    ];
    let mut given = asking(case, &asked);
    let lines: Vec<String> = records(case).iter().map(|record| without_time(record)).collect();
    match given.get_mut("lines") {
        Some(Value::Object(summary)) => summarise(case, &lines, summary),
        _ => put(&mut given, "lines", lines),
    }
    given
}

fn records(case: &Case) -> Vec<String> {
    let log = Arc::new(CapturedLog::default());
    let (settings, _) =
        settings(&json!({ "RUNTIME_FUNC_NAME": case["function"], "RUNTIME_FUNC_VERSION": case["version"] }));
    let format = if case["format"] == "json" { LogFormat::Json } else { LogFormat::Text };
    let builder = Context::builder().settings(settings).log_format(format).log_output(log.clone());
    let builder = with_headers(builder.request_id(text(&case["request_id"])), &case["headers"]);
    let context = builder.build();
    if let Some(threshold) = case.get("threshold") {
        context.logger().set_level(text(threshold).parse().unwrap());
    }
    let message = String::from_utf8(bytes(&case["text"])).unwrap();
    let level = case["level"].as_str().map(|level| level.parse().unwrap());
    write(context.logger(), level, &message);
    log.records()
}

fn write(logger: &Logger, level: Option<Level>, message: &str) {
    match level {
        None => logger.log(message),
        Some(Level::Debug) => logger.debug(message),
        Some(Level::Info) => logger.info(message),
        Some(Level::Warn) => logger.warn(message),
        Some(Level::Error) => logger.error(message),
    }
}

/// The record with `TIME` for its time, which must be UTC with milliseconds.
fn without_time(record: &str) -> String {
    let (before, rest) = record.split_at(if record.starts_with('{') { r#"{"time":""#.len() } else { 0 });
    let shape = "0000-00-00T00:00:00.000Z";
    let (time, rest) = rest.split_at(shape.len());
    let same = |(c, s): (char, char)| if s == '0' { c.is_ascii_digit() } else { c == s };
    assert!(time.chars().zip(shape.chars()).all(same), "{time} is not a time in {record}");
    format!("{before}TIME{rest}")
}

/// What can be said of lines too long to be written down; `TIME` counts as the 24 bytes it stands for.
fn summarise(case: &Case, lines: &[String], summary: &mut Case) {
    let stripped = "0000-00-00T00:00:00.000Z".len() - "TIME".len();
    put(summary, "count", lines.len());
    put(summary, "longest", lines.iter().map(|line| line.len() + stripped).max());
    let joined: String = lines.iter().map(|line| message(case, line)).collect();
    put_bytes(summary, "joined", joined.as_bytes());
}

/// The part of the text that a line carries.
fn message(case: &Case, line: &str) -> String {
    if case["format"] == "json" {
        return text(&serde_json::from_str::<Value>(line).unwrap()["message"]).to_owned();
    }
    let level = case["level"].as_str().map_or(String::new(), |level| format!("{level} "));
    let prefix = format!("TIME {} {level}", text(&case["request_id"]));
    line.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix('\n')).unwrap().to_owned()
}

// Response.

fn replied(case: &Case) -> Case {
    let mut given = asking(case, &["name", "outcome", "max_size"]);
    let max_size = case.get("max_size").map_or(MAX_SIZE, |size| size.as_u64().unwrap());
    let (path, content_type, body) = match Reply::encode(outcome(&case["outcome"]), max_size as usize) {
        Reply::Result { body, content_type } => ("response", content_type, body),
        Reply::Error { body } => ("error", None, body),
    };
    let mut reply = Case::new();
    put(&mut reply, "path", path);
    put(&mut reply, "content_type", content_type);
    reply.extend(case.get("reply").and_then(|reply| Some(("body".to_owned(), reply.get("body")?.clone()))));
    put_bytes(&mut reply, "body", &body);
    put(&mut given, "reply", reply);
    given
}

fn outcome(outcome: &Value) -> Outcome {
    let (form, value) = outcome.as_object().and_then(|outcome| outcome.iter().next()).unwrap();
    match form.as_str() {
        "none" => Ok(Output::None),
        "text" => Ok(Output::Text(String::from_utf8(bytes(value)).unwrap())),
        "base64" => Ok(Output::Bytes(bytes(outcome).into())),
        "json" => value.clone().into_output(),
        "error" => Err(function_error(value)),
        _ => panic!("{form} is not an outcome"),
    }
}

fn function_error(error: &Value) -> FunctionError {
    let frames = error["stack_trace"].as_array().unwrap();
    let message = String::from_utf8(bytes(&error["message"])).unwrap();
    FunctionError::new(text(&error["type"]), message)
        .with_stack_trace(frames.iter().map(|frame| text(frame).to_owned()).collect())
}

/// Holds an answer to API Gateway against its contract.
fn checked(case: &Case) -> Case {
    let mut given = asking(case, &["name", "answer"]);
    let breaches = apig_breaches(&bytes(&case["answer"]));
    put(&mut given, "breaches", list(&breaches, |breach| breach.to_string().into()));
    given
}
