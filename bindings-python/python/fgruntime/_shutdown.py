"""What runs at the end, after the last invocation."""

from __future__ import annotations

import os

from ._errors import flush, stack_trace, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._call import Call
    from ._native import Logger, Runtime


def shut_down(runtime: Runtime, call: Call, loop: Any) -> None:
    """Calls it with the context; what it fails with is logged. It may take as long as the settings say."""
    context = runtime.initializer_context()
    timer = _limit(runtime.settings.pre_stop_timeout_seconds, context.logger)
    try:
        result = call.function(context)
        if call.is_async:
            loop.run(result)
    except BaseException as error:
        head = f"what was to run at the end failed: {type(error).__name__}: {text_of(error)}"
        context.logger.error("\n    ".join([head, *stack_trace(error)]))
    finally:
        if timer is not None:
            timer.cancel()


def _limit(seconds: int | None, logger: Logger) -> Any:
    if seconds is None:
        return None
    from threading import Timer

    timer = Timer(seconds, _end_now, (seconds, logger))
    timer.daemon = True
    timer.start()
    return timer


def _end_now(seconds: int, logger: Logger) -> None:
    logger.error(
        f"what was to run at the end did not end within {seconds} s (PRE_STOP_TIMEOUT); the process ends without it"
    )
    flush()
    # It cannot be interrupted, and nobody is to wait for it.
    os._exit(0)
