//! The FunctionGraph runtime: everything a handler needs on Huawei Cloud FunctionGraph (and Open Telekom Cloud's).
//!
//! One invocation flows straight down: a transport brings a payload with headers, the headers become a [`Context`], the
//! handler makes an [`Outcome`](response::Outcome) of them, which becomes the one reply.
//!
//! ```no_run
//! use fgruntime_core::{ApigTriggerEvent, ApigTriggerResponse, Context, FunctionError, run};
//!
//! fn handler(event: ApigTriggerEvent, context: &Context) -> Result<ApigTriggerResponse, FunctionError> {
//!     let name = event.query_string_parameter("name").unwrap_or("world");
//!     context.logger().info(format_args!("greeting {name}"));
//!     Ok(ApigTriggerResponse::builder().header("Content-Type", "text/plain").body(format!("Hello, {name}!\n")).build())
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     run(handler)
//! }
//! ```
//!
//! This crate is blocking, knows no language but its own, and serves the bindings of all others.

mod base64;
pub mod context;
pub mod event;
pub mod json;
pub mod logging;
mod percent;
pub mod response;
pub mod runtime;
mod variables;

pub use context::Context;
pub use event::{
    ApigAuthorizerRequest, ApigTriggerEvent, AsyncDestinationEvent, ConfigEvent, CtsTriggerEvent,
    DdsTriggerEvent, DisTriggerEvent, DmsTriggerEvent, Event, EventGridEvent, GaussMongoTriggerEvent,
    IotdaTriggerEvent, KafkaTriggerEvent, LtsTriggerEvent, ObsTriggerEvent, RabbitMqTriggerEvent,
    RocketMqTriggerEvent, SmnTriggerEvent, TimerTriggerEvent,
};
pub use response::IntoOutput;
pub use response::{ApigAuthorizerResponse, ApigTriggerResponse, FunctionError, Json};
pub use runtime::{FromPayload, Function, Runtime, run};
