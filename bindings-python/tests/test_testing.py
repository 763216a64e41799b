"""What users test their handlers with."""

from __future__ import annotations

import pytest
from fgruntime import ApigTriggerEvent, Context, KafkaTriggerEvent
from fgruntime.testing import CapturedLog, LogRecord, make_context, sample_event


def handler(event: ApigTriggerEvent, context: Context) -> str:
    name = event.query_string_parameters.get("name", "world")
    context.getLogger().info("greeting %s", name)
    return f"Hello, {name}!"


def test_a_typed_sample() -> None:
    log = CapturedLog()
    event = sample_event(ApigTriggerEvent, queryStringParameters={"name": "Ada"})
    assert isinstance(event, ApigTriggerEvent)
    assert handler(event, make_context("id-1", log=log)) == "Hello, Ada!"
    assert log.records == [LogRecord("INFO", "greeting Ada", "id-1")]
    assert log.messages == ["greeting Ada"]
    assert "Ada" in log
    assert "Grace" not in log
    assert [record.level for record in log] == ["INFO"]
    assert len(log) == 1


def test_an_untyped_sample() -> None:
    event = sample_event("kafka", **{"records.0.topic_id": "changed", "more.and.more": 1})
    assert event["records"][0]["topic_id"] == "changed"
    assert event["more"] == {"and": {"more": 1}}
    assert sample_event("kafka")["records"][0]["topic_id"] == "orders"
    typed = sample_event(KafkaTriggerEvent, **{"records.0.topic_id": "changed"})
    assert typed.records[0].topic_id == "changed"


def test_every_kind_has_a_sample() -> None:
    import fgruntime
    from fgruntime import events

    classes = [getattr(events, name) for name in events.__all__]
    kinds = [one for one in classes if isinstance(one, type) and issubclass(one, fgruntime.Event)]
    assert len(kinds) == 18
    for one in kinds:
        assert isinstance(sample_event(one), one)


def test_a_kind_that_is_none() -> None:
    with pytest.raises(ValueError, match=r"no sample event 'nothing'; there are apig, "):
        sample_event("nothing")


def test_a_context() -> None:
    context = make_context(
        function_name="resize",
        memory_size=512,
        timeout_seconds=10,
        user_data={"TABLE": "orders"},
        headers={"X-CFF-Security-Access-Key": "a-key"},
        variables={"RUNTIME_CPU": "700"},
    )
    assert context.getRequestID() == "test-request"
    assert context.function_name == "resize"
    assert context.memory_size == 512
    assert context.cpu_number == 700
    assert 0 < context.remaining_time_in_milli_seconds <= 10_000
    assert context.getUserData("TABLE") == "orders"
    assert context.user_data == {"TABLE": "orders"}
    assert context.getSecurityAccessKey() == "a-key"
    context.getLogger().debug("goes nowhere")


def test_an_event_that_is_built() -> None:
    event = ApigTriggerEvent()
    event.path = "/built"
    assert event.kind == "apig"
    assert event["path"] == "/built"
