"""Holds the package against the vectors of all languages."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest
import vectors
from fgruntime import Context, Event, EventInvalid, events
from fgruntime._native import kind_of, loads, make_context
from mock_platform import Function, Reply
from vectors import Case, asking, like, to_bytes

CLASSES = {
    str(vars(one)["_kind"]): one
    for one in (getattr(events, name) for name in events.__all__)
    if isinstance(one, type) and issubclass(one, Event)
}

# Findings that canonical JSON makes again, because what they are about is kept as it was.
KEPT = {
    "array",
    "null",
    "number that is not a time",
    "milliseconds",
    "string with a date",
    "string that is not a time",
    "string that is not an RFC 3339 time",
    "a member of a record",
    "a member of `notify_data`",
}


def test_events() -> None:
    vectors.check("events", event)


def event(case: Case) -> Case:
    payload = to_bytes(case["input"])
    try:
        read = parse(case, payload)
    except EventInvalid as error:
        return {**asking(case, "name", "input", "as"), "error": {"kind": error.reason, "offset": error.offset}}
    canonical = read.to_canonical().encode()
    given = asking(case, "name", "input", "as")
    given["kind"] = read.kind
    given["canonical"] = like(case.get("canonical"), canonical)
    given["findings"] = findings(read)
    given.update({member: value for member, value in decoded(case, read) if member in case})
    if given.get("canonical") == case.get("canonical"):
        check_again(case, given, canonical)
    if "as" not in case:
        assert kind_of(payload) == read.kind
    return given


def parse(case: Case, payload: bytes) -> Event:
    return (CLASSES[case["as"]] if "as" in case else Event).parse(payload)


def findings(read: Event) -> list[dict[str, str]]:
    return [{"path": path, "found": found, "read": how} for path, found, how in read.findings]


def check_again(case: Case, given: Case, canonical: bytes) -> None:
    """Canonical JSON is of the same kind and its own canonical form; it has no findings but those that cannot get lost."""
    again = parse(case, canonical)
    assert (again.kind, again.to_canonical().encode()) == (given["kind"], canonical), case["name"]
    for finding in findings(again):
        path = finding["path"]
        kept = finding["found"] in KEPT and any(
            first["path"] and path.endswith(first["path"]) for first in given["findings"]
        )
        assert kept or finding in given["findings"], (case["name"], finding)


def decoded(case: Case, read: Any) -> Iterator[tuple[str, Any]]:
    """What attributes decode."""
    if read.kind == "apig":
        yield "raw_body", like(case.get("raw_body"), read.raw_body)
    elif read.kind == "lts":
        yield "raw_data", like(case.get("raw_data"), read.lts.raw_data)
        yield "logs", [log(entry) for entry in read.lts.data_fields.logs]
    elif read.kind == "dis":
        known = case.get("raw_data") or []
        records = read.message.records
        known += [None] * (len(records) - len(known))
        yield "raw_data", [like(one, record.raw_data) for one, record in zip(known, records)]
    elif read.kind == "obs":
        yield "decoded_key", [(record.s3 or record.obs).object.decoded_key for record in read.records]
    elif read.kind in ("kafka", "rocketmq", "rabbitmq"):
        yield "messages", [list(record.messages) for record in read.records]


def log(entry: Any) -> dict[str, Any]:
    return {"message": entry.message, "time_epoch_ms": entry.time_epoch_ms, "line_no": entry.line_no}


def test_untyped_events_are_what_json_loads_gives() -> None:
    same = 0
    for file in sorted((vectors.FOLDER / "events").glob("*.json")):
        for case in json.loads(file.read_bytes()):
            payload = to_bytes(case["input"])
            try:
                expected = json.loads(payload) if payload else None
            except (ValueError, RecursionError):
                with pytest.raises(EventInvalid):
                    loads(payload)
                continue
            given = loads(payload)
            # Texts, so that the order of members and the types of numbers are the same too.
            assert repr(given) == repr(expected), case["name"]
            same += 1
    assert same > 650


def test_context() -> None:
    vectors.check("context", context)


def context(case: Case) -> Case:
    """The warnings are records of the log here, as in C."""
    given = asking(case, "name", "variables", "headers", "expect", "warnings")
    headers = [(name, value) for name, value in case["headers"]]
    ids = [value for name, value in headers if name.lower() == "x-cff-request-id"]
    asked = make_context(ids[0] if ids else "", headers=headers, variables=case["variables"])
    given["expect"] = {name: answer(asked, name, expected) for name, expected in case["expect"].items()}
    return given


def answer(asked: Context, name: str, expected: Any) -> Any:
    if name == "user_data":
        return {key: asked.getUserData(key) for key in expected}
    return getattr(asked, name) if hasattr(asked, name) else asked.settings_value(name)


def test_logging() -> None:
    vectors.check("logging", logging)


TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def logging(case: Case) -> Case:
    lines: list[str] = []
    made = make_context(
        case["request_id"],
        headers=[(name, value) for name, value in case["headers"]],
        variables={"RUNTIME_FUNC_NAME": case["function"], "RUNTIME_FUNC_VERSION": case["version"]},
        log_output=lines.append,
        log_format=case["format"],
    )
    if "threshold" in case:
        assert made.logger.set_level(case["threshold"])
    made.logger.log(case["level"], to_bytes(case["text"]).decode())
    asked = ("format", "request_id", "function", "version", "threshold", "headers", "level", "text")
    given = asking(case, "name", *asked)
    if isinstance(case["lines"], dict):
        given["lines"] = summary(case, lines)
    else:
        given["lines"] = [TIME.sub("TIME", line, count=1) for line in lines]
    return given


def summary(case: Case, lines: list[str]) -> Case:
    return {
        "count": len(lines),
        "longest": max(len(line.encode()) for line in lines),
        "joined": like(case["lines"]["joined"], "".join(message(case, line) for line in lines).encode()),
    }


def message(case: Case, line: str) -> str:
    if case["format"] == "json":
        text: str = json.loads(line)["message"]
        return text
    prefix = f"TIME {case['request_id']} {case['level'] + ' ' if case['level'] else ''}"
    line = TIME.sub("TIME", line, count=1)
    assert line.startswith(prefix)
    assert line.endswith("\n")
    return line[len(prefix) : -1]


# Answers as asked, by what the loop answers with: errors and JSON of Python's own are in other tests.
ANSWERING = """
import base64, json
from fgruntime import _loop

