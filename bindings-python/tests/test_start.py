"""How a function starts, and how it fails to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import StartFunction
from mock_platform import Function

HANDLER = "def handler(event, context): return __file__.rpartition('/')[2] + ' ' + __name__\n"


@pytest.mark.parametrize(
    ("file", "name", "answer"),
    [
        ("index.py", "index.handler", "index.py index"),
        ("index.py", "./index.handler", "index.py index"),
        ("src/index.py", "src/index.handler", "index.py src.index"),
        ("pkg/mod.py", "pkg.mod.handler", "mod.py pkg.mod"),
        ("pkg/deep/mod.py", "pkg.deep.mod.handler", "mod.py pkg.deep.mod"),
        ("pkg/__init__.py", "pkg.handler", "__init__.py pkg"),
        ("my-function.py", "my-function.handler", "my-function.py my-function"),
        ("v1.2/index.py", "v1.2/index.handler", "index.py v1_2_index"),
    ],
)
def test_names_of_handlers(function: StartFunction, file: str, name: str, answer: str) -> None:
    running = function(files={file: HANDLER}, arguments=name)
    assert running.ask({}).text == answer
    assert running.stop() == ""


def test_the_handler_of_the_settings(function: StartFunction) -> None:
    running = function(HANDLER, arguments=[], variables={"RUNTIME_HANDLER": "index.handler"})
    assert running.ask({}).text == "index.py index"


def test_the_code_root_is_first_on_the_path(tmp_path: Path, function: StartFunction) -> None:
    root = tmp_path / "code"
    root.mkdir()
    (root / "index.py").write_text("import sys, json_helper\ndef handler(event, context): return sys.path[0]\n")
    (root / "json_helper.py").write_text("")
    running = function(
        files={"index.py": "raise Exception('the wrong one')"}, variables={"RUNTIME_CODE_ROOT": str(root)}
    )
    assert running.ask({}).text == str(root)


@pytest.mark.parametrize("arguments", [["a", "b"], ["--what"], []])
def test_wrong_usage(function: StartFunction, arguments: list[str]) -> None:
    running = function(HANDLER, arguments=arguments, variables={"RUNTIME_HANDLER": ""})
    status, _, err = running.process.wait()
    assert status == 2
    assert err.startswith("fgruntime: ")


def test_help() -> None:
    shown = subprocess.run([sys.executable, "-m", "fgruntime", "--help"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("usage: python -m fgruntime")


def test_no_platform(function: StartFunction) -> None:
    running = function(HANDLER, variables={"RUNTIME_API_ADDR": "http://example.com"})
    status, _, err = running.process.wait()
    assert (status, "RUNTIME_API_ADDR" in err) == (1, True)
    assert "Traceback" not in err


def test_initializer(function: StartFunction) -> None:
    running = function(
        """
        calls = []
        def initializer(context): calls.append(context.getFunctionName())
        def handler(event, context): return calls
        """,
        variables={"RUNTIME_INITIALIZER_HANDLER": "index.initializer", "RUNTIME_FUNC_NAME": "resize"},
    )
    assert running.ask({}).json == ["resize"]
    assert running.ask({}).json == ["resize"]


def test_an_initializer_that_is_async(function: StartFunction) -> None:
    source = """
    import asyncio
    loops = []
    async def initializer(context): loops.append(asyncio.get_running_loop())
    {} handler(event, context): return len(loops)
    """
    for define in ("def", "async def"):
        running = function(source.format(define), variables={"RUNTIME_INITIALIZER_HANDLER": "index.initializer"})
        assert running.ask({}).json == 1
        assert running.stop() == ""


ENTRY = "function entry exception, error: "
INITIALIZATION = "function initialization exception, error: "


@pytest.mark.parametrize(
    ("source", "name", "error_type", "prefix", "parts"),
    [
        ("", "other.handler", "FunctionLoadError", ENTRY + "not found module './other.py'", ["there are index.py"]),
        ("", "index", "FunctionConfigError", ENTRY + "'index' is not FILE.FUNCTION", ["index.handler"]),
        ("", "index.py", "FunctionConfigError", ENTRY + "'index.py' is a file", ["index.handler"]),
        (
            "def main(event, context): pass",
            "index.handler",
            "FunctionConfigError",
            ENTRY + "handler 'handler' not found in module './index.py'",
            ["there are main"],
        ),
        ("handler = 1", "index.handler", "FunctionConfigError", ENTRY + "'handler' in module", ["no function but int"]),
        (
            "\nimport no_such_module",
            "index.handler",
            "FunctionLoadError",
            ENTRY + "ModuleNotFoundError: No module named 'no_such_module' (index.py, line 2)",
            ["pip install --target . no_such_module"],
        ),
        (
            "def handler(event, context)\n    pass",
            "index.handler",
            "FunctionLoadError",
            ENTRY + "SyntaxError: ",
            ["index.py", "line 1"],
        ),
        ("1 / 0", "index.handler", "FunctionLoadError", ENTRY + "ZeroDivisionError: ", ["(index.py, line 1)"]),
        ("raise SystemExit(0)", "index.handler", "FunctionLoadError", ENTRY + "SystemExit: ", ["sys.exit(0)"]),
        (
            "def handler(event): pass",
            "index.handler",
            "FunctionConfigError",
            ENTRY + "handler expect to have 2 parameters, but received 1 (index.py, line 1)",
            ["write def handler(event, context)"],
        ),
        (
            "def handler(event, context, more): pass",
            "index.handler",
            "FunctionConfigError",
            ENTRY + "handler expect to have 2 parameters, but received 3",
            [],
        ),
        (
            "class H:\n    def __call__(self, event): pass\nhandler = H()",
            "index.handler",
            "FunctionConfigError",
            ENTRY + "handler expect to have 2 parameters, but received 1 (index.py, line 2)",
            [],
        ),
        ("", "io.handler", "FunctionLoadError", ENTRY + "'io' is also the name of", ["rename"]),
    ],
)
def test_a_handler_that_cannot_be_called(
    function: StartFunction, source: str, name: str, error_type: str, prefix: str, parts: list[str]
) -> None:
    running = function(
        files={"index.py": source, "io.py": HANDLER} if name[:2] == "io" else {"index.py": source}, arguments=name
    )
    check_failure(running, error_type, prefix, parts)


@pytest.mark.parametrize(
    ("source", "error_type", "prefix", "parts"),
    [
        ("", "FunctionConfigError", "handler 'initializer' not found in module './index.py'", []),
        (
            "def initializer(): pass",
            "FunctionConfigError",
            "initializer expect to have 1 parameter, but received 0 (index.py, line 2)",
            ["def initializer(context)"],
        ),
        (
            "def initializer(context): raise KeyError('db')",
            "FunctionInitError",
            "KeyError: 'db'",
            ["line 2, in initializer"],
        ),
        ("async def initializer(context): return 1 / 0", "FunctionInitError", "ZeroDivisionError: ", []),
        ("async def initializer(context): exit(1)", "FunctionInitError", "SystemExit: the code called sys.exit(1)", []),
        ("def initializer(context): exit(1)", "FunctionInitError", "SystemExit: the code called sys.exit(1)", []),
    ],
)
def test_an_initializer_that_fails(
    function: StartFunction, source: str, error_type: str, prefix: str, parts: list[str]
) -> None:
    index = "def handler(event, context): pass\n" + source
    running = function(files={"index.py": index}, variables={"RUNTIME_INITIALIZER_HANDLER": "index.initializer"})
    check_failure(running, error_type, INITIALIZATION + prefix, parts)


def check_failure(running: Function, error_type: str, prefix: str, parts: list[str]) -> None:
    reply = running.ask({})
    assert reply.outcome == "error"
    assert reply.json["errorType"] == error_type, reply
    assert reply.json["errorMessage"].startswith(prefix)
    assert all(part in reply.text for part in parts), reply
    assert not any(
        "fgruntime" in line or "importlib" in line or "asyncio" in line for line in reply.json.get("stackTrace", [])
    )
    status, out, _ = running.process.wait()
    assert status == 1
    assert reply.json["errorMessage"] in out


def test_run_from_code(function: StartFunction) -> None:
    source = """
    #!/usr/bin/env python3
    import fgruntime

    seen = []

    def initializer(context):
        seen.append("initializer")

    def handler(event, context):
        if event == "fail":
            raise ValueError("no")
        return seen

    fgruntime.run(handler, initializer=initializer)
    print("the end")
    """
    running = function(files={"bootstrap": source}, command=[sys.executable, "bootstrap"])
    assert running.ask({}).json == ["initializer"]
    failed = running.ask("fail").json
    assert failed["stackTrace"] == ['File "bootstrap", line 12, in handler', '    raise ValueError("no")']
    *logged, last = running.stop().splitlines()
    assert "r2 ERROR ValueError: function invocation exception, error: no" in logged[0]
    assert last == "the end"


def test_run_from_code_what_cannot_run(function: StartFunction) -> None:
    source = "import fgruntime\nfgruntime.run(lambda event: None)\nprint('never')"
    running = function(files={"bootstrap": source}, command=[sys.executable, "bootstrap"])
    check_failure(
        running, "FunctionConfigError", ENTRY + "handler expect to have 2 parameters", ["(bootstrap, line 2)"]
    )


def test_importing_it_is_cheap() -> None:
    heavy = {"asyncio", "dataclasses", "http", "inspect", "json", "logging", "socket", "typing"}
    code = (
        "import sys; before = set(sys.modules); import fgruntime, fgruntime.__main__\n"
        f"print(*sorted({heavy} & (set(sys.modules) - before)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "\n"
