"""Kombu's way to RabbitMQ, with the same door in front as the way to Redis (`shared.broker.transport`).

What AMQP keeps in properties is looked at as the envelope that lies in a Redis list.
"""

from __future__ import annotations

import base64
import json
from typing import Any, NamedTuple

import msgspec
from amqp.exceptions import AMQPError
from kombu.transport import pyamqp
from redis.exceptions import RedisError

from shared.broker.transport import admitted
from shared.routes import Queue

AWAY = (AMQPError, RedisError, OSError)
"""What the broker being away raises, whichever it is; beside Kombu's own `OperationalError`."""

# Celery's own conversation with its workers: ping and inspect, their answers, what Flower hears.
_CELERYS_OWN = ("celery.pidbox", "reply.celery.pidbox", "celeryev")
_QUEUES = frozenset(queue.value for queue in Queue)


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
            "content-type": delivery.properties.get("content_type") or "application/json",
            # A table of AMQP holds more than JSON does; these are texts, or the message is refused.
            "headers": {
                name: headers[name] if isinstance(headers[name], str) else repr(headers[name])
                for name in ("task", "id", "expires", "compression")
                if headers.get(name) is not None
            },
            "properties": {
                "body_encoding": "base64",
                "delivery_tag": "",
                "delivery_info": {"exchange": delivery.exchange, "routing_key": delivery.routing_key},
            },
        }
    )


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
    """A connection of such channels."""

    Channel = GuardedChannel


class GuardedTransport(pyamqp.Transport):
    """Kombu's transport, by such connections: the setting `broker_transport`."""

    Connection = GuardedConnection


class GuardedSSLTransport(pyamqp.SSLTransport):
    """The same over TLS."""

    Connection = GuardedConnection
