"""Handles the messages of a Kafka trigger one by one and says how many there were.

fgruntime invoke -e kafka kafka.py
"""

from __future__ import annotations

import json

from fgruntime import Context, KafkaTriggerEvent


def handler(event: KafkaTriggerEvent, context: Context) -> str:
    log = context.getLogger()
    received = 0
    for record in event.records:
        for message in record.messages:
            log.info("%s: %s", record.topic_id or "", message)
            received += 1
    # The dict itself would do; this is as short as the answers of other languages.
    return json.dumps({"received": received}, separators=(",", ":"))
