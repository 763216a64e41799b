//! What a handler may ask about its invocation and its function.

use crate::logger::Logger;
use fgruntime_core::context::{Context as CoreContext, InvokeType};
use pyo3::exceptions::{PyAttributeError, PyDeprecationWarning};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::Once;

/// What a handler may ask: by the documented methods, or by properties.
#[pyclass(frozen, module = "fgruntime")]
pub(crate) struct Context(pub(crate) CoreContext);

/// Both ways to ask for the same.
macro_rules! asked {
    ($($documented:literal $method:ident $property:ident $name:literal: $type:ty = $core:ident;)* others { $($other:tt)* }) => {
        #[pymethods]
        #[allow(deprecated, reason = "handlers still ask for some of it")]
        impl Context {
            $(
                #[pyo3(name = $documented)]
                fn $method(&self) -> $type {
                    self.0.$core().into()
                }

                #[getter($name)]
                fn $property(&self) -> $type {
                    self.0.$core().into()
                }
            )*
            $($other)*
        }
    };
}

/// Tells once that a method is no longer maintained by the platform.
fn warn(py: Python<'_>, once: &'static Once, message: &std::ffi::CStr) -> PyResult<()> {
    let mut result = Ok(());
    once.call_once(|| {
        result = PyErr::warn(py, &py.get_type::<PyDeprecationWarning>(), message, 1);
    });
    result
}

asked! {
    "getRequestID" get_request_id request_id "request_id": &str = request_id;
    "getRemainingTimeInMilliSeconds" get_remaining remaining "remaining_time_in_milli_seconds": u64 = remaining_time_in_milli_seconds;
    "getSecurityAccessKey" get_security_access_key security_access_key "security_access_key": Option<&str> = security_access_key;
    "getSecuritySecretKey" get_security_secret_key security_secret_key "security_secret_key": Option<&str> = security_secret_key;
    "getSecurityToken" get_security_token security_token "security_token": Option<&str> = security_token;
    "getToken" get_token token "token": Option<&str> = token;
    "getFunctionName" get_function_name function_name "function_name": &str = function_name;
    "getRunningTimeInSeconds" get_running_time running_time "running_time_in_seconds": u32 = running_time_in_seconds;
    "getVersion" get_version version "version": &str = version;
    "getMemorySize" get_memory_size memory_size "memory_size": u32 = memory_size;
    "getCPUNumber" get_cpu_number cpu_number "cpu_number": u32 = cpu_number;
    "getProjectID" get_project_id project_id "project_id": &str = project_id;
    "getPackage" get_package package "package": &str = package;
    "getAlias" get_alias alias "alias": Option<&str> = alias;
    "getTraceID" get_trace_id trace_id "trace_id": &str = trace_id;
    "getOriginVersionTag" get_origin_version_tag origin_version_tag "origin_version_tag": Option<&str> = origin_version_tag;
    "getWorkflowID" get_workflow_id workflow_id "workflow_id": Option<&str> = workflow_id;
    "getWorkflowRunID" get_workflow_run_id workflow_run_id "workflow_run_id": Option<&str> = workflow_run_id;
    "getWorkflowStateID" get_workflow_state_id workflow_state_id "workflow_state_id": Option<&str> = workflow_state_id;

    others {
    #[pyo3(name = "getAccessKey")]
    fn get_access_key(&self, py: Python<'_>) -> PyResult<Option<&str>> {
        static ONCE: Once = Once::new();
        warn(py, &ONCE, c"getAccessKey is deprecated: use getSecurityAccessKey")?;
        Ok(self.0.access_key())
    }

    #[pyo3(name = "getSecretKey")]
    fn get_secret_key(&self, py: Python<'_>) -> PyResult<Option<&str>> {
        static ONCE: Once = Once::new();
        warn(py, &ONCE, c"getSecretKey is deprecated: use getSecuritySecretKey")?;
        Ok(self.0.secret_key())
    }

    #[pyo3(name = "getUserData", signature = (key, default=None))]
    fn get_user_data<'py>(
        &self,
        py: Python<'py>,
        key: &str,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match self.0.user_data(key) {
            Some(value) => Ok(value.into_pyobject(py)?.into_any()),
            None => Ok(default.unwrap_or_else(|| py.None().into_bound(py))),
        }
    }

    #[getter]
    fn user_data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let data = PyDict::new(py);
        for (key, value) in self.0.settings().user_data.iter() {
            data.set_item(key, value)?;
        }
        Ok(data)
    }

    #[pyo3(name = "getLogger")]
    fn get_logger(&self) -> Logger {
        Logger(self.0.logger().clone())
    }

    #[getter]
    fn logger(&self) -> Logger {
        self.get_logger()
    }

    #[pyo3(name = "getInvokeType")]
    fn get_invoke_type(&self) -> &'static str {
        if self.0.invoke_type() == InvokeType::Async { "async" } else { "sync" }
    }

    #[getter]
    fn invoke_type(&self) -> &'static str {
        self.get_invoke_type()
    }

    #[getter]
    fn region(&self) -> Option<&str> {
        self.0.region()
    }

    /// A setting by its name in the core, and what is asked for seldom.
    fn settings_value<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let settings = self.0.settings();
        let text = |text: Option<&str>| Ok(text.into_pyobject(py)?.into_any());
        let number = |number: Option<u64>| Ok(number.into_pyobject(py)?.into_any());
        match name {
            "access_key" => text(self.0.access_key()),
            "secret_key" => text(self.0.secret_key()),
            "stream_run_id" => text(self.0.stream_run_id()),
            "stream_enable" => text(self.0.stream_enable()),
            "stream_token" => text(self.0.stream_token()),
            "stream_addr" => text(self.0.stream_addr()),
            "handler" => text(Some(&settings.handler)),
            "initializer" => text(settings.initializer.as_deref()),
            "initializer_timeout_seconds" => number(Some(settings.initializer_timeout_seconds.into())),
            "pre_stop_handler" => text(settings.pre_stop_handler.as_deref()),
            "pre_stop_timeout_seconds" => number(settings.pre_stop_timeout_seconds.map(Into::into)),
            "max_response_body_size" => number(Some(settings.max_response_body_size as u64)),
            "max_request_body_size" => number(Some(settings.max_request_body_size as u64)),
            "max_state_size" => number(settings.max_state_size.map(Into::into)),
            "root" => text(Some(&settings.root)),
            "code_root" => text(Some(&settings.code_root)),
            "log_dir" => text(Some(&settings.log_dir)),
            "instance_id" => text(settings.instance_id.as_deref()),
            _ => Err(PyAttributeError::new_err(format!("there is no setting {name}"))),
        }
    }

    fn __repr__(&self) -> String {
        format!("<fgruntime.Context {}>", self.0.request_id())
    }
    }
}
