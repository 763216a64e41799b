"""What a function that lives long needs."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from mock_platform import SETTINGS, FunctionProcess

FIRST = 1_000
ALL = 100_000
MOST_GROWTH_KB = 2 * 1024
EVENT = b'{"httpMethod":"GET","path":"/","headers":{"a":"b"},"queryStringParameters":{"n":"1"},"requestContext":{"stage":"S"}}'
ANSWER = b"HTTP/1.1 200 OK\r\nX-Cff-Request-Id: r\r\nContent-Length: %d\r\n\r\n%s" % (len(EVENT), EVENT)
TAKEN = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


INDEX = """
from fgruntime import ApigTriggerEvent

def handler(event: ApigTriggerEvent, context):
    context.request_id, context.logger, event["httpMethod"]
    return {"path": event.path, "stage": event.request_context.stage, "headers": dict(event.headers.items())}
"""


def test_memory_does_not_grow_with_invocations(tmp_path: Path) -> None:
    (tmp_path / "index.py").write_text(INDEX)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host, port = listener.getsockname()
        command = [sys.executable, "-m", "fgruntime", "index.handler"]
        function = FunctionProcess(command, tmp_path, {**SETTINGS, "RUNTIME_API_ADDR": f"{host}:{port}"})
        connection, _ = listener.accept()
        with connection:
            _invoke(connection, FIRST)
            before = _resident_kb(function.process.pid)
            _invoke(connection, ALL - FIRST)
            after = _resident_kb(function.process.pid)
        function.kill()
    assert after - before < MOST_GROWTH_KB, f"{before} KB after {FIRST} invocations, {after} KB after {ALL}"


def _invoke(connection: socket.socket, count: int) -> None:
    for _ in range(count):
        assert connection.recv(4096).startswith(b"GET ")
        connection.sendall(ANSWER)
        reply = connection.recv(4096)
        assert b"/response/r " in reply, reply
        assert reply.endswith(b"}"), reply
        connection.sendall(TAKEN)


def _resident_kb(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1])
