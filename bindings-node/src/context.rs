//! What a handler may ask about its invocation and its function.

use crate::logger::Logger;
use crate::text::Text;
use fgruntime_core::context::{Context as CoreContext, InvokeType};
use napi::Either;
use napi_derive::napi;

/// What a handler may ask: by the documented methods, or by properties. `lib/context.js` adds what is JavaScript's own.
#[napi]
pub struct Context(pub(crate) CoreContext);

/// Both ways to ask for the same.
macro_rules! asked {
    ($($documented:literal $method:ident, $name:literal $property:ident: $type:ty = |$context:ident| $value:expr;)*) => {
        #[napi]
        #[allow(deprecated, reason = "handlers still ask for some of it")]
        impl Context {
            $(
                #[doc = concat!("The documented method `", $documented, "`.")]
                #[napi(js_name = $documented, catch_unwind)]
                pub fn $method(&self) -> $type {
                    let $context = &self.0;
                    $value
                }

                #[doc = concat!("The same as `", $documented, "`.")]
                #[napi(getter, js_name = $name, catch_unwind)]
                pub fn $property(&self) -> $type {
                    let $context = &self.0;
                    $value
                }
            )*
        }
    };
}

asked! {
    "getRequestID" get_request_id, "requestId" request_id: Text<'_> = |context| Text::of(context.request_id());
    "getTraceID" get_trace_id, "traceId" trace_id: Text<'_> = |context| Text::of(context.trace_id());
    "getRemainingTimeInMilliSeconds" get_remaining_time, "remainingTimeInMilliSeconds" remaining_time: i64 =
        |context| context.remaining_time_in_milli_seconds().cast_signed();
    "getRunningTimeInSeconds" get_running_time, "runningTimeInSeconds" running_time: u32 =
        |context| context.running_time_in_seconds();
    "getAccessKey" get_access_key, "accessKey" access_key: Text<'_> = |context| context.access_key().into();
    "getSecretKey" get_secret_key, "secretKey" secret_key: Text<'_> = |context| context.secret_key().into();
    "getSecurityAccessKey" get_security_access_key, "securityAccessKey" security_access_key: Text<'_> =
        |context| context.security_access_key().into();
    "getSecuritySecretKey" get_security_secret_key, "securitySecretKey" security_secret_key: Text<'_> =
        |context| context.security_secret_key().into();
    "getSecurityToken" get_security_token, "securityToken" security_token: Text<'_> =
        |context| context.security_token().into();
    "getToken" get_token, "token" token: Text<'_> = |context| context.token().into();
    "getFunctionName" get_function_name, "functionName" function_name: Text<'_> = |context| Text::of(context.function_name());
    "getVersion" get_version, "version" version: Text<'_> = |context| Text::of(context.version());
    "getMemorySize" get_memory_size, "memorySize" memory_size: u32 = |context| context.memory_size();
    "getCPUNumber" get_cpu_number, "cpuNumber" cpu_number: u32 = |context| context.cpu_number();
    "getProjectID" get_project_id, "projectId" project_id: Text<'_> = |context| Text::of(context.project_id());
    "getPackage" get_package, "package" package: Text<'_> = |context| Text::of(context.package());
    "getAlias" get_alias, "alias" alias: Text<'_> = |context| context.alias().into();
    "getOriginVersionTag" get_origin_version_tag, "originVersionTag" origin_version_tag: Text<'_> =
        |context| context.origin_version_tag().into();
    "getWorkflowID" get_workflow_id, "workflowId" workflow_id: Text<'_> = |context| context.workflow_id().into();
    "getWorkflowRunID" get_workflow_run_id, "workflowRunId" workflow_run_id: Text<'_> =
        |context| context.workflow_run_id().into();
    "getWorkflowStateID" get_workflow_state_id, "workflowStateId" workflow_state_id: Text<'_> =
        |context| context.workflow_state_id().into();
    "getInvokeType" get_invoke_type, "invokeType" invoke_type: Text<'_> =
        |context| Text::of(if context.invoke_type() == InvokeType::Async { "async" } else { "sync" });
}

#[napi]
impl Context {
    /// A value of the function's user data; `undefined` if there is no such key.
    #[napi(js_name = "getUserData", catch_unwind)]
    pub fn get_user_data(&self, key: String) -> Text<'_> {
        self.0.user_data(&key).into()
    }

    /// All user data: key, value, key, value.
    #[napi(catch_unwind)]
    pub fn user_data_entries(&self) -> Vec<Text<'_>> {
        self.0.settings().user_data.iter().flat_map(|(key, value)| [Text::of(key), Text::of(value)]).collect()
    }

    /// The region, if the platform says it.
    #[napi(getter, catch_unwind)]
    pub fn region(&self) -> Text<'_> {
        self.0.region().into()
    }

    /// The instance's id, if the platform says it.
    #[napi(getter, catch_unwind)]
    pub fn instance_id(&self) -> Text<'_> {
        self.0.settings().instance_id.as_deref().into()
    }

    /// What formats no texts; `lib/context.js` makes the handlers' logger of it.
    #[napi(catch_unwind)]
    pub fn native_logger(&self) -> Logger {
        Logger(self.0.logger().clone())
    }

    /// A setting by its name in the core that is asked for seldom; `undefined` if it is not set.
    #[napi(catch_unwind)]
    pub fn setting(&self, name: String) -> Either<Text<'_>, i64> {
        let settings = self.0.settings();
        let number = |number: Option<u64>| {
            number.map_or(Either::A(Text::undefined()), |number| Either::B(number.cast_signed()))
        };
        Either::A(match name.as_str() {
            "stream_run_id" => self.0.stream_run_id().into(),
            "stream_enable" => self.0.stream_enable().into(),
            "stream_token" => self.0.stream_token().into(),
            "stream_addr" => self.0.stream_addr().into(),
            "handler" => Text::of(&settings.handler),
            "initializer" => settings.initializer.as_deref().into(),
            "pre_stop_handler" => settings.pre_stop_handler.as_deref().into(),
            "root" => Text::of(&settings.root),
            "code_root" => Text::of(&settings.code_root),
            "log_dir" => Text::of(&settings.log_dir),
            "initializer_timeout_seconds" => {
                return number(Some(settings.initializer_timeout_seconds.into()));
            }
            "pre_stop_timeout_seconds" => return number(settings.pre_stop_timeout_seconds.map(Into::into)),
            "max_response_body_size" => return number(Some(settings.max_response_body_size as u64)),
            "max_request_body_size" => return number(Some(settings.max_request_body_size as u64)),
            "max_state_size" => return number(settings.max_state_size.map(Into::into)),
            _ => Text::undefined(),
        })
    }
}
