//! The loop's side of a transport.

use crate::context::Context;
use crate::invocation::Invocation;
use crate::replies::Replies;
use fgruntime_core::context::Context as CoreContext;
use fgruntime_core::response::FunctionError;
use fgruntime_core::runtime::{Invocation as CoreInvocation, Runtime as CoreRuntime};
use napi::bindgen_prelude::Function;
use napi::threadsafe_function::{ThreadsafeCallContext, ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Error, Result, Status};
use napi_derive::napi;
use std::sync::{Arc, OnceLock};
use std::thread::Builder;

/// Calls JavaScript from another thread. It does not keep the process alive; the loop in JavaScript knows when to.
type Call<T, A> = ThreadsafeFunction<T, (), A, Status, false, true>;

/// The process's runtime, for threads of JavaScript that did not make it.
static RUNTIME: OnceLock<CoreRuntime> = OnceLock::new();

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
        let replies = Arc::new(Replies::new(core.clone()));
        // A process has one runtime; of several the first one is watched.
        let _ = RUNTIME.set(core.clone());
        Ok(Self { core, replies })
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
        let deliver = deliver.build_threadsafe_function().weak::<true>().build_callback(convert)?;
        let (runtime, end) = (self.core.clone(), End(deliver));
        spawn("fgruntime-poll", move || {
            while let Some(invocation) = runtime.next() {
                end.0.call(Some(invocation), ThreadsafeFunctionCallMode::NonBlocking);
            }
        })
    }

    /// Answers the first invocation with the reason why there is no function, then calls `told`.
    #[napi(catch_unwind)]
    pub fn refuse(
        &self,
        error_type: String,
        message: String,
        stack_trace: Vec<String>,
        told: Function<'_, (), ()>,
    ) -> Result<()> {
        let told: Call<(), ()> =
            told.build_threadsafe_function().weak::<true>().build_callback(|_| Ok(()))?;
        let runtime = self.core.clone();
        spawn("fgruntime-refuse", move || {
            runtime.refuse(&FunctionError::new(error_type, message).with_stack_trace(stack_trace));
            told.call((), ThreadsafeFunctionCallMode::NonBlocking);
        })
    }

    /// Stops waiting for invocations.
    #[napi(catch_unwind)]
    pub fn stop(&self) {
        self.core.stop();
    }

    /// Answers what has no answer yet, because the process ends at once.
    #[napi(catch_unwind)]
    pub fn give_up(&self) {
        self.core.give_up();
    }

    /// Waits until all replies have been sent.
    #[napi(catch_unwind)]
    pub fn finish(&self) {
        self.replies.finish();
    }
}

/// Says that there will be no more invocations, however the thread that waits for them ends.
struct End(Call<Option<CoreInvocation>, Option<Invocation>>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.call(None, ThreadsafeFunctionCallMode::NonBlocking);
    }
}

/// Hands the context of every invocation that takes longer than its timeout to `deliver`, in the thread of JavaScript that asks.
#[napi(catch_unwind)]
pub fn watch_timeouts(deliver: Function<'_, Context, ()>) -> Result<()> {
    let Some(runtime) = RUNTIME.get() else { return Err(Error::from_reason("the process has no runtime")) };
    let convert = |call: ThreadsafeCallContext<CoreContext>| Ok(Context(call.value));
    let deliver: Call<CoreContext, Context> =
        deliver.build_threadsafe_function().weak::<true>().build_callback(convert)?;
    spawn("fgruntime-watch", move || {
        while let Some(context) = runtime.next_timed_out() {
            deliver.call(context, ThreadsafeFunctionCallMode::NonBlocking);
        }
    })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let thread = Builder::new().name(name.to_owned()).spawn(work);
    thread.map(drop).map_err(|error| Error::from_reason(format!("there is no thread for {name}: {error}")))
}
