"""Logs: loggers, standard `logging`, and `print`."""

from __future__ import annotations

import json

from conftest import StartFunction
from mock_platform import Function

JSON = {"FGRUNTIME_LOG_FORMAT": "json"}


def lines_of(running: Function) -> list[str]:
    """Without the time."""
    return [line.partition(" ")[2] if line[:2] == "20" else line for line in running.stop().splitlines()]


def records_of(running: Function) -> list[tuple[str, str, str]]:
    records = [json.loads(line) for line in running.stop().splitlines()]
    return [(record["request_id"], record["level"], record["message"]) for record in records]


def test_the_logger_of_the_context(function: StartFunction) -> None:
    running = function(
        """
        def handler(event, context):
            log = context.getLogger()
            log.debug("not %s", "this")
            log.info("%s and %d", "one", 2)
            log.warn("100%")
            log.error(["a list"])
            log.setLevel("NOTHING")
            log.setLevel("DEBUG")
            context.logger.debug("this \\ud800")
        """
    )
    running.ask({}, "id-1")
    assert lines_of(running) == [
        "id-1 INFO one and 2",
        "id-1 WARN 100%",
        "id-1 ERROR ['a list']",
        "id-1 DEBUG this \ufffd",
    ]


def test_standard_logging(function: StartFunction) -> None:
    running = function(
        """
        import logging
        logging.basicConfig(format="never seen %(message)s")
        logger = logging.getLogger("orders")
        logger.warning("at import")

        def initializer(context):
            logger.info("in initializer")

        def handler(event, context):
            logger.debug("not this")
            logger.info("one %s", 1)
            logger.warning("two")
            logger.critical("three \\ud800")
            logger.log(35, "between")
            try:
                {}["key"]
            except KeyError:
                logger.exception("failed")
        """,
        variables={**JSON, "RUNTIME_INITIALIZER_HANDLER": "index.initializer"},
    )
    running.ask({}, "id-1")
    *first, traceback = records_of(running)
    assert first == [
        ("", "WARN", "at import"),
        ("", "INFO", "in initializer"),
        ("id-1", "INFO", "one 1"),
        ("id-1", "WARN", "two"),
        ("id-1", "ERROR", "three \ufffd"),
        ("id-1", "WARN", "between"),
    ]
    assert traceback[:2] == ("id-1", "ERROR")
    assert traceback[2].startswith("failed\nTraceback (most recent call last):\n")
    assert traceback[2].endswith("KeyError: 'key'")


def test_logging_that_is_imported_late(function: StartFunction) -> None:
    running = function(
        """
        import sys
        before = "logging" in sys.modules

        def handler(event, context):
            import logging
            logging.info("late")
            logging.getLogger().setLevel("WARNING")
            logging.info("not this")
            return [before, len(logging.getLogger().handlers), type(logging.__spec__.loader).__name__]
        """
    )
    assert running.ask({}, "id-1").json == [False, 1, "SourceFileLoader"]
    assert running.ask({}, "id-2").json == [False, 1, "SourceFileLoader"]
    assert lines_of(running) == ["id-1 INFO late"]


def test_the_level_of_the_settings(function: StartFunction) -> None:
    source = """
    import logging
    def handler(event, context):
        logging.debug("debug"); logging.info("info"); logging.error("error")
    """
    for level, expected in (("DEBUG", ["debug", "info", "error"]), ("ERROR", ["error"])):
        running = function(source, variables={**JSON, "RUNTIME_LOG_LEVEL": level})
        running.ask({})
        assert [message for _, _, message in records_of(running)] == expected


def test_an_error_in_logging_is_not_the_handlers(function: StartFunction) -> None:
    running = function(
        """
        import logging
        def handler(event, context):
            logging.info("%d", "no number")
            return "fine"
        """
    )
    assert running.ask({}).text == "fine"
    assert "--- Logging error ---" in running.stop()


def test_print_keeps_its_place(function: StartFunction) -> None:
    running = function(
        """
        import sys
        def handler(event, context):
            print("before")
            context.getLogger().info("between")
            print("after")
            print("no end of line", end="")
            sys.stderr.write("err")
        """
    )
    running.ask({}, "id-1")
    assert lines_of(running) == ["before", "id-1 INFO between", "after", "no end of lineerr"]


def test_what_is_printed_is_out_before_the_reply(function: StartFunction) -> None:
    running = function("def handler(event, context): print('x' * 10, end='')")
    running.ask({})
    running.process.wait_for_output("x" * 10)


def test_threads_and_their_requests(function: StartFunction) -> None:
    running = function(
        """
        import contextvars, logging, threading

        def handler(event, context):
            run = contextvars.copy_context().run
            threads = [
                threading.Thread(target=run, args=(logging.info, "with context")),
                threading.Thread(target=logging.info, args=("without",)),
            ]
            for thread in threads:
                thread.start()
                thread.join()
        """,
        variables=JSON,
    )
    running.ask({}, "id-1")
    running.ask({}, "id-2")
    assert records_of(running) == [
        ("id-1", "INFO", "with context"),
        ("", "INFO", "without"),
        ("id-2", "INFO", "with context"),
        ("", "INFO", "without"),
    ]
