"""Kombu's way to Redis, with a door in front: what comes off a queue is looked at before Kombu reads it.

Kombu takes for granted that whoever writes to a queue is Kombu. Bytes that are no JSON, or an envelope that
lacks a field, raise in the worker's event loop: the worker ends, and the message is gone. Other services
write to `Queue.INBOUND`, so here such a message becomes the argument of `messages.receive`, which keeps it.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from celery import current_app
from kombu.transport import virtual
from kombu.transport.redis import Channel, QoS, Transport
from redis import Redis
from redis.exceptions import ConnectionError, OutOfMemoryError, RedisError  # noqa: A004 - one of them

from shared.messaging.broker.envelopes import MAX_BYTES, Sent, UnreadableError, one_argument, opened, sealed
from shared.messaging.inbound_events import INBOUND, RECEIVE_UNREAD
from shared.messaging.routes import QUEUE_OF, Queue

REPLIES = "reply.celery.pidbox"
"""Where workers answer whoever asks how they are, each asker in a queue of its own."""

_KEPT_OF_TOO_LONG = 2000


def admitted(queue: str, raw: bytes) -> bytes:
    """What Kombu is to read in place of `raw`, which came off `queue`.

    Whatever came by the queue that others write to keeps its task, id and arguments and nothing else: neither
    callbacks that would run tasks of ours, nor limits or delays, nor a text for Flower to show. Of our own
    tasks that queue has only those that we send there; they keep their end as well.
    """
    try:
        sent = opened(raw)
        if sent.task in INBOUND:
            message = sent._replace(args=[one_argument(sent)], expires="")
            return sealed(message, queue, shown=f"({sent.id})")
    except UnreadableError:
        return _unread(queue, raw)
    if queue != Queue.INBOUND:
        return raw if sent.whole else _unread(queue, raw)
    return sealed(sent, queue, shown=f"({sent.id})") if sent.task in _ours() else _unread(queue, raw)


def _ours() -> set[str]:
    """The tasks that relay and beat send to the queue of other services, and the one this door makes."""
    beaten = {
        entry["task"]
        for entry in current_app.conf.beat_schedule.values()
        if entry["options"]["queue"] == Queue.INBOUND
    }
    return {RECEIVE_UNREAD, *beaten, *(name for name, queue in QUEUE_OF.items() if queue == Queue.INBOUND)}


def _unread(queue: str, raw: bytes) -> bytes:
    text = raw[: _KEPT_OF_TOO_LONG if len(raw) > MAX_BYTES else None].decode(errors="replace")
    return sealed(Sent(RECEIVE_UNREAD, str(uuid4()), [text, len(raw)]), queue, shown=f"({len(raw)} bytes)")


class GuardedRedis(Redis):
    """The client by which Kombu waits for messages."""

    def parse_response(self, connection: Any, command_name: str, **options: Any) -> Any:
        """Redis's answer; a message that BRPOP took is admitted first."""
        answer = super().parse_response(connection, command_name, **options)  # type: ignore[no-untyped-call] # untyped
        if command_name == "BRPOP" and answer:
            key, raw = answer
            queue = key.decode().rsplit(Channel.sep, 1)[0]
            return key, raw if queue.endswith(f".{REPLIES}") else admitted(queue, raw)
        return answer


class GuardedQoS(QoS):
    """Kombu's record of messages in hand.

    One whose acknowledgement failed stays in Redis until it comes again, which is harmless. Kombu would count
    it as in hand for ever: with one message at a time, such a worker lives, answers pings and works no more.
    """

    def ack(self, delivery_tag: str) -> None:
        """Acknowledge; not in hand afterwards, whatever Redis says."""
        try:
            super().ack(delivery_tag)
        except (RedisError, OSError):
            virtual.QoS.ack(self, delivery_tag)
            raise


class GuardedChannel(Channel):
    """Kombu's channel, by that client and that record."""

    QoS = GuardedQoS

    def _get_client(self) -> type[GuardedRedis]:
        super()._get_client()  # type: ignore[misc] # its stubs leave it out
        return GuardedRedis

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        # Kombu stops closing channels at the first that fails. The others are closed again once their
        # connection is given up, where they would find no address: a worker dies of that AttributeError.
        if self.connection.client is None:
            raise ConnectionError("The connection to Redis was given up.")
        told: dict[str, Any] = super()._connparams(asynchronous)  # type: ignore[misc] # as above
        return told


class GuardedTransport(Transport):
    """Kombu's transport, by such channels: the setting `broker_transport`."""

    Channel = GuardedChannel
    # A worker ends of what is not in this list. A full Redis is like one that is away: connect anew, later.
    connection_errors = (*Transport.connection_errors, OutOfMemoryError)
