"""The examples, with the cases that the examples of every language have."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
import vectors
from fgruntime.testing import sample_event
from mock_platform import Function

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import StartFunction

REPOSITORY = vectors.FOLDER.parents[1]
CASES = json.loads((REPOSITORY / "tests/conformance/expected.json").read_bytes())


def event_of(arguments: list[str]) -> dict[str, Any]:
    """The event that `fgruntime invoke` makes of these arguments: values are JSON if they can be read so."""
    assert arguments[0] == "-e"
    changes: dict[str, Any] = {}
    for option, change in zip(arguments[2::2], arguments[3::2]):
        assert option == "--set"
        path, _, value = change.partition("=")
        try:
            changes[path] = json.loads(value)
        except ValueError:
            changes[path] = value
    return sample_event(arguments[1], **changes)


@pytest.mark.parametrize("example", ["apig", "timer", "kafka"])
def test_an_example(function: StartFunction, tmp_path: Path, example: str) -> None:
    shutil.copy(REPOSITORY / f"examples/python/{example}.py", tmp_path)
    running = function(arguments=f"{example}.handler", variables={"FGRUNTIME_LOG_FORMAT": "json"})
    cases = [case for case in CASES if case["example"] == example]
    expected = []
    for number, case in enumerate(cases):
        reply = running.ask(event_of(case["arguments"]), f"id-{number}")
        assert reply.outcome == "response"
        assert reply.text == case["function_output"]
        expected += [(f"id-{number}", line) for line in case["log"]]
    records = [json.loads(line) for line in running.stop().splitlines()]
    assert [(one["request_id"], f"{one['level']} {one['message']}") for one in records] == expected


def test_the_example_with_asyncio(function: StartFunction, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "examples/python/asyncio_apig.py", tmp_path)
    running = function(arguments="asyncio_apig.handler")
    reply = running.ask(sample_event("apig"), "id-1")
    body = reply.json["body"]
    assert body == "Hello, FunctionGraph! Found the language of FunctionGraph and the greeting of FunctionGraph.\n"
    assert "id-1 INFO looked up the language of FunctionGraph" in running.stop()


def test_the_bootstrap(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "examples/python/bootstrap", tmp_path)
    running = Function(tmp_path, {}, command=[sys.executable, "bootstrap"])
    assert running.ask({"a": 1}).json == {"received": {"a": 1}}
    assert "INFO got dict" in running.stop()
