//! The loop's side of a transport.

use crate::context::Context;
use crate::invocation::Invocation;
use crate::logger::lossy;
use crate::process;
use fgruntime_core::response::FunctionError;
use fgruntime_core::runtime::{Next, Runtime as CoreRuntime};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
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
            pre_stop_handler: settings.pre_stop_handler.clone(),
            pre_stop_timeout_seconds: settings.pre_stop_timeout_seconds,
        }
    }

    /// How many invocations run at once; None where the platform decides.
    #[getter]
    fn concurrency(&self) -> Option<usize> {
        self.0.concurrency()
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

    /// Answers the first invocation with the reason why there is no function. The process must end then.
    fn refuse(
        &self,
        error_type: &Bound<'_, PyAny>,
        message: &Bound<'_, PyAny>,
        stack_trace: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let py = message.py();
        let stack_trace = stack_trace.iter().map(lossy).collect::<PyResult<_>>()?;
        let error = FunctionError::new(lossy(error_type)?, lossy(message)?).with_stack_trace(stack_trace);
        if !process::is_owner() {
            return Ok(());
        }
        let is_told = Arc::new(AtomicBool::new(false));
        // Nobody knows when the first invocation comes, and meanwhile handlers that the user's code has for signals run here.
        let (runtime, tells, waits) = (self.0.clone(), is_told.clone(), thread::current());
        thread::Builder::new().name("fgruntime-refuse".to_owned()).spawn(move || {
            runtime.refuse(&error);
            tells.store(true, Ordering::Release);
            waits.unpark();
        })?;
        while !is_told.load(Ordering::Acquire) {
            py.detach(|| thread::park_timeout(PYTHONS_TURN));
            py.check_signals()?;
        }
        Ok(())
    }

    /// Waits without the GIL for the next handler that takes too long; None once there will be no more.
    fn next_timed_out(&self, py: Python<'_>) -> Option<Context> {
        py.detach(|| self.0.next_timed_out()).map(Context)
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
    pre_stop_handler: Option<String>,
    pre_stop_timeout_seconds: Option<u32>,
}
