"""Functions that serve HTTP: their start, their timeouts, their end."""

from __future__ import annotations

import signal
import time
from http.client import HTTPException

import pytest
from conftest import StartHttpFunction
from http_function import HttpFunction

STUCK = """
import asyncio, threading, time
go_on = threading.Event()

def wait_for_it():
    go_on.wait(30)

async def wait_in_vain():
    await asyncio.Event().wait()

async def wait_until_told():
    while not go_on.is_set():
        await asyncio.sleep(0.01)

def stay(event, context):
    if event == "go on":
        go_on.set()
        return "on"
    wait_for_it()
    return "late"

async def async_stay(event, context):
    if event == "go on":
        go_on.set()
        return "on"
    await wait_until_told()
    return "late"
"""
SYNC_STACK = ["wait_for_it()", "go_on.wait(30)"]
ASYNC_STACK = ["await wait_until_told()", "await asyncio.sleep(0.01)"]


@pytest.mark.parametrize(
    ("name", "stack"), [("stay", SYNC_STACK), ("async_stay", ASYNC_STACK)], ids=["def", "async def"]
)
def test_a_handler_that_takes_too_long(http_function: StartHttpFunction, name: str, stack: list[str]) -> None:
    running = http_function(
        STUCK + f"handler = {name}\n", variables={"RUNTIME_TIMEOUT": "1", "FGRUNTIME_CONCURRENCY": "2"}
    )
    answer = running.ask("stay", "stuck-1")
    assert (answer.status, answer.json["errorType"]) == (504, "FunctionTimeout")
    running.process.wait_for_output("stuck-1 ERROR FunctionTimeout: ")
    running.process.wait_for_output("stuck-1 ERROR the handler that takes too long is here:")
    assert running.ask("go on", "free-1").text == "on"
    running.process.wait_for_output("stuck-1 ERROR the outcome came after the timeout")
    check_stack(running.stop().splitlines(), name, stack)


def check_stack(lines: list[str], name: str, stack: list[str]) -> None:
    title = " stuck-1 ERROR the handler that takes too long is here:"
    at = next(at for at, line in enumerate(lines) if line.endswith(title))
    shown = [line for line in lines[at + 1 :] if line.startswith("    ")]
    assert shown[0].startswith('    File "index.py", line ')
    assert shown[0].endswith(f", in {name}")
    assert [line.strip() for line in shown if not line.startswith("    File")][: len(stack)] == stack
    assert not any("fgruntime" in line for line in shown)
    assert "free-1" not in "".join(lines)


def test_an_async_handler_that_blocks_the_loop(http_function: StartHttpFunction) -> None:
    running = http_function(
        STUCK + "async def handler(event, context): stay(event, context)\n",
        variables={"RUNTIME_TIMEOUT": "1", "FGRUNTIME_CONCURRENCY": "8"},
    )
    assert running.ask("stay", "stuck-1").status == 504
    running.process.wait_for_output("the handler that takes too long is here:")
    running.process.kill()
    stack = ["async def handler(event, context): stay(event, context)", "wait_for_it()", "go_on.wait(30)"]
    check_stack(running.process.wait()[1].splitlines(), "handler", stack)


def test_the_only_handler_is_stuck_on_the_main_thread(http_function: StartHttpFunction) -> None:
    running = http_function(STUCK + "handler = stay\n", variables={"RUNTIME_TIMEOUT": "1"})
    assert running.ask("stay", "stuck-1").status == 504
    status, out, err = running.process.wait()
    assert status == 1
    assert "every handler that may run at once has been running for longer than its timeout" in err
    check_stack(out.splitlines(), "stay", SYNC_STACK)


@pytest.mark.parametrize("name", ["stay", "async_stay"])
def test_all_handlers_are_stuck(http_function: StartHttpFunction, name: str) -> None:
    running = http_function(
        STUCK + f"handler = {name}\n", variables={"RUNTIME_TIMEOUT": "1", "FGRUNTIME_CONCURRENCY": "4"}
    )
    sent = [running.send("stay", f"stuck-{number}") for number in range(4)]
    assert [future.result().status for future in sent] == [504] * 4
    status, out, _ = running.process.wait()
    assert status == 1
    # How many can be told before the process ends depends on the machine.
    assert ' ERROR the handler that takes too long is here:\n    File "index.py", line ' in out


