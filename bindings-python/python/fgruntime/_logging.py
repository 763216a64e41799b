"""Standard `logging` goes to the log of the request that it happens in."""

from __future__ import annotations

import sys
from contextvars import ContextVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from ._native import Context, Logger

# What runs for an invocation finds its context here: the handler, its tasks, threads that run in a copy of its context.
current: ContextVar[Context | None] = ContextVar("fgruntime", default=None)


def watch(outside: Logger) -> None:
    """Records of no invocation go to `outside`."""
    if "logging" in sys.modules:
        _install(outside)
    else:
        sys.meta_path.insert(0, _WhenImported(outside))


def _install(outside: Logger) -> None:
    from ._log_handler import install

    install(outside)


class _WhenImported:
    """Waits for the first `import logging`.

    Importing it here would delay the first event of functions that never use it, by more than everything else here. After
    the user's module has been imported it is too late: `logging.basicConfig` in it would have made a handler of its own.
    """

    def __init__(self, outside: Logger) -> None:
        self._outside = outside

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        from importlib.machinery import PathFinder

        spec = PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            _install(self._outside)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
