"""Standard output for several threads: `print` writes a line in pieces, between which another thread may write its own."""

from __future__ import annotations

import io
import os
import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

# What is longer goes out before its line ends.
LONGEST = io.DEFAULT_BUFFER_SIZE


def keep_lines_whole() -> None:
    """Before anybody else has the streams."""
    sys.stdout = _whole_lines(sys.stdout)
    sys.stderr = _whole_lines(sys.stderr)


def _whole_lines(stream: TextIO) -> TextIO:
    # Whoever runs the function may have replaced or closed it.
    return WholeLines(stream) if type(stream) is io.TextIOWrapper else stream


class WholeLines(io.TextIOWrapper):
    """Writes whole lines: what a thread has of one waits until it ends, or until the thread flushes."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        super().__init__(stream.buffer, stream.encoding, stream.errors, line_buffering=True)
        self._local = threading.local()

    def write(self, text: str) -> int:
        begun = self._begun()
        begun.text += text
        end = begun.text.rfind("\n") + 1 or len(begun.text) // LONGEST * LONGEST
        if end:
            line, begun.text = begun.text[:end], begun.text[end:]
            super().write(line)
        return len(text)

    def flush(self) -> None:
        self._begun().end()
        super().flush()

    def _begun(self) -> _BegunLine:
        try:
            begun: _BegunLine = self._local.begun
        except AttributeError:
            begun = self._local.begun = _BegunLine(super().write)
        return begun


class _BegunLine:
    """What one thread has of a line. Python drops it when the thread ends, and the line goes out."""

    __slots__ = ("_owner", "_write", "text")

    def __init__(self, write: Callable[[str], int]) -> None:
        self._write = write
        self._owner = os.getpid()
        self.text = ""

    def end(self) -> None:
        text, self.text = self.text, ""
        if text:
            self._write(text)

    def __del__(self) -> None:
        # In a forked child none of the parent's other threads lives on, and what they have begun is theirs.
        if os.getpid() == self._owner:
            self.end()
