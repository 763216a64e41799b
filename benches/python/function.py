"""The function under measurement, in Python: reads its event, touches five of its fields, answers about 100 bytes, logs nothing.

It imports nothing: what a function imports itself is not the runtime's.
"""

ANSWER = {
    "statusCode": 200,
    "headers": {"Content-Type": "text/plain"},
    "body": "hello, world",
    "isBase64Encoded": False,
}


def request(event, context):
    """Events of API Gateway."""
    _ = event["httpMethod"], event["path"], event["headers"].get("user-agent")
    _ = event["queryStringParameters"].get("name"), event["body"]
    return ANSWER


def batch(event, context):
    """Kafka batches: every message is looked at."""
    _ = event["event_time"], event["region"], event["instance_id"]
    for record in event["records"]:
        _ = record["topic_id"]
        for message in record["messages"]:
            _ = message
    return ANSWER