def text(said):
    if isinstance(said, str):
        return said
    return said["prefix"] + said["repeat"] * said["count"] + said["suffix"]

def reply(invocation, asked):
    if "none" in asked:
        invocation.respond_none()
    elif "text" in asked:
        invocation.respond_text(text(asked["text"]))
    elif "base64" in asked:
        invocation.respond_bytes(base64.b64decode(asked["base64"]))
    elif "json" in asked:
        invocation.respond_json(json.dumps(asked["json"], separators=(",", ":"), ensure_ascii=False))
    else:
        error = asked["error"]
        invocation.fail(error.get("type", "FunctionReturnError"), text(error["message"]), error["stack_trace"])

_loop.prepare = lambda result: (reply, result)

def handler(event: bytes, context):
    return json.loads(event)
"""


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Callable[[Case], Case]]:
    """Functions by their limits, asked for outcomes."""
    running: dict[int, Function] = {}

    def ask(case: Case) -> Case:
        limit = case.get("max_size", 6 << 20)
        if limit not in running:
            variables = {"RUNTIME_MAX_RESP_BODY_SIZE": str(limit)}
            running[limit] = Function(tmp_path, {"index.py": ANSWERING}, variables=variables)
        return replied(case, running[limit].ask(json.dumps(case["outcome"]).encode()))

    yield ask
    for function in running.values():
        function.close()


def replied(case: Case, reply: Reply) -> Case:
    given = asking(case, "name", "outcome", "max_size")
    given["reply"] = {"path": reply.outcome, "body": like(case["reply"]["body"], reply.body)}
    if reply.outcome == "response":
        given["reply"]["content_type"] = reply.content_type
    return given


@pytest.mark.parametrize("area", ["response", "error"])
def test_replies(area: str, answering: Callable[[Case], Case]) -> None:
    vectors.check(area, answering)


STRICT = """
import base64

def handler(event, context):
    answer = base64.b64decode(event["body"])
    try:
        return answer.decode()
    except UnicodeDecodeError:
        return answer
"""
REJECTED = "API Gateway will not accept this answer and send 500 instead: "
QUESTION = {
    "httpMethod": "GET",
    "path": "/",
    "headers": {},
    "queryStringParameters": {},
    "pathParameters": {},
    "isBase64Encoded": True,
    "requestContext": {"apiId": "a", "requestId": "b", "stage": "RELEASE"},
}


def test_apig_contract(tmp_path: Path) -> None:
    running = Function(tmp_path, {"index.py": STRICT}, variables={"FGRUNTIME_STRICT_RESPONSE": "1"})

    def give(case: Case) -> Case:
        answer = to_bytes(case["answer"])
        reply = running.ask({**QUESTION, "body": base64.b64encode(answer).decode()})
        given = asking(case, "name", "answer")
        if reply.outcome == "response":
            assert reply.body == answer
            return {**given, "breaches": []}
        assert reply.json["errorType"] == "FunctionResultInvalid"
        breaches: str = reply.json["errorMessage"].partition(REJECTED)[2]
        return {**given, "breaches": case["breaches"] if breaches == "; ".join(case["breaches"]) else [breaches]}

    try:
        vectors.check("apig_contract", give)
    finally:
        running.close()
