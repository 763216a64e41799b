"""What a handler is called with, and what it may return."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import StartFunction

APIG = {
    "httpMethod": "GET",
    "path": "/hello",
    "body": "aGk=",
    "isBase64Encoded": True,
    "headers": {"Accept": "text/plain"},
    "queryStringParameters": {"name": "Ada"},
    "pathParameters": {},
    "requestContext": {"apiId": "a", "requestId": "b", "stage": "RELEASE"},
}
ANSWER = {"statusCode": 200, "headers": {}, "body": "", "isBase64Encoded": False}


def test_untyped_event_is_what_json_loads_gives(function: StartFunction) -> None:
    running = function("def handler(event, context): return [event, type(event).__name__]")
    events: list[Any] = [{"a": [1, 2.5, None, "é😀"], "b": {}}, [], "text", 1, None, True]
    for event in events:
        assert running.ask(event).json == [event, type(event).__name__]
    assert running.ask(b"").json == [None, "NoneType"]
    assert running.stop() == ""


def test_an_event_of_any_depth(function: StartFunction) -> None:
    running = function(
        """
        def handler(event, context):
            depth = 0
            while event:
                depth, event = depth + 1, event[0]
            return depth
        """
    )
    assert running.ask(b"[" * 50_000 + b"]" * 50_000).json == 49_999


def test_a_payload_that_is_not_json(function: StartFunction) -> None:
    running = function("def handler(event, context): return 'called'")
    reply = running.ask(b'{"a": ')
    assert reply.outcome == "error"
    assert reply.json["errorType"] == "EventInvalid"
    assert "not JSON" in reply.json["errorMessage"]
    assert running.ask({}).text == "called"


def test_a_payload_that_is_not_json_where_none_is_expected(function: StartFunction) -> None:
    running = function("def handler(event: bytes, context): return event")
    assert running.ask(b'{"a": \xff').body == b'{"a": \xff'


def test_a_payload_that_is_not_json_for_a_typed_event(function: StartFunction) -> None:
    running = function("from fgruntime import Event\ndef handler(event: Event, context): return event.kind")
    assert running.ask(b"{").json["errorType"] == "EventInvalid"
    assert running.ask(b"{}").text == "unknown"


@pytest.mark.parametrize(
    "head",
    [
        "from fgruntime import ApigTriggerEvent",
        "from __future__ import annotations\nfrom fgruntime import ApigTriggerEvent",
        "from __future__ import annotations\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n"
        "    from fgruntime import ApigTriggerEvent",
    ],
    ids=["class", "text", "only for type checkers"],
)
def test_an_annotation_asks_for_a_typed_event(function: StartFunction, head: str) -> None:
    body = """
def handler(event: ApigTriggerEvent, context):
    from fgruntime import ApigTriggerEvent as expected
    assert isinstance(event, expected)
    return [event.http_method, event["httpMethod"], event.get("no"), event.query_string_parameters["NAME"], len(event)]
