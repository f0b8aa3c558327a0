"""Forwarding subscribed events to other services' queues: a row is deleted once the broker has its message.

The relay forwards between its own rounds. A message may be sent twice, under the same id; none is lost.
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
from shared.db.rows import read_as
from shared.db.transactions import transaction
from shared.messaging.outbox import relay_metrics
from shared.messaging.outbox.leasing import lease, release
from shared.messaging.subscriptions import queues_by_consumer

MAX_PER_ROUND = 100
"""Most messages sent to one subscriber in a round, so that the relay's own work does not wait long."""

DEPTH_MAX_AGE_SECONDS = 1.0
"""How long a measured depth of a subscriber's queue is used; what was sent since is subtracted."""

_SELECT_ROWS = text(
    "SELECT id, consumer, payload FROM outbox WHERE id = ANY(:ids) AND dead_at IS NULL ORDER BY id"
)
_DELETE_SENT = text("DELETE FROM outbox WHERE id = ANY(:ids)")

log = structlog.get_logger(__name__)


class OutgoingMessage(NamedTuple):
    """An outbox row to forward: `payload` is the message, for the queue of the subscriber `consumer`."""

    id: int
    consumer: str
    payload: dict[str, Any]


class Forwarder:
    """Sends due rows to the subscribers' queues that are not full."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery
        self._capacity: Counter[str] = Counter()
        self._measured_at = float("-inf")

    def forward(self) -> int:
        """Send what is due now, at most `MAX_PER_ROUND` to each subscriber. Returns the number sent.

        Raises the client's errors while the broker or PostgreSQL is unreachable; unsent rows are released.
        """
        queues = queues_by_consumer(settings().subscriptions)
        capacity = self._capacity_of(queues)
        if not capacity:
            return 0
        began = time.perf_counter()
        leases = lease(capacity)
        if not leases:
            return 0
        unsent = {leased.id for leased in leases}
        sent: list[int] = []
        try:
            with transaction() as session:
                rows = read_as(OutgoingMessage, session.execute(_SELECT_ROWS, {"ids": sorted(unsent)}))
            self._send(rows, queues, sent)
        finally:
            forwarded = [leased for leased in leases if leased.id in sent]
            relay_metrics.record_forwarding(forwarded, time.perf_counter() - began)
            with transaction() as session:
                session.execute(_DELETE_SENT, {"ids": sent})
            release(unsent - set(sent))
        return len(sent)

    def _send(self, rows: Iterable[OutgoingMessage], queues: Mapping[str, str], sent: list[int]) -> None:
        """Send each row's message and add its id to `sent` once the broker has it."""
        with self._celery.producer_pool.acquire(block=True, timeout=5) as producer:
            for row in rows:
                message_id = row.payload["id"]
                traceparent = row.payload.pop("traceparent", None)
                self._celery.send_task(
                    row.payload["event"],
                    args=(row.payload,),
                    task_id=message_id,
                    argsrepr=f"({message_id})",
                    queue=_subscriber_queue(queues[row.consumer]),
                    headers={"traceparent": traceparent} if traceparent else None,
                    producer=producer,
                )
                self._capacity[row.consumer] -= 1
                sent.append(row.id)

    def _capacity_of(self, queues: Mapping[str, str]) -> dict[str, int]:
        """How many messages may be sent to each subscriber now; those whose queue is full are left out."""
        if queues and time.monotonic() - self._measured_at > DEPTH_MAX_AGE_SECONDS:
            self._capacity = self._measure_capacity(queues)
            self._measured_at = time.monotonic()
        return {name: min(self._capacity[name], MAX_PER_ROUND) for name in queues if self._capacity[name] > 0}

    def _measure_capacity(self, queues: Mapping[str, str]) -> Counter[str]:
        """SUBSCRIPTION_QUEUE_DEPTH minus the messages in each queue, by consumer; without unusable queues."""
        limit = settings().subscription_queue_depth
        capacity: Counter[str] = Counter()
        with self._celery.connection_or_acquire() as connection:
            for consumer, queue in queues.items():
                try:
                    # Each in a channel of its own: RabbitMQ closes a channel on which it refused something.
                    with connection.channel() as channel:
                        depth = _subscriber_queue(queue).bind(channel).queue_declare().message_count
                except (ResponseError, ChannelError) as error:
                    # The name is in use for something that is no queue. Other subscribers are not affected.
                    log.warning("subscriber_queue_unusable", queue=queue, error=str(error))
                else:
                    capacity[consumer] = limit - depth
        return capacity


def _subscriber_queue(name: str) -> Any:
    """A queue that the application does not declare. `Any`: Celery's stubs accept only a queue's name."""
    return KombuQueue(name)
