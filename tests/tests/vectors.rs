//! Holds the core against the vectors; `tests/vectors/README.md` describes them.
//!
//! With `FGRUNTIME_BLESS=1` the cases become those that the core gives; `cargo xtask vectors` does that.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use fgruntime_core::context::{Context, ContextBuilder, FunctionSettings, InvokeType};
use fgruntime_core::event::{Event, Finding, Kind, Limits, LtsLog, ParseError, ParseErrorKind};
use fgruntime_core::logging::{CapturedLog, Level, LogFormat, Logger};
use fgruntime_core::response::{FunctionError, IntoOutput, Outcome, Output, Reply, apig_breaches};
use fgruntime_tests::vectors::{self, Case, Reading, Refusal, bytes, bytes_value, text};
use serde_json::{Value, json};
use std::sync::Arc;

/// The response limit of cases that name none: the platform's.
const MAX_SIZE: u64 = 6 << 20;

#[test]
fn events() {
    vectors::check_or_bless("events", |case| vectors::event(case, read));
}

#[test]
fn context() {
    vectors::check_or_bless("context", asked);
}

#[test]
fn logging() {
    vectors::check_or_bless("logging", |case| vectors::logging(case, &records(case)));
}

#[test]
fn response() {
    vectors::check_or_bless("response", replied);
}

#[test]
fn error() {
    vectors::check_or_bless("error", replied);
}

#[test]
fn apig_contract() {
    vectors::check_or_bless("apig_contract", |case| {
        let breaches = apig_breaches(&bytes(&case["answer"]));
        vectors::contract(case, breaches.iter().map(ToString::to_string).collect())
    });
}

// Events.

fn read(kind: Option<&str>, payload: &[u8]) -> Result<Reading, Refusal> {
    let payload = payload.to_vec();
    let parsed = match kind {
        Some(name) => Event::parse_as(kind_of(name), payload, &Limits::default()),
        None => Event::parse(payload),
    };
    let event =
        parsed.map_err(|error| Refusal { kind: error_kind(&error), offset: error.offset() as u64 })?;
    Ok(Reading {
        kind: event.kind().name().to_owned(),
        canonical: event.to_canonical().into_bytes(),
        findings: event.findings().iter().map(finding).collect(),
        decoded: decoded(&event).into_iter().map(|(member, value)| (member.to_owned(), value)).collect(),
    })
}

fn kind_of(name: &str) -> Kind {
    Kind::from_name(name).unwrap_or_else(|| panic!("{name} is not a kind"))
}

/// What the event's accessors decode.
fn decoded(event: &Event) -> Vec<(&'static str, Value)> {
    match event {
        Event::Apig(event) => vec![("raw_body", bytes_value(None, event.raw_body()))],
        Event::Lts(event) => vec![
            ("raw_data", bytes_value(None, event.lts().raw_data())),
            ("logs", event.logs().map(log).collect()),
        ],
        Event::Dis(event) => {
            let data = event.message().records().map(|record| bytes_value(None, record.raw_data()));
            vec![("raw_data", data.collect())]
        }
        Event::Obs(event) => {
            let keys = event.records().map(|record| Value::from(record.object().decoded_key()));
            vec![("decoded_key", keys.collect())]
        }
        Event::Kafka(event) => vec![("messages", event.records().map(|r| texts(r.messages())).collect())],
        Event::RocketMq(event) => vec![("messages", event.records().map(|r| texts(r.messages())).collect())],
        Event::RabbitMq(event) => vec![("messages", event.records().map(|r| texts(r.messages())).collect())],
        _ => Vec::new(),
    }
}

fn log(log: LtsLog<'_>) -> Value {
    json!({ "message": log.message(), "time_epoch_ms": log.time_epoch_ms(), "line_no": log.line_no() })
}

fn texts<'e>(texts: impl Iterator<Item = &'e str>) -> Value {
    texts.map(Value::from).collect()
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
    let (settings, warnings) = settings(&case["variables"]);
    let builder = Context::builder().settings(settings).log_output(Arc::new(CapturedLog::default()));
    let context = with_headers(builder, &case["headers"]).build();
    let mut given = vectors::context(case, |method, expected| ask(&context, method, expected));
    if let Some(expected) = case.get("warnings").and_then(Value::as_array)
        && !are_parts(expected, &warnings)
    {
        given.insert("warnings".to_owned(), warnings.into());
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

// Responses and errors.

fn replied(case: &Case) -> Case {
    let max_size = case.get("max_size").map_or(MAX_SIZE, |size| size.as_u64().unwrap());
    match Reply::encode(outcome(&case["outcome"]), max_size as usize) {
        Reply::Result { body, content_type } => vectors::reply(case, "response", content_type, &body),
        Reply::Error { body } => vectors::reply(case, "error", None, &body),
    }
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
    let error = match error.get("type") {
        Some(error_type) => FunctionError::new(text(error_type), message),
        // As with every error that a handler passes on.
        None => FunctionError::from(message),
    };
    error.with_stack_trace(frames.iter().map(|frame| text(frame).to_owned()).collect())
}
