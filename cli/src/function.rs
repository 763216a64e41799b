//! Which function is invoked: its program, or the sources it is built from, and its handler setting.

use crate::args::InvokeArgs;
use crate::emulator::Runtime;
use crate::go::Source;
use crate::language;
use crate::program::{BOOTSTRAP, Program, ProgramError};
use std::path::Path;

/// What the platform's documents call the program of a function in Go.
const GO_HANDLER: &str = "handler";
/// What they have for the handler where there is none to name.
const NO_HANDLER: &str = "-";
const DEFAULT_HANDLER: &str = "index.handler";

/// The function as the arguments tell it.
pub(crate) struct Function {
    pub(crate) runtime: Runtime,
    pub(crate) start: Start,
    /// Its handler setting.
    pub(crate) handler: String,
}

/// What to start.
pub(crate) enum Start {
    /// A program that is there.
    Program(Program),
    /// One that is to be built.
    Source(Source),
}

impl Function {
    pub(crate) fn of(args: &InvokeArgs) -> Result<Self, ProgramError> {
        let setting = args.handler.as_deref();
        let path = args.path.as_deref().unwrap_or(Path::new("."));
        let runtime = args.runtime.unwrap_or(Runtime::Custom);
        let of_program = |(program, handler)| Self { runtime, start: Start::Program(program), handler };
        if let Some((name, arguments)) = args.command.split_first() {
            let program = Program::command(name, arguments)?;
            return Ok(of_program((program, setting.unwrap_or(runtime.default_handler()).to_owned())));
        }
        if let Some(source) = go_source(path, args)? {
            let runtime = args.runtime.unwrap_or(Runtime::Go1x);
            let handler = setting.unwrap_or(runtime.default_handler()).to_owned();
            return Ok(Self { runtime, start: Start::Source(source), handler });
        }
        match runtime {
            Runtime::Go1x => go_program(path, setting),
            Runtime::Custom | Runtime::Container | Runtime::Http => program(path, runtime, setting),
        }
        .map(of_program)
    }
}

impl Runtime {
    /// The handler setting of a function for which nobody says it.
    fn default_handler(self) -> &'static str {
        match self {
            Self::Custom => DEFAULT_HANDLER,
            Self::Go1x => GO_HANDLER,
            Self::Container | Self::Http => NO_HANDLER,
        }
    }

    /// What a program is called that is built for the runtime.
    pub(crate) fn built_name(self) -> &'static str {
        match self {
            Self::Go1x => GO_HANDLER,
            Self::Custom | Self::Container | Self::Http => BOOTSTRAP,
        }
    }
}

/// The sources in Go at that path, unless it is a folder that has the program already.
fn go_source(path: &Path, args: &InvokeArgs) -> Result<Option<Source>, ProgramError> {
    let program = match args.runtime {
        Some(Runtime::Go1x) => args.handler.as_deref().unwrap_or(GO_HANDLER),
        _ => BOOTSTRAP,
    };
    if path.join(program).is_file() { Ok(None) } else { Source::at(path) }
}

/// What is started for a path, and the function's handler setting.
fn program(path: &Path, runtime: Runtime, setting: Option<&str>) -> Result<(Program, String), ProgramError> {
    if let Some(language) = language::of(path) {
        let handler = language::handler(path, setting);
        return Ok((language.program(path, &handler)?, handler));
    }
    let program =
        if runtime == Runtime::Http { Program::of_http_function(path)? } else { Program::at(path)? };
    Ok((program, setting.unwrap_or(runtime.default_handler()).to_owned()))
}

/// The Go 1.x runtime starts the program that has the name of the handler.
fn go_program(path: &Path, setting: Option<&str>) -> Result<(Program, String), ProgramError> {
    let program = if path.is_dir() {
        Program::at(&path.join(setting.unwrap_or(GO_HANDLER)))?
    } else {
        Program::at(path)?
    };
    let name = program.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((program, setting.map_or(name, str::to_owned)))
}
