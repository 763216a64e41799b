"""What a handler returned, as what is sent."""

from __future__ import annotations

from ._native import Invocation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class ResultInvalid(ValueError):
    """JSON cannot say a result."""


def _respond_none(invocation: Invocation, _nothing: None) -> None:
    invocation.respond_none()


def prepare(result: Any) -> tuple[Callable[[Invocation, Any], None], Any]:
    """The method that responds, and its argument."""
    if result is None:
        return _respond_none, None
    if isinstance(result, str):
        return Invocation.respond_text, result
    if isinstance(result, (bytes, bytearray, memoryview)):
        return Invocation.respond_bytes, bytes(result)
    return Invocation.respond_json, _encode(result)


def _encode_first(result: Any) -> str:
    """Imports `json` when the first result needs it, not before the first event."""
    global _encode
    from ._json import encode

    _encode = encode
    return encode(result)


_encode: Callable[[Any], str] = _encode_first
