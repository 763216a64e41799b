"""Where handlers are that take too long."""

from __future__ import annotations

# `threading` itself is not needed by a handler that runs alone, and takes time to import.
import _thread
import sys

from ._errors import show_frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType, FrameType
    from typing import Any

    from ._native import Context, Runtime

    Stack = list[tuple[FrameType, int]]

# The core ends the wait for timeouts at once when there will be no more.
PATIENCE_SECONDS = 2.0
# A task that waits while threads are looked at may run when tasks are.
MOST_LOOKS = 10


class Watch:
    """A thread that waits for handlers which take too long, and logs where they are."""

    def __init__(self, caller: CodeType, tasks: Callable[[], Iterable[Any]]) -> None:
        """`caller` is the function that calls handlers and has their context in `context`; `tasks` are those that call it."""
        self._caller = caller
        self._tasks = tasks
        self._reporting = _thread.allocate_lock()
        # Held as long as the thread lives.
        self._living = _thread.allocate_lock()

    def start(self, runtime: Runtime) -> None:
        self._living.acquire()
        _thread.start_new_thread(self._watch, (runtime,))

    def end(self, runtime: Runtime) -> None:
        """The thread has ended when this returns: one that comes back from the core while the interpreter ends would crash."""
        runtime.stop()
        self._living.acquire(True, PATIENCE_SECONDS)
        # Should it live nevertheless, a report that is being written is finished, and there is no other.
        self._reporting.acquire()

    def _watch(self, runtime: Runtime) -> None:
        try:
            while True:
                context = runtime.next_timed_out()
                if context is None:
                    return
                with self._reporting:
                    self._report(context)
        finally:
            self._living.release()

    def _report(self, context: Context) -> None:
        lines = show_frames(self._stack_of(context.request_id))
        if lines:
            context.logger.error("\n    ".join(["the handler that takes too long is here:", *lines]))

    def _stack_of(self, request_id: str) -> Stack:
        """The handler's frames, of one of them if several were sent with this id; none if it has just ended."""
        looks = (self._look(request_id) for _ in range(MOST_LOOKS))
        return next((stack for stack in looks if stack), [])

    def _look(self, request_id: str) -> Stack:
        # Running ones come first: of a task that runs, no other frame than its own is to be had.
        for stack in [*_of_threads(), *map(_of_task, self._tasks())]:
            for depth, (frame, _) in enumerate(stack):
                if frame.f_code is self._caller and _request_id(frame) == request_id:
                    return stack[depth + 1 :]
        return []


def _request_id(frame: FrameType) -> str | None:
    # A local variable, so that invocations in time need not be entered anywhere.
    context: Context | None = frame.f_locals.get("context")
    return None if context is None else context.request_id


def _of_threads() -> Iterator[Stack]:
    for innermost in sys._current_frames().values():
        frame: FrameType | None = innermost
        stack: Stack = []
        while frame is not None:
            stack.append((frame, frame.f_lineno))
            frame = frame.f_back
        yield stack[::-1]


def _of_task(task: Any) -> Stack:
    """What it awaits, and what that awaits; `Task.get_stack` gives the outermost frame only."""
    stack: Stack = []
    awaited = task.get_coro()
    while awaited is not None:
        # Coroutines, asynchronous generators and generators.
        for prefix, following in (("cr", "await"), ("ag", "await"), ("gi", "yieldfrom")):
            if hasattr(awaited, f"{prefix}_frame"):
                frame = getattr(awaited, f"{prefix}_frame")
                awaited = getattr(awaited, f"{prefix}_{following}")
                if frame is not None:
                    stack.append((frame, frame.f_lineno))
                break
        else:
            break
    return stack