"""
    running = function(files={"index.py": head + body})
    assert running.ask(APIG).json == ["GET", "GET", None, "Ada", len(APIG)]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("bytes", b'{"path": "/"}'),
        ("Event", b"unknown"),
        ("Optional[TimerTriggerEvent]", b"timer"),
        ("Union[ApigTriggerEvent, TimerTriggerEvent]", b"unknown"),
        ("dict", b"untyped"),
        ("'NoSuchName'", b"untyped"),
    ],
)
def test_what_annotations_mean(function: StartFunction, annotation: str, expected: bytes) -> None:
    running = function(
        f"""
        from typing import Optional, Union
        from fgruntime import ApigTriggerEvent, Event, TimerTriggerEvent

        def handler(event: {annotation}, context):
            return event if type(event) is bytes else getattr(event, "kind", "untyped")
        """
    )
    assert running.ask(b'{"path": "/"}').body == expected


def test_handlers_that_are_no_plain_functions(function: StartFunction) -> None:
    source = """
    import functools
    from fgruntime import ApigTriggerEvent

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)
        return wrapper

    @decorate
    def decorated(event: ApigTriggerEvent, context):
        return event.path

    class Handler:
        def __call__(self, event: ApigTriggerEvent, context):
            return event.path

        def method(self, event: ApigTriggerEvent, context):
            return event.path

    an_object = Handler()
    a_method = Handler().method

    def three(config, event: ApigTriggerEvent, context):
        return event.path

    with_default = lambda event, context, more=1: event["path"]
    """
    for name in ("decorated", "an_object", "a_method", "with_default"):
        running = function(source, arguments=f"index.{name}")
        assert running.ask(APIG).text == "/hello", name


@pytest.mark.parametrize(
    ("result", "content_type", "body"),
    [
        ("None", None, b""),
        ("'größe'", "text/plain; charset=utf-8", "größe".encode()),
        ("'a\\ud800b'", "text/plain; charset=utf-8", "a\ufffdb".encode()),
        ("b'\\xff'", "application/octet-stream", b"\xff"),
        ("bytearray(b'ab')", "application/octet-stream", b"ab"),
        ("memoryview(b'abcd')[::2]", "application/octet-stream", b"ac"),
        ("{'a': 1, 'b': [True, None]}", "application/json", b'{"a": 1, "b": [true, null]}'),
        ("['\\ud800', 'é']", "application/json", None),
        ("3", "application/json", b"3"),
        ("False", "application/json", b"false"),
        ("(1, 2)", "application/json", b"[1, 2]"),
        ("{1: 2, None: 3}", "application/json", b'{"1": 2, "null": 3}'),
        ("{'at': datetime.datetime(2031, 4, 5, 6, 7)}", "application/json", b'{"at": "2031-04-05T06:07:00"}'),
        ("[datetime.date(2031, 4, 5), datetime.time(6, 7)]", "application/json", b'["2031-04-05", "06:07:00"]'),
        ("datetime.timedelta(minutes=1)", "application/json", b"60.0"),
        ("[decimal.Decimal('1.10'), decimal.Decimal('1E+400')]", "application/json", b"[1.10, 1E+400]"),
        ("{'d': decimal.Decimal('1.10'), 's': '\"1.1\"'}", "application/json", b'{"d": 1.10, "s": "\\"1.1\\""}'),
        ("uuid.UUID(int=1)", "application/json", b'"00000000-0000-0000-0000-000000000001"'),
        ("Point(1, Color.RED)", "application/json", b'{"x": 1, "color": "red"}'),
        ("[Level.HIGH]", "application/json", b"[2]"),
        ("{3, 1, 2}", "application/json", b"[1, 2, 3]"),
        ("collections.OrderedDict(a=1).keys()", "application/json", b'["a"]'),
        ("types.MappingProxyType({'a': 1})", "application/json", b'{"a": 1}'),
        ("collections.deque([1])", "application/json", b"[1]"),
        ("pathlib.PurePosixPath('/a/b')", "application/json", b'"/a/b"'),
        ('ApigTriggerEvent.parse(b\'{"path": "/", "n": 1.10}\')', "application/json", None),
    ],
)
def test_results(function: StartFunction, result: str, content_type: str | None, body: bytes | None) -> None:
    running = function(RESULTS.replace("RESULT", result))
    reply = running.ask({})
    assert reply.outcome == "response", reply
    assert reply.content_type == content_type
    if body is not None:
        assert reply.body == body
    assert running.ask({}).body == reply.body


RESULTS = """
import collections, dataclasses, datetime, decimal, enum, pathlib, types, uuid
from fgruntime import ApigTriggerEvent

class Color(enum.Enum):
    RED = "red"

class Level(enum.IntEnum):
    HIGH = 2

@dataclasses.dataclass
class Point:
    x: int
    color: Color

class Loop:
    pass

