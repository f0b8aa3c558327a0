"""Kombu's RabbitMQ transport, which sanitizes messages as the Redis one does (`broker/transport.py`).

For that, a message's AMQP properties and body are converted to the envelope that Kombu writes to Redis.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from amqp.exceptions import AMQPError
from amqp.method_framing import frame_handler
from amqp.serialization import decode_properties_basic
from kombu.transport import pyamqp
from redis.exceptions import RedisError

from shared.messaging.broker.transport import REPLIES, sanitize
from shared.messaging.routes import Queue

OUTAGE_ERRORS = (AMQPError, RedisError, OSError)
"""What clients of either broker raise while it is unreachable, beside Kombu's own `OperationalError`."""

# Exchanges of Celery itself: remote control, its replies, and the events that Flower receives.
_CELERY_EXCHANGES = ("celery.pidbox", REPLIES, "celeryev")
_QUEUES = frozenset(queue.value for queue in Queue)

# AMQP 0-9-1, 4.2.6: the payload of a content header frame is 12 bytes (class, weight, body size), then
# properties.
_CONTENT_HEADER = 2
_PROPERTIES_OFFSET = 12
_NO_PROPERTIES = b"\0\0"


class Delivery(NamedTuple):
    """A delivered AMQP message: properties (with `application_headers`), body, exchange and routing key."""

    properties: dict[str, Any]
    body: bytes | str
    exchange: str
    routing_key: str


def sanitize_delivery(delivery: Delivery) -> Delivery:
    """The delivery that Kombu parses in place of `delivery`; the same object if nothing has to change.

    A routing key that is no queue of ours is treated as the inbound queue, which other services write to.
    """
    if delivery.exchange in _CELERY_EXCHANGES:
        return delivery
    queue = delivery.routing_key if delivery.routing_key in _QUEUES else Queue.INBOUND.value
    envelope = _envelope(delivery)
    sanitized = sanitize(queue, envelope)
    if sanitized == envelope:
        return delivery
    message = json.loads(sanitized)
    properties = {
        "content_type": message["content-type"],
        "content_encoding": message["content-encoding"],
        "application_headers": message["headers"],
        "correlation_id": message["headers"]["id"],
        "delivery_mode": 2,
    }
    return delivery._replace(properties=properties, body=base64.b64decode(message["body"]))


def _envelope(delivery: Delivery) -> bytes:
    """The delivery as Kombu would write it to Redis, with only the headers that `sanitize` reads."""
    body = delivery.body.encode(errors="replace") if isinstance(delivery.body, str) else delivery.body
    headers = delivery.properties.get("application_headers") or {}
    return msgspec.json.encode(
        {
            "body": base64.b64encode(body).decode(),
            "content-type": _text(delivery.properties.get("content_type") or "application/json"),
            # AMQP tables hold types that JSON lacks. These headers have to be texts, or the message is
            # unreadable.
            "headers": {
                name: _text(headers[name])
                for name in ("task", "id", "expires", "compression")
                if headers.get(name) is not None
            },
            "properties": {
                "body_encoding": "base64",
                "delivery_tag": "",
                "delivery_info": {
                    "exchange": _text(delivery.exchange),
                    "routing_key": _text(delivery.routing_key),
                },
            },
        }
    )


def _text(value: Any) -> str:
    # The client may return lone surrogates, which our JSON encoder refuses.
    return (value if isinstance(value, str) else repr(value)).encode(errors="replace").decode()


def strip_unreadable_properties(frame: tuple[int, int, Any]) -> tuple[int, int, Any]:
    """`frame` (type, channel, payload), without its properties if the client cannot decode them.

    They may hold text that is not UTF-8. The client's error would end the worker, and every worker that takes
    the message after it.
    """
    kind, channel, payload = frame
    if kind != _CONTENT_HEADER:
        return frame
    try:
        decode_properties_basic(payload, _PROPERTIES_OFFSET)
    except Exception:  # noqa: BLE001 - there is no list of what a sender's bytes can raise
        return kind, channel, bytes(payload[:_PROPERTIES_OFFSET]) + _NO_PROPERTIES
    return frame


def _frame_handler(connection: Any, callback: Any) -> Callable[[tuple[int, int, Any]], bool]:
    handle = frame_handler(connection, callback)
    return lambda frame: handle(strip_unreadable_properties(frame))


class GuardedChannel(pyamqp.Channel):
    """Kombu's channel, which sanitizes what it delivers."""

    def message_to_python(self, raw_message: Any) -> Any:
        """Kombu's message for `raw_message`, which came off a queue."""
        info = raw_message.delivery_info
        delivery = Delivery(raw_message.properties, raw_message.body, info["exchange"], info["routing_key"])
        sanitized = sanitize_delivery(delivery)
        if sanitized is not delivery:
            raw_message.properties, raw_message.body = sanitized.properties, sanitized.body
        return super().message_to_python(raw_message)


class GuardedConnection(pyamqp.Connection):
    """A connection with `GuardedChannel`s, which accepts frames with unreadable properties."""

    Channel = GuardedChannel

    def __init__(self, *args: Any, **rest: Any) -> None:
        """Takes Kombu's arguments."""
        super().__init__(*args, **rest)
        self.frame_handler_cls = _frame_handler


class GuardedTransport(pyamqp.Transport):
    """Kombu's transport with `GuardedConnection`: the setting `broker_transport`."""

    Connection = GuardedConnection


class GuardedSSLTransport(pyamqp.SSLTransport):
    """The same over TLS."""

    Connection = GuardedConnection
