"""Functions that serve HTTP, called by clients that others wrote."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import requests
from cloudevents.core.bindings.http import HTTPMessage, to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent
from conftest import StartHttpFunction

ECHO = """
import base64
from fgruntime import ApigTriggerEvent

KIND handler(event: ApigTriggerEvent, context):
    return {
        "statusCode": 201,
        "headers": {
            "Content-Type": "application/octet-stream",
            "X-Method": event.http_method,
            "X-Path": event.path,
            "X-Name": event.query_string_parameters.get("name", ""),
            "X-Said": event.headers.get("x-said", ""),
            "Set-Cookie": ["a=1", "b=2"],
        },
        "body": base64.b64encode(event.raw_body).decode(),
        "isBase64Encoded": True,
    }
"""
APIG = {"FGRUNTIME_HTTP_MODE": "apig"}
BODY = bytes(range(256)) * 64


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_requests(http_function: StartHttpFunction, kind: str) -> None:
    running = http_function(ECHO.replace("KIND", kind), variables=APIG)
    with requests.Session() as session:
        for method in ("GET", "POST", "PUT", "DELETE"):
            body = b"" if method == "GET" else BODY
            answer = session.request(
                method,
                running.url + "/a/b",
                params={"name": "\u00e4 & b"},
                headers={"X-Said": method},
                data=body,
                timeout=30,
            )
            assert (answer.status_code, answer.content) == (201, body)
            said = [answer.headers[name] for name in ("X-Method", "X-Path", "X-Said")]
            assert said == [method, "/a/b", method]
            # It reads headers as Latin-1.
            assert answer.headers["X-Name"].encode("latin-1").decode() == "\u00e4 & b"
            assert answer.cookies.get_dict() == {"a": "1", "b": "2"}
        # Chunks.
        answer = session.post(running.url, data=iter([BODY, BODY]), timeout=30)
        assert answer.content == BODY * 2
    assert running.stop() == ""


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_httpx(http_function: StartHttpFunction, kind: str) -> None:
    running = http_function(ECHO.replace("KIND", kind), variables=APIG)
    with httpx.Client(base_url=running.url, timeout=30) as client, ThreadPoolExecutor(32) as threads:

        def ask(number: int) -> httpx.Response:
            return client.post(f"/{number}", content=str(number), params={"name": str(number)})

        for number, answer in enumerate(threads.map(ask, range(200))):
            assert (answer.status_code, answer.text) == (201, str(number))
            assert (answer.headers["X-Path"], answer.headers["X-Name"]) == (f"/{number}", str(number))
            assert answer.headers.get_list("Set-Cookie") == ["a=1", "b=2"]
        assert client.head("/head").content == b""
    assert running.stop() == ""


def test_an_error_has_no_stack_for_strangers(http_function: StartHttpFunction) -> None:
    running = http_function("def handler(event, context): raise ValueError('no')", variables=APIG)
    answer = requests.get(running.url, timeout=30)
    assert answer.status_code == 500
    assert answer.json()["errorType"] == "ValueError"
    assert "stackTrace" not in answer.json()
    assert 'File "index.py", line 1, in handler' in running.stop()


EVENTS = """
from fgruntime import EventGridEvent

KIND handler(event: EventGridEvent, context):
    return {"kind": event.kind, "event": dict(event)}
"""
ATTRIBUTES = {
    "id": "order-1",
    "source": "/shops/42",
    "type": "com.example.order",
    "specversion": "1.0",
    "subject": "caf\u00e9",
    "tenant": "a",
}
DATA = {"total": "9.90", "items": [1, 2, 3]}


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize("convert", [to_binary_event, to_structured_event])
def test_cloudevents(http_function: StartHttpFunction, kind: str, convert: object) -> None:
    running = http_function(EVENTS.replace("KIND", kind), variables={"FGRUNTIME_HTTP_MODE": "cloudevents"})
    assert callable(convert)
    event = CloudEvent({**ATTRIBUTES, "datacontenttype": "application/json"}, DATA)
    message: HTTPMessage = convert(event)
    for _ in range(3):
        answer = requests.post(running.url, data=message.body, headers=message.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        read = json.loads(answer.content)
        assert read["kind"] == "eventgrid"
        assert {name: read["event"][name] for name in ATTRIBUTES} == ATTRIBUTES
        assert read["event"]["data"] == DATA
    refused = requests.post(running.url, data=message.body, headers={"Content-Type": "text/plain"}, timeout=30)
    assert refused.status_code == 400
    assert running.stop() == ""
