"""Answers an API Gateway event: greets whoever the query names.

pip install fgruntime[cli]
fgruntime invoke -e apig --set queryStringParameters.name=Ada apig.py
"""

from __future__ import annotations

import json

from fgruntime import ApigTriggerEvent, Context


def handler(event: ApigTriggerEvent, context: Context) -> str:
    name = event.query_string_parameters.get("name", "world")
    context.getLogger().info("greeting %s", name)
    answer = {
        "statusCode": 200,
        "headers": {"Content-Type": "text/plain; charset=utf-8"},
        "body": f"Hello, {name}!\n",
        "isBase64Encoded": False,
    }
    # The dict itself would do; this is as short as the answers of other languages.
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
