"""Handlers that are `async def`."""

from __future__ import annotations

import json

from conftest import StartFunction


def test_one_loop_is_kept_on_the_main_thread(function: StartFunction) -> None:
    running = function(
        """
        import asyncio, threading
        loops = set()
        async def handler(event, context):
            await asyncio.sleep(0)
            loops.add(asyncio.get_running_loop())
            return [len(loops), threading.current_thread() is threading.main_thread()]
        """
    )
    for _ in range(3):
        assert running.ask({}).json == [1, True]
    assert running.stop() == ""


def test_invocations_at_once_each_with_their_request(function: StartFunction) -> None:
    running = function(
        """
        import asyncio, logging
        waiting = []

        async def part(name):
            await asyncio.sleep(0.001)
            logging.info(name)

        async def handler(event, context):
            logging.info("begin")
            here = asyncio.get_running_loop().create_future()
            waiting.append(here)
            if len(waiting) == 20:
                for other in waiting:
                    other.set_result(None)
            await here
            await asyncio.gather(part("one"), part("two"))
            await asyncio.to_thread(logging.info, context.request_id)
            return context.request_id
        """,
        variables={"FGRUNTIME_LOG_FORMAT": "json"},
    )
    ids = {running.platform.send({}) for _ in range(20)}
    replies = [running.platform.reply() for _ in ids]
    assert {reply.request_id for reply in replies} == ids
    assert all(reply.text == reply.request_id for reply in replies)
    records = [json.loads(line) for line in running.stop().splitlines()]
    for request_id in ids:
        messages = [record["message"] for record in records if record["request_id"] == request_id]
        assert sorted(messages) == sorted(["begin", "one", "two", request_id])
    assert len(records) == 80


def test_a_task_that_ends_the_process(function: StartFunction) -> None:
    running = function(
        """
        import asyncio, sys
        async def leave(): sys.exit(1)
        async def handler(event, context):
            if event == "background":
                asyncio.ensure_future(leave())
                await asyncio.sleep(0.01)
                return "here"
            await asyncio.ensure_future(leave())
        """
    )
    assert running.ask("background").text == "here"
    assert running.ask("awaited").json["errorType"] == "SystemExit"
    assert running.ask("background").text == "here"


def test_what_runs_is_finished_before_the_end(function: StartFunction) -> None:
    running = function(
        """
        import asyncio
        async def handler(event, context):
            print("began", end="", flush=True)
            await asyncio.sleep(0.3)
            return "done"
        """
    )
    running.platform.send({})
    running.process.wait_for_output("began")
    running.process.process.terminate()
    assert running.platform.reply().text == "done"
    assert running.process.wait()[0] == 0


def test_context_variables_of_the_initializer(function: StartFunction) -> None:
    running = function(
        """
        import contextvars
        table = contextvars.ContextVar("table")
        def initializer(context): table.set("orders")
        async def handler(event, context):
            seen = table.get()
            table.set("changed")
            return seen
        """,
        variables={"RUNTIME_INITIALIZER_HANDLER": "index.initializer"},
    )
    for _ in range(2):
        assert running.ask({}).text == "orders"
