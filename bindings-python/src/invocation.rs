//! One invocation, from its arrival to its one reply.

use crate::context::Context;
use crate::event::Event;
use crate::logger::lossy;
use crate::{build, process};
use fgruntime_core::event::{Kind, Limits};
use fgruntime_core::response::{FunctionError, Outcome, Output};
use fgruntime_core::runtime::Invocation as CoreInvocation;
use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

create_exception!(fgruntime, EventInvalid, PyValueError, "A payload is not JSON, or exceeds a limit.");

/// One payload with its context, to be answered once. Dropped unanswered, it is answered with `FunctionNotReplied`.
#[pyclass(frozen, module = "fgruntime")]
pub(crate) struct Invocation(Option<CoreInvocation>);

impl Invocation {
    pub(crate) fn new(invocation: CoreInvocation) -> Self {
        Self(Some(invocation))
    }

    fn get(&self) -> PyResult<&CoreInvocation> {
        self.0.as_ref().ok_or_else(|| PyRuntimeError::new_err("the invocation is over"))
    }

    fn respond(&self, py: Python<'_>, outcome: Outcome) -> PyResult<()> {
        if !process::is_owner() {
            return Err(PyRuntimeError::new_err("a forked child cannot answer its parent's invocation"));
        }
        let invocation = self.get()?;
        py.detach(|| invocation.respond(outcome)).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }
}

impl Drop for Invocation {
    fn drop(&mut self) {
        // The parent answers it; a child that says it did not would be believed.
        if !process::is_owner() {
            std::mem::forget(self.0.take());
        }
    }
}

#[pymethods]
impl Invocation {
    #[getter]
    fn context(&self) -> PyResult<Context> {
        Ok(Context(self.get()?.context().clone()))
    }

    #[getter]
    fn payload<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, self.get()?.payload()))
    }

    /// What `json.loads` gives.
    fn event<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        build::from_json(py, self.get()?.payload().clone())
    }

    /// The payload as an event of that kind, or of the one its shape shows.
    #[pyo3(signature = (kind))]
    fn typed_event<'py>(&self, py: Python<'py>, kind: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
        let kind =
            match kind {
                Some(name) => Some(Kind::from_name(name).ok_or_else(|| {
                    PyValueError::new_err(format!("there is no kind of event called {name}"))
                })?),
                None => None,
            };
        Event::read(py, kind, self.get()?.payload().clone(), &Limits::of_received())
    }

    fn respond_none(&self, py: Python<'_>) -> PyResult<()> {
        self.respond(py, Ok(Output::None))
    }

    fn respond_text(&self, text: &Bound<'_, PyAny>) -> PyResult<()> {
        let output = Output::Text(lossy(text)?);
        self.respond(text.py(), Ok(output))
    }

    fn respond_bytes(&self, py: Python<'_>, body: &[u8]) -> PyResult<()> {
        self.respond(py, Ok(Output::Bytes(bytes::Bytes::copy_from_slice(body))))
    }

    fn respond_json(&self, py: Python<'_>, json: String) -> PyResult<()> {
        let output =
            py.detach(|| Output::json(json)).map_err(|error| PyValueError::new_err(error.to_string()))?;
        self.respond(py, Ok(output))
    }

    fn fail(
        &self,
        error_type: &Bound<'_, PyAny>,
        message: &Bound<'_, PyAny>,
        stack_trace: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let stack_trace = stack_trace.iter().map(lossy).collect::<PyResult<_>>()?;
        let error = FunctionError::new(lossy(error_type)?, lossy(message)?).with_stack_trace(stack_trace);
        self.respond(message.py(), Err(error))
    }
}
