"""From the start of the process to its end: load, initialize, serve."""

from __future__ import annotations

import os
import sys

from . import _errors, _fork, _logging, _loop
from ._call import Call, prepare_handler, prepare_hook
from ._errors import StartFailure
from ._loader import load, split
from ._native import Runtime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    # Handler, initializer and pre-stop handler.
    Found = tuple[Callable[..., Any], Callable[..., Any] | None, Callable[..., Any] | None]

ENTRY = "function entry exception, error: "
INITIALIZATION = "function initialization exception, error: "
PRE_STOP = "function pre-stop exception, error: "


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

    def find() -> Found:
        handler = load(*split(name, root), root)
        return handler, other(settings.initializer, INITIALIZATION), other(settings.pre_stop_handler, PRE_STOP)

    def other(name: str | None, prefix: str) -> Callable[..., Any] | None:
        try:
            found: Callable[..., Any] | None = load(*split(name, root), root) if name else None
        except StartFailure as failure:
            raise failure.during(prefix) from failure.__cause__
        return found

    return _run(runtime, find)


def run_handler(
    handler: Callable[..., Any],
    initializer: Callable[..., Any] | None,
    on_shutdown: Callable[..., Any] | None,
) -> None:
    runtime = _start()
    status = 1
    if runtime is not None:
        root = runtime.settings.code_root
        _errors.code_root = os.path.abspath(root if os.path.isdir(root) else os.getcwd())
        status = _run(runtime, lambda: (handler, initializer, on_shutdown))
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
    if _runs_several(runtime):
        from ._lines import keep_lines_whole

        keep_lines_whole()
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


def _runs_several(runtime: Runtime) -> bool:
    """Where the platform decides, it is not known that it ever hands out a second one, and handlers count on the main thread."""
    return (runtime.concurrency or 1) > 1


class Function:
    """What is called, and the event loop to do so if something of it needs one."""

    def __init__(self, handler: Call, on_shutdown: Call | None, loop: Any) -> None:
        self._handler = handler
        self._on_shutdown = on_shutdown
        self._loop = loop

    def run(self, runtime: Runtime) -> None:
        owner = os.getpid()
        watch = self._watch(runtime)
        try:
            self._serve(runtime)
        finally:
            if os.getpid() == owner:
                self._end(runtime, watch)

    def _serve(self, runtime: Runtime) -> None:
        if self._handler.is_async:
            self._loop.serve(runtime, self._handler)
        elif _runs_several(runtime):
            from . import _threads

            _threads.serve(runtime, self._handler, runtime.concurrency or 1)
        else:
            _loop.serve(runtime, self._handler)

    def _watch(self, runtime: Runtime) -> Any:
        """A platform that decides how many run at once sees to timeouts too."""
        if runtime.concurrency is None:
            return None
        from ._stuck import Watch

        if self._handler.is_async:
            from ._asyncio import await_handler

            watch = Watch(await_handler.__code__, self._loop.tasks)
        else:
            watch = Watch(_loop.call_handler.__code__, list)
        watch.start(runtime)
        return watch

    def _end(self, runtime: Runtime, watch: Any) -> None:
        if watch is not None:
            watch.end(runtime)
        if self._on_shutdown is not None:
            from ._shutdown import shut_down

            if self._on_shutdown.is_async and self._loop is None:
                self._loop = _event_loop()
            _logging.current.set(None)
            shut_down(runtime, self._on_shutdown, self._loop)
        if self._loop is not None:
            self._loop.close()


def _run(runtime: Runtime, find: Callable[[], Found]) -> int:
    try:
        function = _prepare(runtime, find)
    except StartFailure as failure:
        _refuse(runtime, failure)
        return 1
    try:
        function.run(runtime)
    finally:
        _logging.current.set(None)
    return 0


def _prepare(runtime: Runtime, find: Callable[[], Found]) -> Function:
    """What is called from now on; the initializer has run."""
    handler, initializer, on_shutdown = find()
    call = prepare_handler(handler)
    initialize = None if initializer is None else prepare_hook(initializer, "initializer", INITIALIZATION)
    end = None if on_shutdown is None else prepare_hook(on_shutdown, "pre-stop handler", PRE_STOP)
    loop = None
    if call.is_async or (initialize is not None and initialize.is_async):
        loop = _event_loop()
    if initialize is not None:
        _initialize(runtime, initialize, loop)
    if loop is not None and not call.is_async and not (end is not None and end.is_async):
        loop.close()
        loop = None
    return Function(call, end, loop)


def _event_loop() -> Any:
    from ._asyncio import EventLoop

    return EventLoop()


def _initialize(runtime: Runtime, initializer: Call, loop: Any) -> None:
    try:
        result = initializer.function(runtime.initializer_context())
        if initializer.is_async:
            loop.run(result)
    except BaseException as error:
        text = f"{type(error).__name__}: {_errors.text_of(error)}"
        failure = StartFailure("FunctionInitError", text, _errors.stack_trace(error))
        raise failure.during(INITIALIZATION) from error


def _refuse(runtime: Runtime, failure: StartFailure) -> None:
    """The platform has no other way to be told than the answer to the first event."""
    message = (failure.prefix or ENTRY) + failure.text
    # Nobody knows when the first event comes.
    runtime.initializer_context().logger.error(message)
    _errors.flush()
    runtime.refuse(failure.error_type, message, failure.stack_trace)
