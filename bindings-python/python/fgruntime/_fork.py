"""Forked children: they neither poll nor reply, and what signals do to them is Python's business again."""

from __future__ import annotations

# `signal` itself makes enums of all its numbers, which takes longer than everything here.
import _signal  # type: ignore[import-not-found]
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._native import Runtime

_SIGNALS = (_signal.SIGTERM, _signal.SIGINT)


def watch(runtime: Runtime) -> None:
    def in_child() -> None:
        runtime.abandon()
        # The core's handlers would stop the parent: a pool ends its workers with SIGTERM.
        for signal in _SIGNALS:
            handler = _signal.getsignal(signal)
            if handler is not None:
                _signal.signal(signal, handler)

    os.register_at_fork(after_in_child=in_child)


def leave_signals_to_core() -> None:
    """SIGINT lets the running invocation finish, like SIGTERM, instead of interrupting it."""
    try:
        if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
            _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    except ValueError:
        pass  # Not the main thread, whose business signals are.
