"""From the start of the process to its end: load, initialize, serve."""

from __future__ import annotations

import os
import sys

from . import _errors, _fork, _logging
from ._call import Call, prepare_handler, prepare_initializer
from ._errors import StartFailure
from ._loader import load, split
from ._loop import serve
from ._native import Runtime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ENTRY = "function entry exception, error: "
INITIALIZATION = "function initialization exception, error: "


def run_named(name: str) -> int:
    """Runs the handler of that name, or of the settings' if it is empty; gives the process's exit status."""
    runtime = _start()
    if runtime is None:
        return 1
    settings = runtime.settings
    name = name or settings.handler
    if not name:
        print(
            "fgruntime: no handler is named; say which, as in: python -m fgruntime index.handler",
            file=sys.stderr,
        )
        return 2
    root = _enter_code_root(settings.code_root)

    def find() -> tuple[Callable[..., Any], Callable[..., Any] | None]:
        file, function = split(name, root)
        handler = load(file, function, root)
        if not settings.initializer:
            return handler, None
        try:
            file, function = split(settings.initializer, root)
            return handler, load(file, function, root)
        except StartFailure as failure:
            raise failure.during(INITIALIZATION) from failure.__cause__

    return _run(runtime, find)


def run_handler(handler: Callable[..., Any], initializer: Callable[..., Any] | None) -> None:
    runtime = _start()
    status = 1
    if runtime is not None:
        root = runtime.settings.code_root
        _errors.code_root = os.path.abspath(root if os.path.isdir(root) else os.getcwd())
        status = _run(runtime, lambda: (handler, initializer))
    if status != 0:
        sys.exit(status)


def _start() -> Runtime | None:
    _fork.leave_signals_to_core()
    try:
        runtime = Runtime(handle_signals=True)
    except RuntimeError as error:
        print(f"fgruntime: {error}", file=sys.stderr)
        return None
    _fork.watch(runtime)
    # Lines of `print` come between the lines of the log as they were written.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(line_buffering=True)
    _logging.watch(runtime.initializer_context().logger)
    return runtime


def _enter_code_root(configured: str) -> str:
    """The folder of the function's files, which comes first on the path, as on the platform."""
    root = os.path.abspath(configured if os.path.isdir(configured) else os.getcwd())
    _errors.code_root = root
    if sys.path and sys.path[0] in ("", root, os.getcwd()):
        sys.path[0] = root
    else:
        sys.path.insert(0, root)
    return root


def _run(
    runtime: Runtime,
    find: Callable[[], tuple[Callable[..., Any], Callable[..., Any] | None]],
) -> int:
    try:
        call, loop = _prepare(runtime, find)
    except StartFailure as failure:
        _answer_first(runtime, failure)
        return 1
    try:
        if loop is None:
            serve(runtime, call)
        else:
            loop.serve(runtime, call)
    finally:
        _logging.current.set(None)
    return 0


def _prepare(
    runtime: Runtime,
    find: Callable[[], tuple[Callable[..., Any], Callable[..., Any] | None]],
) -> tuple[Call, Any]:
    """What is called for each invocation, and the event loop to do so if it needs one; the initializer has run."""
    handler, initializer = find()
    call = prepare_handler(handler)
    initialize = None if initializer is None else prepare_initializer(initializer)
    loop = None
    if call.is_async or (initialize is not None and initialize.is_async):
        from ._asyncio import EventLoop

        loop = EventLoop()
    if initialize is not None:
        _initialize(runtime, initialize, loop)
    if loop is not None and not call.is_async:
        loop.close()
        loop = None
    return call, loop


def _initialize(runtime: Runtime, initializer: Call, loop: Any) -> None:
    try:
        result = initializer.function(runtime.initializer_context())
        if initializer.is_async:
            loop.run(result)
    except BaseException as error:
        text = f"{type(error).__name__}: {_errors.text_of(error)}"
        failure = StartFailure("FunctionInitError", text, _errors.stack_trace(error))
        raise failure.during(INITIALIZATION) from error


def _answer_first(runtime: Runtime, failure: StartFailure) -> None:
    """The platform has no other way to be told than the answer to the first event."""
    message = (failure.prefix or ENTRY) + failure.text
    # Nobody knows when the first event comes.
    runtime.initializer_context().logger.error(message)
    invocation = runtime.next()
    if invocation is None:
        return
    _errors.flush()
    try:
        invocation.fail(failure.error_type, message, failure.stack_trace)
    except RuntimeError:
        pass  # The core has logged it, and the process ends either way.
