//! `fgruntime._native`: the core, as Python sees it. `python/fgruntime/_native.pyi` describes it for Python's readers.
//!
//! What is here converts; what a function does with its invocations is in the package's Python files, and what the platform
//! wants is in the core.

mod access;
mod build;
mod context;
mod event;
mod invocation;
mod logger;
mod map;
mod process;
mod runtime;
mod testing;
mod view;

use pyo3::prelude::*;

/// The module.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::build::{kind_of, loads};
    #[pymodule_export]
    use crate::context::Context;
    #[pymodule_export]
    use crate::event::Event;
    #[pymodule_export]
    use crate::invocation::{EventInvalid, Invocation};
    #[pymodule_export]
    use crate::logger::Logger;
    #[pymodule_export]
    use crate::map::TextMap;
    #[pymodule_export]
    use crate::runtime::{Runtime, Settings};
    #[pymodule_export]
    use crate::testing::make_context;
    #[pymodule_export]
    use crate::view::View;
}