SLOW = """
import asyncio, time

def stop(context):
    context.logger.info("stopped")

def sync(event, context):
    print("began", flush=True)
    time.sleep(event)
    return context.request_id

async def not_sync(event, context):
    print("began", flush=True)
    await asyncio.sleep(event)
    return context.request_id
"""
END = {"RUNTIME_PRESTOP_HANDLER": "index.stop"}


@pytest.mark.parametrize("name", ["sync", "not_sync"])
@pytest.mark.parametrize("concurrency", [1, 8])
def test_what_has_come_is_finished(http_function: StartHttpFunction, name: str, concurrency: int) -> None:
    running = http_function(SLOW + f"handler = {name}\n", variables={**END, "FGRUNTIME_CONCURRENCY": str(concurrency)})
    ids = [f"id-{number}" for number in range(12)]
    sent = [running.send(0.2, one) for one in ids]
    running.process.wait_for_output("began\n" * concurrency)
    running.wait_until_there(len(ids))
    status, out, err = running.process.stop()
    assert (status, err) == (0, "")
    assert [future.result().text for future in sent] == ids
    *_, last = out.splitlines()
    assert last.endswith(" - INFO stopped")
    assert out.count("stopped") == 1


@pytest.mark.parametrize("name", ["sync", "not_sync"])
@pytest.mark.parametrize("concurrency", [1, 4])
def test_a_second_signal(http_function: StartHttpFunction, name: str, concurrency: int) -> None:
    running = http_function(SLOW + f"handler = {name}\n", variables={**END, "FGRUNTIME_CONCURRENCY": str(concurrency)})
    answer = running.send(60, "lost-1")
    running.process.wait_for_output("began\n")
    running.process.process.send_signal(signal.SIGTERM)
    wait_until_it_stops(running)
    time.sleep(0.2)  # Sooner it would be the same signal.
    status, out, err = running.process.stop()
    assert status == 1
    assert "lost-1" in err
    assert "stopped" not in out
    assert answer.result().status == 503


def wait_until_it_stops(running: HttpFunction) -> None:
    """It takes no more connections, or says that it stops."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if running.health() == 503:
                return
        except (OSError, HTTPException):
            return
        time.sleep(0.005)
    raise AssertionError("it goes on")


FAILING = """
import fgruntime
def initializer(context):
    raise KeyError("db")
def stop(context):
    print("never")
def handler(event, context):
    return "never"
"""


@pytest.mark.parametrize("path", ["/init", "/invoke"])
@pytest.mark.parametrize("concurrency", ["1", "8"])
def test_an_initializer_that_fails(http_function: StartHttpFunction, path: str, concurrency: str) -> None:
    running = http_function(
        FAILING,
        variables={**END, "FGRUNTIME_CONCURRENCY": concurrency, "RUNTIME_INITIALIZER_HANDLER": "index.initializer"},
    )
    answer = running.ask({}, path=path)
    assert (answer.status, answer.json["errorType"]) == (500, "FunctionInitError")
    assert answer.json["errorMessage"] == "function initialization exception, error: KeyError: 'db'"
    assert answer.json["stackTrace"][0] == 'File "index.py", line 4, in initializer'
    status, out, err = running.process.wait()
    assert status == 1
    assert "FunctionInitError" in out
    assert "never" not in out + err


def test_a_start_that_failed_can_be_stopped(http_function: StartHttpFunction) -> None:
    running = http_function("import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n1 / 0\n")
    running.process.wait_for_output("ZeroDivisionError")
    assert running.process.stop()[0] == 5


def test_init_waits_for_the_initializer(http_function: StartHttpFunction) -> None:
    running = http_function(
        """
        import time
        def initializer(context):
            time.sleep(0.2)
            print("initialized", flush=True)
        def handler(event, context): return event
        """,
        variables={"RUNTIME_INITIALIZER_HANDLER": "index.initializer"},
    )
    assert running.ask({}, path="/init").status == 200
    running.process.wait_for_output("initialized")
    assert running.ask(7).json == 7
    assert running.stop() == "initialized\n"
