"""Errors of handlers: what the platform is told, and that the process lives on."""

from __future__ import annotations

import pytest
from conftest import StartFunction

PREFIX = "function invocation exception, error: "

SOURCE = """
import sys, asyncio
from helper import load

class TableMissing(Exception):
    pass

class Unprintable(Exception):
    def __str__(self): raise ValueError("no text")

def fail(event):
    if event == "plain": raise TableMissing("orders")
    if event == "deep": load(event)
    if event == "exit": sys.exit(3)
    if event == "exit text": sys.exit("bye")
    if event == "interrupt": raise KeyboardInterrupt
    if event == "generator": raise GeneratorExit("over")
    if event == "memory": return bytearray(1 << 60)
    if event == "recursion": return fail(event)
    if event == "surrogate": raise ValueError("half \\ud800")
    if event == "unprintable": raise Unprintable
    if event == "empty": raise ValueError
    if event == "cancelled": raise asyncio.CancelledError("given up")
    if event == "from":
        try: load(event)
        except KeyError as error: raise TableMissing("orders") from error
    if event == "during":
        try: load(event)
        except KeyError: raise TableMissing("orders")
    if event == "none":
        try: load(event)
        except KeyError: raise TableMissing("orders") from None
    if event == "invalid":
        from fgruntime import Event
        Event.parse("{")
    return "fine"

KIND handler(event, context):
    return fail(event)
"""
HELPER = "def load(key):\n    return {}[key]\n"

CASES = [
    ("plain", "TableMissing", "orders"),
    ("deep", "KeyError", "'deep'"),
    ("exit", "SystemExit", "the code called sys.exit(3)"),
    ("exit text", "SystemExit", "the code called sys.exit('bye')"),
    ("interrupt", "KeyboardInterrupt", "KeyboardInterrupt"),
    ("generator", "GeneratorExit", "over"),
    ("memory", "MemoryError", "MemoryError"),
    ("recursion", "RecursionError", "maximum recursion depth exceeded"),
    ("surrogate", "ValueError", "half \ufffd"),
    ("unprintable", "Unprintable", "<its text cannot be told: ValueError>"),
    ("empty", "ValueError", "ValueError"),
    ("cancelled", "CancelledError", "given up"),
    ("invalid", "EventInvalid", ""),
]


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_errors(function: StartFunction, kind: str) -> None:
    running = function(files={"index.py": SOURCE.replace("KIND", kind), "helper.py": HELPER})
    for event, error_type, text in CASES:
        reply = running.ask(event)
        assert reply.outcome == "error", reply
        assert reply.json["errorType"] == error_type
        assert reply.json["errorMessage"].startswith(PREFIX + text), reply
        stack = reply.json["stackTrace"]
        assert stack[0].startswith('File "index.py", line ')
        assert stack[0].endswith(", in handler")
        assert not any("fgruntime" in line for line in stack if line.startswith("File"))
        assert len(stack) <= 204
        assert running.ask("on").text == "fine", event
    running.stop()


def test_stack_trace(function: StartFunction) -> None:
    running = function(files={"index.py": SOURCE.replace("KIND", "def"), "helper.py": HELPER})
    frames = [
        ('File "index.py", line 39, in handler', "    return fail(event)"),
        ('File "index.py", line 13, in fail', '    if event == "deep": load(event)'),
        ('File "helper.py", line 2, in load', "    return {}[key]"),
    ]
    assert running.ask("deep").json["stackTrace"] == [line for frame in frames for line in frame]


def test_what_led_to_an_error(function: StartFunction) -> None:
    running = function(files={"index.py": SOURCE.replace("KIND", "def"), "helper.py": HELPER})
    for event, how in (("from", "caused by KeyError: 'from'"), ("during", "while handling KeyError: 'during'")):
        stack = running.ask(event).json["stackTrace"]
        assert how in stack
        assert stack[-2] == 'File "helper.py", line 2, in load'
    assert not any("KeyError" in line for line in running.ask("none").json["stackTrace"][4:])


def test_the_text_of_an_error_is_not_shortened(function: StartFunction) -> None:
    running = function("def handler(event, context): raise ValueError('x' * 30000)")
    assert running.ask({}).json["errorMessage"] == PREFIX + "x" * 30000


def test_streams_that_the_user_closed(function: StartFunction) -> None:
    running = function(
        """
        import sys
        def handler(event, context):
            sys.stdout = None
            sys.stderr.close()
            return "fine"
        """
    )
    assert running.ask({}).text == "fine"
    assert running.ask({}).text == "fine"
    assert running.stop() == ""
