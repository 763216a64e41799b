//! Contexts for tests: what they say.

use crate::context::{self, fg_context, fg_pair};
use crate::error::fg_error;
use crate::failure::Failure;
use crate::guard;
use crate::options::{CallbackLog, copy_struct, fg_log_output};
use crate::status::fg_status;
use crate::user_data::{UserData, fg_user_data_free};
use crate::view::{array, fg_str};
use fgruntime_core::context::{Context, ContextBuilder, FunctionSettings};
use fgruntime_core::logging::LogFormat;
use std::ffi::c_void;
use std::mem::offset_of;
use std::sync::Arc;

/// What a context for tests says. Set `struct_size` to `sizeof(fg_context_options)`; all else may be zero.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct fg_context_options {
    /// `sizeof(fg_context_options)`.
    pub struct_size: usize,
    /// The invocation's id.
    pub request_id: fg_str,
    /// Headers of the invocation, for example `X-CFF-Security-Token`.
    pub headers: *const fg_pair,
    /// How many headers.
    pub header_count: usize,
    /// The user's own variables.
    pub user_data: *const fg_pair,
    /// How many of them.
    pub user_data_count: usize,
    /// What stands for the environment, such as `RUNTIME_MEMORY`: nothing is read from the real one. Since ABI 0.3.
    pub variables: *const fg_pair,
    /// How many variables.
    pub variable_count: usize,
    /// Where log records go instead of standard output. Since ABI 0.3.
    pub log_output: fg_log_output,
    /// Passed to `log_output`.
    pub log_user_data: *mut c_void,
    /// Frees `log_user_data`; runs exactly once: when the context and the last clone and logger of it are gone, or when the call that
    /// got the options fails, but for a wrong `struct_size`.
    pub log_user_data_free: fg_user_data_free,
    /// 1 writes log records as JSON. Since ABI 0.3.
    pub log_as_json: u32,
}

/// What the first version of the ABI had.
const FIRST_SIZE: usize = offset_of!(fg_context_options, variables);

/// Makes a context for tests of handlers. All texts are copied; `*out` is the caller's to free. The settings that the options do
/// not name have the defaults of a function without any. `options` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fg_context_new(
    options: *const fg_context_options,
    out: *mut *mut fg_context,
    err: *mut *mut fg_error,
) -> fg_status {
    let work = || {
        // SAFETY: the pointers are the caller's.
        unsafe {
            let options = copy_struct(options, FIRST_SIZE, "options")?;
            let builder = options.map_or_else(|| Ok(Context::builder()), |options| builder(&options))?;
            context::give(out, builder.build())
        }
    };
    // SAFETY: the pointer is the caller's.
    unsafe { guard::call(err, work) }
}

/// # Safety
/// The texts and arrays in `options` are alive.
unsafe fn builder(options: &fg_context_options) -> Result<ContextBuilder, Failure> {
    let mut builder = Context::builder();
    // First of all, so that it is freed whatever comes.
    let log_user_data = UserData::new(options.log_user_data, options.log_user_data_free);
    if let Some(write) = options.log_output {
        builder = builder.log_output(Arc::new(CallbackLog { write, user_data: log_user_data }));
    }
    if options.log_as_json != 0 {
        builder = builder.log_format(LogFormat::Json);
    }
    // SAFETY: the caller's promise.
    unsafe {
        // Before the rest: they make the settings, which have user data of their own.
        let variables = pairs(options.variables, options.variable_count, "variables")?;
        if !variables.is_empty() {
            // The last of one name, as in an environment that is set step by step.
            let find = |name: &str| variables.iter().rfind(|(known, _)| *known == name);
            let (settings, _) =
                FunctionSettings::from_variables(|name| find(name).map(|(_, value)| (*value).to_owned()));
            builder = builder.settings(settings);
        }
        if let Some(id) = options.request_id.optional("request_id")? {
            builder = builder.request_id(id);
        }
        for (name, value) in pairs(options.headers, options.header_count, "headers")? {
            builder = builder.header(name, value);
        }
        for (name, value) in pairs(options.user_data, options.user_data_count, "user_data")? {
            builder = builder.user_data(name, value);
        }
    }
    Ok(builder)
}

/// # Safety
/// As for [`array()`], and for [`fg_str::required`] of each text.
unsafe fn pairs<'v>(
    pairs: *const fg_pair,
    count: usize,
    name: &'static str,
) -> Result<Vec<(&'v str, &'v str)>, Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        let pairs: &[fg_pair] = array(pairs, count, name)?.unwrap_or_default();
        pairs.iter().map(|pair| Ok((pair.name.required(name)?, pair.value.required(name)?))).collect()
    }
}