def loop():
    one = []
    one.append({"again": one})
    return one

async def later(): pass

def handler(event, context):
    return RESULT
"""


@pytest.mark.parametrize(
    ("result", "reason", "place"),
    [
        ("float('nan')", "nan is not a number in JSON", "the top level"),
        ("{'a': [1, {'b': float('inf')}]}", "inf is not a number in JSON", "`a[1].b`"),
        ("{'a': decimal.Decimal('NaN')}", "NaN is not a number in JSON", "`a`"),
        ("{'a': b'x'}", "bytes is not text: decode it, or encode it with base64", "`a`"),
        ("{'a': {(1, 2): 3}}", "a key is tuple, not text", "`a`"),
        ("[Loop()]", "Loop has no words in JSON", "`[0]`"),
        ("loop()", "a value that contains itself has no end", "`[0].again`"),
        ("later()", "a coroutine, which nobody awaited", "the top level"),
        ("Point(Loop(), None)", "Loop has no words in JSON", "`x`"),
        ("Point", "type has no words in JSON", "the top level"),
    ],
)
def test_results_that_json_cannot_say(function: StartFunction, result: str, reason: str, place: str) -> None:
    running = function(RESULTS.replace("RESULT", result))
    reply = running.ask({})
    assert reply.outcome == "error"
    assert reply.json["errorType"] == "FunctionResultInvalid"
    message = reply.json["errorMessage"]
    assert message.startswith(f"the result cannot be written as JSON: {reason}")
    assert message.endswith(f" at {place}")
    assert running.ask({}).body == reply.body


@pytest.mark.parametrize("depth", [100, 150, 100_000])
def test_deep_results(function: StartFunction, depth: int) -> None:
    running = function(
        """
        def handler(event, context):
            result = 0
            for _ in range(event):
                result = [result]
            return result
        """
    )
    reply = running.ask(depth)
    if reply.outcome == "response":
        assert reply.body == b"[" * depth + b"0" + b"]" * depth
    else:
        assert depth > 128
        assert reply.json["errorType"] == "FunctionResultInvalid"
        assert "nest too deep" in reply.json["errorMessage"]
    assert running.ask(1).json == [0]


def test_large_payload_and_result(function: StartFunction) -> None:
    running = function("def handler(event, context): return event")
    event = {"records": [{"n": number, "text": "x" * 1000} for number in range(1200)]}
    assert running.ask(event).json == event


def test_a_result_over_the_limit(function: StartFunction) -> None:
    running = function("def handler(event, context): return 'x' * event", variables={"RUNTIME_MAX_RESP_BODY_SIZE": "5"})
    assert running.ask(5).text == "xxxxx"
    assert running.ask(6).json["errorType"] == "FunctionResponseTooLarge"


def test_context(function: StartFunction) -> None:
    running = function(
        """
        import warnings

        def handler(event, context):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                keys = [context.getAccessKey(), context.getAccessKey(), context.getSecretKey()]
            return {
                "id": [context.getRequestID(), context.request_id],
                "keys": keys,
                "warnings": [one.category.__name__ for one in caught],
                "data": [context.getUserData("a"), context.getUserData("b"), context.getUserData("b", 1)],
                "remaining": 0 < context.getRemainingTimeInMilliSeconds() <= 30000,
                "memory": context.getMemorySize(),
            }
        """,
        variables={"RUNTIME_USERDATA": '{"a":"1"}', "RUNTIME_TIMEOUT": "30", "RUNTIME_MEMORY": "256"},
    )
    assert running.ask({}, "id-1", [("X-CFF-Access-Key", "access"), ("X-CFF-Secret-Key", "secret")]).json == {
        "id": ["id-1", "id-1"],
        "keys": ["access", "access", "secret"],
        "warnings": ["DeprecationWarning", "DeprecationWarning"],
        "data": ["1", None, 1],
        "remaining": True,
        "memory": 256,
    }
