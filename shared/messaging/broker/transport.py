"""Kombu's Redis transport, which sanitizes every message that comes off a queue before Kombu parses it.

Kombu assumes that only Kombu writes to its queues. Bytes that are no JSON, or an envelope without a field,
raise in the worker's event loop: the worker ends, and the message is lost. Other services write to
`Queue.INBOUND`, so here an unreadable message becomes the argument of `messages.receive`, which stores it.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from celery import current_app
from kombu.transport import virtual
from kombu.transport.redis import Channel, QoS, Transport
from redis import Redis
from redis.exceptions import ConnectionError, OutOfMemoryError, RedisError  # noqa: A004 - one of them

from shared.messaging.broker.envelopes import (
    MAX_BYTES,
    Envelope,
    UnreadableError,
    decode_envelope,
    encode_envelope,
    single_argument,
)
from shared.messaging.inbound_events import INBOUND_EVENTS, RECEIVE_UNREADABLE
from shared.messaging.routes import QUEUE_OF, Queue

REPLIES = "reply.celery.pidbox"
"""Exchange of workers' replies to inspection; each caller has a queue of its own."""

_EXCERPT_BYTES = 2000
"""How much is stored of a message that is longer than `MAX_BYTES`."""


def sanitize(queue: str, raw: bytes) -> bytes:
    """The message that Kombu parses in place of `raw`, which came off `queue`.

    A message from the inbound queue, which other services write to, keeps only its task, id and arguments. It
    loses callbacks, which would run tasks of ours, time limits, delays, and the text that Flower shows. Our
    own tasks are accepted there only if we send them to that queue; they keep their expiry as well.
    """
    try:
        envelope = decode_envelope(raw)
        if envelope.task in INBOUND_EVENTS:
            message = envelope._replace(args=[single_argument(envelope)], expires="")
            return encode_envelope(message, queue, argsrepr=f"({message.id})")
    except UnreadableError:
        return _unreadable(queue, raw)
    if queue != Queue.INBOUND:
        return raw if envelope.complete else _unreadable(queue, raw)
    if envelope.task not in _own_inbound_tasks():
        return _unreadable(queue, raw)
    return encode_envelope(envelope, queue, argsrepr=f"({envelope.id})")


def _own_inbound_tasks() -> set[str]:
    """Our own tasks of the inbound queue: sent by the relay or beat, or made of an unreadable message."""
    periodic = {
        entry["task"]
        for entry in current_app.conf.beat_schedule.values()
        if entry["options"]["queue"] == Queue.INBOUND
    }
    return {
        RECEIVE_UNREADABLE,
        *periodic,
        *(name for name, queue in QUEUE_OF.items() if queue == Queue.INBOUND),
    }


def _unreadable(queue: str, raw: bytes) -> bytes:
    """A message for the task that stores `raw`, or its beginning if it is too long."""
    text = raw[: _EXCERPT_BYTES if len(raw) > MAX_BYTES else None].decode(errors="replace")
    envelope = Envelope(RECEIVE_UNREADABLE, str(uuid4()), [text, len(raw)])
    return encode_envelope(envelope, queue, argsrepr=f"({len(raw)} bytes)")


class GuardedRedis(Redis):
    """The Redis client with which Kombu waits for messages."""

    def parse_response(self, connection: Any, command_name: str, **options: Any) -> Any:
        """Redis's response; a message that BRPOP took off a queue is sanitized."""
        response = super().parse_response(connection, command_name, **options)  # type: ignore[no-untyped-call] # untyped
        if command_name == "BRPOP" and response:
            key, raw = response
            queue = key.decode().rsplit(Channel.sep, 1)[0]
            return key, raw if queue.endswith(f".{REPLIES}") else sanitize(queue, raw)
        return response


class GuardedQoS(QoS):
    """Kombu's record of unacknowledged messages.

    A message whose acknowledgement failed stays in Redis and is delivered again, which is harmless. Kombu
    would count it as unacknowledged for ever: with a prefetch of one, the worker would answer pings but take
    no more messages.
    """

    def ack(self, delivery_tag: str) -> None:
        """Acknowledge; afterwards the message counts as acknowledged, even if Redis fails."""
        try:
            super().ack(delivery_tag)
        except (RedisError, OSError):
            virtual.QoS.ack(self, delivery_tag)
            raise


class GuardedChannel(Channel):
    """Kombu's channel with `GuardedRedis` and `GuardedQoS`."""

    QoS = GuardedQoS

    def _get_client(self) -> type[GuardedRedis]:
        super()._get_client()  # type: ignore[misc] # its stubs leave it out
        return GuardedRedis

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        # Kombu stops closing channels at the first one that fails. The others are closed again after their
        # connection was dropped, when there is no address any more: the AttributeError would end the worker.
        if self.connection.client is None:
            raise ConnectionError("The connection to Redis was given up.")
        parameters: dict[str, Any] = super()._connparams(asynchronous)  # type: ignore[misc] # as above
        return parameters


class GuardedTransport(Transport):
    """Kombu's transport with `GuardedChannel`: the setting `broker_transport`."""

    Channel = GuardedChannel
    # Any other error ends the worker. A full Redis is handled as an unreachable one: reconnect later.
    connection_errors = (*Transport.connection_errors, OutOfMemoryError)
