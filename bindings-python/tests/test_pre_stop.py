"""What runs at the end."""

from __future__ import annotations

import sys

import pytest
from conftest import StartFunction, StartHttpFunction

SOURCE = """
import asyncio, contextvars, threading
calls = 0
loops = []

async def initializer(context):
    loops.append(asyncio.get_running_loop())

HANDLER handler(event, context):
    global calls
    calls += 1
    return calls

STOP stop(context):
    context.getLogger().info(f"stopped after {calls}")
    print(threading.current_thread() is threading.main_thread(), flush=True)
    LOOP
"""
SAME_LOOP = "print(loops == [asyncio.get_running_loop()])"
VARIABLES = {"RUNTIME_PRESTOP_HANDLER": "index.stop", "RUNTIME_INITIALIZER_HANDLER": "index.initializer"}


@pytest.mark.parametrize("concurrency", ["1", "4"])
@pytest.mark.parametrize("stop", ["def", "async def"])
@pytest.mark.parametrize("handler", ["def", "async def"])
def test_it_runs_once_over_poll(function: StartFunction, handler: str, stop: str, concurrency: str) -> None:
    source = SOURCE.replace("HANDLER", handler).replace("STOP", stop)
    is_async = stop == "async def"
    source = source.replace("LOOP", SAME_LOOP if is_async else "")
    running = function(source, variables={**VARIABLES, "FGRUNTIME_CONCURRENCY": concurrency})
    for number in (1, 2):
        assert running.ask({}).json == number
    logged, *printed = running.stop().splitlines()
    assert logged.endswith(" - INFO stopped after 2")
    assert printed == ["True"] * (1 + is_async)


def test_it_runs_over_http_after_the_last_answer(http_function: StartHttpFunction) -> None:
    running = http_function(
        SOURCE.replace("HANDLER", "def").replace("STOP", "def").replace("LOOP", ""),
        variables=VARIABLES,
    )
    assert running.ask({}).json == 1
    assert "stopped after 1" in running.stop()


def test_an_async_one_without_a_loop_before(function: StartFunction) -> None:
    running = function(
        """
        import asyncio
        def handler(event, context): pass
        async def stop(context):
            await asyncio.sleep(0)
            print("stopped")
        """,
        variables={"RUNTIME_PRESTOP_HANDLER": "index.stop"},
    )
    running.ask({})
    assert running.stop() == "stopped\n"


def test_it_runs_when_a_request_stops_the_function(http_function: StartHttpFunction) -> None:
    running = http_function(
        """
        def handler(event, context): return event
        def stop(context): print("stopped")
        """,
        variables={"RUNTIME_PRESTOP_HANDLER": "index.stop", "FGRUNTIME_CONCURRENCY": "4"},
    )
    assert running.ask(1).json == 1
    assert running.ask(None, path="/shutdown").status == 200
    assert running.process.wait() == (0, "stopped\n", "")


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_what_fails_is_logged(function: StartFunction, kind: str) -> None:
    running = function(
        f"""
        import sys
        def handler(event, context): pass
        {kind} stop(context):
            sys.exit("no")
        """,
        variables={"RUNTIME_PRESTOP_HANDLER": "index.stop"},
    )
    running.ask({})
    head, *stack = running.stop().splitlines()
    assert head.endswith(" - ERROR what was to run at the end failed: SystemExit: the code called sys.exit('no')"), head
    assert stack == ['    File "index.py", line 5, in stop', '        sys.exit("no")']


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_what_takes_too_long_is_left(function: StartFunction, kind: str) -> None:
    running = function(
        f"""
        import time
        {kind} handler(event, context): pass
        {kind} stop(context):
            print("half a line", end="")
            time.sleep(60)
        """,
        variables={"RUNTIME_PRESTOP_HANDLER": "index.stop", "PRE_STOP_TIMEOUT": "1"},
    )
    running.ask({})
    shown = running.stop()
    assert (
        "ERROR what was to run at the end did not end within 1 s (PRE_STOP_TIMEOUT); the process ends without it\n"
        in shown
    )
    assert "half a line" in shown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", "handler 'stop' not found in module './index.py'"),
        ("def stop(): pass", "pre-stop handler expect to have 1 parameter, but received 0 (index.py, line 2)"),
    ],
)
def test_what_cannot_be_called_is_told_at_the_start(function: StartFunction, source: str, text: str) -> None:
    index = "def handler(event, context): pass\n" + source
    running = function(files={"index.py": index}, variables={"RUNTIME_PRESTOP_HANDLER": "index.stop"})
    reply = running.ask({})
    assert reply.json["errorType"] == "FunctionConfigError"
    assert reply.json["errorMessage"].startswith("function pre-stop exception, error: " + text), reply
    assert running.process.wait()[0] == 1


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_from_code(function: StartFunction, kind: str) -> None:
    source = f"""
    import fgruntime
    {kind} handler(event, context): return event
    def stop(context): print("stopped", context.function_name)
    fgruntime.run(handler, on_shutdown=stop)
    print("the end")
    """
    running = function(files={"bootstrap": source}, command=[sys.executable, "bootstrap"])
    assert running.ask(1).json == 1
    assert running.stop() == "stopped test\nthe end\n"
