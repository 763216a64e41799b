//! Contexts for tests of handlers.

use crate::context::Context;
use fgruntime_core::context::{Context as CoreContext, FunctionSettings};
use fgruntime_core::logging::{LogFormat, LogOutput};
use napi_derive::napi;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps log records.
#[napi]
#[derive(Default)]
pub struct CapturedLines(Arc<Lines>);

#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl LogOutput for Lines {
    fn write(&self, record: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(record.to_owned());
    }
}

#[napi]
impl CapturedLines {
    /// No records yet.
    #[napi(constructor, catch_unwind)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The records since it was asked last.
    #[napi(catch_unwind)]
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a context for tests is made of.
#[napi(object)]
pub struct ContextOptions {
    /// The invocation's id.
    pub request_id: String,
    /// The invocation's headers: name, value, name, value.
    pub headers: Vec<String>,
    /// What stands for the environment.
    pub variables: HashMap<String, String>,
    /// User data besides that of the variables.
    pub user_data: HashMap<String, String>,
    /// `text` or `json`.
    pub log_format: String,
}

/// A context for tests.
#[napi(catch_unwind)]
pub fn make_context(options: ContextOptions, log: &CapturedLines) -> Context {
    let (settings, _) = FunctionSettings::from_variables(|name| options.variables.get(name).cloned());
    let mut builder = CoreContext::builder().request_id(options.request_id).settings(settings);
    for [name, value] in options.headers.as_chunks().0 {
        builder = builder.header(name, value);
    }
    for (key, value) in options.user_data {
        builder = builder.user_data(key, value);
    }
    let format = if options.log_format == "json" { LogFormat::Json } else { LogFormat::Text };
    Context(builder.log_output(log.0.clone()).log_format(format).build())
}
