"""Sending subscribed events to other services' queues: a row is gone once the broker has its message.

The relay does it beside its own work. A message may be sent twice, under the same id; none is lost.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import structlog
from amqp.exceptions import ChannelError
from celery import Celery
from kombu import Queue as KombuQueue
from redis.exceptions import ResponseError
from sqlalchemy import text

from shared.config.settings import settings
from shared.db.transactions import transaction
from shared.messaging.outbox import relay_metrics
from shared.messaging.outbox.leasing import claim, release
from shared.messaging.subscriptions import queues_by_consumer

AT_ONCE = 100
"""Most messages to one subscriber before the relay turns to its own work again."""

MEASURED_FOR_SECONDS = 1.0
"""How long the depth of subscribers' queues is taken for granted; what was sent meanwhile is counted."""

_READ = text("SELECT id, consumer, payload FROM outbox WHERE id = ANY(:ids) AND dead_at IS NULL ORDER BY id")

_SENT = text("DELETE FROM outbox WHERE id = ANY(:ids)")

log = structlog.get_logger(__name__)


class Outgoing(NamedTuple):
    """A row to send: its message, for the queue of its consumer."""

    id: int
    consumer: str
    payload: dict[str, Any]


class Forwarder:
    """Sends what is due to the subscribers' queues that have room."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery
        self._room: Counter[str] = Counter()
        self._measured_at = float("-inf")

    def hand_out(self) -> int:
        """Send what is due now, a hundred to each subscriber at most. Returns the number of messages sent.

        Raises what the broker or PostgreSQL being away raises; unsent rows are given back.
        """
        queues = queues_by_consumer(settings().subscriptions)
        room = self._room_of(queues)
        if not room:
            return 0
        began = time.perf_counter()
        claims = claim(room)
        if not claims:
            return 0
        unsent = {claimed.id for claimed in claims}
        sent: list[int] = []
        try:
            with transaction() as session:
                rows = [Outgoing(*row) for row in session.execute(_READ, {"ids": sorted(unsent)})]
            self._send(rows, queues, sent)
        finally:
            forwarded = [claimed for claimed in claims if claimed.id in sent]
            relay_metrics.forwarded(forwarded, time.perf_counter() - began)
            with transaction() as session:
                session.execute(_SENT, {"ids": sent})
            release(unsent - set(sent))
        return len(sent)

    def _send(self, rows: Iterable[Outgoing], queues: Mapping[str, str], sent: list[int]) -> None:
        """Add to `sent` the id of each row whose message the broker has."""
        with self._celery.producer_pool.acquire(block=True, timeout=5) as producer:
            for row in rows:
                message_id = row.payload["id"]
                traceparent = row.payload.pop("traceparent", None)
                self._celery.send_task(
                    row.payload["event"],
                    args=(row.payload,),
                    task_id=message_id,
                    argsrepr=f"({message_id})",
                    queue=_list(queues[row.consumer]),
                    headers={"traceparent": traceparent} if traceparent else None,
                    producer=producer,
                )
                self._room[row.consumer] -= 1
                sent.append(row.id)

    def _room_of(self, queues: Mapping[str, str]) -> dict[str, int]:
        """How many messages each subscriber may be sent now; one whose queue is full is left out."""
        if queues and time.monotonic() - self._measured_at > MEASURED_FOR_SECONDS:
            self._room = self._measure(queues)
            self._measured_at = time.monotonic()
        return {name: min(self._room[name], AT_ONCE) for name in queues if self._room[name] > 0}

    def _measure(self, queues: Mapping[str, str]) -> Counter[str]:
        limit = settings().subscription_queue_depth
        room: Counter[str] = Counter()
        with self._celery.connection_or_acquire() as connection:
            for consumer, queue in queues.items():
                try:
                    # By a channel of its own: RabbitMQ closes the one it refused something on.
                    with connection.channel() as channel:
                        depth = _list(queue).bind(channel).queue_declare().message_count
                except (ResponseError, ChannelError) as error:
                    # Somebody keeps something else under that name: theirs to put right, and nobody else's.
                    log.warning("subscriber_queue_unusable", queue=queue, error=str(error))
                else:
                    room[consumer] = limit - depth
        return room


def _list(name: str) -> Any:
    """The queue of this name, which is none of ours; stubs know less of it than Celery takes."""
    return KombuQueue(name)
