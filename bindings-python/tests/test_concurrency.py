"""Several invocations at once, over each transport."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import StartFunction, StartHttpFunction

JSON = {"FGRUNTIME_LOG_FORMAT": "json"}
MANY = 64

# All wait for each other, again and again, so that they are there at once and take turns.
SYNC = """
import contextvars, logging, threading
everybody = threading.Barrier(64)
mine = contextvars.ContextVar("mine")

def initializer(context):
    mine.set("the initializer's")

def handler(event, context):
    seen = [mine.get()]
    mine.set(event)
    for step in range(5):
        everybody.wait(20)
        logging.info("%s %d", event, step)
        context.logger.info(f"{event} {step}")
        print(event, "prints", end=" ")
        print(step, mine.get())
    seen += [mine.get(), context.request_id, context.remaining_time_in_milli_seconds]
    return seen
"""
ASYNC = """
import asyncio, contextvars, logging
mine = contextvars.ContextVar("mine")
waiting = []

def initializer(context):
    mine.set("the initializer's")

async def everybody():
    here = asyncio.get_running_loop().create_future()
    waiting.append(here)
    if len(waiting) == 64:
        for other in waiting:
            other.set_result(None)
        waiting.clear()
    await here

async def handler(event, context):
    seen = [mine.get()]
    mine.set(event)
    for step in range(5):
        await everybody()
        logging.info("%s %d", event, step)
        await asyncio.sleep(0)
        context.logger.info(f"{event} {step}")
        print(event, "prints", step, mine.get())
    seen += [mine.get(), context.request_id, context.remaining_time_in_milli_seconds]
    return seen
"""


@pytest.mark.parametrize("source", [SYNC, ASYNC], ids=["def", "async def"])
def test_many_at_once_over_http(http_function: StartHttpFunction, source: str) -> None:
    variables = {**JSON, "FGRUNTIME_CONCURRENCY": str(MANY), "RUNTIME_INITIALIZER_HANDLER": "index.initializer"}
    running = http_function(source, variables=variables)
    for turn in range(2):
        ids = [f"{turn}-{number}" for number in range(MANY)]
        # Each has a deadline of its own.
        sent = [running.send(f"event {one}", one, {"X-CFF-Timeout": str(100 + at)}) for at, one in enumerate(ids)]
        for at, (one, answer) in enumerate(zip(ids, (future.result() for future in sent))):
            assert (answer.status, answer.request_id) == (200, one), answer
            *said, left = answer.json
            assert said == ["the initializer's", f"event {one}", one]
            assert (50 + at) * 1000 < left <= (100 + at) * 1000
    check_lines(running.stop(), [f"{turn}-{number}" for turn in range(2) for number in range(MANY)])


def check_lines(output: str, ids: list[str]) -> None:
    """Each request's lines are whole, in order and with its id."""
    records: dict[str, list[str]] = {}
    printed: dict[str, list[str]] = {}
    for line in output.splitlines():
        if line.startswith("{"):
            record: dict[str, Any] = json.loads(line)
            records.setdefault(record["request_id"], []).append(record["message"])
        else:
            _, one, rest = line.split(" ", 2)
            printed.setdefault(one, []).append(rest)
    assert records == {one: [f"event {one} {step}" for step in range(5) for _ in range(2)] for one in ids}
    assert printed == {one: [f"prints {step} event {one}" for step in range(5)] for one in ids}


AT_ONCE = """
import threading
everybody = threading.Barrier(4)
def handler(event, context):
    everybody.wait(20)
    print("printed by", context.request_id, end="")
    print()
    context.logger.info("logged")
    if event == "fail":
        raise ValueError(context.request_id)
    return [context.request_id, threading.current_thread() is threading.main_thread()]
"""


def test_several_at_once_over_poll(function: StartFunction) -> None:
    running = function(AT_ONCE, variables={**JSON, "FGRUNTIME_CONCURRENCY": "4"})
    ids = {running.platform.send("fine") for _ in range(40)}
    replies = [running.platform.reply() for _ in ids]
    assert {reply.request_id for reply in replies} == ids
    assert all(reply.json == [reply.request_id, False] for reply in replies)
    failing = {running.platform.send("fail") for _ in range(4)}
    replies = [running.platform.reply() for _ in failing]
    assert {reply.request_id for reply in replies} == failing
    for reply in replies:
        assert reply.json["errorMessage"].endswith(reply.request_id)
        assert reply.json["stackTrace"][0] == 'File "index.py", line 10, in handler'
    lines = running.stop().splitlines()
    assert sorted(line for line in lines if line[0] != "{") == sorted(f"printed by {one}" for one in ids | failing)
    logged = [json.loads(line)["request_id"] for line in lines if '"logged"' in line]
    assert sorted(logged) == sorted(ids | failing)


