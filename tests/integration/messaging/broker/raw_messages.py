"""Messages as other services write them into Redis, good and bad."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID, uuid4

import redis

INBOUND = "inbound"


def question(store_id: UUID | str, /, **changes: Any) -> dict[str, Any]:
    """A message `questions.record`."""
    return {
        "id": str(uuid4()),
        "store_id": str(store_id),
        "origin": "history",
        "text": "¿Tienen stock del rojo?",
        "answer": "Sí, quedan tres.",
        "asked_at": "2026-11-20T10:30:00-03:00",
        **changes,
    }


def rating(question_id: UUID | str, person_id: UUID | str, /, **changes: Any) -> dict[str, Any]:
    """A message `ratings.record`."""
    return {
        "id": str(uuid4()),
        "question_id": str(question_id),
        "person_id": str(person_id),
        "verdict": "incorrect",
        "comment": "No quedan.",
        **changes,
    }


def base64_of(value: Any) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


def envelope(name: str, message: Any, **changes: Any) -> dict[str, Any]:
    """The least that carries `message`."""
    return {
        "headers": {"task": name, "id": str(uuid4())},
        "properties": {"body_encoding": "base64"},
        "body": base64_of([[message], {}, {}]),
        **changes,
    }


def whole(name: str, arguments: list[Any], **headers: Any) -> dict[str, Any]:
    """An envelope with all that Celery writes, and more headers."""
    properties = {
        "body_encoding": "base64",
        "delivery_tag": str(uuid4()),
        "delivery_info": {"exchange": "", "routing_key": INBOUND},
        "correlation_id": "1",
    }
    return {
        "headers": {"task": name, "id": str(uuid4()), "lang": "py", **headers},
        "properties": properties,
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "body": base64_of([arguments, {}, {}]),
    }


def push(redis_url: str, *elements: bytes | str | dict[str, Any], queue: str = INBOUND) -> None:
    """Put elements into a queue in this order, as they are."""
    with redis.Redis.from_url(redis_url) as client:
        for element in elements:
            client.lpush(queue, json.dumps(element) if isinstance(element, dict) else element)


def taken(redis_url: str, queue: str) -> list[dict[str, Any]]:
    """The envelopes of a queue, oldest first; it is empty afterwards."""
    with redis.Redis.from_url(redis_url) as client:
        found = client.lrange(queue, 0, -1)
        client.delete(queue)
    return [json.loads(element) for element in reversed(found)]


def body_of(element: dict[str, Any]) -> Any:
    """What is in an envelope's body."""
    return json.loads(base64.b64decode(element["body"]))
