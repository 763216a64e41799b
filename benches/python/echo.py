"""The function under measurement over HTTP: answers with its event."""


def handler(event, context):
    return event