@pytest.mark.parametrize("concurrency", ["", "1"])
def test_one_at_a_time_is_on_the_main_thread(function: StartFunction, concurrency: str) -> None:
    source = AT_ONCE.replace("Barrier(4)", "Barrier(1)")
    running = function(source, variables={"FGRUNTIME_CONCURRENCY": concurrency} if concurrency else {})
    for _ in range(3):
        assert running.ask("fine").json[1] is True


def test_events_over_http_come_one_at_a_time(http_function: StartHttpFunction) -> None:
    running = http_function(
        """
        import threading
        now = 0
        def handler(event, context):
            global now
            now += 1
            try:
                return [now, threading.current_thread() is threading.main_thread(), threading.active_count()]
            finally:
                now -= 1
        """
    )
    for answer in [running.send({}) for _ in range(20)]:
        assert answer.result().json == [1, True, 1]
    assert running.stop() == ""


def test_threads_are_started_when_they_are_needed(http_function: StartHttpFunction) -> None:
    running = http_function(
        """
        import threading
        def handler(event, context):
            return threading.active_count()
        """,
        variables={"FGRUNTIME_CONCURRENCY": "64"},
    )
    # The main thread, who answers, and who waits meanwhile.
    assert [running.ask({}).json for _ in range(20)][-1] <= 4


@pytest.mark.parametrize(("kind", "sleep"), [("def", "time.sleep"), ("async def", "await asyncio.sleep")])
def test_no_more_at_once_than_may(http_function: StartHttpFunction, kind: str, sleep: str) -> None:
    running = http_function(
        f"""
        import asyncio, threading, time
        lock = threading.Lock()
        now = most = 0
        {kind} handler(event, context):
            global now, most
            with lock:
                now += 1
                most = max(most, now)
            while most < 3:
                {sleep}(0.001)
            {sleep}(0.01)
            with lock:
                now -= 1
            return most
        """,
        variables={"FGRUNTIME_CONCURRENCY": "3"},
    )
    assert [future.result().json for future in [running.send({}) for _ in range(21)]] == [3] * 21


def test_signals_are_pythons_while_threads_run(http_function: StartHttpFunction) -> None:
    running = http_function(
        """
        import os, signal, threading
        came = threading.Event()
        signal.signal(signal.SIGUSR1, lambda number, frame: came.set())
        def handler(event, context):
            os.kill(os.getpid(), signal.SIGUSR1)
            return came.wait(20)
        """,
        variables={"FGRUNTIME_CONCURRENCY": "4"},
    )
    assert running.ask({}).json is True
    assert running.stop() == ""


def test_a_signal_handler_that_ends_the_process(http_function: StartHttpFunction) -> None:
    running = http_function(
        """
        import signal, sys, time
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(3))
        def handler(event, context):
            print("began", flush=True)
            time.sleep(0.3)
            return "done"
        """,
        variables={"FGRUNTIME_CONCURRENCY": "4"},
    )
    answer = running.send({})
    running.process.wait_for_output("began")
    status, _, err = running.process.stop()
    assert (status, err) == (3, "")
    assert answer.result().text == "done"


def test_a_forked_child_of_a_thread_that_comes_back(function: StartFunction) -> None:
    running = function(
        """
        import os
        def handler(event, context):
            child = os.fork()
            if child == 0:
                return "from the child"
            return [os.waitpid(child, 0)[1], "from the parent"]
        def stop(context):
            print("stopped")
        """,
        variables={"FGRUNTIME_CONCURRENCY": "4", "RUNTIME_PRESTOP_HANDLER": "index.stop"},
    )
    for _ in range(2):
        assert running.ask({}).json == [0, "from the parent"]
    assert running.platform.is_quiet()
    assert running.stop() == "stopped\n"


def test_lines_that_threads_leave_open(http_function: StartHttpFunction) -> None:
    running = http_function(
        """
        import sys, threading
        def part(text):
            print(text, end="")
        def handler(event, context):
            print("a", end="")
            thread = threading.Thread(target=part, args=("b",))
            thread.start()
            thread.join()
            print("c", end="")
            sys.stdout.buffer.write(b"")
            print("x" * 20000, end="", file=sys.stderr)
        """,
        variables={"FGRUNTIME_CONCURRENCY": "4"},
    )
    running.ask({})
    status, out, err = running.process.stop()
    assert (status, out, err) == (0, "bac", "x" * 20000)


def test_lines_that_threads_leave_open_are_not_their_childrens(function: StartFunction) -> None:
    running = function(
        """
        import multiprocessing, threading
        both = threading.Barrier(2)
        def handler(event, context):
            if event == "print":
                print("half", end=" ")
                both.wait(20)
                both.wait(20)
                print("a line")
                return
            both.wait(20)
            child = multiprocessing.get_context("fork").Process(target=print, args=("in a child",))
            child.start()
            child.join()
            both.wait(20)
        """,
        variables={"FGRUNTIME_CONCURRENCY": "2"},
    )
    for event in ("print", "fork"):
        running.platform.send(event)
    assert [running.platform.reply().outcome for _ in range(2)] == ["response"] * 2
    assert running.stop() == "in a child\nhalf a line\n"
