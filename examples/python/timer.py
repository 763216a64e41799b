"""Runs at every tick of a timer and answers nothing.

fgruntime invoke -e timer timer.py
"""

from __future__ import annotations

import logging

from fgruntime import Context, TimerTriggerEvent


def handler(event: TimerTriggerEvent, context: Context) -> None:
    # Python's own logging goes to the log of the request, too.
    logging.info("%s at %s", event.trigger_name or "", event.time or "")
    # The text given when the trigger was made; `json.loads` reads it if it is JSON.
    if event.user_event is not None:
        logging.info("user event: %s", event.user_event)
