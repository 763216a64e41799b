"""Several invocations at once of a handler that is not `async def`, each on a thread."""

from __future__ import annotations

import os
import threading
from contextvars import copy_context

from ._loop import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._call import Call
    from ._native import Runtime

# How long Python's own signal handlers may have to wait where the system hands a signal to another thread.
TURN_SECONDS = 1.0


def serve(runtime: Runtime, call: Call, most: int) -> None:
    """Until the runtime is stopped; what runs then is finished. The main thread is left to signals."""
    threads = Threads(runtime, call, most)
    threads.start()
    try:
        threads.wait()
    except BaseException:
        # A signal handler of the user's ends the process.
        runtime.stop()
        threads.wait()
        raise


class Threads:
    """At most `most` threads, each of which waits for invocations and answers them; a thread more only if all are busy."""

    def __init__(self, runtime: Runtime, call: Call, most: int) -> None:
        self._runtime = runtime
        self._call = call
        self._most = most
        self._lock = threading.Lock()
        self._waiting = 0
        self._alive = 0
        # Not `Thread.join`, which takes a thread for ended if a signal handler raises.
        self._all_ended = threading.Event()
        # What the initializer set is there for each invocation; what an invocation sets is its own.
        self._context = copy_context()
        self._owner = os.getpid()

    def start(self) -> None:
        with self._lock:
            self._start_one()

    def wait(self) -> None:
        while not self._all_ended.wait(TURN_SECONDS):
            pass

    def _start_one(self) -> None:
        # Daemons, so that a process which is to end at once is not held up.
        threading.Thread(target=self._run, name=f"fgruntime-{self._alive + 1}", daemon=True).start()
        self._alive += 1
        self._waiting += 1

    def _run(self) -> None:
        try:
            self._serve()
        finally:
            with self._lock:
                self._alive -= 1
                if self._alive == 0:
                    self._all_ended.set()

    def _serve(self) -> None:
        while True:
            invocation = self._runtime.next()
            if invocation is None:
                return
            self._leave_waiting()
            self._context.copy().run(answer, invocation, self._call)
            # Otherwise it, and all that it has, would live until the next one comes.
            del invocation
            if os.getpid() != self._owner:
                # A forked child that came back has none of the other threads, one of which may have had the lock.
                os._exit(0)
            with self._lock:
                self._waiting += 1

    def _leave_waiting(self) -> None:
        """Whoever is last to leave has somebody else wait."""
        with self._lock:
            self._waiting -= 1
            if self._waiting > 0 or self._alive >= self._most:
                return
            try:
                self._start_one()
            except RuntimeError as error:
                # The system has no more threads: those that there are do.
                self._most = self._alive
                warning = f"only {self._most} invocations run at once: {error}"
                self._runtime.initializer_context().logger.warn(warning)
