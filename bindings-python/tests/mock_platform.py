"""The platform's side of a custom runtime: hands out events over HTTP, and takes the replies."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

NEXT = "/v1/runtime/invocation/request"
PATIENCE = 20.0

# The runtime warns of those that are missing.
SETTINGS = {
    "RUNTIME_PROJECT_ID": "project-1",
    "RUNTIME_FUNC_NAME": "test",
    "RUNTIME_FUNC_VERSION": "latest",
    "RUNTIME_PACKAGE": "default",
    "RUNTIME_HANDLER": "index.handler",
    "RUNTIME_TIMEOUT": "30",
    "RUNTIME_USERDATA": "{}",
    "RUNTIME_CPU": "300",
    "RUNTIME_MEMORY": "128",
    "RUNTIME_MAX_RESP_BODY_SIZE": "6291456",
    "RUNTIME_ROOT": "/home/snuser/runtime",
    "RUNTIME_LOG_DIR": "/home/snuser/log",
}

Headers = Iterable[tuple[str, str]]


class Body:
    """What a function answered, as bytes, text and JSON."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Reply(Body):
    """An answer as the platform gets it."""

    def __init__(self, path: str, content_type: str | None, body: bytes) -> None:
        super().__init__(body)
        self.outcome, self.request_id = path.split("/")[4:6]
        self.content_type = content_type

    def __repr__(self) -> str:
        return f"{self.outcome} {self.request_id}: {self.body[:2000]!r}"


class Platform:
    """Listens on loopback. Events wait until they are asked for, requests until there is an event."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._events: queue.Queue[tuple[bytes, bytes]] = queue.Queue()
        self._replies: queue.Queue[Reply] = queue.Queue()
        self._polls: queue.Queue[None] = queue.Queue()
        self._count = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    def send(self, event: Any, request_id: str = "", headers: Headers = ()) -> str:
        """Hands out an event: bytes as they are, anything else as JSON. Gives its request id."""
        self._count += 1
        request_id = request_id or f"r{self._count}"
        payload = event if isinstance(event, bytes) else json.dumps(event).encode()
        lines = [("X-Cff-Request-Id", request_id), *headers]
        self._events.put(("".join(f"{name}: {value}\r\n" for name, value in lines).encode(), payload))
        return request_id

    def reply(self) -> Reply:
        return self._replies.get(timeout=PATIENCE)

    def ask(self, event: Any, request_id: str = "", headers: Headers = ()) -> Reply:
        self.send(event, request_id, headers)
        return self.reply()

    def wait_for_poll(self) -> None:
        self._polls.get(timeout=PATIENCE)

    def is_quiet(self, seconds: float = 0.2) -> bool:
        """Whether no reply comes that nobody expects."""
        try:
            self._replies.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve_until_gone, args=(connection,), daemon=True).start()

    def _serve_until_gone(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as reader:
            while True:
                line = reader.readline()
                if not line:
                    return
                path = line.split()[1].decode()
                headers = _read_headers(reader)
                body = reader.read(int(headers.get("content-length", 0)))
                if path == NEXT:
                    self._polls.put(None)
                    head, payload = self._events.get()
                else:
                    self._replies.put(Reply(path, headers.get("content-type"), body))
                    head, payload = b"", b""
                length = f"Content-Length: {len(payload)}\r\n\r\n".encode()
                connection.sendall(b"HTTP/1.1 200 OK\r\n" + head + length + payload)


def _read_headers(reader: Any) -> dict[str, str]:
    headers: dict[str, str] = {}
    while True:
        line = reader.readline().decode("latin-1").strip()
        if not line:
            return headers
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()


class FunctionProcess:
    """A function that runs as a process of its own."""

    def __init__(self, command: list[str], folder: Path, variables: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        # Read all the time: what nobody reads stops the function sooner or later.
        self._out, self._err = _Reader(self.process.stdout), _Reader(self.process.stderr)

    def wait_for_output(self, text: str) -> None:
        """Waits until it has printed this."""
        end = time.monotonic() + PATIENCE
        while text not in self._out.text():
            assert time.monotonic() < end, f"{text!r} was not printed"
            time.sleep(0.001)

    def stop(self) -> tuple[int, str, str]:
        """Tells it to stop, and waits; gives status, standard output, standard error."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> tuple[int, str, str]:
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        return status, self._out.end(), self._err.end()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._out.end()
        self._err.end()


class _Reader:
    """Reads a pipe to its end."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self._bytes = bytearray()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._pipe:
            while True:
                piece = os.read(self._pipe.fileno(), 1 << 16)
                if not piece:
                    return
                self._bytes += piece

    def text(self) -> str:
        return self._bytes.decode(errors="replace")

    def end(self) -> str:
        self._thread.join(PATIENCE)
        return self.text()


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Settings of whoever runs the tests mean something to a function, and must not."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("RUNTIME_", "FGRUNTIME_", "ENV_DELEGATE", "PYTHON"))
    }
    return {**kept, **variables}


class Function:
    """A function with its platform."""

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, str],
        arguments: list[str] | str = "index.handler",
        variables: Mapping[str, str] = {},
        command: list[str] | None = None,
    ) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.platform = Platform()
        arguments = [arguments] if isinstance(arguments, str) else arguments
        self.process = FunctionProcess(
            command or [sys.executable, "-m", "fgruntime", *arguments],
            folder,
            {**SETTINGS, "RUNTIME_CODE_ROOT": str(folder), "RUNTIME_API_ADDR": self.platform.address, **variables},
        )

    def ask(self, event: Any, request_id: str = "", headers: Headers = ()) -> Reply:
        return self.platform.ask(event, request_id, headers)

    def stop(self) -> str:
        """Ends it; gives what it printed."""
        status, out, err = self.process.stop()
        assert status == 0, (status, out, err)
        return out + err

    def close(self) -> None:
        if self.process.process.poll() is None:
            self.process.kill()
        self.platform.close()
