//! What the end-to-end tests share: a platform that can be told to misbehave, and the programs under test.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so and ends")]

mod c_program;
mod frames;
mod go;
mod http;
mod image;
mod load;
mod node;
mod platform;
mod program;
mod python;
mod readme;
pub mod vectors;

pub use c_program::{
    WARNINGS, Watch, c_compiler, c_constant, c_folder, c_program, c_source, cpp_compiler, library,
    repository, start_c_program, succeed,
};
pub use frames::{Frame, read_frames};
pub use go::{go_program, has_go_module};
pub use http::{
    Answer, Caller, ServedFunction, began, ends_well, free_address, invocation, invocation_within, request,
    told,
};
pub use image::{Image, image};
pub use load::{Load, Tally};
pub use node::has_node_package;
pub use platform::{Platform, Received, Step};
pub use program::{
    FunctionProcess, function_program, has_program, raise_file_limit, skip, workspace_program,
};
pub use python::python_environment;
pub use readme::{assert_greets, conformance_cases, fresh_folder, readme_blocks};
