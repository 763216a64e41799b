"""Errors of the user's code, as the platform is told of them."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType, TracebackType

INVOCATION = "function invocation exception, error: "
# A recursion without end has a thousand frames.
MOST_FRAMES = 100
MOST_CHAINED = 10

_OWN = os.path.dirname(os.path.abspath(__file__)) + os.sep
# Where the function's files are; `_program` says it.
code_root = os.getcwd()


class StartFailure(Exception):
    """Why the function cannot be called at all. The first invocation is answered with it."""

    def __init__(self, error_type: str, text: str, stack_trace: list[str] | None = None, prefix: str = "") -> None:
        super().__init__(text)
        self.error_type = error_type
        self.text = text
        self.stack_trace = stack_trace or []
        self.prefix = prefix

    def during(self, prefix: str) -> StartFailure:
        return StartFailure(self.error_type, self.text, self.stack_trace, prefix)


def flush() -> None:
    """What was printed must be out before the platform has the answer."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # Replaced by the user, or closed: there is nobody to tell.


def describe(error: BaseException) -> tuple[str, str, list[str]]:
    """Type, message and stack trace."""
    return type(error).__name__, INVOCATION + text_of(error), stack_trace(error)


def text_of(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"the code called sys.exit({error.code!r})"
    try:
        text = str(error)
    except Exception as other:
        return f"<its text cannot be told: {type(other).__name__}>"
    return text or type(error).__name__


def relative(path: str) -> str:
    """Paths are shown from the code root."""
    root = code_root + os.sep
    return path[len(root) :] if path.startswith(root) else path


def place_of(error: BaseException) -> str:
    """Where it happened in the user's code."""
    if isinstance(error, SyntaxError) and error.filename:
        # Its text ends in file and line already, but without the folder.
        return f" in {relative(error.filename)}"
    frames = _frames(error.__traceback__)
    own = [frame for frame in frames if not os.path.isabs(relative(frame[0]))] or frames
    return f" ({own[-1][0]}, line {own[-1][1]})" if own else ""


def stack_trace(error: BaseException) -> list[str]:
    """The user's frames, the innermost last, of the error and then of what led to it."""
    lines = _of_one(error)
    seen = {id(error)}
    current: BaseException | None = error
    for _ in range(MOST_CHAINED):
        current, how = _before(current)
        if current is None or id(current) in seen:
            break
        seen.add(id(current))
        lines.append(f"{how} {type(current).__name__}: {text_of(current)}")
        lines += _of_one(current)
    return lines


def _before(error: BaseException | None) -> tuple[BaseException | None, str]:
    if error is None:
        return None, ""
    if error.__cause__ is not None:
        return error.__cause__, "caused by"
    if error.__suppress_context__:
        return None, ""
    return error.__context__, "while handling"


def _of_one(error: BaseException) -> list[str]:
    lines = _shown(_frames(error.__traceback__))
    if isinstance(error, SyntaxError) and error.filename:
        lines.append(f'File "{relative(error.filename)}", line {error.lineno}')
        if error.text:
            lines.append("    " + error.text.strip())
    # The parts of an exception group.
    for number, part in enumerate(getattr(error, "exceptions", ())[:MOST_CHAINED], 1):
        if isinstance(part, BaseException):
            lines.append(f"{number}. {type(part).__name__}: {text_of(part)}")
            lines += _shown(_frames(part.__traceback__))
    return lines


def show_frames(stack: Iterable[tuple[FrameType, int]]) -> list[str]:
    """Frames with their lines, the innermost last, as in stack traces."""
    return _shown(_described(stack))


def _frames(traceback: TracebackType | None) -> list[tuple[str, int, str]]:
    stack = []
    while traceback is not None:
        stack.append((traceback.tb_frame, traceback.tb_lineno or 0))
        traceback = traceback.tb_next
    return _described(stack)


def _described(stack: Iterable[tuple[FrameType, int]]) -> list[tuple[str, int, str]]:
    """Path, line and function of the frames that are not the runtime's."""
    frames = []
    for frame, number in stack:
        path = frame.f_code.co_filename
        if not path.startswith((_OWN, "<frozen importlib", "<frozen runpy")):
            frames.append((relative(path), number, frame.f_code.co_name))
    return frames


def _shown(frames: list[tuple[str, int, str]]) -> list[str]:
    lines: list[str] = []
    half = MOST_FRAMES // 2
    if len(frames) > MOST_FRAMES:
        left_out = [f"... {len(frames) - 2 * half} frames are left out ..."]
        return _shown(frames[:half]) + left_out + _shown(frames[-half:])
    for path, number, name in frames:
        lines.append(f'File "{path}", line {number}, in {name}')
        source = _source(path, number)
        if source:
            lines.append("    " + source)
    return lines


def _source(path: str, number: int) -> str:
    try:
        from linecache import getline

        return getline(os.path.join(code_root, path), number).strip()
    except Exception:
        return ""  # The frame says enough.
