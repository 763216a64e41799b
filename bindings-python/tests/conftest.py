"""What the tests share."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest
from http_function import HttpFunction
from mock_platform import Function

StartFunction = Callable[..., Function]
StartHttpFunction = Callable[..., HttpFunction]


@pytest.fixture
def function(tmp_path: Path) -> Iterator[StartFunction]:
    """Starts functions: of the text of index.py, or of several files."""
    yield from _starting(Function, tmp_path)


@pytest.fixture
def http_function(tmp_path: Path) -> Iterator[StartHttpFunction]:
    """The same for functions that serve HTTP."""
    yield from _starting(HttpFunction, tmp_path)


def _starting(kind: Callable[..., Any], folder: Path) -> Iterator[Callable[..., Any]]:
    started: list[Any] = []

    def start(index: str = "", files: dict[str, str] | None = None, **how: Any) -> Any:
        all_files = {"index.py": textwrap.dedent(index)} if index else {}
        all_files.update({name: textwrap.dedent(text) for name, text in (files or {}).items()})
        started.append(kind(folder, all_files, **how))
        return started[-1]

    yield start
    for one in started:
        one.close()
