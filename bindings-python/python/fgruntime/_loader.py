"""From `index.handler` to the function."""

from __future__ import annotations

import os
import sys

from ._errors import StartFailure, place_of, stack_trace, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

LOAD_ERROR = "FunctionLoadError"
CONFIG_ERROR = "FunctionConfigError"


def split(name: str, root: str) -> tuple[str, str]:
    """The file, relative to the code root and without its ending, and the function in it."""
    file, dot, function = name.rpartition(".")
    file = file.removeprefix("./")
    if not dot or not file or not function:
        raise StartFailure(CONFIG_ERROR, f"{name!r} is not FILE.FUNCTION, for example index.handler")
    if function == "py":
        raise StartFailure(CONFIG_ERROR, f"{name!r} is a file; name the function in it too, for example {file}.handler")
    found = _find(file, root)
    if found is not None:
        return found, function
    raise StartFailure(
        LOAD_ERROR,
        f"not found module './{file.replace('.', '/')}.py' in {root}; the handler is {name!r}: put the file there, or"
        f" correct the handler{_neighbours(root)}",
    )


def _find(file: str, root: str) -> str | None:
    # Both are common: folders by slashes, and packages by dots. A folder may have a dot in its own name.
    candidates = (file.replace(".", "/"), file)
    return next((candidate for candidate in candidates if _path(candidate, root) is not None), None)


def _path(file: str, root: str) -> str | None:
    for path in (os.path.join(root, file + ".py"), os.path.join(root, file, "__init__.py")):
        if os.path.isfile(path):
            return path
    return None


def _neighbours(root: str) -> str:
    names = sorted(entry for entry in os.listdir(root) if entry.endswith(".py")) if os.path.isdir(root) else []
    return _there_are(names)


def _there_are(names: list[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"; there are {', '.join(names[:10])}{more}"


def load(file: str, function: str, root: str) -> Any:
    """The function of that name in the file."""
    path = _path(file, root) or file
    try:
        module = _import(file, path)
    except StartFailure:
        raise
    except BaseException as error:
        raise StartFailure(LOAD_ERROR, _import_failure(error), stack_trace(error)) from error
    found = getattr(module, function, None)
    shown = os.path.relpath(path, root)
    if found is None:
        raise StartFailure(
            CONFIG_ERROR,
            f"handler '{function}' not found in module './{shown}'; define it there: def {function}(...)"
            f"{_functions(module)}",
        )
    if not callable(found):
        raise StartFailure(
            CONFIG_ERROR, f"'{function}' in module './{shown}' is no function but {type(found).__name__}"
        )
    return found


def _import(file: str, path: str) -> ModuleType:
    if "." in file:
        return _import_from(file.replace("/", "_").replace(".", "_"), path)
    name = file.replace("/", ".")
    __import__(name)
    module = sys.modules[name]
    loaded = getattr(module, "__file__", None)
    if loaded is None or not os.path.samefile(loaded, path):
        raise StartFailure(
            LOAD_ERROR, f"'{name}' is also the name of {loaded or 'a module of Python'}; rename the file {path}"
        )
    return module


def _import_from(name: str, path: str) -> ModuleType:
    """A file whose path cannot be the name of a module."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no module")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _import_failure(error: BaseException) -> str:
    text = f"{type(error).__name__}: {text_of(error)}{place_of(error)}"
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.partition(".")[0]
        return f"{text}; install it into the folder of the code: pip install --target . {package}"
    if isinstance(error, SystemExit):
        return f"{text}; a module that is imported must not end the process"
    return text


def _functions(module: ModuleType) -> str:
    """What is there instead."""
    names = [
        name
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]
    return _there_are(names)
