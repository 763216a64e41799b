"""One invocation after another, on the main thread."""

from __future__ import annotations

from ._errors import describe, flush
from ._logging import current
from ._native import EventInvalid
from ._result import ResultInvalid, prepare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._call import Call
    from ._native import Invocation, Runtime

    Reply = tuple[Callable[[Invocation, Any], None], Any]


def serve(runtime: Runtime, call: Call) -> None:
    """Until the runtime is stopped, or this is a forked child."""
    while True:
        invocation = runtime.next()
        if invocation is None:
            return
        answer(invocation, call)
        # Otherwise it, and all that it has, would live until the next one comes.
        del invocation


def answer(invocation: Invocation, call: Call) -> None:
    send(invocation, call_handler(invocation, call))


def call_handler(invocation: Invocation, call: Call) -> Reply:
    try:
        # `_stuck` looks for this variable in the stacks of threads.
        context = invocation.context
        current.set(context)
        try:
            event = call.read(invocation)
        except EventInvalid as error:
            return fail, invalid_event(error)
        return prepare(call.function(event, context))
    except ResultInvalid as error:
        return fail, invalid_result(error)
    except BaseException as error:
        return fail, describe(error)


def fail(invocation: Invocation, error: tuple[str, str, list[str]]) -> None:
    invocation.fail(*error)


def invalid_event(error: EventInvalid) -> tuple[str, str, list[str]]:
    return "EventInvalid", str(error), []


def invalid_result(error: ValueError) -> tuple[str, str, list[str]]:
    return "FunctionResultInvalid", str(error), []


def send(invocation: Invocation, reply: Reply) -> None:
    flush()
    method, argument = reply
    try:
        method(invocation, argument)
    except ValueError as error:
        # JSON for Python, but not for everybody else.
        send(invocation, (fail, invalid_result(error)))
    except RuntimeError:
        pass  # The platform did not take it, which the core has logged, or this is a forked child.
