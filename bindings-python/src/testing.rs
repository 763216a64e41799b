//! Contexts for tests of handlers.

use crate::context::Context;
use fgruntime_core::context::{Context as CoreContext, FunctionSettings};
use fgruntime_core::logging::{LogFormat, LogOutput};
use pyo3::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Hands log records to a callable.
struct Callable(Py<PyAny>);

impl LogOutput for Callable {
    fn write(&self, record: &str) {
        // What goes wrong in it has nowhere to be told but where Python tells such things.
        Python::attach(|py| {
            if let Err(error) = self.0.call1(py, (record,)) {
                error.write_unraisable(py, Some(self.0.bind(py)));
            }
        });
    }
}

/// A context for tests. `variables` stand for the environment.
#[pyfunction]
#[pyo3(signature = (request_id="", *, headers=None, user_data=None, variables=None, log_output=None, log_format="text"))]
pub(crate) fn make_context(
    request_id: &str,
    headers: Option<&Bound<'_, PyAny>>,
    user_data: Option<HashMap<String, String>>,
    variables: Option<HashMap<String, String>>,
    log_output: Option<Py<PyAny>>,
    log_format: &str,
) -> PyResult<Context> {
    let mut builder = CoreContext::builder().request_id(request_id);
    if let Some(variables) = variables {
        let (settings, _) = FunctionSettings::from_variables(|name| variables.get(name).cloned());
        builder = builder.settings(settings);
    }
    for (name, value) in pairs(headers)? {
        builder = builder.header(name, value);
    }
    for (key, value) in user_data.unwrap_or_default() {
        builder = builder.user_data(key, value);
    }
    if let Some(output) = log_output {
        builder = builder.log_output(Arc::new(Callable(output)));
    }
    let format = if log_format == "json" { LogFormat::Json } else { LogFormat::Text };
    Ok(Context(builder.log_format(format).build()))
}

/// A dict or a list of pairs.
fn pairs(headers: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<(String, String)>> {
    let Some(headers) = headers else { return Ok(Vec::new()) };
    match headers.call_method0("items") {
        Ok(items) => items.try_iter()?.map(|item| item?.extract()).collect(),
        Err(_) => headers.try_iter()?.map(|item| item?.extract()).collect(),
    }
}
