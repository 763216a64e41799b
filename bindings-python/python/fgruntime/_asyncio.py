"""Handlers that are `async def`: one event loop on the main thread, kept between invocations."""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress
from contextvars import copy_context
from queue import SimpleQueue

from ._errors import describe
from ._logging import current
from ._loop import fail, invalid_event, invalid_result, send
from ._native import EventInvalid
from ._result import ResultInvalid, prepare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from ._call import Call
    from ._loop import Reply
    from ._native import Invocation, Runtime


class EventLoop:
    """The loop, fed by a thread that waits for invocations; another one waits for the platform to take the replies."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._running: set[asyncio.Task[None]] = set()
        self._replies: SimpleQueue[tuple[Invocation, Reply] | None] = SimpleQueue()
        self._stopped = False
        self._owner = os.getpid()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Runs what is outside invocations, and raises what that raises."""
        error = self._loop.run_until_complete(_error_of(coroutine))
        if error is not None:
            raise error

    def serve(self, runtime: Runtime, call: Call) -> None:
        """Until the runtime is stopped; what runs then is finished."""
        # What the initializer set is there for each invocation; what an invocation sets is its own.
        self._context = copy_context()
        poller = threading.Thread(target=self._poll, args=(runtime, call), name="fgruntime-poll", daemon=True)
        replier = threading.Thread(target=self._reply, name="fgruntime-reply", daemon=True)
        poller.start()
        replier.start()
        while not self._stopped or self._running:
            # A task of the user's may raise them; whoever awaits the task has them too.
            with suppress(SystemExit, KeyboardInterrupt):
                self._loop.run_forever()
        self._replies.put(None)
        replier.join()

    def tasks(self) -> list[asyncio.Task[None]]:
        """Those that call the handler."""
        return list(self._running)

    def close(self) -> None:
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _poll(self, runtime: Runtime, call: Call) -> None:
        while True:
            invocation = runtime.next()
            if invocation is None:
                self._loop.call_soon_threadsafe(self._stop)
                return
            self._loop.call_soon_threadsafe(self._begin, invocation, call, context=self._context)
            del invocation

    def _stop(self) -> None:
        self._stopped = True
        self._end_if_done()

    def _end_if_done(self) -> None:
        if self._stopped and not self._running:
            self._loop.stop()

    def _begin(self, invocation: Invocation, call: Call) -> None:
        task = self._loop.create_task(self._answer(invocation, call))
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._end_if_done()

    async def _answer(self, invocation: Invocation, call: Call) -> None:
        reply = await await_handler(invocation, call)
        if os.getpid() != self._owner:
            # A forked child that came back has neither the threads nor a loop of its own.
            os._exit(0)
        self._replies.put((invocation, reply))

    def _reply(self) -> None:
        while True:
            waiting = self._replies.get()
            if waiting is None:
                return
            send(*waiting)
            del waiting


async def _error_of(coroutine: Coroutine[Any, Any, Any]) -> BaseException | None:
    """Caught here, so that nothing of the loop is in its stack, and the loop goes on after `sys.exit`."""
    try:
        await coroutine
    except BaseException as error:
        return error
    return None


async def await_handler(invocation: Invocation, call: Call) -> Reply:
    try:
        # `_stuck` looks for this variable in the stacks of tasks.
        context = invocation.context
        current.set(context)
        try:
            event = call.read(invocation)
        except EventInvalid as error:
            return fail, invalid_event(error)
        return prepare(await call.function(event, context))
    except ResultInvalid as error:
        return fail, invalid_result(error)
    except BaseException as error:
        return fail, describe(error)
