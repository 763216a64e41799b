"""Processes, signals, and memory."""

from __future__ import annotations

import signal
import sys
import time

import pytest
from conftest import StartFunction

POOL = """
import logging, multiprocessing, os, sys

def square(number):
    return number * number

def handler(event, context):
    method = multiprocessing.get_context(event)
    with method.Pool(2) as pool:
        result = pool.map(square, range(5))
    process = method.Process(target=print, args=("in a child",))
    process.start()
    process.join()
    return [result, process.exitcode]
"""


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_multiprocessing(function: StartFunction, kind: str, method: str) -> None:
    running = function(POOL.replace("def handler", f"{kind} handler"))
    for _ in range(2):
        assert running.ask(method).json == [[0, 1, 4, 9, 16], 0]
    assert running.platform.is_quiet()
    # The parent has not been stopped by the signals of its pool.
    assert running.ask(method).json == [[0, 1, 4, 9, 16], 0]
    assert running.stop() == "in a child\n" * 3


def test_multiprocessing_from_a_thread(function: StartFunction) -> None:
    running = function(
        """
        import multiprocessing
        from concurrent.futures import ThreadPoolExecutor

        def cube(number):
            return number ** 3

        def work():
            with multiprocessing.get_context("fork").Pool(1) as pool:
                return pool.map(cube, [1, 2])

        def handler(event, context):
            with ThreadPoolExecutor(2) as threads:
                return [threads.submit(work).result() for _ in range(2)]
        """
    )
    for _ in range(2):
        assert running.ask({}).json == [[1, 8], [1, 8]]
    assert running.stop() == ""


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_forked_child_that_comes_back(function: StartFunction, kind: str) -> None:
    running = function(
        f"""
        import os, sys

        {kind} handler(event, context):
            child = os.fork()
            if child == 0:
                return "from the child"
            return [os.waitpid(child, 0)[1], "from the parent"]
        """
    )
    for _ in range(2):
        assert running.ask({}).json == [0, "from the parent"]
    assert running.platform.is_quiet()
    assert running.stop() == ""


def test_a_program_that_is_run(function: StartFunction) -> None:
    running = function(
        """
        import subprocess, sys
        def handler(event, context):
            subprocess.run(["kill", "-TERM", str(subprocess.Popen(["sleep", "60"]).pid)], check=True)
            return subprocess.run(["echo", "hi"], stdout=subprocess.PIPE, check=True).stdout
        """
    )
    assert running.ask({}).body == b"hi\n"
    assert running.ask({}).body == b"hi\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_signal_lets_the_running_invocation_finish(function: StartFunction, number: int, kind: str) -> None:
    running = function(
        f"""
        import time
        {kind} handler(event, context):
            print("began", end="", flush=True)
            time.sleep(0.3)
            return "done"
        """
    )
    running.platform.send({})
    running.process.wait_for_output("began")
    running.process.process.send_signal(number)
    assert running.platform.reply().text == "done"
    status, out, err = running.process.wait()
    assert (status, out, err) == (0, "began", "")


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_signal_ends_the_wait(function: StartFunction, kind: str) -> None:
    running = function(f"{kind} handler(event, context): pass")
    running.platform.wait_for_poll()
    began = time.monotonic()
    assert running.stop() == ""
    assert time.monotonic() - began < 5


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("kind", ["def", "async def"])
def test_memory_does_not_grow(function: StartFunction, kind: str) -> None:
    running = function(
        f"""
        def resident():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1]) * 4096

        {kind} handler(event, context):
            if event == "fail":
                raise ValueError("no")
            return {{"resident": resident(), "event": event}}
        """
    )

    def ask_many(count: int) -> int:
        for number in range(count):
            running.ask("fail" if number % 10 == 0 else {"text": "x" * 1000, "list": [{}] * 10})
        resident: int = running.ask({}).json["resident"]
        return resident

    before = ask_many(500)
    assert ask_many(1500) - before < 1 << 20
