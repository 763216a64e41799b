"""Results as JSON: what `json.dumps` gives, and more types."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence, Set
from json import JSONEncoder

from ._native import Event, TextMap, View
from ._result import ResultInvalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLAIN = (str, int, float, bool, type(None))
# The walk below recurses, and results that end in themselves are found by it too.
MOST_LEVELS = 200


class _Unknown(TypeError):
    """A value that JSON has no words for."""


class _Encoder:
    """Puts JSON text that is there already (numbers of many digits, events) in its place when everything else is written.

    Python's encoder has no way to write such text as it is. The strings it is given instead cannot be anybody's data.
    """

    def __init__(self) -> None:
        self._mark = f"fgruntime-{os.urandom(16).hex()}-"
        self._texts: list[str] = []
        self._encode = JSONEncoder(allow_nan=False, default=self._default).encode

    def encode(self, value: Any) -> str:
        try:
            text = self._encode(value)
            return self._fill(text) if self._texts else text
        finally:
            if self._texts:
                self._texts = []

    def _default(self, value: Any) -> Any:
        plain = simplify(value)
        if isinstance(plain, _Written):
            self._texts.append(plain.text)
            return f"{self._mark}{len(self._texts) - 1}"
        return plain

    def _fill(self, text: str) -> str:
        first, *others = text.split(f'"{self._mark}')
        parts = [first]
        for other in others:
            number, _, rest = other.partition('"')
            parts += [self._texts[int(number)], rest]
        return "".join(parts)


class _Written:
    """A value whose JSON is known."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


_encoder = _Encoder()


def encode(value: Any) -> str:
    """The JSON of a result; `ResultInvalid` says what of it has none, and where."""
    try:
        return _encoder.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        reason, path = _culprit(value, error)
    place = f"`{path}`" if path else "the top level"
    raise ResultInvalid(f"the result cannot be written as JSON: {reason} at {place}")


def simplify(value: Any) -> Any:
    """A value as one of types nearer to JSON's."""
    if isinstance(value, Event):
        return _Written(value.to_wire())
    if isinstance(value, View):
        return _Written(value.to_json())
    if isinstance(value, TextMap):
        return {name: _one_or_all(value.get_all(name)) for name in value}
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise _Unknown(f"{type(value).__name__} is not text: decode it, or encode it with base64")
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        return _sorted(value)
    if isinstance(value, Sequence):
        return list(value)
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    return _of_module(value)


def _of_module(value: Any) -> Any:
    """Types of modules which are there if the value is."""

    def is_a(module: str, *names: str) -> bool:
        there = sys.modules.get(module)
        return there is not None and isinstance(value, tuple(getattr(there, name) for name in names))

    if is_a("datetime", "date", "time"):
        return value.isoformat()
    if is_a("datetime", "timedelta"):
        return value.total_seconds()
    if is_a("decimal", "Decimal"):
        if not value.is_finite():
            raise _Unknown(f"{value} is not a number in JSON")
        return _Written(str(value))
    if is_a("uuid", "UUID"):
        return str(value)
    if is_a("enum", "Enum"):
        return value.value
    if not isinstance(value, type) and hasattr(value, "__dataclass_fields__"):
        from dataclasses import fields

        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise _Unknown(_refusal(value))


def _refusal(value: Any) -> str:
    name = type(value).__name__
    if name == "coroutine":
        return "a coroutine, which nobody awaited, has no words in JSON: make the handler `async def`"
    return f"{name} has no words in JSON"


def _one_or_all(texts: list[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else texts


def _sorted(values: Set[Any]) -> list[Any]:
    # The order of a set differs from process to process.
    try:
        return sorted(values)
    except TypeError:
        return list(values)


def _culprit(value: Any, error: Exception) -> tuple[str, str]:
    """Why a value cannot be written, and the path to it."""
    if isinstance(error, RecursionError):
        return "its arrays and objects nest too deep", ""
    try:
        found = _find(value, "", [])
    except Exception as other:
        found = (f"{type(other).__name__}: {other}", "")
    return found or (str(error), "")


def _find(value: Any, path: str, parents: list[int]) -> tuple[str, str] | None:
    if isinstance(value, float):
        finite = value - value == 0
        return None if finite else (f"{value} is not a number in JSON", path)
    if isinstance(value, _PLAIN):
        return None
    if id(value) in parents:
        return "a value that contains itself has no end", path
    if len(parents) > MOST_LEVELS:
        return f"more than {MOST_LEVELS} levels", path
    parents.append(id(value))
    found = _find_inside(value, path, parents)
    parents.pop()
    return found


def _find_inside(value: Any, path: str, parents: list[int]) -> tuple[str, str] | None:
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, _PLAIN):
                return f"a key is {type(key).__name__}, not text", path
            found = _find(member, f"{path}.{key}" if path else str(key), parents)
            if found is not None:
                return found
        return None
    if isinstance(value, (list, tuple)):
        numbered = (_find(one, f"{path}[{index}]", parents) for index, one in enumerate(value))
        return next((found for found in numbered if found is not None), None)
    try:
        plain = simplify(value)
    except _Unknown as unknown:
        return str(unknown), path
    return None if isinstance(plain, _Written) else _find(plain, path, parents)
