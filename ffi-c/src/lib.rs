//! `libfgruntime`: the core behind a stable C ABI. One file here is one section of `include/fgruntime.h`.
//!
//! Exported functions do nothing but convert: they check pointers and lengths, call the core inside a guard that turns
//! panics into a status, and hand out views and objects. What holds for all of them (NULL, threads, ownership, errors) is
//! said once, at the top of the header; see `cbindgen.toml`.

#![allow(non_camel_case_types, reason = "the names are C's")]

mod error;
mod failure;
mod guard;
mod stuck;

pub mod abi;
pub mod apig;
pub mod apig_authorizer;
pub mod apig_response;
pub mod context;
pub mod context_options;
pub mod event;
pub mod event_fields;
pub mod invocation;
pub mod logger;
pub mod map;
pub mod obs;
pub mod options;
pub mod runtime;
pub mod status;
pub mod user_data;
pub mod view;

pub use error::{fg_error, fg_error_free, fg_error_message, fg_error_offset, fg_error_status};

#[cfg(test)]
mod tests;
