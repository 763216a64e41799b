//! The loop's side of a transport.

use crate::context::Context;
use crate::invocation::Invocation;
use crate::replies::Replies;
use fgruntime_core::runtime::{Invocation as CoreInvocation, Runtime as CoreRuntime};
use napi::bindgen_prelude::Function;
use napi::threadsafe_function::{ThreadsafeCallContext, ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Error, Result, Status};
use napi_derive::napi;
use std::sync::Arc;
use std::thread::Builder;

/// Calls JavaScript with an invocation, or with nothing when there will be no more. It does not keep the process alive; the loop in
/// JavaScript knows when to.
type Deliver = ThreadsafeFunction<Option<CoreInvocation>, (), Option<Invocation>, Status, false, true>;

/// Waits for invocations.
#[napi]
pub struct Runtime {
    core: CoreRuntime,
    replies: Arc<Replies>,
}

#[napi]
impl Runtime {
    /// The runtime of the function that the environment describes. SIGTERM and SIGINT stop it.
    #[napi(constructor, catch_unwind)]
    pub fn new() -> Result<Self> {
        let core = CoreRuntime::builder().handle_signals().build();
        let core = core.map_err(|error| Error::from_reason(error.to_string()))?;
        Ok(Self { core, replies: Arc::default() })
    }

    /// What an initializer may ask; also the log of what belongs to no invocation.
    #[napi(catch_unwind)]
    pub fn initializer_context(&self) -> Context {
        Context(self.core.initializer_context())
    }

    /// Hands every invocation to `deliver`, then `null`, once the runtime is stopped. A thread of its own waits for them: on one of
    /// libuv's few it would be in the way of files, names and keys.
    #[napi(catch_unwind)]
    pub fn start(&self, deliver: Function<'_, Option<Invocation>, ()>) -> Result<()> {
        let replies = self.replies.clone();
        let convert = move |call: ThreadsafeCallContext<Option<CoreInvocation>>| {
            Ok(call.value.map(|invocation| Invocation::new(invocation, replies.clone())))
        };
        let deliver: Deliver = deliver.build_threadsafe_function().weak::<true>().build_callback(convert)?;
        let (runtime, end) = (self.core.clone(), End(deliver));
        let poll = move || {
            while let Some(invocation) = runtime.next() {
                end.0.call(Some(invocation), ThreadsafeFunctionCallMode::NonBlocking);
            }
        };
        let thread = Builder::new().name("fgruntime-poll".into()).spawn(poll);
        thread
            .map(drop)
            .map_err(|error| Error::from_reason(format!("there is no thread to wait for events: {error}")))
    }

    /// Stops waiting for invocations.
    #[napi(catch_unwind)]
    pub fn stop(&self) {
        self.core.stop();
    }

    /// Waits until all replies have been sent.
    #[napi(catch_unwind)]
    pub fn finish(&self) {
        self.replies.finish();
    }
}

/// Says that there will be no more invocations, however the thread that waits for them ends.
struct End(Deliver);

impl Drop for End {
    fn drop(&mut self) {
        self.0.call(None, ThreadsafeFunctionCallMode::NonBlocking);
    }
}
