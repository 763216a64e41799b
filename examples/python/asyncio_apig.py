"""Like apig.py, and waits for several things at once before it answers.

fgruntime invoke -e apig asyncio_apig.py
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from fgruntime import ApigTriggerEvent, Context


async def look_up(what: str, name: str) -> str:
    # A question to another service; the line belongs to the request that asks.
    await asyncio.sleep(0.01)
    logging.info("looked up the %s of %s", what, name)
    return f"{what} of {name}"


async def handler(event: ApigTriggerEvent, context: Context) -> dict[str, Any]:
    name = event.query_string_parameters.get("name", "world")
    found = await asyncio.gather(look_up("language", name), look_up("greeting", name))
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "text/plain; charset=utf-8"},
        "body": f"Hello, {name}! Found the {' and the '.join(found)}.\n",
        "isBase64Encoded": False,
    }
