"""The handler of standard `logging`."""

from __future__ import annotations

import logging

from ._logging import current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._native import Logger

_LEVELS = (("ERROR", logging.ERROR), ("WARN", logging.WARNING), ("INFO", logging.INFO), ("DEBUG", 0))


def install(outside: Logger) -> None:
    root = logging.getLogger()
    root.addHandler(RequestHandler(outside))
    # As everywhere else, INFO is logged unless somebody asked for another level.
    root.setLevel(min(number for name, number in _LEVELS if outside.is_enabled(name)) or logging.DEBUG)


class RequestHandler(logging.Handler):
    """Writes to the log of the current invocation."""

    def __init__(self, outside: Logger) -> None:
        super().__init__()
        self._outside = outside

    def emit(self, record: logging.LogRecord) -> None:
        try:
            context = current.get()
            logger = self._outside if context is None else context.logger
            level = level_name(record.levelno)
            if logger.is_enabled(level):
                # With its traceback, in one record.
                logger.log(level, self.format(record))
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)


def level_name(number: int) -> str:
    return next((name for name, lowest in _LEVELS if number >= lowest), "DEBUG")
