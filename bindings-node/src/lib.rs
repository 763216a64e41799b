//! The native module of `fgruntime`: the core, as Node sees it. `lib/native.d.ts` describes it for the package's JavaScript.
//!
//! What is here converts; what a function does with its invocations is in the package's JavaScript, and what the platform wants is
//! in the core. Every function that Node calls says `catch_unwind`, so that a panic is an exception and not the end of the process.

mod context;
mod event;
mod invocation;
mod large;
mod logger;
mod replies;
mod runtime;
mod tables;
mod testing;
mod text;
