"""Kombu's RabbitMQ transport, with the same guard as the Redis one (`shared.messaging.broker.transport`).

What AMQP keeps in properties is looked at as the envelope that lies in a Redis list.
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

from shared.messaging.broker.transport import REPLIES, admitted
from shared.messaging.routes import Queue

AWAY = (AMQPError, RedisError, OSError)
"""What the broker being away raises, whichever it is; beside Kombu's own `OperationalError`."""

# Celery's own conversation with its workers: ping and inspect, their answers, what Flower hears.
_CELERYS_OWN = ("celery.pidbox", REPLIES, "celeryev")
_QUEUES = frozenset(queue.value for queue in Queue)

# AMQP 0-9-1, 4.2.6: a frame of this type begins with class, weight and size of the body, then properties.
_CONTENT_HEADER = 2
_BEFORE_PROPERTIES = 12
_NO_PROPERTIES = b"\0\0"


class Delivery(NamedTuple):
    """A message as AMQP brings it: properties (`application_headers` among them), body, and its way."""

    properties: dict[str, Any]
    body: bytes | str
    exchange: str
    routing_key: str


def let_in(delivery: Delivery) -> Delivery:
    """What Kombu is to read in place of `delivery`; the same object where nothing is to be changed.

    Whatever did not come under the name of a queue of ours counts as another service's.
    """
    if delivery.exchange in _CELERYS_OWN:
        return delivery
    queue = delivery.routing_key if delivery.routing_key in _QUEUES else Queue.INBOUND.value
    envelope = _envelope(delivery)
    read = admitted(queue, envelope)
    if read == envelope:
        return delivery
    made = json.loads(read)
    properties = {
        "content_type": made["content-type"],
        "content_encoding": made["content-encoding"],
        "application_headers": made["headers"],
        "correlation_id": made["headers"]["id"],
        "delivery_mode": 2,
    }
    return delivery._replace(properties=properties, body=base64.b64decode(made["body"]))


def _envelope(delivery: Delivery) -> bytes:
    body = delivery.body.encode(errors="replace") if isinstance(delivery.body, str) else delivery.body
    headers = delivery.properties.get("application_headers") or {}
    return msgspec.json.encode(
        {
            "body": base64.b64encode(body).decode(),
            "content-type": _text(delivery.properties.get("content_type") or "application/json"),
            # A table of AMQP holds more than JSON does; these are texts, or the message is refused.
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
    # The client lets half a surrogate pair through, which no JSON of ours can hold.
    return (value if isinstance(value, str) else repr(value)).encode(errors="replace").decode()


def readable(frame: tuple[int, int, Any]) -> tuple[int, int, Any]:
    """`frame` (type, channel, payload); one whose properties the client cannot read, without these.

    The client would end the worker, and the next one that takes the message: text there is not always UTF-8.
    """
    kind, channel, payload = frame
    if kind != _CONTENT_HEADER:
        return frame
    try:
        decode_properties_basic(payload, _BEFORE_PROPERTIES)
    except Exception:  # noqa: BLE001 - there is no list of what a sender's bytes can raise
        return kind, channel, bytes(payload[:_BEFORE_PROPERTIES]) + _NO_PROPERTIES
    return frame


def _frame_handler(connection: Any, callback: Any) -> Callable[[tuple[int, int, Any]], bool]:
    handle = frame_handler(connection, callback)
    return lambda frame: handle(readable(frame))


class GuardedChannel(pyamqp.Channel):
    """Kombu's channel; what it brings is admitted first."""

    def message_to_python(self, raw_message: Any) -> Any:
        """Kombu's message of `raw_message`, which came off a queue."""
        way = raw_message.delivery_info
        came = Delivery(raw_message.properties, raw_message.body, way["exchange"], way["routing_key"])
        read = let_in(came)
        if read is not came:
            raw_message.properties, raw_message.body = read.properties, read.body
        return super().message_to_python(raw_message)


class GuardedConnection(pyamqp.Connection):
    """A connection of such channels, which reads whatever comes."""

    Channel = GuardedChannel

    def __init__(self, *args: Any, **rest: Any) -> None:
        """As Kombu's."""
        super().__init__(*args, **rest)
        self.frame_handler_cls = _frame_handler


class GuardedTransport(pyamqp.Transport):
    """Kombu's transport, by such connections: the setting `broker_transport`."""

    Connection = GuardedConnection


class GuardedSSLTransport(pyamqp.SSLTransport):
    """The same over TLS."""

    Connection = GuardedConnection
