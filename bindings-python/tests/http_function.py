"""A function that serves HTTP, and its callers."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mock_platform import PATIENCE, SETTINGS, Body, FunctionProcess


class Answer(Body):
    """What a caller got."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        super().__init__(answer.read())
        self.status = answer.status
        self.request_id = answer.headers.get("X-Cff-Request-Id")

    def __repr__(self) -> str:
        return f"{self.status} {self.request_id}: {self.body[:2000]!r}"


class _ServingProcess(FunctionProcess):
    """Without the line that says where it serves, which is no test's concern."""

    def wait(self) -> tuple[int, str, str]:
        status, out, err = super().wait()
        return status, "".join(line for line in out.splitlines(True) if "serving HTTP on 127.0.0.1:" not in line), err


class HttpFunction:
    """A function on an address of its own."""

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, str],
        variables: Mapping[str, str] = {},
        command: list[str] | None = None,
    ) -> None:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._callers = ThreadPoolExecutor(64)
        self._sent = threading.Semaphore(0)
        address = {"FGRUNTIME_TRANSPORT": "http", "FGRUNTIME_HTTP_ADDR": f"127.0.0.1:{self._port}"}
        self.process = _ServingProcess(
            command or [sys.executable, "-m", "fgruntime", "index.handler"],
            folder,
            {**SETTINGS, "RUNTIME_CODE_ROOT": str(folder), **address, **variables},
        )
        self._wait_until_it_listens()

    def _wait_until_it_listens(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", self._port)).close()
                return
            assert time.monotonic() < end, "the function does not listen"
            assert self.process.process.poll() is None, self.process.wait()
            time.sleep(0.005)

    def ask(self, event: Any, request_id: str = "", headers: Mapping[str, str] = {}, path: str = "/invoke") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE * 2)
        with contextlib.closing(connection):
            given = {"X-Cff-Request-Id": request_id} if request_id else {}
            connection.request("POST", path, json.dumps(event), {**given, **headers})
            self._sent.release()
            return Answer(connection.getresponse())

    def send(self, event: Any, request_id: str = "", headers: Mapping[str, str] = {}) -> Future[Answer]:
        """Asks, and does not wait for the answer; 64 times at once."""
        return self._callers.submit(self.ask, event, request_id, headers)

    def wait_until_there(self, count: int) -> None:
        """Waits until so many requests have been sent and the function has accepted their connections."""
        for _ in range(count):
            assert self._sent.acquire(timeout=PATIENCE)
        assert self.health() == 200

    def health(self) -> int:
        """The status; connections are accepted in the order in which they come."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", "/healthz")
            return connection.getresponse().status

    def stop(self) -> str:
        """Ends it; gives what it printed."""
        status, out, err = self.process.stop()
        assert status == 0, (status, out, err)
        return out + err

    def close(self) -> None:
        if self.process.process.poll() is None:
            self.process.kill()
        self._callers.shutdown()
