"""The runtime for functions on FunctionGraph: typed trigger events, context, logs, results, the loop around a handler.

    from fgruntime import ApigTriggerEvent, Context

    def handler(event: ApigTriggerEvent, context: Context) -> dict:
        context.logger.info("greeting")
        return {"statusCode": 200, "headers": {}, "body": "hello", "isBase64Encoded": False}

`python -m fgruntime index.handler` runs it as the platform does; `fgruntime.run(handler)` does the same from code.
"""

from __future__ import annotations

from ._native import Context, Event, EventInvalid, Logger

# As in `typing`, which takes longer to import than everything here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from . import events
    from .events import *  # noqa: F403

__all__ = ["Context", "Event", "EventInvalid", "Logger", "run"]
if TYPE_CHECKING:
    __all__ += events.__all__


def run(
    handler: Callable[[Any, Any], Any],
    *,
    initializer: Callable[[Any], Any] | None = None,
    on_shutdown: Callable[[Any], Any] | None = None,
) -> None:
    """Calls `handler(event, context)` for every invocation until the process is told to stop.

    `initializer(context)` is called once before. If it fails, or the handler cannot be called like this, the first
    invocation is answered with the reason and the process exits with status 1. `on_shutdown(context)` is called once
    after the last invocation; what it fails with is logged. Both may be `async def`, and run on the main thread.
    """
    from ._program import run_handler

    run_handler(handler, initializer, on_shutdown)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        # Functions that take plain dicts need no event class. Other names may be those of modules here.
        if name[:1].isupper():
            from . import events

            if name in events.__all__:
                return getattr(events, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    from . import events

    return [*globals(), *events.__all__]
