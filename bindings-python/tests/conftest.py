"""What the tests share."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest
from mock_platform import Function

StartFunction = Callable[..., Function]


@pytest.fixture
def function(tmp_path: Path) -> Iterator[StartFunction]:
    """Starts functions: of the text of index.py, or of several files."""
    started: list[Function] = []

    def start(index: str = "", files: dict[str, str] | None = None, **how: Any) -> Function:
        all_files = {"index.py": textwrap.dedent(index)} if index else {}
        all_files.update({name: textwrap.dedent(text) for name, text in (files or {}).items()})
        started.append(Function(tmp_path, all_files, **how))
        return started[-1]

    yield start
    for one in started:
        one.close()
