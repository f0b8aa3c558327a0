"""Send a message to Botmeni Tickets with nothing but a Redis client, as a service in any language can.

REDIS_URL=redis://host:6379/0 python send_with_redis.py questions.record < question.json
"""

import base64
import json
import os
import sys
import uuid

import redis


def envelope(name: str, message: dict) -> dict:
    """What stands in the list `inbound`: Celery's protocol 2, and what Kombu adds to it."""
    body = [[message], {}, {}]
    return {
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {"task": name, "id": str(uuid.uuid4())},
        "properties": {"body_encoding": "base64"},
        "body": base64.b64encode(json.dumps(body).encode()).decode(),
    }


def send(client: redis.Redis, name: str, message: dict) -> None:
    """Hand over `message` under its name: pushed on the left, as workers take from the right."""
    client.lpush("inbound", json.dumps(envelope(name, message)))


if __name__ == "__main__":
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as connected:
        send(connected, sys.argv[1], json.load(sys.stdin))
