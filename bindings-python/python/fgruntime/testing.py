"""For tests of handlers: sample events, contexts, and the log that a handler wrote.

from fgruntime.testing import CapturedLog, make_context, sample_event
import index

def test_greets():
    log = CapturedLog()
    event = sample_event("apig", **{"queryStringParameters.name": "Ada"})
    answer = index.handler(event, make_context(log=log, user_data={"GREETING": "Hello"}))
    assert answer["body"] == "Hello, Ada!"
    assert log.messages == ["greeting Ada"]
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

from ._native import Event
from ._native import make_context as _make_context

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ._native import Context

__all__ = ["CapturedLog", "LogRecord", "make_context", "sample_event"]

E = TypeVar("E", bound=Event)


@overload
def sample_event(kind: str, **overrides: Any) -> dict[str, Any]: ...
@overload
def sample_event(kind: type[E], **overrides: Any) -> E: ...
def sample_event(kind: str | type[E], **overrides: Any) -> dict[str, Any] | E:
    """An event of that kind, as a handler without annotation gets it; of an event class, the typed event.

    `overrides` replace members of the event by their names in JSON. A name with dots reaches further in, as with
    `fgruntime invoke --set`: `**{"records.0.topic_id": "orders"}`.
    """
    name = kind if isinstance(kind, str) else str(getattr(kind, "_kind", ""))
    sample = files(__package__) / "samples" / f"{name}.json"
    if not name or not sample.is_file():
        raise ValueError(f"there is no sample event {name!r}; there are {', '.join(_kinds())}")
    event: dict[str, Any] = json.loads(sample.read_bytes())
    for path, value in overrides.items():
        _override(event, path, value)
    if isinstance(kind, str):
        return event
    return kind.parse(json.dumps(event))


def _kinds() -> list[str]:
    entries = (files(__package__) / "samples").iterdir()
    return sorted(entry.name[: -len(".json")] for entry in entries if entry.name.endswith(".json"))


def _override(event: Any, path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for step in parents:
        event = event[int(step)] if isinstance(event, list) else event.setdefault(step, {})
    event[int(last) if isinstance(event, list) else last] = value


class LogRecord(NamedTuple):
    """One record of a log. Without a level it counts as INFO."""

    level: str
    message: str
    request_id: str


class CapturedLog:
    """What a handler wrote with `context.getLogger()`, for `make_context(log=...)`."""

    def __init__(self) -> None:
        self.records: list[LogRecord] = []

    def __call__(self, line: str) -> None:
        record = json.loads(line)
        self.records.append(LogRecord(record["level"], record["message"], record["request_id"]))

    @property
    def messages(self) -> list[str]:
        """The texts of the records."""
        return [record.message for record in self.records]

    def __contains__(self, text: str) -> bool:
        return any(text in message for message in self.messages)

    def __iter__(self) -> Iterator[LogRecord]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


def make_context(
    request_id: str = "test-request",
    *,
    function_name: str = "test",
    version: str = "latest",
    package: str = "default",
    project_id: str = "test-project",
    timeout_seconds: int = 30,
    memory_size: int = 256,
    log_level: str = "DEBUG",
    user_data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    log: CapturedLog | None = None,
) -> Context:
    """A context for calling a handler in a test.

    `headers` are those of the invocation, such as `X-CFF-Security-Access-Key`. `variables` stand for the environment, such
    as `RUNTIME_CPU`; nothing is read from the real one.
    """
    settings = {
        "RUNTIME_FUNC_NAME": function_name,
        "RUNTIME_FUNC_VERSION": version,
        "RUNTIME_PACKAGE": package,
        "RUNTIME_PROJECT_ID": project_id,
        "RUNTIME_TIMEOUT": str(timeout_seconds),
        "RUNTIME_MEMORY": str(memory_size),
    }
    context = _make_context(
        request_id,
        headers=dict(headers or {}),
        user_data=dict(user_data or {}),
        variables={**settings, **(variables or {})},
        log_output=CapturedLog() if log is None else log,
        log_format="json",
    )
    context.getLogger().setLevel(log_level)
    return context
