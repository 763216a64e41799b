//! The loop's side of a transport.

use crate::context::Context;
use crate::invocation::Invocation;
use crate::process;
use fgruntime_core::runtime::{Next, Runtime as CoreRuntime};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::time::Duration;

/// How long Python's own signal handlers may have to wait while there is nothing to do.
const PYTHONS_TURN: Duration = Duration::from_secs(1);

/// Waits for invocations.
#[pyclass(frozen, module = "fgruntime")]
pub(crate) struct Runtime(CoreRuntime);

#[pymethods]
impl Runtime {
    #[new]
    #[pyo3(signature = (*, handle_signals=false))]
    fn new(handle_signals: bool) -> PyResult<Self> {
        let builder = CoreRuntime::builder();
        let builder = if handle_signals { builder.handle_signals() } else { builder };
        let runtime = builder.build().map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        process::claim();
        Ok(Self(runtime))
    }

    #[getter]
    fn settings(&self) -> Settings {
        let settings = self.0.settings();
        Settings {
            handler: settings.handler.clone(),
            initializer: settings.initializer.clone(),
            code_root: settings.code_root.clone(),
            function_name: settings.function_name.clone(),
            version: settings.version.clone(),
            timeout_seconds: settings.timeout_seconds,
            initializer_timeout_seconds: settings.initializer_timeout_seconds,
        }
    }

    /// Waits for an invocation without the GIL; None once stopped, and in a forked child.
    fn next(&self, py: Python<'_>) -> PyResult<Option<Invocation>> {
        while process::is_owner() {
            match py.detach(|| self.0.next_timeout(PYTHONS_TURN)) {
                Next::Invocation(invocation) => return Ok(Some(Invocation::new(invocation))),
                Next::Stopped => return Ok(None),
                // Handlers that the user's code has for other signals run here.
                Next::TimedOut => py.check_signals()?,
            }
        }
        Ok(None)
    }

    fn stop(&self) {
        self.0.stop();
    }

    fn initializer_context(&self) -> Context {
        Context(self.0.initializer_context())
    }

    /// For forked children: from now on nothing here polls or replies.
    fn abandon(&self) {
        process::abandon();
    }
}

/// The function's settings.
#[pyclass(frozen, get_all, module = "fgruntime")]
pub(crate) struct Settings {
    handler: String,
    initializer: Option<String>,
    code_root: String,
    function_name: String,
    version: String,
    timeout_seconds: u32,
    initializer_timeout_seconds: u32,
}
