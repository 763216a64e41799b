"""The vectors, which every language answers; tests/vectors/README.md of the repository describes them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "tests" / "vectors"
Case = dict[str, Any]


def check(area: str, give: Callable[[Case], Case]) -> None:
    """Holds each case of an area against the case that `give` makes of it, and their number against the manifest."""
    count = 0
    differences = []
    for file in sorted((FOLDER / area).glob("*.json")):
        for case in json.loads(file.read_bytes()):
            count += 1
            given = give(case)
            if given != case:
                differences.append(f"{file.name}: {case['name']}: {_difference(case, given)}")
    assert not differences, f"{len(differences)} differences\n" + "\n".join(differences[:40])
    assert count == json.loads((FOLDER / "manifest.json").read_bytes())[area]


def _difference(case: Case, given: Case) -> str:
    members = [name for name in {**case, **given} if case.get(name) != given.get(name)]
    shown = [f"{name}: expected {_short(case.get(name))}, given {_short(given.get(name))}" for name in members]
    return "; ".join(shown) or "nothing"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) < 1000 else text[:1000] + "…"


def asking(case: Case, *members: str) -> Case:
    """The members of a case that say what is asked. Those that nobody knows are left out, which makes the case fail."""
    return {name: value for name, value in case.items() if name in members}


def to_bytes(text: Any) -> bytes:
    """The bytes that a TEXT of the vectors stands for."""
    if isinstance(text, str):
        return text.encode()
    if "base64" in text:
        return base64.b64decode(text["base64"])
    repeat, count = text["repeat"], text["count"]
    middle = "".join(repeat.replace("{n}", str(n)) for n in range(count)) if "{n}" in repeat else repeat * count
    return f"{text['prefix']}{middle}{text['suffix']}".encode()


def like(known: Any, given: bytes) -> Any:
    """Bytes as a TEXT, in the form that the case has if it says the same."""
    if known is not None and to_bytes(known) == given:
        return known
    try:
        return given.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(given).decode()}
